"""The form of a written record: its variable parts; below them, where a wrong record is corrected, what was wrong, and the password
of whoever completes it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.errors import say_all
from notices import content
from notices.fields import RowsField
from organisation.forms import OwnPasswordForm

if TYPE_CHECKING:
    from casework.models import Docket
    from notices.records import RecordKind

# Of the act, not of the record: neither is kept with its words.
OF_THE_ACT: Final = ("correction_reason", "password")


class RecordForm(OwnPasswordForm):
    """`request`: the form completes the record and asks for the password; without one it only reads what was typed.
    `corrects`: another record is wrong, and the form asks why."""

    correction_reason = forms.CharField(
        label=_("What was wrong in the earlier record"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is printed in the new record."),
    )

    def __init__(
        self,
        *args: Any,
        kind: "RecordKind",
        docket: "Docket",
        request: HttpRequest | None = None,
        corrects: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, request=request or HttpRequest(), **kwargs)
        self.kind, self.docket = kind, docket
        self.read: dict[str, Any] = {}  # what could be read of what was typed, also what a rule then refused
        if request is None:
            del self.fields["password"]
        if not corrects:
            del self.fields["correction_reason"]
        self.order_fields([*(name for name in self.fields if name not in OF_THE_ACT), *OF_THE_ACT])
        self.prepare()

    def prepare(self) -> None:
        """What the docket offers to choose from."""

    def make_room(self, draft: Iterable[Sequence[str]]) -> None:
        """Rows for all that waits in a draft of this form, (name, value) of each input: what has no input is not put back."""
        rows = {name: field for name, field in self.fields.items() if isinstance(field, RowsField)}
        for name, *_value in draft:
            field, _dash, place = name.partition("-")
            number = place.partition("-")[0]
            if field in rows and number.isdecimal():
                shown = len(self.initial.get(field) or [])
                widget = rows[field].widget
                widget.spare = max(widget.spare, int(number) + 1 - shown)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.read = dict(cleaned)
        say_all(self, self.kind.validate(self.docket, cleaned))
        return cleaned

    def typed(self) -> dict[str, Any]:
        """What was typed as the words of the record, as JSON."""
        return {name: value for name, value in content.typed(self).items() if name not in OF_THE_ACT}

    def typed_with_reason(self) -> dict[str, Any]:
        """The same with what was wrong in the earlier record: the form as it was left, but for the password."""
        return content.typed(self)

    def values(self) -> dict[str, Any]:
        """The clean values of a valid form."""
        return {name: value for name, value in content.values(self).items() if name not in OF_THE_ACT}
