"""The sanctions of a penalty as one table of a form: a line for each kind of 行政处罚法第九条. Works without scripts."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.numerals import NotAnAmount, yuan
from enforcement.penalties.lines import ALONE
from enforcement.penalties.models.sanctions import MONEY, SanctionKind

LONGEST: Final = 300  # as Sanction.detail


class SanctionsWidget(forms.Widget):
    """Inputs `<field>-<kind>` (ticked, or the amount) and `<field>-<kind>-detail`. Its value: rows {kind, amount, detail}, as typed."""

    template_name = "penalties/widgets/sanctions.html"
    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, Any]]:
        if isinstance(data.get(name), list):  # a caller in Python
            return list(data[name])
        rows = []
        for kind in SanctionKind.values:
            said, detail = (str(data.get(f"{name}-{kind}{end}", "")).strip() for end in ("", "-detail"))
            if said or detail:
                amount = said if kind in MONEY else ""
                rows.append({"kind": kind, "amount": amount, "detail": detail, "ticked": bool(said)})
        return rows

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(key.startswith(f"{name}-") for key in data)

    def id_for_label(self, id_: str) -> str:
        return ""  # a group has a legend

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        given = {row["kind"]: row for row in value or []}
        base = (attrs or {}).get("id", f"id_{name}")
        context["widget"]["lines"] = [
            {
                "kind": kind.value, "label": kind.label, "name": f"{name}-{kind}", "id": f"{base}-{kind}",
                "is_money": kind in MONEY, "takes_detail": kind not in MONEY and kind not in ALONE[:2],
                "ticked": kind in given and given[kind].get("ticked", True),
                "amount": given.get(kind, {}).get("amount", ""), "detail": given.get(kind, {}).get("detail", ""),
            }
            for kind in SanctionKind
        ]  # fmt: skip
        context["widget"]["longest"] = LONGEST
        return context


class SanctionsField(forms.Field):
    """Cleans to rows {kind, amount (Decimal yuan, None where the kind has none), detail}."""

    widget = SanctionsWidget

    def clean(self, value: Any) -> list[dict[str, Any]]:
        found, faults = [], []
        for row in value or []:
            kind = SanctionKind(row["kind"])
            if kind in MONEY:
                try:
                    found.append({"kind": kind.value, "amount": _amount(row["amount"]), "detail": ""})
                except ValidationError as wrong:
                    faults.append(ValidationError(f"{kind.label}：{wrong.message}"))
                continue
            if not row.get("ticked", True):
                faults.append(
                    ValidationError(_("%(what)s: tick it, or empty what stands beside it.") % {"what": kind.label})
                )
            if len(row["detail"]) > LONGEST:
                words = _("%(what)s: at most %(limit)s characters.") % {"what": kind.label, "limit": LONGEST}
                faults.append(ValidationError(words))
            found.append({"kind": kind.value, "amount": None, "detail": row["detail"]})
        if faults:
            raise ValidationError(faults)
        return found


def _amount(typed: Any) -> Decimal:
    """150000, 150,000.00, １５００００."""
    try:
        amount = yuan(Decimal(str(typed).replace(",", "").replace("，", "")))
    except (InvalidOperation, NotAnAmount) as wrong:
        raise ValidationError(_("write an amount in yuan, with at most two decimals.")) from wrong
    if amount <= 0:
        raise ValidationError(_("the amount must be more than nothing."))
    return amount
