"""Notice templates to HTML: strict about missing values, with the watermark woven in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.backends.django import DjangoTemplates
from django.utils import translation

from .coverage import FOLDER
from .errors import MissingValue
from .watermark import watermark_address

STYLE = Path(__file__).with_name("notice.css")


class _Refuse(str):
    """Django asks its `string_if_invalid` to format the name of a missing variable: this one refuses instead."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise MissingValue(str(name), "")


def template_folder() -> Path:
    return Path(settings.TEMPLATES[0]["DIRS"][0])  # type: ignore[index] # the stubs know less than our settings


@cache
def _engine() -> DjangoTemplates:
    return DjangoTemplates(
        {
            "NAME": "notices",
            "DIRS": [template_folder()],
            "APP_DIRS": False,
            "OPTIONS": {
                "string_if_invalid": _Refuse("%s"),
                "builtins": ["notices.templatetags.notice_text"],
                "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])],
            },
        }
    )


def html_of(template: str, context: Mapping[str, Any], *, watermark: str | None) -> str:
    """The final HTML. Notices are Chinese whatever language the officer's screen has."""
    values = _without_none(context)
    values["watermark"] = watermark_address(watermark) if watermark else ""
    try:
        with translation.override("zh-hans"):
            return _engine().get_template(template).render(values)
    except MissingValue as error:
        raise MissingValue(error.name, template) from error


def _without_none(value: Any) -> Any:
    """None would print as “None”; without the key a template that prints it is refused, and one that asks is answered."""
    if isinstance(value, Mapping):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_without_none(inner) for inner in value]
    return value


@cache
def template_sha256(template: str) -> str:
    """Hash of everything that decides the look: the template, the frames and parts, the style sheet, the fonts."""
    folder = template_folder()
    shared = sorted((folder / "notices").glob("*.html"))
    parts = [folder / template, *shared, STYLE, FOLDER / "coverage.json"]
    digest = hashlib.sha256()
    for path in parts:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
