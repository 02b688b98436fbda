"""What every file keeps to: stages move only in the engine, rows are asked for, not fetched and checked."""

import ast

import pytest
from django.apps import apps

from casework import kinds
from tests.architecture.source import LABELS, PACKAGES, ROOT, functions, modules, parsed

OURS = [path for package in PACKAGES for path in modules(package)]
MAX_LINES = 400


def test_no_module_grows_past_400_lines():
    long = {str(path.relative_to(ROOT)): n for path in OURS if (n := len(path.read_text().splitlines())) > MAX_LINES}
    assert long == {}


def test_the_engine_can_be_read_in_one_sitting():
    assert len((ROOT / "casework/workflow.py").read_text(encoding="utf-8").splitlines()) < 120


def test_a_stage_is_assigned_by_the_engine_only():
    """The engine uses setattr; what follows from its move mirrors the stage on the docket."""
    wrong = [
        f"{path.relative_to(ROOT)}:{target.lineno}"
        for path in OURS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "stage" and path != ROOT / "casework/moves.py"
    ]
    assert wrong == []


def test_no_update_moves_a_stage_past_the_engine():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in OURS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "update"
        and any(keyword.arg == "stage" for keyword in node.keywords)
    ]
    assert wrong == []


# Jobs end in their row, and a supervisor outlives its children: nowhere else is everything caught.
MAY_CATCH_ALL = {"core/jobs.py": 1}


def test_no_exception_is_swallowed():
    found: dict[str, int] = {}
    for path in OURS:
        for node in ast.walk(parsed(path)):
            broad = isinstance(node, ast.ExceptHandler) and (
                node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
            )
            if broad:
                name = str(path.relative_to(ROOT))
                found[name] = found.get(name, 0) + 1
    assert {name: n for name, n in found.items() if n > MAY_CATCH_ALL.get(name, 0)} == {}


CLOCKS = {"now", "today", "utcnow"}


def test_now_is_asked_of_the_clock_only():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in OURS
        # The supervisor runs outside Django and only stamps its log lines.
        if path != ROOT / "core/clock.py" and path.parent.name != "portal"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "timezone"}
    ]
    assert wrong == []


DOORWAYS = [path for path in OURS if path.name == "views.py" or "views" in path.parts[len(ROOT.parts) :]]
# Reference data everybody with a log-in may read, accounts and the officer's own rows are not scoped by docket.
UNSCOPED = ("organisation/", "rareearth/", "core/")


def test_a_view_asks_only_for_rows_its_viewer_may_see():
    """`Model.objects.get/filter/all` in a view of a scoped model needs `visible_to` in the same expression."""
    scoped = {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in LABELS and hasattr(model._default_manager.all(), "visible_to")
    }
    wrong = []
    for path in DOORWAYS:
        name = str(path.relative_to(ROOT))
        if name.startswith(UNSCOPED):
            continue
        for node in ast.walk(parsed(path)):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in {"get", "filter", "all", "exclude", "first", "values", "order_by"}
                and isinstance(node.value, ast.Attribute)
                and node.value.attr == "objects"
                and isinstance(node.value.value, ast.Name)
                and node.value.value.id in scoped
            ):
                wrong.append(f"{name}:{node.lineno} {node.value.value.id}.objects.{node.attr}")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "get_object_or_404"
                and not (isinstance(node.args[0], ast.Name) and node.args[0].id not in scoped)
            ):
                wrong.append(f"{name}:{node.lineno} get_object_or_404")
    assert wrong == []


# Verbs whose actor is not an officer that is known already.
NOBODY_YET = {
    "log_in",
    "end_idle_session",
    "order_was_served",
    "order_was_revoked",
    "order_service_was_corrected",
    "note_missed",
    "notice_was_served",
    "notice_was_revoked",
    "decision_was_served",
    "decision_was_revoked",
    "demand_was_served",
    "service_was_corrected",
}


def test_a_verb_takes_keywords_and_says_by_whom():
    """Public functions of services: keyword-only (but for the row they are part of), with `by=`."""
    wrong = []
    for path in OURS:
        if path.name != "services.py" and "services" not in path.parts:
            continue
        for function in [node for node in parsed(path).body if isinstance(node, ast.FunctionDef)]:
            if function.name.startswith("_"):
                continue
            decorated = any("atomic" in ast.dump(d) for d in function.decorator_list)
            if not decorated:
                continue
            if function.name in NOBODY_YET:
                continue
            names = {arg.arg for arg in function.args.kwonlyargs}
            if function.args.args or not ({"by", "started_by"} & names):
                wrong.append(f"{path.relative_to(ROOT)}:{function.lineno} {function.name}")
    assert wrong == []


@pytest.mark.parametrize("kind", kinds.all_kinds(), ids=lambda kind: kind.code)
class TestEveryProcedure:
    def test_every_stage_can_be_reached(self, kind):
        flow = kind.workflow
        reached: set[str] = {flow.initial}
        before: set[str] = set()
        while reached != before:
            before = set(reached)
            reached |= {s.target for s in flow.steps.values() if s.sources & reached}
        assert set(flow.stages.values) - reached == set()

    def test_every_stage_can_be_left_or_is_final(self, kind):
        flow = kind.workflow
        left = {source for step in flow.steps.values() for source in step.sources}
        assert set(flow.stages.values) - left - flow.final == set()

    def test_every_step_is_granted_to_a_role(self, kind):
        from organisation import roles

        assert [s.name for s in kind.workflow.steps.values() if not roles.holders(s.permission)] == []

    def test_every_step_cites_its_basis(self, kind):
        assert [s.name for s in kind.workflow.steps.values() if not s.basis] == []

    def test_every_step_has_a_sentence_in_the_trail(self, kind):
        from trail import sentences

        flow = kind.workflow
        assert {f"{flow.verb_prefix}.{name}" for name in flow.steps} - sentences.known() == set()

    def test_every_stage_and_step_is_labelled_in_chinese(self, kind):
        from django.utils import translation

        flow = kind.workflow
        with translation.override("zh-hans"):
            labels = [str(stage.label) for stage in flow.stages] + [str(step.label) for step in flow.steps.values()]
        assert [label for label in labels if label.isascii()] == []


def test_functions_stay_short_enough_to_read():
    """A doorway has at most 30 lines; what is longer belongs in a service or a selector."""
    long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name} ({function.end_lineno - function.lineno + 1})"
        for path in DOORWAYS
        for function in functions(path)
        if function.end_lineno and function.end_lineno - function.lineno + 1 > 30
    ]
    assert long == []
