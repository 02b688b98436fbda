"""Officers: the people who act in the portal."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from organisation.models.places import Department

if TYPE_CHECKING:
    from collections.abc import Sequence

    from organisation.models.delegations import Delegation
    from organisation.roles import Role


class OfficerQuerySet(models.QuerySet["Officer"]):
    def visible_to(self, viewer: Any) -> Self:
        """The directory is open to every officer who holds a role; one without a role finds only himself."""
        if not getattr(viewer, "is_active", False):
            return self.none()
        return self if viewer.roles else self.filter(pk=viewer.pk)


class OfficerManager(BaseUserManager.from_queryset(OfficerQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "Officer":
        return self.get(username=username)

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Officer":
        officer = self.model(username=username, **fields)
        officer.set_password(password)
        officer.save(using=self._db)
        return officer


class Theme(models.TextChoices):
    AUTO = "auto", _("Like the system")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Density(models.TextChoices):
    COMFORTABLE = "comfortable", _("Comfortable")
    COMPACT = "compact", _("Compact")


class Officer(AbstractBaseUser, PermissionsMixin):
    """A person who acts in the portal: the user model.

    Permissions come through groups alone (organisation.roles): there are no superusers and no permissions of one's own.
    """

    is_superuser = None
    user_permissions = None  # type: ignore[assignment]

    username = models.CharField(_("User name"), max_length=40, unique=True)
    name = models.CharField(_("Full name"), max_length=40)
    initials = models.CharField(max_length=20, blank=True, db_index=True)  # pinyin initials, for @mention and search
    department = models.ForeignKey(Department, models.PROTECT, related_name="officers", verbose_name=_("Department"))
    post = models.CharField(_("Post"), max_length=60, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    certificate_number = models.CharField(_("Enforcement certificate"), max_length=30, blank=True)
    certificate_expires_on = models.DateField(_("Certificate valid until"), null=True, blank=True)
    legally_qualified = models.BooleanField(
        _("Holds the legal-profession qualification"),
        default=False,
        help_text=_("Required of first-time legal reviewers (行政处罚法第五十八条)."),
    )
    is_active = models.BooleanField(_("Active"), default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(
        _("Language"), max_length=10, choices=[("zh-hans", "简体中文"), ("en", "English")], default="zh-hans"
    )
    theme = models.CharField(_("Colours"), max_length=10, choices=Theme, default=Theme.AUTO)
    density = models.CharField(_("Density"), max_length=12, choices=Density, default=Density.COMFORTABLE)
    hotkeys_on = models.BooleanField(_("Keyboard shortcuts"), default=True)
    mail_on = models.BooleanField(_("Also by e-mail"), default=True)
    digest_on = models.BooleanField(_("One summary a day instead of single mails"), default=True)
    joined_on = models.DateField(_("Joined on"), default=clock.today)
    left_on = models.DateField(_("Left on"), null=True, blank=True)

    objects = OfficerManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    # Set by organisation.middleware.ActingFor while this officer acts for an absent colleague.
    acting_for: "Officer | None" = None

    class Meta:
        ordering = ["username"]
        permissions = [
            ("keep_officers", "May open, change and close officers' accounts"),
            ("grant_roles", "May grant and revoke roles"),
            ("unlock_officers", "May unlock accounts, reset passwords and second factors"),
            ("delegate", "May name a deputy for oneself"),
            ("arrange_delegations", "May name deputies for officers of the department"),
            ("read_trail", "May read the trail"),
            ("verify_trail", "May have the trail verified"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="organisation_officer_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation:officer", args=[self.pk])

    def has_valid_certificate(self, on: date | None = None) -> bool:
        """May this officer inspect and sign on that day? (行政处罚法第四十二条: holders of an enforcement certificate)"""
        if not self.certificate_number:
            return False
        return self.certificate_expires_on is None or self.certificate_expires_on >= (on or clock.today())

    @property
    def department_name(self) -> str:
        return self.department.short_name

    @property
    def acting_choices(self) -> "Sequence[Delegation]":
        """The delegations in force today that this officer may make use of."""
        from organisation.selectors import delegations_held

        return delegations_held(self)

    def needs_new_password(self, now: datetime) -> bool:
        """Must the password be changed before anything else? After a reset, or when it is older than the office allows."""
        if self.must_change_password:
            return True
        limit = settings.PASSWORD_MAX_AGE_DAYS
        return bool(limit and self.password_changed_at and now - self.password_changed_at > timedelta(days=limit))

    @property
    def roles(self) -> "list[Role]":
        from organisation.roles import roles_of

        return roles_of(self)


class RecoveryCode(models.Model):
    """A one-time code for an officer who lost the second factor. Only its digest is kept; it vanishes with use."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "digest"], name="organisation_recovery_code_once_per_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.digest[:6]}…"


class PastPassword(models.Model):
    """Hashes of passwords an officer used before, so that none returns too soon."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="past_passwords")
    password = models.CharField(max_length=128)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.officer} {self.at:%Y-%m-%d}"
