"""What penalty_bases.csv provides, in sentences: its shorthand is for those who keep the file, officers read official Chinese or English.

The file stays the source. A text of it that has no sentence here is not shown, and a test names it.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.labels import in_print

_SENTENCES: Final[dict[str, Promise]] = {
    "依法处罚": _("to be punished according to law"),
    "责令改正;没收违法生产的产品和违法所得": _(
        "order to rectify; confiscation of the products made unlawfully and of unlawful gains"
    ),
    "责令停止;没收产品、违法所得、工具设备": _(
        "order to stop; confiscation of products, unlawful gains, tools and equipment"
    ),
    "责令停止;没收": _("order to stop; confiscation"),
    "依外贸/海关/出口管制法": _("according to the laws on foreign trade, customs and export control"),
    "责令改正": _("order to rectify"),
    "责令改正;对个人警告": _("order to rectify; warning to the persons responsible"),
    "按日连续处罚": _("penalty by the day"),
    "责令停止建设,可恢复原状": _("order to stop construction; restoration may be ordered"),
    "责令停止建设": _("order to stop construction"),
    "责令改正,可限产停产": _("order to rectify; limited production or a stop of production may be ordered"),
    "责令改正、限产停产": _("order to rectify, to limit or to stop production"),
    "责令停止、限期改正": _("order to stop and to rectify within a period"),
    "责令限期改正": _("order to rectify within a period"),
    "责令改正,没收违法所得": _("order to rectify; confiscation of unlawful gains"),
    "限期补办;逾期不补办 5万~20万": _(
        "order to complete the procedure within a period; the fine where that is not done in time"
    ),
    "责令停止生产或使用": _("order to stop production or use"),
    "责令改正或限产停产": _("order to rectify, or to limit or stop production"),
    "责令限期治理(≤1年)": _("order to remedy within a period of one year at most"),
    "责令停止计划管理产品生产;警告;核减下年度计划": _(
        "order to stop producing what is planned; warning; less in the plan of the next year"
    ),
    "行政处罚+核减下一年度指标": _("administrative penalty, and a smaller quota in the next year"),
    "依矿产资源法": _("according to the Mineral Resources Law"),
    "违法所得≥50万:5~10倍违法所得;<50万或无:100万~500万": _(
        "with unlawful gains of 500,000 yuan or more a fine of five to ten times the gains; with less or none, of 1 to 5 million yuan"
    ),
    "违法所得≥50万:5~10倍;否则200万~500万": _(
        "with unlawful gains of 500,000 yuan or more a fine of five to ten times the gains; else of 2 to 5 million yuan"
    ),
    "违法所得≥50万:5~10倍;否则50万~200万": _(
        "with unlawful gains of 500,000 yuan or more a fine of five to ten times the gains; else of 500,000 to 2 million yuan"
    ),
    "出口管制法33-35条:违法经营额≥50万5~10倍,否则50~500万": _(
        "Export Control Law, articles 33 to 35: with an unlawful turnover of 500,000 yuan or more a fine of five to ten times the turnover; else of 500,000 to 5 million yuan"
    ),
    "拒不改正:企业20万~100万+个人2万~5万": _(
        "where rectification is refused, a fine of 200,000 to 1,000,000 yuan on the enterprise and of 20,000 to 50,000 yuan on the persons responsible"
    ),
    "拒不改正:企业10万~50万+个人2万~5万": _(
        "where rectification is refused, a fine of 100,000 to 500,000 yuan on the enterprise and of 20,000 to 50,000 yuan on the persons responsible"
    ),
    "原罚款×(复查发现日-责令改正送达日)": _(
        "the former fine times the days from the day after service of the order to the day on which the re-inspection found the violation"
    ),
    "个人5万~20万": _("a fine of 50,000 to 200,000 yuan on the persons responsible"),
    "情节严重100万~1000万": _("in grave cases a fine of 1 to 10 million yuan"),
    "情节严重50万~500万": _("in grave cases a fine of 500,000 to 5 million yuan"),
    "拒不改正100万~200万;个人5万~20万": _(
        "where rectification is refused, a fine of 1 to 2 million yuan; of 50,000 to 200,000 yuan on the persons responsible"
    ),
    "设施不能正常发挥作用5万~20万;擅自拆除10万~100万": _(
        "where the installations cannot work properly, a fine of 50,000 to 200,000 yuan; where they were removed without leave, of 100,000 to 1,000,000 yuan"
    ),
    "逾期:代处置+20万~100万": _(
        "where the period is missed, disposal by another at the party's cost and a fine of 200,000 to 1,000,000 yuan"
    ),
    "拒不改正5万~50万": _("where rectification is refused, a fine of 50,000 to 500,000 yuan"),
    "货值1~5倍": _("a fine of one to five times the value of the goods"),
    "个人5千~5万": _("a fine of 5,000 to 50,000 yuan on the persons responsible"),
    "总投资额1%~5%": _("a fine of 1% to 5% of the total investment"),
    "逾期100万~200万;个人5万~20万": _(
        "where the period is missed, a fine of 1 to 2 million yuan; of 50,000 to 200,000 yuan on the persons responsible"
    ),
    "应缴排污费2~5倍": _("a fine of two to five times the pollution charge due"),
    "拒不改正≤10万": _("a fine of up to 100,000 yuan where rectification is refused"),
    "逾期代处置+≤20万": _(
        "where the period is missed, disposal by another at the party's cost and a fine of up to 200,000 yuan"
    ),
    "自责令改正之日的次日起,按照原处罚数额按日连续处罚": _(
        "from the day after the order to rectify, the former fine again for each day"
    ),
    "无罚款(规范性文件不得设罚)": _("no fine (a policy document cannot found one)"),
    "依条例21、22条": _("according to articles 21 and 22 of the regulation"),
    "情节严重责令停产停业+处分": _(
        "in grave cases an order to stop production and business, and disciplinary measures"
    ),
    "情节严重市监吊销营业执照": _("in grave cases the market regulator revokes the business licence"),
    "拒不改正责令停产停业": _("where rectification is refused, an order to stop production and business"),
    "拒不改正限产、停产整治": _("where rectification is refused, limited production or a stop of production"),
    "情节严重限产停产": _("in grave cases limited production or a stop of production"),
    "拒不执行拘留10-15日/5-10日;伴生放射性矿开发利用适用": _(
        "where the order is not obeyed, detention of 10 to 15 days, in lighter cases of 5 to 10; applies to the use of minerals that carry radioactivity"
    ),
    "重大污染责令停止生产或停业关闭": _(
        "after grave pollution an order to stop production, to suspend business or to close"
    ),
    "拒不停止排污移送拘留": _("where the discharge is not stopped, referral for detention"),
    "情节严重吊销排污许可证、停业关闭": _(
        "in grave cases the discharge permit is revoked, and business suspended or closed"
    ),
    "情节严重停业关闭": _("in grave cases business is suspended or closed"),
    "移送公安拘留5-10日/10-15日": _("referral to the police for detention of 5 to 10 or of 10 to 15 days"),
    "可责令恢复原状": _("restoration may be ordered"),
    "重大污染停产/关闭": _("after grave pollution a stop of production or closure"),
    "逾期未完成报政府责令关闭": _("where it is not done in time, closure by order of the government on report"),
    "拒不改正责令停产整治": _("where rectification is refused, an order to stop production and put it right"),
    "逾期不改正责令停产整治": _("where it is not rectified in time, an order to stop production and put it right"),
    "无计划企业依法关闭;配合国土环保工商税务安监处罚": _(
        "enterprises without a plan are closed according to law; penalties together with the authorities for land, environment, commerce, taxes and work safety"
    ),
}
# Says only what the fine of the row says.
_SAID_BY_THE_FINE: Final = frozenset({"≤10万"})
_BY_PRINT: Final = {in_print(text): words for text, words in _SENTENCES.items()}


def sentence(text: str) -> str:
    """The sentence for a text of the file, in the present language; empty for one that has none."""
    words = _BY_PRINT.get(in_print(text))
    return str(words) if words is not None else ""


def is_known(text: str) -> bool:
    return not text or text in _SAID_BY_THE_FINE or in_print(text) in _BY_PRINT


def joined(*sentences: str) -> str:
    mark = "；" if (get_language() or "").startswith("zh") else "; "
    return mark.join(filter(None, sentences))
