"""How the events of notices read in the timeline."""

from django.utils.translation import gettext_lazy as _

from core.labels import Label
from notices import registry
from organisation import trail_words
from trail import sentences


def field_label(name: str) -> Label | None:
    """How a document's form calls what it keeps under this name in its content."""
    forms = [kind.content_form.base_fields for kind in registry.all_types()]
    return next((fields[name].label for fields in forms if name in fields and fields[name].label), None)


def register() -> None:
    trail_words.name_fields("notices.notice", field_label)
    sentences.register(
        {
            "notices.draft": _("Began a draft: %(subject)s"),
            "notices.edit": _("Edited the draft: %(subject)s"),
            "notices.submit": _("Submitted for review and approval: %(subject)s"),
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
            "notices.correct_service": _("The record of service of %(subject)s was corrected: served on %(served_on)s"),
            "notices.print_again": _("Asked again for the PDF: %(subject)s"),
            "notices.party_signed": _("The party signed the record: %(subject)s"),
            "notices.attach_note_scan": _("Added the signed note: %(subject)s"),
            "notices.party_refused": _("The party refused to sign the record: %(subject)s"),
            "notices.party_absent": _("Nobody was there for the party to sign the record: %(subject)s"),
            "notices.write_record": _("Completed the record: %(subject)s"),
            "notices.correct_record": _("Corrected an earlier record by: %(subject)s"),
            # Of a hearing, whose keepers get no hand in the matter by it (RecordKind.by_handlers).
            "notices.hearing_signed": _("The party signed the record: %(subject)s"),
            "notices.hearing_refused": _("The party refused to sign the record: %(subject)s"),
            "notices.hearing_absent": _("Nobody was there for the party to sign the record: %(subject)s"),
            "notices.hearing_note_scan": _("Added the signed note: %(subject)s"),
            "notices.write_minutes": _("Completed the record: %(subject)s"),
            "notices.correct_minutes": _("Corrected an earlier record by: %(subject)s"),
            "notices.freeze_form": _("The form “%(title)s” was made out; what it says stays as it is"),
            "notices.export_case_file": _("Exported the case file"),
        }
    )
    sentences.name_kinds(
        {
            "notices.freeze_form": _("Form of the case file made out"),
            "notices.write_record": _("Record completed"),
            "notices.correct_record": _("Record corrected"),
            "notices.write_minutes": _("Hearing: record completed"),
            "notices.correct_minutes": _("Hearing: record corrected"),
            "notices.hearing_signed": _("Hearing: the party signed the record"),
            "notices.hearing_refused": _("Hearing: the party refused to sign the record"),
            "notices.hearing_absent": _("Hearing: nobody was there for the party to sign the record"),
            "notices.hearing_note_scan": _("Hearing: added the signed note"),
            "notices.issue": _("Document issued"),
            "notices.supersede": _("Document superseded"),
            "notices.serve": _("Document served"),
            "notices.fail_service": _("Attempt to serve failed"),
            "notices.correct_service": _("Record of service corrected"),
        }
    )
