"""Django's own refusals as pages that say what to do next. Named in the root URLconf (handler400 … handler500).

403 and 404 need no view here: Django renders templates/403.html and 404.html with the whole context of the shell.
"""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A damaged request, or one that is larger than the portal accepts."""
    if isinstance(exception, TOO_LARGE):
        return render(request, "errors/413.html", status=413)
    return render(request, "errors/400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: opened before log-in, or sent by another site. The reason goes to Django's log."""
    return render(request, "403_csrf.html", {"code": "403"}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A defect. Rendered without context processors: what failed may be what they ask."""
    context = {"request_id": getattr(request, "request_id", "")}
    return HttpResponseServerError(render_to_string("500.html", context))
