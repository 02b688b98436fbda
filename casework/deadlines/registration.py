"""What deadlines, calendar and reminders register in `apps.ready()`: permissions, sentences, jobs, menu, the inbox."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from casework import calendar_pages
from casework.deadlines import limits, passing, services, showing
from casework.reminders import digest, inbox
from core import context, jobs
from core.known_words import know
from core.registry import MenuItem, Panel, add_menu, add_panel
from organisation import roles
from trail import sentences

SENTENCES: Final = {
    "deadline.start": _("“%(label)s” started on %(started_on)s (%(event)s); it ends on %(due_on)s"),
    "deadline.pause": _("The clock of “%(label)s” was stopped from %(from_on)s on"),
    "deadline.resume": _("The clock of “%(label)s” runs again after %(to_on)s; it ends on %(due_on)s"),
    "deadline.extend": _("“%(label)s” was extended to %(due_on)s"),
    "deadline.meet": _("“%(label)s” was met on %(on)s"),
    "deadline.cancel": _("“%(label)s” was cancelled"),
    "deadline.reopen": _("“%(label)s” runs again: what was recorded was taken back"),
    "deadline.run_on": _("“%(label)s” runs on from its first day; it ends on %(due_on)s"),
    "deadline.take_back_pause": _("A pause of “%(label)s” was taken back; it ends on %(due_on)s"),
    "deadline.correct_pause": _("A pause of “%(label)s” was corrected; it ends on %(due_on)s"),
    "deadline.take_back_extension": _("An extension of “%(label)s” was taken back; it ends on %(due_on)s"),
    "deadline.restart": _("“%(label)s” runs from the right day; it ends on %(due_on)s"),
    "deadline.set_end": _("“%(label)s” was given another last day; it ends on %(due_on)s"),
    "deadline.recompute": _("“%(label)s” was computed anew; it ends on %(due_on)s"),
    "deadline.apply_rule": _("Rule %(rule)s applies to “%(label)s”; it ends on %(due_on)s"),
    "deadline.missed": _("“%(label)s” passed unmet on %(due_on)s"),
    "statutes.add_version": _(
        "Version %(code)s of a statutory period was added, in force from %(valid_from)s; %(moved)s periods moved"
    ),
    "calendar.load": _("The working calendar of %(year)s was loaded (edition %(edition)s); %(moved)s periods moved"),
}
# What the list of kinds of acts calls them: the sentence without its facts says too little.
KINDS: Final = {
    "deadline.start": _("Period began"),
    "deadline.meet": _("Period met"),
    "deadline.cancel": _("Period cancelled"),
    "deadline.pause": _("Clock of a period stopped"),
    "deadline.resume": _("Clock of a period runs again"),
    "deadline.extend": _("Period extended"),
    "deadline.reopen": _("Wrong entry taken back, period runs again"),
    "deadline.run_on": _("Period runs on"),
    "deadline.take_back_pause": _("Pause taken back"),
    "deadline.correct_pause": _("Pause corrected"),
    "deadline.take_back_extension": _("Extension taken back"),
    "deadline.restart": _("First day of a period corrected"),
    "deadline.set_end": _("Last day of a period changed"),
    "deadline.recompute": _("Period computed anew"),
    "deadline.apply_rule": _("Other rule applied to a period"),
    "deadline.missed": _("Period passed unmet"),
    "statutes.add_version": _("Version of a statutory period added"),
    "calendar.load": _("Working calendar loaded"),
}


def register() -> None:
    roles.grant("casework.pause_deadline", roles.DEPARTMENT_HEAD)
    roles.grant("casework.extend_deadline", roles.DEPARTMENT_HEAD)
    roles.grant("casework.correct_deadline", roles.DEPARTMENT_HEAD)
    roles.grant("casework.load_calendar", roles.SYSTEM_ADMINISTRATOR)
    roles.grant("casework.keep_statute_book", roles.SYSTEM_ADMINISTRATOR)
    roles.grant(
        "casework.see_ledger", roles.CASE_OFFICER, roles.DEPARTMENT_HEAD, roles.SUPERVISOR, roles.COORDINATION_OFFICER
    )
    roles.grant("casework.run_jobs", roles.SYSTEM_ADMINISTRATOR)
    know(services.OWN_DAY, limits.OWN_DECISION)
    sentences.register(SENTENCES)
    sentences.name_kinds(KINDS)
    jobs.register(
        inbox.MAIL,
        inbox.run_mail,
        label=_("Mail of a message"),
        on_failed=inbox.mail_failed,
        cancellable=False,
        patience=inbox.PATIENCE,
    )
    jobs.register(
        digest.MAIL,
        digest.run_mail,
        label=_("Daily summary by mail"),
        on_failed=digest.mail_failed,
        cancellable=False,
        patience=digest.PATIENCE,
    )
    jobs.register(passing.JOB, passing.run, label=_("Note that a due date passed"), cancellable=False)
    context.count_unread_with(inbox.unread_count)
    register_screens()


def register_screens() -> None:
    context.add_link("inbox_url", "casework:inbox")
    context.add_link("unread_url", "casework:inbox_unread")
    for item in (
        MenuItem("work", _("Messages"), "casework:inbox", "inbox", 15, count=inbox.unread_or_none),
        MenuItem("system", _("Working calendar"), "casework:calendar", "calendar", 40),
        MenuItem("system", _("Statute book"), "casework:statute_book", "book", 42),
        MenuItem("system", _("Statutory periods"), "casework:periods", "hourglass", 44),
        MenuItem("system", _("Reminder ledger"), "casework:reminders", "bell", 50, "casework.see_ledger"),
        MenuItem("system", _("Background jobs"), "casework:jobs", "refresh", 60),
        MenuItem("system", _("Scheduled tasks"), "casework:heartbeats", "heartbeat", 65, "casework.run_jobs"),
    ):
        add_menu(item)
    add_panel(
        Panel("docket", _("Running periods"), "casework/deadlines/_of_docket.html", showing.panel_running, order=20)
    )
    add_panel(
        Panel("docket.deadlines", _("Periods"), "casework/deadlines/_of_docket.html", showing.panel_all, order=10)
    )
    add_panel(
        Panel(
            "my_work", _("Working calendar"), "casework/calendar/_missing.html", calendar_pages.missing_panel, order=5
        )
    )
