"""How the events of notices read in the timeline."""

from django.utils.translation import gettext_lazy as _

from trail import sentences


def register() -> None:
    sentences.register(
        {
            "notices.draft": _("Began a draft: %(subject)s"),
            "notices.edit": _("Edited the draft: %(subject)s"),
            "notices.submit": _("Submitted for approval: %(subject)s"),
            "notices.recall": _("Took back to drafts: %(subject)s"),
            "notices.review": _("Legal review agreed: %(subject)s"),
            "notices.approve": _("Approved: %(subject)s"),
            "notices.return_from_review": _("Legal review returned to the drafter: %(subject)s"),
            "notices.return": _("Returned to the drafter: %(subject)s"),
            "notices.withdraw": _("Withdrew the draft: %(subject)s"),
            "notices.issue": _("Issued %(subject)s as %(number)s to %(addressee)s"),
            "notices.supersede": _("%(subject)s was superseded by %(by_notice)s"),
            "notices.begin_service": _("Service under way: %(subject)s"),
            "notices.serve": _("Served %(subject)s on %(served_on)s"),
            "notices.fail_service": _("An attempt to serve %(subject)s failed"),
            "notices.attach_receipt": _("Added the signed receipt of service: %(subject)s"),
            "notices.print_again": _("Asked again for the PDF: %(subject)s"),
            "notices.export_case_file": _("Exported the case file"),
        }
    )
