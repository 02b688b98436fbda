"""The components: what they draw, and what they refuse to draw wrongly."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from core import markup
from core.styleguide import cases
from core.templatetags import ui


def draw(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_every_acting_form_gets_its_own_key_so_that_a_double_press_is_known():
    keys = {draw("{% once %}") for _ in range(3)}
    assert len(keys) == 3
    assert all('name="_once"' in key for key in keys)


def test_a_tag_escapes_its_label_and_refuses_an_unknown_tone():
    assert "&lt;b&gt;" in markup.tag("<b>", "red")
    with pytest.raises(ValueError, match="Unknown tone"):
        markup.tag("超期", "pink")


def test_a_due_date_says_its_state_in_words_and_not_only_by_colour():
    drawn = draw("{% due deadline %}", deadline={"on": date(2026, 12, 11), "words": "超期 3 天", "tone": "red"})
    assert "2026-12-11" in drawn
    assert "超期 3 天" in drawn
    assert "tone-red" in drawn


def test_a_due_date_of_an_object_with_due_on_links_to_why():
    class Deadline:
        due_on = date(2027, 2, 26)
        provisional = True
        words = "剩 48 个工作日"
        why_url = "/deadlines/7/why/"

    with translation.override("zh-hans"):
        drawn = markup.due(Deadline())
    assert 'href="/deadlines/7/why/"' in drawn
    assert "2027-02-26" in drawn


def test_no_due_date_is_a_dash_and_not_an_error():
    assert "—" in markup.due(None)
    assert "—" in markup.due({"on": None})


def test_a_plain_date_gets_no_invented_midnight():
    assert markup.iso_minute(date(2026, 9, 12)) == "2026-09-12"


def test_moments_are_shown_in_china_time():
    assert markup.iso_minute(datetime(2026, 11, 20, 17, 32, tzinfo=UTC)) == "2026-11-21 01:32"
    assert markup.iso(datetime(2026, 11, 20, 17, 32, tzinfo=UTC)) == "2026-11-21"


def test_cells_and_columns_must_match_in_number():
    table = {"columns": [{"key": "a", "label": "案号"}]}
    assert 'data-label="案号"' in ui.cells(table, {"cells": [{"text": "1号", "url": "/1/"}]})
    with pytest.raises(ValueError, match="zip"):
        ui.cells(table, {"cells": []})


def test_a_cell_with_hostile_text_is_escaped_everywhere():
    cell = {"text": "<script>", "url": '/"onclick=', "sub": "<i>"}
    drawn = markup.cell(cell)
    assert "<script>" not in drawn
    assert '"onclick' not in drawn
    assert "<i>" not in drawn


def test_the_step_bar_on_a_phone_says_which_step_of_how_many():
    with translation.override("en"):
        drawn = draw("{% stepbar steps %}", steps=cases.STEPS)
    assert "Step 4 of 7: 告知听证" in drawn
    assert drawn.count('aria-current="step"') == 2


def test_an_action_that_is_not_possible_says_why_and_cannot_be_pressed():
    drawn = draw("{% action a %}", a={"label": "结案", "url": "/close/", "disabled_reason": "整改复查尚未通过。"})
    assert 'aria-disabled="true"' in drawn
    assert "整改复查尚未通过。" in drawn
    assert "/close/" not in drawn


def test_a_posting_action_carries_its_key_and_hidden_fields():
    drawn = draw(
        "{% action a %}", a={"label": "转办", "url": "/x/", "method": "post", "fields": {"to": "7"}}, csrf_token="t"
    )
    assert 'method="post"' in drawn
    assert 'name="_once"' in drawn
    assert '<input type="hidden" name="to" value="7">' in drawn


class OneOfEach(forms.Form):
    code = forms.CharField(help_text="18 位")
    kind = forms.ChoiceField(choices=[("a", "甲")], widget=forms.RadioSelect)
    note = forms.CharField(widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(required=False)


def test_a_wrong_field_is_tied_to_its_message_for_a_screen_reader():
    drawn = str(OneOfEach({}))
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_code_helptext id_code_error"' in drawn
    assert 'id="id_code_error"' in drawn
    assert 'href="#id_code"' in drawn, "the summary at the top leads to the field"


def test_controls_wear_the_house_classes_beside_their_own():
    drawn = str(forms.TextInput(attrs={"class": "mono"}).render("code", "x"))
    assert 'class="form-control mono"' in drawn
    assert 'class="form-select"' in forms.Select(choices=[("a", "甲")]).render("k", "a")
    assert 'class="form-check-input"' in forms.CheckboxInput().render("c", True)
    assert "class=" not in forms.HiddenInput().render("h", "1")


def test_the_query_string_is_carried_through_a_filter_form_except_the_page():
    request = RequestFactory().get("/cases/?stage=a&stage=b&page=3&q=%3Cx%3E")
    drawn = draw('{% keep_query "page" %}', request=request)
    assert drawn.count('name="stage"') == 2
    assert "page" not in drawn
    assert "&lt;x&gt;" in drawn


def test_block_tags_keep_what_stands_inside():
    drawn = draw('{% panel "案件信息" count=3 %}<p>内容</p>{% endpanel %}')
    assert "<p>内容</p>" in drawn
    assert "案件信息" in drawn
    drawn = draw('{% dialog "void" "作废案件" typed="作废" %}<p>理由</p>{% enddialog %}', csrf_token="t")
    assert 'name="_once"' in drawn
    assert "<p>理由</p>" in drawn


def test_a_block_tag_without_its_end_is_an_error_at_once():
    with pytest.raises(TemplateSyntaxError):
        draw('{% panel "x" %}')


@pytest.mark.parametrize(
    ("count", "shown"), [(812, "812 B"), (3_412_000, "3.3 MB"), (None, ""), (5 * 1024**3, "5.0 GB")]
)
def test_sizes_are_said_in_words(count, shown):
    assert markup.size(count) == shown


def test_counts_and_codes_are_shortened_and_grouped():
    assert ui.capped(1204) == "1000+"
    assert ui.capped(1000) == "1000"
    assert ui.grouped("7QK29F4MXW3C") == "7QK2-9F4M-XW3C"
    assert ui.undo_url("success undo:/x/undo/") == "/x/undo/"


def test_the_browsers_date_control_gets_an_iso_date_in_every_language():
    class DateForm(forms.Form):
        on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))

    for language in ("zh-hans", "en"):
        with translation.override(language):
            drawn = str(DateForm(initial={"on": date(2026, 12, 11)})["on"])
            assert 'type="date"' in drawn
            assert 'value="2026-12-11"' in drawn
            assert DateForm({"on": "2026-12-11"}).is_valid()


def test_a_notice_does_not_take_its_heading_from_the_page_around_it():
    drawn = draw('{% include "components/notice.html" with text="尚未录入" %}', title="早上好", url="/x/", tone="red")
    assert "尚未录入" in drawn
    assert "早上好" not in drawn
    assert "/x/" not in drawn
    assert "tone-blue" in drawn
    assert "早上好" in draw('{% include "components/notice.html" with text="x" title=title %}', title="早上好")
