"""Who is it, and what may he do: a password check, and permissions through groups alone."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import Permission
from django.http import HttpRequest

from organisation.models import Officer
from organisation.roles import ROLES, SEPARATED
from organisation.selectors import principals_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model

ALL_ROLES = tuple(ROLES)
CASE_ROLES = tuple(code for code, role in ROLES.items() if role not in SEPARATED)


class OfficerBackend(BaseBackend):
    """Officers of the portal. A permission about one object is guardian's matter, not ours."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_rest: Any
    ) -> Officer | None:
        if not username or password is None:
            return None
        officer = Officer.objects.filter(username=username.strip()).select_related("department__region").first()
        if officer is None:
            # The same work for a name nobody bears, so that the time of the answer gives no name away.
            Officer().set_password(password)
            return None
        return officer if officer.check_password(password) and officer.is_active else None

    def get_user(self, user_id: Any) -> Officer | None:
        return Officer.objects.select_related("department__region").filter(pk=user_id, is_active=True).first()

    def get_user_permissions(self, user_obj: Any, obj: "Model | None" = None) -> set[str]:
        return set()  # nobody holds a permission directly

    def get_group_permissions(self, user_obj: Any, obj: "Model | None" = None) -> set[str]:
        """The officer's own, through his roles. A group that is no role gives nothing."""
        if obj is not None or not _counts(user_obj):
            return set()
        return set(own_permissions(user_obj))

    def get_all_permissions(self, user_obj: Any, obj: "Model | None" = None) -> set[str]:
        """His own, and those of absent colleagues he acts for."""
        if obj is not None or not _counts(user_obj):
            return set()
        return set(own_permissions(user_obj) | delegated_permissions(user_obj))

    def has_perm(self, user_obj: Any, perm: str, obj: "Model | None" = None) -> bool:
        if obj is not None or not _counts(user_obj):
            return False
        return perm in own_permissions(user_obj) or perm in delegated_permissions(user_obj)

    def has_module_perms(self, user_obj: "Officer | AnonymousUser", app_label: str) -> bool:
        return any(name.startswith(f"{app_label}.") for name in self.get_all_permissions(user_obj))


def _counts(user: Any) -> bool:
    return isinstance(user, Officer) and user.is_active


def own_permissions(officer: Officer) -> frozenset[str]:
    """What the officer's own roles allow. Computed once per instance, that is once per request."""
    cached: frozenset[str] | None = getattr(officer, "_own_permissions", None)
    if cached is None:
        cached = permissions_of([officer.pk], ALL_ROLES)
        officer._own_permissions = cached  # type: ignore[attr-defined]
    return cached


def delegated_permissions(officer: Officer) -> frozenset[str]:
    """What the case roles of absent colleagues allow while he acts for them; never what the three separated roles allow."""
    cached: frozenset[str] | None = getattr(officer, "_delegated_permissions", None)
    if cached is None:
        absent = [principal.pk for principal in principals_of(officer)]
        cached = permissions_of(absent, CASE_ROLES) if absent else frozenset()
        officer._delegated_permissions = cached  # type: ignore[attr-defined]
    return cached


def permissions_of(officers: list[int], roles: tuple[str, ...]) -> frozenset[str]:
    """What these officers' groups of the given names allow, as "app_label.codename"."""
    held = Permission.objects.filter(group__user__in=officers, group__name__in=roles)
    names = held.values_list("content_type__app_label", "codename").order_by().distinct()
    return frozenset(f"{label}.{codename}" for label, codename in names)
