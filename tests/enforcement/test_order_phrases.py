"""An order reads as whole sentences, however its parts were typed, and rests on everything that was kept for it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework import evidence
from core import clock
from enforcement.rectification import phrases
from enforcement.rectification import services as cases
from notices import content, registry
from notices import services as notices
from tests.plugins.matters import DAY

KIND = registry.get("rectification_order")


def keep(docket, title, proves, by):
    with clock.pinned(DAY):
        return evidence.add(
            docket=docket, upload=SimpleUploadedFile(f"{title}.txt", title.encode()), kind="document", title=title,
            proves=proves, made_by="王测试", made_at=clock.now(), place="厂区", by=by,
        )  # fmt: skip


@pytest.fixture
def order(written, case_officer):
    with clock.pinned(DAY):
        return cases.draft_order(case=written, by=case_officer)


def warned(order, by, **words) -> str:
    order.refresh_from_db()
    with clock.pinned(DAY):
        changed = notices.edit(notice=order, content=words, version=order.version, by=by)
        return " ".join(map(str, KIND.warnings(changed)))


@pytest.mark.django_db
def test_what_was_kept_at_the_visit_and_for_the_lead_stands_in_the_order(
    finding, lead, inspector, case_officer, request
):
    keep(finding.inspection.docket, "现场照片", "证明排放口状况。", inspector)
    keep(lead.docket, "举报信", "举报的内容", case_officer)
    written = request.getfixturevalue("written")  # with the case the lead is closed, and takes nothing more
    keep(written.docket, "排污许可证副本", "持证情况", case_officer)
    gone = keep(written.docket, "误传的文件", "无", case_officer)
    with clock.pinned(DAY):
        evidence.withdraw(evidence=gone, reason="误传", by=case_officer)
        found = KIND.initial(written.docket)["evidence"]
    assert found == [
        "现场检查（勘察）笔录（证明检查经过和检查发现的事实）",
        "现场照片（证明排放口状况）",
        "举报信（证明举报的内容）",
        "排污许可证副本（证明持证情况）",
    ]


@pytest.mark.parametrize("proves", ["持证情况", "证明持证情况", "证明：持证情况。", " 持证情况； "])
def test_what_a_piece_of_evidence_proves_is_said_once(proves):
    assert phrases.exhibit("许可证副本", proves) == "许可证副本（证明持证情况）"


@pytest.mark.django_db
def test_parts_bring_no_full_stop_into_the_middle_of_a_sentence(order):
    words = content.values(
        content.bound(
            KIND.form,
            order.content
            | {
                "violated": [{"instrument": "某法", "article": "第一条", "content": "分类贮存、处置。"}],
                "evidence": ["台账（证明数量）；"],
                "requirements": [
                    {"within": "立即", "text": "立即停止排放；"},
                    {"within": "30日内", "text": "建成贮存设施。"},
                ],
            },
        )
    )
    assert words["violated"][0]["content"] == "分类贮存、处置"
    assert words["evidence"] == ["台账（证明数量）"]
    assert [row["text"] for row in words["requirements"]] == ["停止排放", "建成贮存设施"]


@pytest.mark.django_db
def test_an_investigation_of_one_day_names_the_day_once(order):
    day = order.content["investigated_from"]
    words = content.values(content.bound(KIND.form, order.content | {"investigated_to": day, **_rest(order)}))
    assert words["investigated_to"] is None


def _rest(order) -> dict:
    return {
        "violated": [{"instrument": "某法", "article": "第一条", "content": "分类贮存"}],
        "evidence": order.content["evidence"] or ["台账（证明数量）"],
    }


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("于三十日内建成尾矿库", "三十日内"),
        ("10个工作日之内补录台账", "10个工作日之内"),
        ("三个月以内完成验收", "三个月以内"),
        ("立即停止排放", "立即"),
        ("补录2026年9月、10月流向信息", None),
        ("建立按日记录的内部台账", None),
    ],
)
def test_a_period_inside_a_requirement_is_recognised(text, twice):
    assert phrases.period_named_twice(text) == twice


@pytest.mark.django_db
def test_the_drafter_is_warned_of_a_period_named_twice(order, case_officer):
    rows = [{"within": "30日内", "text": "于二十日内恢复废水处理设施正常运行"}]
    said = warned(order, case_officer, requirements=rows)
    assert "二十日内" in said
    assert "30日内" in said
    rows = [{"within": "30日内", "text": "恢复废水处理设施正常运行"}]
    assert "30日内" not in warned(order, case_officer, requirements=rows)


@pytest.mark.parametrize(
    ("line", "within", "text"),
    [
        ("一、立即停止超标排放废水", "立即", "停止超标排放废水"),
        ("（二）于10日内补录流向", "10日内", "补录流向"),
        ("3.补建台账", "30日内", "补建台账"),
        ("2、补建台账", "30日内", "补建台账"),
        ("①补建台账", "30日内", "补建台账"),
        ("第三，补建台账", "30日内", "补建台账"),
        ("3.5吨氧化镨钕补录流向", "30日内", "3.5吨氧化镨钕补录流向"),
        ("三日内补录流向", "3日内", "补录流向"),
        ("一并补录流向", "30日内", "一并补录流向"),
    ],
)
@pytest.mark.django_db
def test_the_order_numbers_its_requirements_itself(written, case_officer, line, within, text):
    written.requirements, written.rectification_days = f"{line}\n于30日内完成其余改正", 30
    written.save(update_fields=["requirements", "rectification_days"])
    with clock.pinned(DAY):
        order = cases.draft_order(case=written, by=case_officer)
    assert order.content["requirements"][0] == {"within": within, "text": text}
    assert type(written).objects.get(pk=written.pk).order_differences() == []
