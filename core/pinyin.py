"""Pinyin of Chinese names, for search: 常州市长江稀土 → "czscjxt" and "changzhoushichangjiangxitu".

Heteronyms are read as the words they stand in (重庆 → cq, 厦门 → xm). Latin letters and digits are kept in lower case,
everything else is left out; ü is "v", as it is typed.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from core import readings

# Readings the dictionary lacks or gives otherwise: places and words met in Jiangsu and in this trade. Alone, and so at the
# head of a firm's name, it is 长久 and not 县长.
readings.add(
    {
        "六合": ["lu", "he"],
        "栟茶": ["ben", "cha"],
        "甪直": ["lu", "zhi"],
        "单县": ["shan", "xian"],
        "重稀土": ["zhong", "xi", "tu"],
        "长江": ["chang", "jiang"],
        "长孙": ["zhang", "sun"],
        "长": ["chang"],
    }
)
# Places at the head of firms' names. As words of their own they end where they end: 常州|长荣, not 州长.
_PLACES: Final = (
    "江苏 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 江阴 宜兴 常熟 张家港 昆山 太仓 溧阳 金坛 "
    "邳州 海门 启东 如皋 东台 仪征 高邮 丹阳 扬中 句容 靖江 泰兴 兴化 阜宁 杭州 湖州 温州 台州 广州 福州 郑州 兰州 赣州 "
    "抚州 德州 沧州 锦州 惠州 梅州 漳州 泉州 柳州 贵州 株洲 滁州 亳州 宿州 上海 浙江 江西 山东 安徽 内蒙古 包头"
)
# Counties and districts of Jiangsu that may stand there without 县 or 区; read as they are in any case.
_DISTRICTS: Final = (
    "玄武 白下 秦淮 建邺 鼓楼 下关 浦口 栖霞 雨花台 江宁 六合 溧水 高淳 崇安 南长 北塘 锡山 "
    "惠山 滨湖 梁溪 新吴 云龙 九里 贾汪 泉山 铜山 睢宁 新沂 天宁 钟楼 戚墅堰 新北 武进 沧浪 "
    "平江 金阊 虎丘 吴中 相城 姑苏 吴江 崇川 港闸 通州 海安 如东 连云 新浦 海州 赣榆 东海 灌云 "
    "灌南 清河 淮阴 清浦 清江浦 洪泽 涟水 盱眙 金湖 亭湖 盐都 大丰 响水 滨海 射阳 建湖 广陵 "
    "邗江 维扬 江都 宝应 京口 润州 丹徒 海陵 高港 姜堰 宿城 宿豫 沭阳 泗阳 泗洪"
)
readings.add({place: readings.read(place) for place in _PLACES.split()})
# Surnames read otherwise than the same character in a word.
SURNAMES: Final = {
    "乐": "yue",
    "仇": "qiu",
    "佴": "nai",
    "区": "ou",
    "单": "shan",
    "卜": "bu",
    "召": "shao",
    "员": "yun",
    "折": "she",
    "曾": "zeng",
    "朴": "piao",
    "查": "zha",
    "洗": "xian",
    "牟": "mu",
    "盖": "ge",
    "祭": "zhai",
    "秘": "bi",
    "种": "chong",
    "粘": "nian",
    "繁": "po",
    "缪": "miao",
    "翟": "zhai",
    "能": "nai",
    "覃": "qin",
    "解": "xie",
    "郇": "xun",
    "都": "du",
    "重": "chong",
    "隗": "wei",
    "黑": "he",
}
# A division's name ends its word: 常州市|长江稀土, not 市长.
_PARTS: Final = re.compile(r"(?<=[省市县区镇乡])")
# A place at the head of a name: 江苏, 常州市, 武进, 丰县. What is behind it is what people call the firm by.
_PLACE: Final = re.compile(
    rf"(?:{'|'.join([*_PLACES.split(), *_DISTRICTS.split()])})[省市县区]?|[㐀-鿿]{{1,4}}?[省市县区镇乡]"
)
_WORDS: Final = re.compile(r"[0-9a-z]+|[^0-9a-z]+")
_SIGNS: Final = re.compile(r"[^0-9a-z㐀-鿿豈-﫿\U00020000-\U0003ffff]+")


def initials(text: str, *, person: bool = False) -> str:
    """First letters, lower case: "常州市长江稀土A1" → "czscjxta1". `person`: the first character is read as a surname."""
    return "".join(syllable[0] if spoken else syllable for syllable, spoken in _syllables(text, person))


def beginnings(text: str) -> list[str]:
    """The initials of a name, and of what is left of it behind each place at its head, without those of one letter:
    "江苏常州市星曜稀土" → jsczsxyxt, czsxyxt, xyxt."""
    found = [initials(text)]
    plain = _plain(text)
    while place := _PLACE.match(plain):
        plain = plain[place.end() :]
        found.append(initials(plain))
    return [one for one in dict.fromkeys(found) if len(one) > 1]


def _plain(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).lower())


def full(text: str, *, person: bool = False) -> str:
    """The whole pinyin without tones or blanks: "无锡" → "wuxi"."""
    return "".join(syllable for syllable, _spoken in _syllables(text, person))


@lru_cache(maxsize=4096)
def _syllables(text: str, person: bool) -> tuple[tuple[str, bool], ...]:
    """Syllables in order; True for those read from a Chinese character, False for Latin letters and digits as written."""
    plain = _plain(text)
    found: list[tuple[str, bool]] = []
    if person and plain[:1] in SURNAMES:
        found.append((SURNAMES[plain[0]], True))
        plain = plain[1:]
    for word in _WORDS.findall(plain):
        if word.isascii():
            found.append((word, False))
            continue
        for part in filter(None, _PARTS.split(word)):
            found.extend((syllable, True) for syllable in readings.read(part))
    return tuple(found)
