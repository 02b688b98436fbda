"""Drafts of forms: kept while an officer types, offered when he comes back, forgotten when the form is sent. No events: nothing was done yet."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.http import HttpRequest

from core import clock
from organisation.models import FormDraft, Officer
from organisation.sessions import LEFT_OUT, NEVER_KEPT

KEPT_FOR: Final = timedelta(days=30)
MOST_EACH: Final = 100  # forms an officer may have begun; beyond, the oldest draft goes
Values = list[tuple[str, str]]


@transaction.atomic
def keep(*, form: str, values: Values, by: Officer) -> FormDraft:
    """Keep what stands in the form now. Secrets are left out, whatever the page sends."""
    kept = [(name, value) for name, value in values if not (NEVER_KEPT.search(name) or LEFT_OUT.search(name))]
    draft, _created = FormDraft.objects.update_or_create(
        officer=by, form=form, defaults={"values": kept, "at": clock.now()}
    )
    beyond = by.form_drafts.order_by("-at", "-pk").values_list("pk", flat=True)[MOST_EACH:]
    FormDraft.objects.filter(pk__in=list(beyond)).delete()
    return draft


@transaction.atomic
def forget(*, form: str, by: Officer) -> None:
    by.form_drafts.filter(form=form).delete()


def sent(request: HttpRequest) -> None:
    """A form has acted: what was kept of it is done with."""
    if isinstance(request.user, Officer):
        forget(form=request.path, by=request.user)


def forget_old() -> int:
    return FormDraft.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()[0]
