"""Notes with @mention."""

import re

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

import trail
from casework.models import Docket, Mention, Note
from casework.reminders import inbox
from core import clock
from core.errors import RuleBroken
from organisation.models import Officer

# @ and a Chinese name of two to five characters (· inside), or a user name.
AT = re.compile(r"@([\w.·-]{2,40})")


@transaction.atomic
def add(*, docket: Docket, text: str, by: Officer) -> Note:
    """Add a note. Everyone mentioned who may see the docket finds it in his inbox; a name nobody bears is an error."""
    if not text.strip():
        raise RuleBroken(_("The note is empty."), field="text")
    mentioned = [_mentioned(name, docket, by) for name in dict.fromkeys(AT.findall(text))]
    note = Note.objects.create(docket=docket, text=text.strip(), author=by, at=clock.now())
    for officer in mentioned:
        Mention.objects.create(note=note, officer=officer)
        with translation.override(officer.language):
            title = _("%(author)s mentioned you on %(docket)s") % {"author": by.name, "docket": docket}
        inbox.tell(to=[officer], kind="mention", title=title, by=by, docket=docket, body=text.strip()[:200])
    trail.record(
        "casework.add_note", note, by=by, docket=docket, mentioned=[officer.name for officer in mentioned] or None
    )
    return note


def _mentioned(name: str, docket: Docket, by: Officer) -> Officer:
    found = list(Officer.objects.filter(is_active=True, username=name)) or list(_by_name(name))
    seeing: list[Officer] = [
        officer for officer in found if Docket.objects.visible_to(officer).filter(pk=docket.pk).exists()
    ]
    if not seeing:
        raise RuleBroken(_("Nobody named “%(name)s” can see this docket.") % {"name": name}, field="text")
    own = [officer for officer in seeing if officer.department_id == by.department_id]
    if len(seeing) > 1 and len(own) != 1:
        raise RuleBroken(
            _("Several officers are named “%(name)s”. Write @ and the user name.") % {"name": name}, field="text"
        )
    return own[0] if len(own) == 1 else seeing[0]


def _by_name(text: str) -> list[Officer]:
    """Chinese runs on without spaces: take the longest beginning of `text` that is somebody's name."""
    for length in range(min(len(text), 12), 1, -1):
        if found := list(Officer.objects.filter(is_active=True, name=text[:length])):
            return found
    return []
