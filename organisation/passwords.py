"""Password rules beyond Django's own: mixed characters, and none of the last five again."""

from typing import TYPE_CHECKING, Final

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from organisation.models import Officer

# What Django's own rules say. Our catalogue says it in Chinese that addresses the officer as the portal does.
SAID_BY_DJANGO: Final = (
    "Your password must contain at least %(min_length)d character.",
    "Your password must contain at least %(min_length)d characters.",
    "Your password can’t be too similar to your other personal information.",
    "Your password can’t be a commonly used password.",
)
KINDS_NEEDED: Final = 3
REMEMBERED: Final = 5


def kinds_in(password: str) -> int:
    """How many of the four kinds it has: lower case, upper case, digits, anything else."""
    tests = (
        str.islower,
        str.isupper,
        str.isdigit,
        lambda c: not c.isalnum() or not (c.islower() or c.isupper() or c.isdigit()),
    )
    return sum(any(test(character) for character in password) for test in tests)


class MixedCharactersValidator:
    """Three of four kinds of characters."""

    def validate(self, password: str, user: "Officer | None" = None) -> None:
        if kinds_in(password) < KINDS_NEEDED:
            raise ValidationError(self.get_help_text(), code="password_not_mixed")

    def get_help_text(self) -> str:
        return _(
            "Your password must hold three of these: lower-case letters, upper-case letters, digits, other characters."
        )


class NotRecentValidator:
    """Neither the present password nor one of the last five."""

    def validate(self, password: str, user: "Officer | None" = None) -> None:
        if user is None or user.pk is None:
            return
        # The row as it is stored: the caller may already have put the new password on its instance.
        stored = type(user)._default_manager.filter(pk=user.pk).values_list("password", flat=True)
        past = user.past_passwords.order_by("-at").values_list("password", flat=True)[:REMEMBERED]
        if any(check_password(password, old) for old in (*stored, *past)):
            raise ValidationError(
                _("You used this password before. Choose one that is not among your last %(count)d.")
                % {"count": REMEMBERED},
                code="password_used_before",
            )

    def get_help_text(self) -> str:
        return _("Your password must not be one of your last %(count)d.") % {"count": REMEMBERED}
