"""What is asked of one officer at a time, looked up for many of them in three queries."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import Permission

from core import clock
from organisation.models import Delegation, Officer
from organisation.roles import ROLES, SEPARATED


def look_up(officers: Iterable[Officer]) -> None:
    """Keep roles, own permissions and delegations held on each instance, as `roles_of`, `own_permissions` and
    `delegations_held` would when they are asked first."""
    people = list(officers)
    if not people:
        return
    ids = [officer.pk for officer in people]
    names, allowed, held = defaultdict(set), defaultdict(set), defaultdict(list)
    for pk, name in Officer.objects.filter(pk__in=ids, groups__name__in=ROLES).values_list("pk", "groups__name"):
        names[pk].add(name)
    granted = Permission.objects.filter(group__name__in=set().union(*names.values()))
    for name, label, codename in granted.values_list("group__name", "content_type__app_label", "codename").order_by():
        allowed[name].add(f"{label}.{codename}")
    in_force = Delegation.objects.in_force(clock.today()).filter(deputy__in=ids, principal__is_active=True)
    for delegation in in_force.select_related("principal__department__region").order_by("starts_on", "pk"):
        held[delegation.deputy_id].append(delegation)
    for officer in people:
        roles = [role for role in ROLES.values() if role.code in names[officer.pk]]
        may_hold = officer.is_active and not any(role in SEPARATED for role in roles)
        officer._roles = roles  # type: ignore[attr-defined]
        officer._own_permissions = frozenset().union(*(allowed[role.code] for role in roles))  # type: ignore[attr-defined]
        officer._delegations_held = held[officer.pk] if may_hold else []  # type: ignore[attr-defined]
