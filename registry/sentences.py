"""How the events of the registry read in a timeline (trail.sentences)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

SENTENCES: Final = {
    "registry.enterprise_create": _("%(subject)s was entered in the registry"),
    "registry.enterprise_change": _("Facts about %(subject)s were changed"),
    "registry.enterprise_rename": _("Renamed from “%(former)s”, in force from %(on)s"),
    "registry.enterprise_correct_name": _("The name, wrongly entered as “%(former)s”, was corrected"),
    "registry.enterprise_status": _("The status was changed, in force from %(on)s"),
    "registry.facility_add": _("The site “%(part)s” was added"),
    "registry.facility_change": _("The site “%(part)s” was changed"),
    "registry.line_add": _("The line “%(part)s” was added to the site “%(where)s”"),
    "registry.line_change": _("The line “%(part)s” of the site “%(where)s” was changed"),
    "registry.line_status": _(
        "The status of the line “%(part)s” of the site “%(where)s” was changed, in force from %(on)s"
    ),
    "registry.product_add": _("The product “%(part)s” was added"),
    "registry.product_change": _("The product “%(part)s” was changed"),
    "registry.product_remove": _("The product “%(part)s” was taken off the list"),
    "registry.group_create": _("The group %(subject)s was entered"),
    "registry.group_change": _("The group %(subject)s was changed"),
    "registry.hs_code_create": _("The HS code %(subject)s was entered"),
    "registry.hs_code_change": _("The HS code %(subject)s was changed"),
    "registry.element_change": _("Facts about the element %(subject)s were changed"),
    "registry.import_upload": _(
        "The Excel file “%(subject)s” was uploaded and checked: %(rows)s rows, %(bad)s with errors"
    ),
    "registry.import_confirm": _("The Excel file “%(subject)s” was imported: %(created)s new, %(updated)s changed"),
    "registry.import_discard": _("The Excel file “%(subject)s” was discarded without importing anything"),
}
# What the list of kinds of acts calls them: the sentence without its facts says too little.
KINDS: Final = {
    "registry.enterprise_create": _("Enterprise entered"),
    "registry.enterprise_change": _("Enterprise changed"),
    "registry.enterprise_rename": _("Enterprise renamed"),
    "registry.enterprise_correct_name": _("Wrongly entered name of an enterprise corrected"),
    "registry.enterprise_status": _("Status of an enterprise changed"),
    "registry.facility_add": _("Site added"),
    "registry.facility_change": _("Site changed"),
    "registry.line_add": _("Line added"),
    "registry.line_change": _("Line changed"),
    "registry.line_status": _("Status of a line changed"),
    "registry.product_add": _("Product added"),
    "registry.product_change": _("Product changed"),
    "registry.product_remove": _("Product taken off the list"),
    "registry.group_create": _("Group entered"),
    "registry.group_change": _("Group changed"),
    "registry.hs_code_create": _("HS code entered"),
    "registry.hs_code_change": _("HS code changed"),
    "registry.element_change": _("Element changed"),
    "registry.import_upload": _("Excel file uploaded and checked"),
    "registry.import_confirm": _("Excel file imported"),
    "registry.import_discard": _("Excel file discarded"),
}
