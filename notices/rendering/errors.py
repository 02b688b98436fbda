"""Why a notice could not be drawn. Each is refused before a number is spent on a wrong document."""

from django.utils.translation import gettext as _


class RenderingFailed(Exception):
    """No PDF was made. The message is a translated sentence for the officer."""


class MissingGlyph(RenderingFailed):
    """A character that no bundled font can draw. `where` names the fields of the context that hold it."""

    def __init__(self, characters: list[str], where: list[str]) -> None:
        self.characters = characters
        self.where = where
        named = ", ".join(f"{character} (U+{ord(character):04X})" for character in characters)
        if where:
            message = _("No bundled font can draw: %(characters)s. Found in: %(fields)s.") % {
                "characters": named,
                "fields": ", ".join(where),
            }
        else:
            message = _("No bundled font can draw: %(characters)s.") % {"characters": named}
        super().__init__(message)


class MissingImage(RenderingFailed):
    """An image the document asks for is not there, or lies outside the folders a notice may use."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(_("The image %(address)s of the notice cannot be read.") % {"address": address})


class MissingValue(RenderingFailed):
    """The template needs a value the context does not hold: a blank in a legal document is never silent."""

    def __init__(self, name: str, template: str) -> None:
        self.name = name
        self.template = template
        super().__init__(
            _("The notice template %(template)s needs the value “%(name)s”, which is missing.")
            % {"name": name, "template": template}
        )


class DrawnDifferently(RenderingFailed):
    """A document drawn again has other bytes than those on record: other versions of what draws it are installed."""

    def __init__(self, *, then: str, now: str) -> None:
        super().__init__(
            _(
                "Drawn again it does not have the fingerprint on record (drawn by %(then)s then, by %(now)s now). Restore the file from a backup."
            )
            % {"then": then, "now": now}
        )


class EngineUnavailable(RenderingFailed):
    """The system libraries for PDF are not installed; `apt_line` installs them."""

    def __init__(self, apt_line: str) -> None:
        self.apt_line = apt_line
        super().__init__(_("PDF notices need system libraries. Install them with: %(line)s") % {"line": apt_line})
