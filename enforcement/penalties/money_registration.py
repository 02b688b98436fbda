"""What the money of a penalty registers when the app is ready."""

from typing import Final

from django.utils.translation import gettext_lazy as _

SENTENCES: Final = {
    "penalties.open_receivable": _("%(amount)s yuan are owed on decision %(decision)s, to be paid by %(due_on)s"),
    "penalties.move_due": _("The last day for paying follows the corrected service: %(due_on)s"),
    "penalties.cancel_receivable": _("The decision fell: nothing is owed on it"),
    "penalties.record_payment": _("Payment of %(amount)s yuan of %(paid_on)s entered, receipt %(receipt)s"),
    "penalties.reverse_payment": _("Payment of %(amount)s yuan of %(paid_on)s reversed, receipt %(receipt)s"),
    "penalties.settle": _("Everything owed is paid, on %(settled_on)s"),
    "penalties.open_again": _("Money is owed again"),
    "penalties.record_plan": _("Deferral or instalments entered: %(document)s"),
    "penalties.take_back_plan": _("Deferral or instalments taken back as a wrong entry: %(document)s"),
    "penalties.begin_review": _("Reconsideration or litigation from %(first_on)s: %(document)s"),
    "penalties.end_review": _("Reconsideration or litigation ended on %(last_on)s: %(document)s"),
    "penalties.take_back_review": _("Reconsideration or litigation taken back as a wrong entry: %(document)s"),
    "penalties.receive_confiscated": _("Confiscated thing received on %(received_on)s: %(subject)s"),
    "penalties.dispose_confiscated": _("Confiscated thing disposed of on %(disposed_on)s: %(subject)s"),
    "penalties.take_back_confiscated": _("Entry of a confiscated thing taken back: %(subject)s"),
}
# What the list of kinds of acts calls them: the sentence without its facts says too little.
KINDS: Final = {
    "penalties.open_receivable": _("A penalty is owed"),
    "penalties.move_due": _("Last day for paying moved"),
    "penalties.record_payment": _("Payment entered"),
    "penalties.reverse_payment": _("Payment reversed"),
    "penalties.settle": _("Everything owed is paid"),
    "penalties.record_plan": _("Deferral or instalments entered"),
    "penalties.take_back_plan": _("Deferral or instalments taken back"),
    "penalties.begin_review": _("Reconsideration or litigation entered"),
    "penalties.end_review": _("End of reconsideration or litigation entered"),
    "penalties.take_back_review": _("Reconsideration or litigation taken back"),
    "penalties.receive_confiscated": _("Confiscated thing received"),
    "penalties.dispose_confiscated": _("Confiscated thing disposed of"),
    "penalties.take_back_confiscated": _("Entry of a confiscated thing taken back"),
}


def register() -> None:
    from core.registry import MenuItem, Panel, add_menu, add_panel
    from enforcement.penalties import money_pages
    from organisation import roles
    from trail import sentences

    roles.grant("penalties.keep_money", roles.CASE_OFFICER)
    roles.grant("penalties.see_arrears", roles.CASE_OFFICER, roles.DEPARTMENT_HEAD, roles.SUPERVISOR)
    add_panel(Panel("docket", _("Money of the penalty"), "penalties/_money.html", money_pages.panel, order=25))
    add_panel(
        Panel("docket", _("Confiscated things"), "penalties/_confiscated.html", money_pages.confiscated, order=26)
    )
    add_menu(MenuItem("work", _("Arrears"), "penalties:arrears", "hammer", 26, "penalties.see_arrears"))
    sentences.register(SENTENCES)
    sentences.name_kinds(KINDS)
