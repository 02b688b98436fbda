"""A damaged PDF among the evidence stays in the list and the package, and keeps nobody from the case file."""

from notices import casefile_evidence
from tests.access.rows import _pdf


def test_a_pdf_whose_page_cannot_be_read_has_no_pages_in_the_volume():
    whole = _pdf()
    assert len(casefile_evidence._sheets(whole)) == 1
    damaged = whole.replace(b"/MediaBox", b"/MediaXox").replace(b"/Type /Page\n", b"/Type /Pagx\n")
    assert damaged != whole
    assert casefile_evidence._sheets(damaged[: len(damaged) // 2]) == []
    assert isinstance(casefile_evidence._sheets(damaged), list)
