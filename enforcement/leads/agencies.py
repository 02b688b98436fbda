"""The authorities that the column `agency` of penalty_bases.csv names, in the reader's language: the column is in Chinese and short."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.listing import listed

BETWEEN: Final = "、"
OPEN: Final = "等"  # the list goes on
NAMES: Final = {
    "自然资源": gettext_lazy("the authority for natural resources"),
    "工信": gettext_lazy("the authority for industry and information technology"),
    "工信会同有关部门": gettext_lazy(
        "the authority for industry and information technology together with those concerned"
    ),
    "省级工业主管部门": gettext_lazy("the provincial authority for industry"),
    "生态环境": gettext_lazy("the authority for ecology and environment"),
    "环保": gettext_lazy("the authority for environmental protection"),
    "发改": gettext_lazy("the authority for development and reform"),
    "商务": gettext_lazy("the authority for commerce"),
    "海关": gettext_lazy("the customs"),
    "清洁生产综合协调": gettext_lazy("the authority that coordinates cleaner production"),
    "监督检查部门": gettext_lazy("the authority that supervises and inspects"),
    "县级以上政府指定部门": gettext_lazy("the authority that the government of a county or above has designated"),
    "原处罚机关": gettext_lazy("the authority that imposed the penalty"),
}


def in_words(agencies: str) -> str:
    """工信等 → the authority for industry and information technology, and others. A word that is not in the table stays as it is."""
    if not agencies:
        return "—"
    closed = agencies.removesuffix(OPEN)
    named = listed(NAMES.get(word.strip(), word.strip()) for word in closed.split(BETWEEN))
    return named if closed == agencies else _("%(authorities)s, and others") % {"authorities": named}
