"""Which acts give an officer a hand in a matter (casework.powers): of every act of the procedures somebody has decided it."""

from typing import Final

from casework import powers
from enforcement.inspections.workflow import INSPECTION
from enforcement.leads.workflow import LEAD
from enforcement.rectification.workflow import CASE
from notices.workflow import NOTICE
from trail import sentences

# He investigated, wrote, signed, recorded or added a paper.
A_HAND: Final = {
    "inspections": (
        "open", "log_finding", "edit_finding", "describe", "sign", "complete_record", "make_record", "leave_alone",
        "follow_up_after_all",
    ),
    "leads": ("register", "correct_act", "enter_act", "correct_receipt", "dismiss"),
    "rectification": (
        "edit", "correct_act", "enter_act", "sign", "record_reinspection", "correct_reinspection", "make_record",
    ),
    "notices": (
        "draft", "edit", "begin_service", "serve", "fail_service", "attach_receipt", "party_signed", "party_refused",
        "party_absent", "attach_note_scan", "write_record", "correct_record",
    ),
}  # fmt: skip
# He moved the matter on, decided on it in an office over it, or took a copy; or the portal did it in consequence.
NONE: Final = {
    "inspections": ("explain_missing_signature", "void", "conclude"),
    "leads": (
        "open_case", "reconsider", "see_informant", "record_informant", "tell_distinct", "take_up_merged", "unmerge",
    ),
    "rectification": (
        "open", "submit", "withdraw", "agree", "return_from_review", "approve", "return_from_approval", "issue_order",
        "start_rectification", "correct_service", "take_order_back", "call_reinspection", "confirm_rectified",
        "continue_rectification", "look_after_period", "order_again", "return_from_closing", "look_again", "close",
        "reopen", "reopen_withdrawn",
    ),
    "notices": (
        "submit", "recall", "review", "approve", "return_from_review", "return", "withdraw", "issue", "supersede",
        "correct_service", "print_again", "freeze_form", "export_case_file", "write_minutes", "correct_minutes", "hearing_signed",
        "hearing_refused", "hearing_absent", "hearing_note_scan",
    ),
}  # fmt: skip


def verbs(of: dict[str, tuple[str, ...]]) -> set[str]:
    return {f"{package}.{name}" for package, names in of.items() for name in names}


def ours(found: set[str] | frozenset[str]) -> set[str]:
    return {verb for verb in found if verb.partition(".")[0] in A_HAND}


def test_every_act_of_the_procedures_is_judged_once():
    steps = {f"{flow.verb_prefix}.{name}" for flow in (INSPECTION, LEAD, CASE, NOTICE) for name in flow.steps}
    assert ours(sentences.known()) | steps == verbs(A_HAND) | verbs(NONE)
    assert not verbs(A_HAND) & verbs(NONE)


def test_the_powers_count_those_that_give_a_hand_and_no_others():
    assert ours(powers.counted()) == verbs(A_HAND)
