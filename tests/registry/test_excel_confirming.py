"""Deciding on an import: all or nothing, or the good rows only; once."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import RuleBroken
from registry.imports import applying
from registry.models import (
    Enterprise,
    ImportMode,
    ImportRow,
    ImportRun,
    ImportState,
)
from registry.services import change_enterprise
from registry.services import imports as verbs
from tests import factories
from tests.plugins.stories import story
from tests.registry.conftest import make_code, row_of
from tests.registry.importing import TODAY, start
from trail.models import Event


@pytest.fixture(autouse=True)
def _a_monday(liyang):
    with clock.pinned(TODAY):
        yield


class TestConfirming:
    @story
    def run(self, case_officer) -> ImportRun:
        return start(case_officer, [row_of(1), row_of(2)])

    def test_d14_a_confirmation_acts_once(self, run, case_officer):
        verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
        with pytest.raises(RuleBroken) as refused:
            verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
        assert "already been imported" in refused.value.reasons[0]
        assert Enterprise.objects.count() == 2

    def test_nobody_confirms_the_import_of_another(self, run, second_officer):
        with pytest.raises(ImportRun.DoesNotExist):
            verbs.confirm_import(run=run, by=second_officer, mode=ImportMode.ALL)

    def test_an_old_check_is_not_acted_upon(self, run, case_officer):
        with clock.pinned(clock.now() + timedelta(hours=25)):
            with pytest.raises(RuleBroken) as refused:
                verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
            assert "24 hours" in refused.value.reasons[0]
            verbs.check_again(run=run, by=case_officer)
            assert verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL).run.state == ImportState.DONE

    def test_what_changed_since_the_check_is_said_and_nothing_is_written(
        self, case_officer, second_officer, changzhou_epb
    ):
        known = factories.make_enterprise(
            credit_code=make_code(7), name="常州试验7有限公司", region=changzhou_epb.region
        )
        run = start(case_officer, [row_of(1), row_of(7, 地址="表中址")])
        change_enterprise(enterprise=known, by=second_officer, version=1, values={"address": "他人址"})
        outcome = verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.GOOD)
        assert outcome.outdated == ["3"]
        assert outcome.run.state == ImportState.CHECKED
        assert outcome.run.lines.get(number=3).changes["address"] == ["他人址", "表中址"]
        assert not Enterprise.objects.filter(credit_code=make_code(1)).exists()
        again = verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.GOOD)
        assert (again.outdated, again.run.state) == ([], ImportState.DONE)

    def test_a_code_registered_by_another_meanwhile_is_said(self, run, second_officer, case_officer, changzhou_epb):
        factories.make_enterprise(credit_code=make_code(2), name="常州试验2有限公司", region=changzhou_epb.region)
        assert verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL).outdated == ["3"]
        assert not Enterprise.objects.filter(credit_code=make_code(1)).exists()

    def test_all_or_none_is_one_transaction(self, run, case_officer, monkeypatch):
        calls = []

        def fail_at_the_second(**given):
            calls.append(given)
            if len(calls) == 2:
                raise RuleBroken("refused by a rule of tomorrow")
            return real(**given)

        real = applying.enterprises.create_enterprise
        monkeypatch.setattr(applying.enterprises, "create_enterprise", fail_at_the_second)
        with pytest.raises(RuleBroken) as refused:
            verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)
        assert refused.value.reasons[0].startswith("Row 3")
        run.refresh_from_db()
        assert (Enterprise.objects.count(), run.state) == (0, ImportState.CHECKED)

    def test_a_discarded_file_is_forgotten_and_the_trail_is_not(
        self, run, case_officer, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            verbs.discard_import(run=run, by=case_officer)
        run.refresh_from_db()
        assert (run.state, run.lines.count()) == (ImportState.CANCELLED, 0)
        assert not run.file.storage.exists(run.file.name)
        assert Event.objects.filter(verb="registry.import_discard").exists()
        with pytest.raises(RuleBroken):
            verbs.confirm_import(run=run, by=case_officer, mode=ImportMode.ALL)

    def test_uploads_nobody_looked_at_for_a_week_are_forgotten(self, run, case_officer):
        with clock.pinned(clock.now() + timedelta(days=9)):
            start(case_officer, [row_of(3)])
        assert not ImportRun.objects.filter(pk=run.pk).exists()
        assert not ImportRow.objects.filter(run_id=run.pk).exists()
