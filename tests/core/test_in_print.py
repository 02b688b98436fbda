"""Chinese texts of the reference files are shown with the marks of Chinese print."""

import pytest

from core.labels import in_print


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("未批先建(报告书类)", "未批先建（报告书类）"),
        ("行政处罚法(2021)第56条;2010办法第39条", "行政处罚法（2021）第五十六条；2010办法第三十九条"),
        ("责令停止建设,可恢复原状", "责令停止建设，可恢复原状"),
        ("4Bxy;颗粒<500μm", "4Bxy；颗粒<500μm"),
        ("行政处罚法(2021)第56、85条", "行政处罚法（2021）第五十六条、第八十五条"),
        ("生态环境法典第1107条", "生态环境法典第一千一百零七条"),
        ("稀土管理条例第22条(一)", "稀土管理条例第二十二条第一项"),
        ("某办法第9条(报告书类)", "某办法第九条（报告书类）"),
        (
            "某办法第10条;排污许可条例第38条;法典第1060条",
            "某办法第十条；排污许可管理条例第三十八条；生态环境法典第一千零六十条",
        ),  # as it was kept before the reference files named them in full
        ("法典第102条", "生态环境法典第一百零二条"),
        ("民法典第1229条", "民法典第一千二百二十九条"),
        ("f(x), a;b 1,000", "f(x), a;b 1,000"),
        ("", ""),
    ],
)
def test_marks_beside_chinese_are_full_width_and_others_stay(kept, shown):
    assert in_print(kept) == shown
    assert in_print(shown) == shown
