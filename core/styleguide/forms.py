"""One form of each kind for the style guide."""

from django import forms

from core.styleguide.cases import CAUSES, STAGES


class CaseFilter(forms.Form):
    party = forms.CharField(label="当事人", required=False)
    city = forms.ChoiceField(
        label="设区市", required=False, choices=[("", "全部"), ("3204", "常州市"), ("3202", "无锡市")]
    )
    stage = forms.ChoiceField(label="阶段", required=False, choices=[("", "全部"), *[(s, s) for s in STAGES]])
    due = forms.ChoiceField(
        label="期限", required=False, choices=[("", "全部"), ("late", "已超期"), ("soon", "5 个工作日内")]
    )
    officer = forms.ChoiceField(
        label="承办人", required=False, choices=[("", "全部"), ("me", "我"), ("none", "未分配")]
    )
    opened_from = forms.DateField(label="立案日期起", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    opened_to = forms.DateField(label="立案日期止", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class CaseForm(forms.Form):
    """One of each kind of control, with its rules."""

    code = forms.CharField(
        label="统一社会信用代码",
        max_length=18,
        help_text="18 位，不含字母 I、O、S、V、Z。",
        widget=forms.TextInput(attrs={"data-upper": ""}),
    )
    cause = forms.ChoiceField(label="案由", choices=[("", "请选择"), *[(c, c) for c in CAUSES]])
    opened_on = forms.DateField(label="立案日期", widget=forms.DateInput(attrs={"type": "date"}))
    quantity = forms.DecimalField(label="涉案数量（t REO）", required=False, help_text="以稀土氧化物（REO）计。")
    procedure = forms.ChoiceField(
        label="程序", choices=[("simple", "简易程序"), ("normal", "普通程序")], widget=forms.RadioSelect
    )
    circumstances = forms.MultipleChoiceField(
        label="情形",
        required=False,
        choices=[("major", "重大案件"), ("joint", "联合执法"), ("press", "媒体关注")],
        widget=forms.CheckboxSelectMultiple,
    )
    facts = forms.CharField(label="违法事实", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
    urgent = forms.BooleanField(label="需要采取先行登记保存措施", required=False)


class FileForm(forms.Form):
    file = forms.FileField(label="证据材料", help_text="原件请保留。")


class NoteForm(forms.Form):
    text = forms.CharField(label="备注（用 @ 提醒同事）", widget=forms.Textarea(attrs={"rows": 2}))
