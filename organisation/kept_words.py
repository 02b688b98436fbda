"""A kept form as its officer typed it: every value beside its label. The page it came from is asked once more, as nothing is kept
of labels. Where it no longer shows a field, whatever else it does or refuses by then, the value stands as an entry without a name."""

from copy import copy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from organisation.sessions import KeptForm

VOID = {"input", "br", "img"}
UNSEEN = {"hidden", "submit", "button", "image", "reset"}
# What forms of the portal send beside what was typed, whatever the form: known by name where its page can no longer be asked.
PLUMBING = {"version", "seen", "contested", "act", "pk", "confirm", "selected", "after", "next"}


def told(form: KeptForm, request: HttpRequest) -> dict[str, Any]:
    """`rows` of what was typed, and where it was `typed_at`: the way to the page, in words ("" where it has none)."""
    answer = _answer(form.page, request)
    page = _html(answer)
    if not page and answer is not None and 300 <= answer.status_code < 400:
        # The form is gone, but where its page leads on still says which matter it was.
        return {"rows": _rows(form, ""), "typed_at": _way_to(_html(_answer(answer["Location"], request)))}
    return {"rows": _rows(form, page), "typed_at": _way_to(page)}


def _rows(form: KeptForm, page: str) -> list[dict[str, Any]]:
    """[{label, lines}] for every field that was typed into: what the page sends without showing it is left out."""
    labels = _Labels()
    labels.feed(page)
    typed: dict[str, list[str]] = {}
    for name, value in form.fields:
        if not name.startswith("_") and labels.shows(name) and value.strip():
            typed.setdefault(name, []).append(labels.said(name, value))
    return [
        {
            "label": labels.of(name) or _("Entry %(n)s") % {"n": number},
            "lines": [line for value in values for line in value.splitlines()],
        }
        for number, (name, values) in enumerate(typed.items(), start=1)
    ]


class _Unsaid(BaseStorage):
    """Takes what a page says when it is asked for its labels only, and lets nobody hear it; what waits to be said waits on."""

    def _get(self, *_args: Any, **_kwargs: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, *_args: Any, **_kwargs: Any) -> list[Any]:
        return []


def _answer(address: str, request: HttpRequest) -> HttpResponse | None:
    """What the officer gets there now; None where he no longer may or it no longer is."""
    parts = urlsplit(address)
    asked: Any = copy(request)
    asked.method, asked.path, asked.path_info = "GET", parts.path, parts.path
    asked.GET, asked.POST, asked._messages = QueryDict(parts.query), QueryDict(), _Unsaid(request)
    asked.META = request.META | {"REQUEST_METHOD": "GET", "QUERY_STRING": parts.query, "PATH_INFO": parts.path}
    try:
        found = resolve(parts.path)
        answer: HttpResponse = found.func(asked, *found.args, **found.kwargs)
    except (Resolver404, Http404, PermissionDenied, RuleBroken):
        return None
    return answer


def _html(answer: HttpResponse | None) -> str:
    if answer is None:
        return ""
    is_page = answer.status_code == 200 and not answer.streaming
    return answer.content.decode() if is_page and answer["Content-Type"].startswith("text/html") else ""


def _way_to(page: str) -> str:
    """The breadcrumbs of a page, without the first: where everything begins says nothing."""
    way = _Way()
    way.feed(page)
    return " / ".join(way.steps[1:])


class _Way(HTMLParser):
    """Reads the steps of the breadcrumbs."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "nav":
            self._inside = ("class", "crumbs") in attrs
        elif self._inside and tag == "li":
            self.steps.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "nav":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and self.steps:
            self.steps[-1] += data


@dataclass(slots=True)
class _Control:
    """A control of a form: its id, and for a choice the value it stands for."""

    name: str
    id: str
    value: str
    group: str  # the legend around it; "" where it stands alone


@dataclass
class _Text:
    """Words that are being read, for whoever asked for them."""

    kind: str
    key: str
    depth: int = 0  # of marks inside it, such as "required": they are no part of the name
    words: list[str] = field(default_factory=list)


class _Labels(HTMLParser):
    """Reads labels, legends and the words of choices from a page."""

    def __init__(self) -> None:
        super().__init__()
        self._unseen: set[str] = set()  # names of hidden fields and of buttons
        self._controls: list[_Control] = []
        self._label_of: dict[str, str] = {}  # id → label
        self._options: dict[tuple[str, str], str] = {}  # name of the select, value → words
        self._select = self._legend = ""
        self._reading: _Text | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._reading is not None and tag not in VOID:
            self._reading.depth += 1
        elif tag == "fieldset":
            self._legend = ""
        elif tag == "legend":
            self._reading = _Text("legend", "")
        elif tag == "label":
            self._reading = _Text("label", given.get("for", ""))
        elif tag == "option":
            self._reading = _Text("option", given.get("value", ""))
        elif tag == "button" or given.get("type") in UNSEEN:
            self._unseen.add(given.get("name", ""))
        elif tag in {"input", "select", "textarea"} and given.get("name"):
            self._controls.append(_Control(given["name"], given.get("id", ""), given.get("value", ""), self._legend))
            self._select = given["name"] if tag == "select" else self._select

    def handle_data(self, data: str) -> None:
        if self._reading is not None and not self._reading.depth:
            self._reading.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "fieldset":
            self._legend = ""
        if self._reading is None:
            return
        if self._reading.depth:
            self._reading.depth -= 1
            return
        if tag != self._reading.kind:
            return
        words, key = " ".join("".join(self._reading.words).split()), self._reading.key
        self._reading = None
        if tag == "legend":
            self._legend = words
        elif tag == "label":
            self._label_of[key] = words
        else:
            self._options[self._select, key] = words

    def shows(self, name: str) -> bool:
        """Not where the page sends a field of this name without showing one."""
        return name not in self._unseen | PLUMBING or bool(self.of(name))

    def of(self, name: str) -> str:
        """The label of a field; "" where the page shows no such field."""
        for control in self._controls:
            if control.name == name and (words := control.group or self._label_of.get(control.id, "")):
                return words
        return ""

    def said(self, name: str, value: str) -> str:
        """A value in the words by which it was chosen; as typed, where it was typed."""
        if (name, value) in self._options:
            return self._options[name, value]
        for control in self._controls:
            if control.name == name and control.value == value and control.group:
                return self._label_of.get(control.id, value)
        return _("yes") if value == "on" else value  # a box that was ticked
