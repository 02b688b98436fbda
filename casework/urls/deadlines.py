"""URLs: deadlines, the statute book, the working calendar, reminders, messages, background jobs."""

from django.urls import URLPattern, path

from casework.deadlines.lists import PERIODS, STATUTE_BOOK
from casework.reminders.lists import INBOX, JOBS, LEDGER
from casework.views import calendar, corrections, deadlines, inbox, jobs, reminders

urlpatterns: list[URLPattern] = [
    path("deadlines/<int:pk>/", deadlines.why, name="why"),
    path("deadlines/<int:pk>/pause/", deadlines.pause, name="pause"),
    path("deadlines/<int:pk>/resume/", deadlines.resume, name="resume"),
    path("deadlines/<int:pk>/extend/", deadlines.extend, name="extend"),
    path("deadlines/<int:pk>/cancel/", corrections.cancel, name="cancel_deadline"),
    path("deadlines/<int:pk>/reopen/", corrections.reopen, name="reopen_deadline"),
    path("pauses/<int:pk>/correct/", corrections.correct_pause, name="correct_pause"),
    path("pauses/<int:pk>/take-back/", corrections.take_back_pause, name="take_back_pause"),
    path("extensions/<int:pk>/take-back/", corrections.take_back_extension, name="take_back_extension"),
    *PERIODS.urls("periods/"),
    path("periods/<slug:code>/", deadlines.rule, name="rule"),
    path("periods/<slug:code>/versions/new/", deadlines.rule_version, name="rule_version"),
    *STATUTE_BOOK.urls("statutes/"),
    path("statutes/<int:pk>/", deadlines.instrument, name="instrument"),
    path("calendar/", calendar.year, name="calendar"),
    path("calendar/<int:year>/", calendar.year, name="calendar_year"),
    path("calendar/load/", calendar.load, name="calendar_load"),
    *LEDGER.urls("reminders/"),
    path("schedule/", reminders.heartbeats, name="heartbeats"),
    *INBOX.urls("inbox/"),
    path("inbox/read/", inbox.mark_read, name="inbox_read"),
    path("inbox/unread/", inbox.unread, name="inbox_unread"),
    path("inbox/<int:pk>/", inbox.message, name="message"),
    *JOBS.urls("jobs/"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/progress/", jobs.progress, name="job_progress"),
    path("jobs/<int:pk>/retry/", jobs.retry, name="job_retry"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job_cancel"),
]
