"""The addresses and forms of notices as a browser sends them."""

import uuid

from django.urls import reverse

from tests.notices.words import WORDS


def url(name: str, *args) -> str:
    return reverse(f"notices:{name}", args=args)


def typed(**more) -> dict[str, str]:
    return {
        "subject": WORDS["subject"],
        "paragraphs": "\n".join(WORDS["paragraphs"]),
        "contact": WORDS["contact"],
        **more,
    }


def once() -> dict[str, str]:
    return {"_once": str(uuid.uuid4())}
