"""A document as pictures on a page: the frozen PDF, or a draft drawn for the moment."""

from base64 import b64encode
from typing import Any

from notices import composing, printing, rendering, selectors, showing
from notices.models import Notice

SCALE = 1.3


def pictures(html: str, title: str) -> dict[str, Any]:
    """The pages of a draft as pictures inside the answer: nothing is stored."""
    images = rendering.page_images(printing.draw(html).pdf, scale=SCALE)
    width, height = (round(side * SCALE / 1.5) for side in showing.PAGE_PX)
    pages = [
        {"url": f"data:image/png;base64,{b64encode(image).decode()}", "width": width, "height": height}
        for image in images
    ]
    return {"title": title, "pages": pages}


def of_draft(notice: Notice) -> dict[str, Any]:
    """A draft has no stored PDF; what keeps it from being drawn is said as `failure`."""
    try:
        return pictures(composing.draft_html(notice), notice.label)
    except rendering.RenderingFailed as failure:
        return {"failure": str(failure)}


def of(notice: Notice) -> dict[str, Any] | None:
    """What an officer reads before he acts on a document; None while an issued one is being drawn."""
    return selectors.preview(notice) if notice.is_issued else of_draft(notice)
