"""The note of inspectors that a party did not sign (情况说明): a document beside the record, drawn like it."""

from typing import TYPE_CHECKING, Any

from core import clock
from core.labels import in_chinese
from notices.models import Ending
from notices.records import NOTE, RecordKind

if TYPE_CHECKING:
    from notices.models import PartySigning

KIND = RecordKind(
    code=NOTE,
    label="情况说明",
    title="情况说明",
    template="notices/common/party_note.html",
    permission="",
    file_order=6,
    signed_by_party=False,
)
TITLES = {Ending.REFUSED: "当事人拒绝签名情况说明", Ending.ABSENT: "当事人未到场情况说明"}


@in_chinese()
def context(signing: "PartySigning") -> dict[str, Any]:
    """Words of the note on a signing that is about to be recorded."""
    record, docket = signing.record, signing.record.docket
    witness = "，".join(filter(None, [signing.witness_name, signing.witness_organisation]))
    return {
        "agency": docket.department.acts_as.name_on(signing.on),
        "title": TITLES[Ending(signing.outcome)],
        "number": docket.number,
        "party_name": docket.enterprise.name if docket.enterprise else "",
        "record": {"title": record.title, "dated": record.dated},
        "refused": signing.outcome == Ending.REFUSED,
        "on": signing.on,
        "reason": signing.reason.rstrip("。；，"),
        "witness": witness or None,
        "noted_by": {"name": signing.officer.name, "certificate": signing.officer.certificate_number},
        "noted_at": clock.local(signing.recorded_at),
    }
