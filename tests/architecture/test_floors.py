"""A package imports only from floors below it; foreign keys obey the same list."""

import pytest
from django.apps import apps

from tests.architecture.source import LABELS, PACKAGES, RANK, ROOT, imported_packages, modules


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_from_floors_below(package):
    wrong = sorted(
        f"{path.relative_to(ROOT)} -> {other}"
        for path in modules(package)
        for other in imported_packages(path)
        if other != package and RANK[other] >= RANK[package]
    )
    assert wrong == []


def test_foreign_keys_point_only_downwards():
    wrong = []
    for model in apps.get_models():
        package = LABELS.get(model._meta.app_label)
        if package is None:
            continue
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or not field.related_model:
                continue
            other = LABELS.get(field.related_model._meta.app_label)
            if other and other != package and RANK[other] >= RANK[package]:
                wrong.append(f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}")
    assert wrong == []


def test_every_app_of_ours_stands_on_a_floor():
    ours = {
        config.name
        for config in apps.get_app_configs()
        if config.path.startswith(str(ROOT)) and ".venv" not in config.path
    }
    assert ours - set(RANK) == set()
