"""How the trail tells what happens to measures."""

from typing import Final

from django.utils.translation import gettext_lazy as _

SENTENCES: Final = {
    "measures.order": _("Measure ordered by %(notice)s"),
    "measures.record": _("Recorded of a measure on %(on)s: %(what)s"),
    "measures.end": _("Measure ended on %(on)s"),
}
# What the list of kinds of acts calls them: the sentence without its facts says too little.
KINDS: Final = {
    "measures.order": _("Measure ordered"),
    "measures.record": _("Recorded what happened to a measure"),
    "measures.end": _("Measure ended"),
}
