"""Every page of the portal: where it is, who reads it, and what makes it appear. Run in the portal's own process and data:

    PORTAL_VAR=… python -m tests.browser.atlas pages.json

It adds to the demonstration what that lacks (an import with errors, a service by post, a colleague's leave …), then walks through the
portal as officers of every role, following the links each is offered. What no link leads to is asked for by the rows of the table of
doors. Writes {"sessions": {officer: cookie}, "pages": [{"name", "path", "officer", "sends", "status"}], "unseen": [URL names without a page]}.
"""

import json
import logging
import os
import re
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

HOST = "127.0.0.1"
# A page for each officer: what it shows depends on who reads it.
OWN = {"casework:my_work", "organisation:profile"}
# The value of these parameters makes another page; other parameters only choose rows.
TELLING = {"method", "look", "kind"}
# What every list does alike (`core.lists`): one list shows it for all.
ALIKE = {"size", "sort", "at", "density"}
# What links are never followed to: files, pictures, fragments.
SKIPPED = {
    "casework:evidence_file",
    "notices:file",
    "notices:receipt",
    "notices:page",
    "notices:record_file",
    "notices:record_page",
    "inspections:draft_record",
    "registry:import_template",
    "admin",
    "styleguide",
}
# URLs that answer with a file, a picture, a fragment or a number, never with a page of their own.
NO_PAGE = {
    "healthz", "metrics", "casework:cases_preview", "casework:evidence_file", "casework:inbox_unread", "casework:job_progress",
    "casework:suggest", "casework:suggest_enterprises", "inspections:draft_record", "inspections:sites", "notices:record_file", "notices:record_page",
    "notices:record_printing", "organisation:draft", "notices:blank_receipt", "notices:case_file_download", "notices:file",
    "notices:page", "notices:printing", "notices:receipt", "organisation:officer_suggest", "registry:check_code",
    "registry:import_errors", "registry:import_progress", "registry:import_template",
}  # fmt: skip
NO_PAGE_ENDS = ("_export", "_export_file")
# So many pages of a list that differ in their parameters only.
MOST_VIEWS = 3
HREF = re.compile(r'<a\b[^>]*?\bhref="([^"#][^"]*)"')
MAIN = re.compile(r"<main\b.*?</main>", re.S)
POST_FORM = re.compile(r'<form\b[^>]*method="post"(?![^>]*\baction=")', re.I)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: the name of its URL, its address, who reads it ("": nobody), its status.

    `sends`: what is posted to it; None for an ordinary visit, nothing for a form sent empty.
    """

    name: str
    path: str
    officer: str = ""
    sends: dict[str, str] | None = None
    status: int = 200


class Atlas:
    """The walk and what it found."""

    def __init__(self) -> None:
        from django.test import Client

        from organisation.models import Officer

        self._client_of = Client
        self._officers = {officer.username: officer for officer in Officer.objects.filter(is_active=True)}
        self._clients: dict[str, Any] = {}
        self._seen: set[Any] = set()
        self._row_keys: dict[str, dict[int, Any]] = _row_keys()
        self.leaves: list[Leaf] = []

    def client(self, officer: str) -> Any:
        """A client logged in as this officer; "" is nobody."""
        if officer not in self._clients:
            client = self._client_of(headers={"host": HOST}, raise_request_exception=True)
            if officer:
                client.force_login(self._officers[officer], backend="organisation.backends.OfficerBackend")
            self._clients[officer] = client
        return self._clients[officer]

    def walk(self, officer: str, *starts: str) -> None:
        """Follow every link that leads to a page of a nature not yet met."""
        queue = deque(starts)
        while queue:
            queue.extend(self.visit(officer, queue.popleft()))

    def visit(self, officer: str, path: str, *, again: bool = False, asked: bool = False) -> list[str]:
        """Ask for a page and note it, when its nature is new. `again`: look at its links even if it is known.

        `asked`: it is one of the addresses written down here, so it counts however many of its kind are known.
        """
        nature = self.nature(officer, path, asked=asked)
        known = nature is None or nature in self._seen
        if nature is None or (known and not again):
            return []
        from django.urls import resolve

        answer = self.client(officer).get(path)
        if answer.status_code in (301, 302):
            self._seen.add(nature)
            return [urljoin(path, answer["Location"])]
        if answer.status_code != 200 or "<html" not in (text := _text(answer)):
            return []
        if not known:
            self.note(nature, Leaf(resolve(urlsplit(path).path).view_name, path, officer), text)
        main = MAIN.search(text)
        menu_too = path == "/"
        return [urljoin(path, unescape(link)) for link in HREF.findall(text if menu_too or not main else main[0])]

    def note(self, nature: Any, leaf: Leaf, text: str) -> None:
        self._seen.add(nature)
        self.leaves.append(leaf)
        if POST_FORM.search(text) and self._refuses_emptiness(leaf):
            self.leaves.append(Leaf(leaf.name, leaf.path, leaf.officer, sends={}, status=422))

    def _refuses_emptiness(self, leaf: Leaf) -> bool:
        """Does the form, sent empty, come back with its errors? Nothing it may have done is kept."""
        from django.db import transaction

        with transaction.atomic():
            # As a browser sends it: the token is always there, so that a form without fields acts.
            answer = self.client(leaf.officer).post(leaf.path, {"csrfmiddlewaretoken": "x"})
            transaction.set_rollback(True)
        return bool(answer.status_code == 422)

    def nature(self, officer: str, path: str, *, asked: bool = False) -> Any:
        """What makes a page different from others: its URL's name, the state of its row, telling parameters."""
        from django.urls import Resolver404, resolve

        parts = urlsplit(path)
        if parts.netloc or parts.scheme or not parts.path.startswith("/"):
            return None
        try:
            match = resolve(parts.path)
        except Resolver404:
            return None
        name = match.view_name
        if name in SKIPPED or name.split(":")[0] in SKIPPED:
            return None
        row = {key: value for key, value in match.kwargs.items() if key not in ("pk", "docket_pk", "job_id", "job_pk")}
        state = self._row_keys.get(name, {}).get(match.kwargs.get("pk", 0), "")
        query = [(key, value if key in TELLING else "") for key, value in parse_qsl(parts.query)]
        row = {key: value for key, value in row.items() if key in ("tab", "name", "kind", "part")}
        if name in OWN and (query or officer):
            query = []
        if query and ALIKE.issuperset(key for key, _value in query):
            return "lists", (), "", tuple(sorted(query)), ""
        nature = name, tuple(sorted(row.items())), state, tuple(sorted(query)), officer if name in OWN else ""
        if (
            query
            and not asked
            and nature not in self._seen
            and sum(1 for known in self._seen if known[0] == name and known[3]) >= MOST_VIEWS
        ):
            return None
        return nature

    def may(self, officer: str, permission: str) -> bool:
        return bool(self._officers[officer].has_perm(permission))

    def names(self) -> set[str]:
        return {leaf.name for leaf in self.leaves}


