"""What a notice still lacks before it may be submitted or issued, in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from notices import composing, rendering

if TYPE_CHECKING:
    from notices.models import Notice


def of(notice: "Notice") -> list[str]:
    """Whole sentences; empty when nothing is missing: the form's fields, the addressee, the type's closed list of
    contents, what cannot be printed."""
    form = notice.type.form(notice.content)
    reasons: list[str] = []
    if not form.is_valid():
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else _("Content")
            reasons += [_("%(field)s: %(problem)s") % {"field": label, "problem": problem} for problem in errors]
        return reasons
    if notice.type.needs_service:
        addressee = notice.type.addressee(notice)
        if addressee is None:
            reasons.append(_("The docket names no party to address the document to."))
        elif not addressee.address:
            reasons.append(_("The address of %(party)s is missing in the register.") % {"party": addressee.name})
    reasons += [str(reason) for reason in notice.type.validate(notice)]
    return reasons + _unprintable(notice)


def _unprintable(notice: "Notice") -> list[str]:
    """Said to the drafter, not first to whoever issues it: a character no font has, a value the template lacks."""
    try:
        composing.draft_html(notice)
    except rendering.RenderingFailed as failure:
        return [str(failure)]
    return []
