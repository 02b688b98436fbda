"""Shape and cleaning of what officers enter; the rules are in the services."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core import clock
from organisation.models import Department, Officer
from organisation.roles import ROLES, Role


class LogInForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class OwnPasswordForm(forms.Form):
    """An act that asks for the password again: the person at the keyboard is the one who answers for it."""

    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        # Counted like a log-in: guessing here locks the account too.
        if authenticate(self.request, username=self.request.user.get_username(), password=password) is None:
            raise forms.ValidationError(_("The password is not right."))
        return ""


class CodeForm(forms.Form):
    """A code of the second factor, or (at log-in) a recovery code."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class NewPasswordForm(forms.Form):
    """The present password and the new one twice."""

    old_password = forms.CharField(
        label=_("Present password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    new_password_again = forms.CharField(
        label=_("New password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        new, again = cleaned.get("new_password"), cleaned.get("new_password_again")
        if new and again and new != again:
            self.add_error("new_password_again", _("The two entries differ."))
        return cleaned


class OfficerChoice(forms.ModelChoiceField):
    """An officer, shown with department and post so that namesakes can be told apart."""

    def label_from_instance(self, officer: Any) -> str:
        return " · ".join(part for part in (officer.name, officer.department.short_name, officer.post) if part)


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ReasonForm(forms.Form):
    """An act that needs a reason and nothing else."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class ClosingForm(ReasonForm):
    leave_open_matters = forms.BooleanField(
        label=_("Close the account all the same; the open matters are handed over later"), required=False
    )


class AccountForm(forms.Form):
    """What the system administrator keeps of an officer."""

    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        min_length=3,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._-]*$",
                _("Use lower-case letters, digits, dots, hyphens and underscores; begin with a letter or digit."),
            )
        ],
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Full name"), max_length=40)
    department = forms.ModelChoiceField(label=_("Department"), queryset=Department.objects.none())
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=20,
        required=False,
        validators=[RegexValidator(r"^\+?[0-9][0-9 -]{4,}$", _("Use digits, blanks and hyphens."))],
    )
    certificate_number = forms.CharField(label=_("Enforcement certificate"), max_length=30, required=False)
    certificate_expires_on = forms.DateField(label=_("Certificate valid until"), required=False, widget=DateInput())
    legally_qualified = forms.BooleanField(
        label=_("Holds the legal-profession qualification"),
        required=False,
        help_text=_("Required of first-time legal reviewers (行政处罚法第五十八条)."),
    )

    def __init__(self, *args: Any, viewer: Any, officer: Officer | None = None, **kwargs: Any) -> None:
        if officer is not None:
            kwargs["initial"] = account_fields(officer)
        super().__init__(*args, **kwargs)
        offered = Department.objects.visible_to(viewer).acting_on(clock.today())
        if officer is not None:
            offered = offered | Department.objects.filter(pk=officer.department_id)
        self.fields["department"].queryset = offered.order_by("path")  # type: ignore[attr-defined]
        self.fields["department"].empty_label = _("Choose")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("certificate_expires_on") and not cleaned.get("certificate_number"):
            self.add_error("certificate_number", _("A date of expiry needs the number of the certificate."))
        return cleaned


def account_fields(officer: Officer) -> dict[str, Any]:
    names = ("username", "name", "department", "post", "email", "phone")
    papers = ("certificate_number", "certificate_expires_on", "legally_qualified")
    return {name: getattr(officer, name) for name in (*names, *papers)}


class RoleForm(ReasonForm):
    """Grant or revoke one role, with a reason."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.code, role.label) for role in ROLES.values()], widget=forms.RadioSelect
    )
    field_order = ["role", "reason"]

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.code, role.label) for role in roles]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Role:
        return ROLES[self.cleaned_data["role"]]


class DelegationForm(forms.Form):
    """Who acts for whom, from when to when."""

    principal = OfficerChoice(label=_("Absent officer"), queryset=Officer.objects.none())
    deputy = OfficerChoice(label=_("Deputy"), queryset=Officer.objects.none())
    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput(), help_text=_("This day included."))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("For example: annual leave, training, travel.")
    )

    # Asked for only where the two have duties that exclude each other (show_exclusions).
    knows_exclusions = forms.BooleanField(
        label=_("I know that these duties exclude each other, and name this deputy all the same"),
        required=False,
        widget=forms.HiddenInput,
    )

    def show_exclusions(self) -> None:
        """After the refusal that names them: they are told once, above a box to tick; the list of what to correct leads there."""
        self.exclusions: list[str] = [str(words) for words in self.errors.pop("knows_exclusions", [])]
        if self.exclusions:
            self.add_error(
                "knows_exclusions",
                _now("Read how the duties exclude each other and tick the box, or choose another deputy."),
            )
            self.fields["knows_exclusions"].widget = forms.CheckboxInput()
            self.fields["knows_exclusions"].acknowledges = self.exclusions  # type: ignore[attr-defined]

    def __init__(self, *args: Any, principals: Any, deputies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["principal"].queryset = principals  # type: ignore[attr-defined]
        self.fields["deputy"].queryset = deputies  # type: ignore[attr-defined]
        for name in ("principal", "deputy"):
            self.fields[name].empty_label = _("Choose")  # type: ignore[attr-defined]


class PreferencesForm(forms.ModelForm):
    """How the portal looks and when it writes to the officer."""

    class Meta:
        model = Officer
        fields = ["language", "theme", "density", "hotkeys_on", "mail_on", "digest_on"]


class SwitchOffForm(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
