"""List pages. One declaration gives a page with filters, tabs, sorting, saved views, columns, density, Excel and bulk acts.

    # registry/lists.py
    class EnterpriseFilters(ListFilterSet):
        q = CharFilter(label=_("Name or code"), method="by_text")          # the first four fields stay visible
        status = ChoiceFilter(label=_("Status"), choices=EnterpriseStatus.choices, empty_label=ALL)

        def by_text(self, rows, name, value):
            return rows.filter(name__icontains=value)                     # self.viewer is the officer

    ENTERPRISES = ListPage(
        name="enterprises", title=_("Enterprises"), url_name="registry:enterprises",
        unit=npgettext_lazy("unit of a list", "enterprise", "enterprises"),
        rows=lambda viewer: Enterprise.objects.visible_to(viewer).select_related("region"),
        filters=EnterpriseFilters, sort="name",
        columns=(
            Column("name", _("Name"), value=lambda e: e.name, link=True, sort="name", phone="main"),
            Column("region", _("Region"), value=lambda e: e.region.name, sort="region_id"),
            Column("status", _("Status"), value=lambda e: e.get_status_display(),
                   cell=lambda e: {"tag": {"label": e.get_status_display(), "tone": "green"}}),
        ),
    )

    # registry/urls.py
    urlpatterns = [*ENTERPRISES.urls("enterprises/"), ...]

What to know beyond that:

* `rows(viewer)` is the only source: what it leaves out appears on no page, in no export, in no bulk act. It must
  `select_related` what the columns read. `prepare(rows, viewer)` adds what needs further queries, for a page at once.
* `value` is the plain value (text, number, date): shown, and written to Excel. `cell` may show it otherwise (shapes:
  templates/components/README.md, "Cell"). Format dates in it; never call the database from it.
* A sort names a column that is never null, or `Sort("due_on", empty=date.max)` over a column whose largest value means
  "none": those rows come last in both directions. For flat times give it an index that ends in (column, id).
* Paging is by key, not by offset: the 10 000th page costs what the first one does. Totals are counted up to 1000.
* `scans` may give the same rows as several short index scans that do not overlap; they are merged.
* A page with its own head or panels extends `lists/page.html`; its filter form is drawn by components/filter_bar.html.
* `walks=True`: links to rows carry the view, and `walking.walk(request, PAGE, pk)` gives a row's page its neighbours there.
* Bulk acts: `core.lists.bulk`. Tabs: `Tab`. Tests that every list page must pass: tests/core/test_lists_contract.py.
"""

from core.lists.bulk import BulkAction
from core.lists.filters import ALL, ListFilterSet
from core.lists.keyset import Sort
from core.lists.page import Column, ListPage, Selection, Tab, all_pages

__all__ = ["ALL", "BulkAction", "Column", "ListFilterSet", "ListPage", "Selection", "Sort", "Tab", "all_pages"]
