"""What is wrong with a field is said by the field's name, the same way in every form."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation


class Order(forms.Form):
    enterprise = forms.ChoiceField(label="企业", choices=[("a", "甲")])
    facts = forms.CharField(label="基本情况", max_length=5)
    days = forms.IntegerField(label="改正期限（日）", min_value=1, max_value=365)
    share = forms.DecimalField(label="REO含量（%）", max_value=100, decimal_places=1)
    on = forms.DateField(label="检查日期")
    file = forms.FileField(label="送达回证")
    word = forms.CharField(label="请输入“结案”确认")
    own = forms.CharField(label="送达方式", error_messages={"required": "先选方式。"})
    read = forms.BooleanField(label="本人已阅读笔录")


def said(data, field):
    with translation.override("zh-hans"):
        return Order(data, {}).errors[field][0]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("enterprise", "", "请选择企业。"),
        ("enterprise", "b", "所选企业不在可选范围内，请重新选择。"),
        ("facts", "", "请填写基本情况。"),
        ("facts", "一二三四五六", "基本情况不得超过5字，现为6字。"),
        ("days", "", "请填写改正期限。"),
        ("days", "366", "改正期限不得超过365日。"),
        ("days", "0", "改正期限不得小于1日。"),
        ("days", "三十", "改正期限应为整数。"),
        ("share", "101", "REO含量不得超过100%。"),
        ("share", "1.25", "REO含量最多保留1位小数。"),
        ("on", "2026-02-30", "检查日期不是有效日期。"),
        ("file", "", "请上传送达回证。"),
        ("word", "", "请填写本项内容。"),
        ("own", "", "先选方式。"),
        ("read", "", "请勾选“本人已阅读笔录”。"),
    ],
)
def test_a_refusal_names_its_field(field, value, words):
    assert said({field: value}, field) == words


def test_in_english_too():
    with translation.override("en"):
        assert Order({"days": "366"}).errors["days"] == ["“改正期限” must not exceed 365 日."]
        assert Order({"share": "x"}).errors["share"] == ["“REO含量” must be a number."]


def test_the_list_of_what_is_wrong_does_not_say_the_name_twice():
    with translation.override("zh-hans"):
        form = Order({"own": "", "word": ""}, {})
        text = render_to_string("components/error_summary.html", {"form": form})
    assert ">请选择企业。<" in text
    assert "企业：" not in text
    assert "送达方式：先选方式。" in text
