"""Who held the permission to record a met period, which no page ever asked for, is rid of it after the migration."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from casework.models import Deadline

pytestmark = pytest.mark.django_db
MIGRATION = import_module("casework.migrations.0019_no_permission_to_settle")


def test_the_migration_takes_it_from_roles_and_leaves_the_others(synced_roles):
    kind = ContentType.objects.get_for_model(Deadline)
    held = Permission.objects.create(
        content_type=kind, codename="settle_deadline", name="May record that a period was met"
    )
    kept = Permission.objects.get(codename="extend_deadline")
    group = Group.objects.create(name="试验")
    group.permissions.set([held, kept])
    MIGRATION.forget_the_permission(apps, None)
    assert list(group.permissions.all()) == [kept]
    assert not Permission.objects.filter(codename="settle_deadline").exists()
    MIGRATION.forget_the_permission(apps, None)  # again, where there is none
