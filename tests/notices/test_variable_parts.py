"""The variable parts of a notice: what is typed is kept as it was, read back, and checked in words."""

from datetime import date
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string

from notices import content
from notices.fields import Column, LinesField, RowsField


class OrderForm(forms.Form):
    found_on = forms.DateField(label="发现日期")
    facts = LinesField(label="事实", max_items=3, max_item_length=10)
    requirements = RowsField(
        label="要求",
        columns=[
            Column("within", "期限", max_length=6),
            Column("text", "内容"),
            Column("note", "备注", required=False),
        ],
    )
    fine_cny = forms.DecimalField(label="金额", required=False)
    urgent = forms.BooleanField(required=False)


TYPED = "found_on=2026-11-05&facts=一%0D%0A%0D%0A 二 &requirements-0-within=立即&requirements-0-text=停止&requirements-2-text=补录&requirements-2-within=十日内&urgent=on"


def test_a_browser_form_becomes_json_and_a_form_again():
    stored = content.typed(OrderForm(QueryDict(TYPED)))
    assert stored["requirements"] == [
        {"within": "立即", "text": "停止", "note": ""},
        {"within": "十日内", "text": "补录", "note": ""},
    ]
    values = content.values(content.bound(OrderForm, stored))
    assert values["found_on"] == date(2026, 11, 5)
    assert values["facts"] == ["一", "二"]
    assert [row["text"] for row in values["requirements"]] == ["停止", "补录"]
    assert values["urgent"] is True


def test_a_service_may_give_python_values():
    stored = content.plain(
        {
            "found_on": date(2026, 11, 5),
            "facts": ["一"],
            "requirements": [{"within": "立即", "text": "停止"}],
            "fine_cny": Decimal("1200.50"),
        }
    )
    values = content.values(content.bound(OrderForm, stored))
    assert values["fine_cny"] == Decimal("1200.50")
    assert values["requirements"] == [{"within": "立即", "text": "停止", "note": ""}]


def test_an_incomplete_draft_is_kept_and_shows_its_gaps():
    form = content.bound(OrderForm, {"facts": "一"})
    assert not form.is_valid()
    shown = content.values_with_gaps(content.bound(OrderForm, {"facts": "一"}))
    assert shown["facts"] == ["一"]
    assert shown["found_on"] == ""
    assert shown["requirements"] == [{"within": content.GAP, "text": content.GAP, "note": content.GAP}]
    assert shown["fine_cny"] is None


def test_wrong_rows_are_named_by_row_and_column():
    form = content.bound(
        OrderForm, {"found_on": "2026-11-05", "facts": "一", "requirements": [{"within": "一二三四五六七", "text": ""}]}
    )
    assert not form.is_valid()
    assert form.errors["requirements"] == ["第 1 行：“期限”超过 6 个字。", "第 1 行：未填写“内容”。"]


def test_too_many_and_too_long_lines_are_refused():
    many = content.bound(
        OrderForm,
        {"found_on": "2026-11-05", "facts": "一\n二\n三\n四", "requirements": [{"within": "立即", "text": "停止"}]},
    )
    assert "facts" in many.errors
    long = content.bound(
        OrderForm, {"found_on": "2026-11-05", "facts": "一" * 11, "requirements": [{"within": "立即", "text": "停止"}]}
    )
    assert "facts" in long.errors


def test_damaged_rows_from_outside_are_refused_not_fatal():
    form = content.bound(OrderForm, {"found_on": "2026-11-05", "facts": "一", "requirements": ["x"]})
    assert "requirements" in form.errors


def test_the_table_shows_what_was_typed_and_blank_rows_to_go_on():
    form = content.bound(OrderForm, {"requirements": [{"within": "立即", "text": '"><script>'}]})
    html = str(form["requirements"])
    assert 'name="requirements-0-within"' in html
    assert 'name="requirements-2-text"' in html
    assert "<script>" not in html


def test_the_fingerprint_changes_with_every_word():
    assert content.fingerprint("notice", {"a": "一"}) != content.fingerprint("notice", {"a": "二"})
    assert content.fingerprint("notice", {"a": "一", "b": []}) == content.fingerprint("notice", {"b": [], "a": "一"})


def test_a_wrong_cell_says_so_itself_and_is_linked_to():
    typed = QueryDict(TYPED.replace("requirements-2-within=十日内", "requirements-2-within="), mutable=True)
    form = OrderForm(typed)
    form.is_valid()
    page = render_to_string("components/form.html", {"form": form})
    assert '<a href="#id_requirements-1-within">' in page  # rows left blank between others close up
    cell = page[page.index('id="id_requirements-1-within"') : page.index('id="id_requirements-1-text"')]
    assert "第 2 行：未填写“期限”" in cell
    assert 'aria-invalid="true"' in cell.split(">")[0]
    assert page.count("第 2 行：未填写“期限”") == 2  # above the form, and at the cell
    first = page[page.index('id="id_requirements-0-within"') :].split(">")[0]
    assert "aria-invalid" not in first


def test_a_table_without_any_row_says_so_as_a_whole():
    form = OrderForm(QueryDict("facts=一"))
    form.is_valid()
    page = render_to_string("components/form.html", {"form": form})
    assert '<a href="#id_requirements-0-within">' in page
    assert 'id="id_requirements_error"' in page
