"""How the trail tells what happens to measures."""

from typing import Final

from django.utils.translation import gettext_lazy as _

SENTENCES: Final = {
    "measures.order": _("Measure ordered by %(notice)s"),
    "measures.record": _("Recorded of a measure on %(on)s: %(what)s"),
    "measures.end": _("Measure ended on %(on)s"),
    "child_measures.lay_out": _("Chain of measures laid out"),
    "child_measures.edit": _("Child measure changed"),
    "child_measures.send": _("Child measure sent to %(to)s"),
    "child_measures.acknowledge": _("Child measure taken on"),
    "child_measures.decline": _("Child measure declined"),
    "child_measures.feed_back": _("Result of a child measure fed back on %(on)s"),
    "child_measures.accept": _("Result of a child measure accepted"),
    "child_measures.send_back": _("Result of a child measure returned"),
    "child_measures.call_off": _("Child measure called off"),
}
# What the list of kinds of acts calls them: the sentence without its facts says too little.
KINDS: Final = {
    "measures.order": _("Measure ordered"),
    "measures.record": _("Recorded what happened to a measure"),
    "measures.end": _("Measure ended"),
    "child_measures.send": _("Child measure sent"),
    "child_measures.feed_back": _("Result of a child measure fed back"),
}
