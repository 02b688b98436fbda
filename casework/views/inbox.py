"""The inbox: open a message, mark read, how many are new. The list itself is casework.reminders.lists.INBOX."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from casework.models import InboxMessage
from casework.reminders import inbox
from organisation.access import passive
from organisation.scope import visible_or_404


@require_GET
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what a message speaks of; it counts as read."""
    found = visible_or_404(InboxMessage, request.user, pk=pk)
    inbox.mark_read(found)
    page = inbox.leads_to(found)
    if page and url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        return redirect(page)
    return render(request, "casework/inbox/message.html", {"message": found})


@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark everything, or the messages named, as read."""
    ids = [int(text) for text in request.POST.getlist("message") if text.isdecimal()]
    inbox.mark_all_read(request.user, ids or None)
    return redirect("casework:inbox")


@passive
@require_GET
def unread(request: HttpRequest) -> HttpResponse:
    """The number of new messages, for the top bar: asked for every minute."""
    return render(request, "components/unread.html", {"unread_count": inbox.unread_count(request.user)})
