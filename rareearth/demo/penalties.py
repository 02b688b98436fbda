"""Penalties in the invented province: pursued beside some orders that were served, each resting at one stage of its procedure."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from enforcement.penalties import fines, services
from enforcement.penalties import names as codes
from enforcement.penalties.models import Penalty
from enforcement.penalties.workflow import Stage
from enforcement.rectification.models import RectificationCase
from notices import printing
from notices import services as notices
from notices.models import Method, Notice
from organisation import roles
from organisation.models import Officer
from rareearth.demo import paper

# Where a penalty rests, in turn.
ENDS: Final = (
    Stage.STATEMENT, Stage.PROPOSING, Stage.REVIEW, Stage.PERFORMING, Stage.APPROVAL, Stage.DECISION, Stage.NOTIFYING,
    Stage.DECIDING, Stage.SERVING,
)  # fmt: skip
GROUNDS: Final = (
    "违法事实清楚，证据确凿。当事人配合调查，已着手改正，未造成明显危害后果，按照裁量基准在法定幅度内从轻处罚。"
)
STATEMENT: Final = "我公司已完成整改，且属初次违法，请求从轻处罚。"


class Rests(Exception):
    """The penalty has come to the stage at which it rests, or to a day that lies ahead."""


def pursue(story: Any, case: RectificationCase, officer: Officer, number: int) -> None:
    """`number`: which of the penalties it is; the stage at which it rests follows from it."""
    end = ENDS[number % len(ENDS)]
    if not paper.can_be_drawn():
        end = Stage.PROPOSING  # nothing is served that was never drawn
    try:
        _tell(story, case, officer, end)
    except Rests:
        return


def _tell(story: Any, case: RectificationCase, officer: Officer, end: str) -> None:
    colleague = case.docket.team.exclude(officer=officer).first().officer  # type: ignore[union-attr]
    reviewer = story.team.one(roles.LEGAL_REVIEWER, story.rng)
    head = story.team.one(roles.DEPARTMENT_HEAD, story.rng)

    def act(hour: int, wait: tuple[int, int], do: Callable[[], Any]) -> Any:
        if not story.goes_on(*wait):
            raise Rests
        with clock.pinned(story.at(hour)):
            return do()

    penalty = act(9, (1, 3), lambda: services.pursue(case=case, by=officer))
    act(11, (1, 4), lambda: _propose(penalty, officer, colleague))
    if end == Stage.PROPOSING:
        return
    act(15, (0, 1), lambda: services.propose(penalty=_now(penalty), by=officer))
    if end == Stage.REVIEW:
        return
    act(
        10,
        (1, 3),
        lambda: services.agree(
            penalty=_now(penalty), opinion="事实清楚，证据确凿，定性准确，裁量适当，程序合法。", by=reviewer
        ),
    )
    if end == Stage.APPROVAL:
        return
    act(16, (1, 2), lambda: services.approve(penalty=_now(penalty), by=head))
    if end == Stage.NOTIFYING:
        return
    notice = act(9, (0, 1), lambda: services.issue_notice(penalty=_now(penalty), by=officer))
    act(15, (0, 2), lambda: _serve(notice, officer, colleague))
    act(10, (1, 2), lambda: _argue(penalty, officer))
    if end == Stage.STATEMENT:
        return
    act(9, (10, 14), lambda: _close_statement(penalty, officer, colleague))
    if end == Stage.DECIDING:
        return
    act(11, (1, 2), lambda: _draft_decision(penalty, officer, colleague))
    act(10, (1, 2), lambda: services.agree_decision(penalty=_now(penalty), opinion="同意。", by=reviewer))
    if end == Stage.DECISION:
        return
    act(16, (1, 2), lambda: services.decide(penalty=_now(penalty), by=head))
    decision = act(9, (0, 1), lambda: services.issue_decision(penalty=_now(penalty), by=officer))
    if end == Stage.SERVING:
        return
    act(15, (0, 2), lambda: _serve(decision, officer, colleague))


def _now(penalty: Penalty) -> Penalty:
    return Penalty.objects.get(pk=penalty.pk)


def _propose(penalty: Penalty, officer: Officer, colleague: Officer) -> None:
    """A fine near the lowest of its band, the report, the prior notice, and both signatures."""
    low = fines.band(penalty).low or Decimal(50_000)
    fine = (low + Decimal(30_000)).quantize(Decimal(1))
    services.edit(
        penalty=penalty, expected_version=penalty.version, violation=penalty.violation, conclusion="penalty",
        grounds=GROUNDS, sanctions=[{"kind": "fine", "amount": fine, "detail": ""}], gains=Decimal(0), by=officer,
    )  # fmt: skip
    _write_report(penalty, officer, colleague, f"建议对当事人处罚款人民币{fine:,.0f}元。")
    _fill_in(services.draft_document(penalty=_now(penalty), by=officer), penalty, officer)
    for signatory in (officer, colleague):
        services.sign(penalty=_now(penalty), by=signatory)


def _write_report(penalty: Penalty, officer: Officer, colleague: Officer, proposal: str) -> None:
    from notices import records

    kind = records.get(codes.REPORT)
    known = kind.initial(penalty.docket)
    law = [row for row in known.get("law") or [] if row.get("instrument")]
    notices.write_record(
        kind=codes.REPORT, docket=penalty.docket, by=officer,
        content=known | {
            "officers": [officer.pk, colleague.pk],
            "source": known.get("source") or "日常监督检查发现",
            "course": known.get("course") or ["立案后对现场、台账和有关人员进行了调查取证。"],
            "evidence": known.get("evidence") or [{"name": "现场检查（勘察）笔录", "proves": "检查经过和发现的事实"}],
            "law": law or [{"instrument": _law(penalty), "article": "有关条款", "content": "处罚依据"}],
            "circumstances": ["当事人配合调查，已着手改正。"],
            "proposal": [proposal],
        },
    )  # fmt: skip


def _law(penalty: Penalty) -> str:
    from casework import statutes

    found = statutes.in_full(penalty.violation.legal_basis)
    return found[0][0] if found else penalty.violation.legal_basis


def _fill_in(notice: Notice, penalty: Penalty, officer: Officer) -> None:
    """What only the officer knows."""
    order = penalty.case.order
    known = {
        "violated": (order.content.get("violated") if order else None) or [],
        "evidence": ["现场检查（勘察）笔录（证明检查经过和检查发现的事实）"],
        "reasons": [GROUNDS],
        "contact": officer.name,
        "telephone": "0519-00000000",
        "address": "常州市测试路1号",
        "payee": "测试市财政局",
        "bank": "测试银行样例支行",
        "account": "1000 0000 0001",
    }
    fields = notice.type.content_form.base_fields
    blank = {name: words for name, words in known.items() if name in fields and not notice.content.get(name)}
    notices.edit(notice=notice, content=blank, version=notice.version, by=officer)


def _serve(notice: Notice, officer: Officer, colleague: Officer) -> None:
    paper.draw(notice.docket, printing.NOTICE_JOB)
    notice.refresh_from_db()
    party = notice.docket.enterprise
    notices.record_service(
        notice=notice, method=Method.DIRECT, by=officer, co_server=colleague, place=party.address,  # type: ignore[union-attr]
        recipient=party.contact_name, relation="办公室负责人",  # type: ignore[union-attr]
        receipt_file=SimpleUploadedFile("送达回证.png", paper.PICTURE + str(notice.number).encode(), "image/png"),
    )  # fmt: skip


def _argue(penalty: Penalty, officer: Officer) -> None:
    services.record_statement(
        penalty=_now(penalty), kind="argues", received_on=clock.today(), text=STATEMENT, by=officer
    )


def _close_statement(penalty: Penalty, officer: Officer, colleague: Officer) -> None:
    from notices import records

    kind = records.get(codes.STATEMENT_REVIEW)
    known = kind.initial(penalty.docket)
    notices.write_record(
        kind=codes.STATEMENT_REVIEW, docket=penalty.docket, by=officer,
        content=known | {"officers": [officer.pk, colleague.pk]} | _reviewed(penalty),
    )  # fmt: skip
    services.close_statement(penalty=_now(penalty), by=officer)


def _reviewed(penalty: Penalty) -> dict[str, Any]:
    """By the fields of 陈述申辩意见及复核意见."""
    said = penalty.statements.get()
    told = f"罚款人民币{penalty.fine:,.0f}元"
    return {
        "received_on": said.received_on,
        "way": "书面",
        "argued_by": f"{penalty.case.enterprise.contact_name}（办公室负责人）",
        "arguments": [
            {
                "argument": said.text,
                "checked": "经复核，当事人确已着手改正；拟处罚款已按照最低一档裁量。",
                "outcome": "不予采纳",
                "reason": "拟处罚款已充分考虑上述情节",
            }
        ],
        "proposed": told,
        "proposed_fine_cny": penalty.fine,
        "reviewed": told,
        "reviewed_fine_cny": penalty.fine,
        "conclusion": ["维持拟作出的行政处罚。"],
    }


def _draft_decision(penalty: Penalty, officer: Officer, colleague: Officer) -> None:
    decision = services.draft_document(penalty=_now(penalty), by=officer)
    _fill_in(decision, penalty, officer)
    for signatory in (officer, colleague):
        services.sign(penalty=_now(penalty), by=signatory)
    services.submit_decision(penalty=_now(penalty), by=officer)
