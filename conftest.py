"""Loads the test plugins of the project: what this machine has, real servers, real processes, matters at each stage."""

import gettext

from django.utils.translation import trans_real

from rareearth import translations

# The tests read the Chinese texts: the catalogue must be newer than what it is made from. Django, set up before this file
# is read, may have looked for it already and found none.
if translations.compile_if_stale():
    gettext._translations.clear()  # type: ignore[attr-defined]
    trans_real._translations.clear()  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]

pytest_plugins = [
    "tests.plugins.servers",
    "tests.plugins.availability",
    "tests.plugins.processes",
    "tests.plugins.matters",
    "tests.plugins.emptying",
    "tests.plugins.browsing",
]
