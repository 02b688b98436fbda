"""How the board shows a matter that is late, and why."""

from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import kinds
from casework.models import Deadline, Docket
from casework.reminders.inbox import label_of
from core import markup
from core.known_words import said_again
from core.labels import in_print

register = template.Library()


@register.simple_tag
def overdue(docket: Docket, today: date) -> SafeString:
    days = (today - docket.next_due_on).days if docket.next_due_on else 0
    words = ngettext("%(days)d day overdue", "%(days)d days overdue", days) % {"days": days}
    return markup.due(docket.next_due_on, words, "red")


@register.simple_tag
def stage_tag(docket: Docket) -> SafeString:
    return markup.tag(kinds.stage_label(docket.kind, docket.stage), kinds.stage_tone(docket.kind, docket.stage))


@register.simple_tag
def why_late(periods_over: list[Deadline]) -> SafeString:
    """The periods that ran out, each with its basis, as the page of the matter's periods names them."""
    rows = [(label_of(deadline), in_print(said_again(deadline.basis))) for deadline in periods_over]
    if not rows:
        return format_html("{}", _("—"))
    return format_html_join("", '{} <small class="text-secondary">{}</small><br>', rows)
