"""How the events of this floor read in a timeline (trail.sentences)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

SENTENCES: Final = {
    "organisation.log_in": _("%(subject)s logged in"),
    "organisation.log_out": _("%(subject)s logged out"),
    "organisation.log_in_failed": _("A log-in as %(subject)s failed from %(address)s"),
    "organisation.lock_out": _("Log-in as %(subject)s was blocked after %(failures)s failures from %(address)s"),
    "organisation.lock_out_everywhere": _(
        "Log-in as %(subject)s was blocked everywhere after %(failures)s failures from %(addresses)s addresses"
    ),
    "organisation.session_end": _("The session of %(subject)s ended because nothing happened"),
    "organisation.second_factor_on": _("%(subject)s switched the second factor on"),
    "organisation.second_factor_off": _("%(subject)s switched the second factor off"),
    "organisation.second_factor_reset": _("The second factor of %(subject)s was reset"),
    "organisation.recovery_codes_renew": _("%(subject)s made new recovery codes"),
    "organisation.recovery_code_use": _("%(subject)s logged in with a recovery code; %(left)s are left"),
    "organisation.account_open": _("The account of %(subject)s was opened"),
    "organisation.account_change": _("The data of %(subject)s were changed"),
    "organisation.account_close": _("The account of %(subject)s was closed"),
    "organisation.account_reopen": _("The account of %(subject)s was reopened"),
    "organisation.department_open": _("The department %(subject)s was set up"),
    "organisation.department_rename": _("The department %(subject)s was renamed"),
    "organisation.password_change": _("%(subject)s changed the password"),
    "organisation.password_reset": _("A new initial password was set for %(subject)s"),
    "organisation.recover_access": _("The access of %(subject)s was restored at the server's console"),
    "organisation.unlock": _("The log-in block of %(subject)s was lifted"),
    "organisation.role_grant": _("%(subject)s was given the role “%(role_name)s”"),
    "organisation.role_revoke": _("The role “%(role_name)s” was taken from %(subject)s"),
    "organisation.delegate": _("%(deputy)s was named to act for %(subject)s from %(starts_on)s to %(ends_on)s"),
    "organisation.delegation_revoke": _("%(deputy)s no longer acts for %(subject)s"),
    "organisation.acting_begin": _("%(subject)s began to act for %(principal)s"),
    "organisation.trail_verify": _("The trail was to be verified"),
}
# What the list of kinds of acts calls them: the sentence without its facts says too little.
KINDS: Final = {
    "organisation.log_in": _("Logged in"),
    "organisation.log_out": _("Logged out"),
    "organisation.log_in_failed": _("Log-in failed"),
    "organisation.lock_out": _("Log-in blocked after failures"),
    "organisation.lock_out_everywhere": _("Log-in blocked everywhere after failures"),
    "organisation.session_end": _("Session ended because nothing happened"),
    "organisation.second_factor_on": _("Second factor switched on"),
    "organisation.second_factor_off": _("Second factor switched off"),
    "organisation.second_factor_reset": _("Second factor reset"),
    "organisation.recovery_codes_renew": _("New recovery codes made"),
    "organisation.recovery_code_use": _("Logged in with a recovery code"),
    "organisation.account_open": _("Account opened"),
    "organisation.account_change": _("Account changed"),
    "organisation.account_close": _("Account taken out of service"),
    "organisation.account_reopen": _("Account reopened"),
    "organisation.department_open": _("Department set up"),
    "organisation.department_rename": _("Department renamed"),
    "organisation.password_change": _("Password changed"),
    "organisation.password_reset": _("New initial password set"),
    "organisation.recover_access": _("Access restored at the server's console"),
    "organisation.unlock": _("Log-in block lifted"),
    "organisation.role_grant": _("Role given"),
    "organisation.role_revoke": _("Role taken away"),
    "organisation.delegate": _("Deputy named"),
    "organisation.delegation_revoke": _("Delegation ended"),
    "organisation.acting_begin": _("Acting for a colleague begun"),
    "organisation.trail_verify": _("Verification of the trail asked for"),
}
