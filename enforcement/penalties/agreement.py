"""Do the words of the document say what the proposal says? The party pays by the document, the account runs by the proposal."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.numerals import amount_in_figures
from enforcement.penalties import lines

if TYPE_CHECKING:
    from enforcement.penalties.models import Penalty


def _amount(value: Any) -> Decimal | None:
    """As it was typed; None where nothing was, or what is no amount (the form of the document says so)."""
    try:
        return Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None


def as_content(penalty: "Penalty") -> dict[str, Any]:
    """The sanctions by the fields of the documents."""
    rows = {row.kind: row for row in penalty.sanctions.all()}
    return {
        "sanctions": lines.of_all(rows.values()),
        "gains": str(rows["gains"].amount) if "gains" in rows else "",
        "fine": str(rows["fine"].amount) if "fine" in rows else "",
    }


def differences(penalty: "Penalty") -> list[str]:
    """Where they part, in words."""
    notice = penalty.document
    if notice is None or not penalty.is_a_penalty:
        return []
    found, wanted = [], as_content(penalty)
    for name, label in (("fine", _("Fine")), ("gains", _("Confiscation of unlawful gains"))):
        written, proposed = _amount(notice.content.get(name)), _amount(wanted[name])
        if written != proposed:
            found.append(
                _("%(what)s: the document says %(written)s, the proposal %(proposed)s.")
                % {"what": label, "written": _shown(written), "proposed": _shown(proposed)}
            )
    written_lines = [str(line).strip().rstrip("。；;") for line in notice.content.get("sanctions") or []]
    if missing := [line for line in wanted["sanctions"] if line not in written_lines]:
        found.append(_("The document does not name: %(what)s.") % {"what": "；".join(missing)})
    if extra := [line for line in written_lines if line not in wanted["sanctions"]]:
        found.append(_("The document names what the proposal does not: %(what)s.") % {"what": "；".join(extra)})
    return found


def _shown(amount: Decimal | None) -> str:
    return amount_in_figures(amount) if amount is not None else "—"
