"""Several things in one sentence, joined as the reader's language joins them: 甲、乙 in Chinese, A, B in English."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def listed(items: Iterable[object]) -> str:
    return pgettext("between the items of a list", ", ").join(str(item) for item in items)
