"""Input of list pages besides the filters: which rows, which saved view."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from core.errors import RuleBroken
from core.lists.page import ListPage
from core.lists.saved import Store
from core.lists.state import read_query


def selected_ids(post: QueryDict) -> list[int]:
    """Ids of the ticked rows, each once, in order. What is no number is a forged form: refused in words."""
    texts = [text for value in post.getlist("selected") for text in value.split(",") if text]
    if not all(text.isascii() and text.isdigit() and len(text) < 19 for text in texts):
        raise RuleBroken(_("This form is damaged. Open the page again."))
    return list(dict.fromkeys(int(text) for text in texts))


class SavedViewForm(forms.Form):
    """One act on saved views. `act` absent: save the current view."""

    act = forms.ChoiceField(
        choices=[(act, act) for act in ("save", "change", "default", "no_default", "up", "down", "delete")],
        required=False,
    )
    pk = forms.IntegerField(required=False)
    name = forms.CharField(label=_lazy("Name of the view"), max_length=40, required=False)
    shared = forms.BooleanField(required=False)
    query = forms.CharField(max_length=4000, required=False)

    def __init__(self, *args: Any, page: ListPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        act = cleaned.get("act") or "save"
        if act in {"save", "change"} and not (cleaned.get("name") or "").strip():
            raise forms.ValidationError(_("Give the view a name."))
        if act not in {"save", "no_default"} and not cleaned.get("pk"):
            raise forms.ValidationError(_("There is no such view."))
        return cleaned

    def perform(self, store: Store, viewer: Any) -> str:
        """Do it; returns the address to go to."""
        data, page = self.cleaned_data, self.page.name
        match data["act"]:
            case "change":
                store.change(page=page, pk=data["pk"], name=data["name"].strip(), shared=data["shared"], by=viewer)
            case "default":
                store.make_default(page=page, pk=data["pk"], by=viewer)
            case "no_default":
                store.make_default(page=page, pk=None, by=viewer)
            case "up" | "down":
                store.move(page=page, pk=data["pk"], up=data["act"] == "up", by=viewer)
            case "delete":
                store.delete(page=page, pk=data["pk"], by=viewer)
            case _:
                query = read_query(self.page, QueryDict(data["query"])).urlencode()
                store.save(page=page, name=data["name"].strip(), query=query, shared=data["shared"], by=viewer)
                return f"{self.page.url()}?{query}" if query else self.page.url()
        return self.page.url("views")
