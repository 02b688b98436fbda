"""What the list of dockets, my work and search tell the floors below. Called once from `apps.ready()`."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

import trail
from casework import selectors
from casework.saved_views import Store
from core import context
from core.lists import export, saved
from core.registry import MenuItem, add_menu
from trail import sentences


def register() -> None:
    saved.use(Store())
    export.record_with(_record_export)
    add_menu(MenuItem("work", _("My work"), "casework:my_work", "home", 10))
    # The number of what is in his hands stands at the list that opens on just these; what waits for him today is counted on his
    # work page alone, where it costs a dozen statements.
    add_menu(MenuItem("work", _("Cases"), "casework:cases", "folder", 20, count=selectors.mine_count))
    context.add_link("home_url", "casework:my_work")
    context.add_link("search_url", "casework:search")
    context.add_link("suggest_url", "casework:suggest")
    context.add_hotkey("d", _("My work"), "casework:my_work")
    context.add_hotkey("c", _("Cases"), "casework:cases")
    sentences.register(
        {
            "casework.reassign": _("Handed over to %(officer)s"),
            "casework.undo_reassign": _("Handing over taken back; officer: %(officer)s"),
            "lists.export": _("%(list)s exported to Excel: %(rows)s rows"),
        }
    )
    sentences.name_kinds(
        {
            "casework.reassign": _("Docket handed over"),
            "casework.undo_reassign": _("Handing over taken back"),
            "lists.export": _("List exported to Excel"),
        }
    )


@transaction.atomic
def _record_export(viewer: Any, page: str, facts: dict[str, Any]) -> None:
    """Every export is recorded with the officer who made it: what leaves the portal is known."""
    trail.record("lists.export", viewer, by=viewer, page=page, **facts)
