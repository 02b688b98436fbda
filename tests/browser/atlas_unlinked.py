"""Pages of the atlas that no link leads to: rows for their addresses, conditions of lists, refusals, results of acts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.browser.atlas_rows import CITY, the_officer

# Who is asked to open a page that no link leads to.
READERS = ("wanglei", "chenjie", "lijing", "zhangmin", "zhouheng", "wuyue", "zhenghe", "fengshen", "chuxi", "weian")
# Rows tried for such a page, the newest first.
MOST_ROWS = 12


def rows_of(row: str) -> list[Any]:
    """Rows that may stand behind a URL, by what the table of doors calls them; none for what this demonstration lacks."""
    from casework.models import (
        Deadline,
        Docket,
        DocketShare,
        Evidence,
        Extension,
        InboxMessage,
        Instrument,
        Pause,
        PeriodRule,
    )
    from core.models import Job
    from enforcement.inspections.models import Finding, Inspection
    from enforcement.leads.models import Lead
    from enforcement.measures.models import ChildMeasure, Measure
    from enforcement.penalties.models import Confiscation, Entry, Plan, Receivable, Review
    from enforcement.rectification.models import RectificationCase
    from notices.models import Notice, Service, SiteRecord
    from organisation.models import Delegation, Department, Officer
    from registry.models import Element, Enterprise, EnterpriseGroup, Facility, HsCode, ImportRun, ProcessLine, Product
    from trail.models import Event

    models: dict[str, Any] = {
        "docket": Docket, "case": RectificationCase, "evidence": Evidence, "finding": Finding, "inspection": Inspection, "lead": Lead,
        "notice": Notice, "officer": Officer, "enterprise": Enterprise, "deadline": Deadline, "delegation": Delegation,
        "facility": Facility, "line": ProcessLine, "message": InboxMessage, "job": Job, "group": EnterpriseGroup, "product": Product,
        "instrument": Instrument, "site record": SiteRecord, "party note": SiteRecord, "written record": SiteRecord, "import": ImportRun, "hs_code": HsCode, "element": Element,
        "department": Department, "event": Event, "share": DocketShare, "pause": Pause, "extension": Extension, "rule": PeriodRule,
        "issued notice": Notice, "pending service": Service, "done service": Service,
        "claim": Receivable, "payment": Entry, "plan of instalments": Plan, "review of a decision": Review,
        "confiscated thing": Confiscation, "measure": Measure, "child measure": ChildMeasure,
    }  # fmt: skip
    model = models.get(row)
    if model is None:
        return []
    rows = model._default_manager.order_by("-pk")
    chosen = {
        "issued notice": lambda: rows.exclude(number=None),
        "pending service": lambda: rows.filter(outcome="pending"),
        "done service": lambda: rows.exclude(outcome="pending"),
        "party note": lambda: rows.filter(kind="party_note"),
    }
    return list(chosen.get(row, rows.all)()[:MOST_ROWS])


ADDRESSES = {
    "wanglei": [
        "/cases/?stage=rectification.rectifying", "/cases/?q=没有这样的案件", "/cases/?density=compact", "/cases/?due_before=xx&stage=yy",
        "/search/?q=常州", "/search/?q=没有这样的企业", "/search/?q=", "/enterprises/?q=没有这样的企业", "/calendar/2027/", "/calendar/2019/",
        "/leads/new/", "/me/password/",
    ],
    "xuwai": ["/cases/", "/inbox/"],
    "chuxi": ["/calendar/load/"],
}  # fmt: skip


def addresses(officer: str) -> list[str]:
    """Addresses worth a look that no link has: conditions, nothing found, errors."""
    return ADDRESSES.get(officer, [])


def odd_pages() -> list[Any]:
    """Pages that say no, and pages that a form leads to."""
    from rareearth.demo.accounts import PASSWORD
    from tests.browser.atlas import Leaf

    return [
        Leaf("error", "/no-such-page/", "wanglei", status=404),
        Leaf("error", "/schedule/", "wanglei", status=403),
        Leaf("organisation:login", "/login/", "", sends={"username": "wanglei", "password": "wrong"}),
        Leaf("organisation:second_factor", "/login/", "", sends={"username": "fengshen", "password": PASSWORD}),
        Leaf("casework:calendar_load", "/calendar/load/", "chuxi", sends=CALENDAR),
        Leaf(
            "casework:calendar_load",
            "/calendar/load/",
            "chuxi",
            sends=CALENDAR | {"text": "2027年13月1日 休"},
            status=422,
        ),
    ]


CALENDAR = {
    "year": "2027",
    "source": "国办发明电〔2026〕8号",
    "text": "\n".join(
        [
            "元旦：1月1日至3日放假。",
            "春节：2月5日至11日放假调休，共7天。2月20日（周六）上班。",
            "清明节：4月3日至5日放假。",
            "劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。",
            "端午节：6月9日放假。",
            "中秋节：9月15日放假。",
            "国庆节：10月1日至7日放假调休，共7天。9月26日（周日）上班。",
        ]
    ),
}


def results_of_acts(atlas: Any) -> Iterator[tuple[str, str]]:
    """(officer, address) of pages that only an act leads to: the act is done here."""
    from django.urls import reverse

    from casework.models import Docket

    for docket in Docket.objects.filter(kind="rectification", department__code=CITY).order_by("pk"):
        answer = atlas.client("zhouheng").post(reverse("notices:export_case_file", args=[docket.pk]))
        if answer.status_code == 302:
            yield "zhouheng", answer["Location"]
            break
    yield "fengshen", atlas.client("fengshen").post(reverse("organisation:trail_verification"))["Location"]
    yield "zhouheng", _handed_over(atlas)
    yield from _exports(atlas)
    yield "lijing", _kept_form(atlas)


def _handed_over(atlas: Any) -> str:
    """Two matters given to a colleague at once, one of which has come to its end: the result sheet tells of both."""
    from casework.models import Docket

    here = Docket.objects.filter(department__code=CITY, officer__username="wanglei")
    chosen = [here.exclude(closed_on=None).latest("pk").pk, here.filter(closed_on=None).latest("pk").pk]
    sent = {
        "action": "reassign",
        "selected": ",".join(map(str, chosen)),
        "to": the_officer("lijing").pk,
        "reason": "年休假期间代办",
    }
    return str(atlas.client("zhouheng").post("/cases/bulk/run/", sent)["Location"])


def _exports(atlas: Any) -> Iterator[tuple[str, str]]:
    """A large export that is being written, and one that the worker will have finished."""
    from unittest import mock

    from core import clock
    from core.lists import export
    from core.models import Job, JobState

    with mock.patch.object(export, "AT_ONCE", 0):
        ready = atlas.client("wanglei").post("/enterprises/export/")["Location"]
        running = atlas.client("wanglei").post("/cases/export/")["Location"]
    Job.objects.filter(kind=export.KIND, payload__page="cases").update(
        state=JobState.RUNNING, progress=40, step="2000 / 5000", lease_until=clock.now() + timedelta(days=365)
    )
    yield "wanglei", ready
    yield "wanglei", running


def _kept_form(atlas: Any) -> str:
    """Li Jing wrote a note, but her session had ended; she logged in again."""
    from casework.models import Docket
    from core import clock
    from organisation import sessions
    from rareearth.demo.accounts import PASSWORD

    client = atlas.client("lijing")
    session = client.session
    session[sessions.SEEN] = (clock.now() - timedelta(days=1)).isoformat()
    session.save()
    docket = Docket.objects.filter(department__code=CITY).latest("pk")
    client.post(f"/dockets/{docket.pk}/notes/", {"text": "与企业负责人通话，约定周五复查。"})
    return str(client.post("/login/", {"username": "lijing", "password": PASSWORD})["Location"])