def _text(answer: Any) -> str:
    if answer.streaming or "html" not in answer.get("Content-Type", ""):
        return ""
    return str(answer.content.decode())


def _row_keys() -> dict[str, dict[int, Any]]:
    """For pages that look different by the state of their row: the states, by URL name and key."""
    from casework.models import Deadline, Docket
    from core import clock
    from notices.models import Notice
    from registry.models import ImportRun

    today = clock.today()
    dockets = {
        docket.pk: (
            docket.kind,
            docket.stage,
            docket.is_paused,
            docket.next_due_on is not None and docket.next_due_on < today,
        )
        for docket in Docket.objects.all()
    }
    kinds = {docket.pk: docket.kind for docket in Docket.objects.all()}
    return {
        "casework:docket": dockets,
        "casework:docket_tab": kinds,
        "notices:notice": {notice.pk: (notice.kind, notice.state) for notice in Notice.objects.all()},
        "casework:why": {
            deadline.pk: (
                deadline.kind,
                deadline.is_provisional,
                deadline.pauses.exists(),
                deadline.extensions.exists(),
            )
            for deadline in Deadline.objects.prefetch_related("pauses", "extensions")
        },
        "registry:import": {run.pk: run.state for run in ImportRun.objects.all()},
    }


def _starts(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """(officer, address) of the dockets that stand for a kind, stage and state, for each role of their department."""
    from casework.models import Docket
    from organisation.models import Officer

    met = set()
    for docket in Docket.objects.order_by("-department__code", "pk"):
        path = docket.get_absolute_url()
        nature = atlas.nature("", path)
        if nature in met:
            continue
        met.add(nature)
        colleagues = Officer.objects.filter(department=docket.department, is_active=True).exclude(pk=docket.officer_id)
        of_role = {tuple(officer.groups.values_list("name", flat=True)): officer.username for officer in colleagues}
        for username in [docket.officer.username if docket.officer else "", *of_role.values()]:
            if username:
                yield username, path


def doors_left(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """For URLs that no link led to: officers who may, and rows that may serve, until one is a page."""
    from django.urls import reverse

    from tests.access.table import DOORS
    from tests.access.world import PUBLIC, every_url
    from tests.browser import atlas_unlinked

    parameters = {name: set(pattern.pattern.converters) for name, pattern in every_url()}
    for name, door in DOORS.items():
        if door.method != "get" or name in NO_PAGE or name.endswith(NO_PAGE_ENDS) or name in atlas.names():
            continue
        if door.inner or SKIPPED & {name, name.split(":")[0]}:
            continue
        officers = (
            [""]
            if door.needs == PUBLIC
            else [o for o in atlas_unlinked.READERS if not door.needs or atlas.may(o, door.needs)]
        )
        for row in atlas_unlinked.rows_of(door.row) if door.row else [None]:
            address = reverse(name, kwargs=door.path_of(row, parameters[name])) + door.query
            for officer in officers:
                if name not in atlas.names():
                    yield officer, address


def chart() -> dict[str, Any]:
    """Walk through the whole portal; the answer is what the module's docstring says."""
    from rareearth.demo.accounts import DEMO_ACCOUNTS
    from tests.access.table import DOORS
    from tests.browser import atlas_rows, atlas_unlinked

    atlas_rows.add_rows()
    atlas = Atlas()
    atlas.walk("", "/login/", "/v/")
    for account in DEMO_ACCOUNTS:
        atlas.walk(account.username, "/")
        for address in atlas_unlinked.addresses(account.username):
            atlas.walk(account.username, *atlas.visit(account.username, address, asked=True))
    for username, path in _starts(atlas):
        for link in atlas.visit(username, path, again=True):
            atlas.walk(username, link)
    for officer, path in atlas_unlinked.results_of_acts(atlas):
        atlas.walk(officer, path)
    for officer, path in doors_left(atlas):
        atlas.walk(officer, path)
    atlas.leaves += atlas_unlinked.odd_pages()
    return {
        "sessions": {
            username: client.cookies["portal_session"].value for username, client in atlas._clients.items() if username
        },
        "pages": [asdict(leaf) for leaf in atlas.leaves],
        "unseen": sorted({name for name, door in DOORS.items() if door.method == "get"} - atlas.names()),
    }


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rareearth.settings")
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    Path(sys.argv[1]).write_text(json.dumps(chart(), ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
