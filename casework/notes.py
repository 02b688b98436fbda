"""Notes with @mention."""

import re
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext

import trail
from casework.models import Docket, Mention, Note
from casework.reminders import inbox
from core import clock
from core.errors import RuleBroken
from core.labels import Wording
from organisation.models import Officer

# @ and a name (· inside) or a user name, at the beginning, after a blank or in the midst of Chinese (请@王磊核对). After a
# Latin letter, a digit or a dot the @ stands in an e-mail address.
AT = re.compile(r"(?<![A-Za-z0-9._%+-])@([\w.·-]{2,40})")
USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*", re.IGNORECASE)


@transaction.atomic
def add(*, docket: Docket, text: str, by: Officer) -> Note:
    """Add a note. Everyone mentioned who may see the docket finds it in his inbox; a name nobody bears is an error."""
    text = text.strip()
    if not text:
        raise RuleBroken(_("The note is empty."), field="text")
    mentioned = list(dict.fromkeys(_mentioned(name, docket, by) for name in AT.findall(text)))
    note = Note.objects.create(docket=docket, text=text, author=by, at=clock.now())
    for officer in mentioned:
        Mention.objects.create(note=note, officer=officer)
        title = Wording(_lazy("%(author)s mentioned you on %(docket)s"), {"author": by.name, "docket": docket})
        inbox.tell(to=[officer], kind="mention", title=title, by=by, docket=docket, body=text[:200])
    trail.record(
        "casework.add_note",
        note,
        by=by,
        docket=docket,
        sha256=note.sha256,
        mentioned=[officer.name for officer in mentioned] or None,
    )
    return note


def saved(note: Note) -> str:
    """What the author is told: that it is saved, and who was called by it (of several of one name, which)."""
    mentions = note.mentions.exclude(officer=note.author).select_related("officer__department").order_by("pk")
    told = [mention.officer for mention in mentions]
    if not told:
        return _("The note is saved.")
    names = pgettext("between names", ", ").join(_with_department(officer) for officer in told)
    return _("The note is saved. Told of it: %(officers)s.") % {"officers": names}


def _mentioned(typed: str, docket: Docket, by: Officer) -> Officer:
    """Who is meant. Of several of one name the author's own colleague; otherwise the author is asked to choose."""
    called = _called(typed)
    seeing = [officer for officer in called if Docket.objects.visible_to(officer).filter(pk=docket.pk).exists()]
    if not called:
        raise RuleBroken(_("Nobody is named “%(name)s”.") % {"name": typed}, field="text")
    if not seeing:
        raise RuleBroken(
            _("%(officer)s may not see this docket. Share it first, or leave out the @.") % {"officer": called[0].name},
            field="text",
        )
    alike = [officer for officer in seeing if officer.name == seeing[0].name]
    if seeing[0].username == _user_name(typed) or len(alike) == 1:
        return seeing[0]
    own = [officer for officer in alike if officer.department_id == by.department_id]
    if len(own) == 1:
        return own[0]
    choices = pgettext("between names", ", ").join(
        _("@%(username)s for %(officer)s") % {"username": one.username, "officer": _with_department(one)}
        for one in alike
    )
    raise RuleBroken(
        _("Several officers are named “%(name)s”. Write the user name: %(choices)s.")
        % {"name": seeing[0].name, "choices": choices},
        field="text",
    )


def _called(typed: str) -> Sequence[Officer]:
    """Officers in service whom these characters may call: by user name first, then by the longest name.

    Chinese runs on without blanks: every beginning of the text may be the name.
    """
    beginnings = [typed[:length] for length in range(2, len(typed) + 1)]
    found = Officer.objects.filter(Q(username=_user_name(typed)) | Q(name__in=beginnings), is_active=True)
    return sorted(
        found.select_related("department"),
        key=lambda one: (one.username != _user_name(typed), -len(one.name), one.username),
    )


def _user_name(typed: str) -> str:
    """The Latin beginning as a user name; a full stop after it belongs to the sentence."""
    latin = USER_NAME.match(typed)
    return latin.group().rstrip(".-").lower() if latin else ""


def _with_department(officer: Officer) -> str:
    return _("%(officer)s (%(department)s)") % {"officer": officer.name, "department": officer.department.short_name}
