"""The engine: how a procedure moves, by `advance()` alone. What it is stands in each app's `workflow.py`, as a table of steps."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _

import trail
from casework import moves, powers
from casework.models import Docket
from casework.steps import Step
from core.errors import RuleBroken
from trail.recording import SYSTEM

M = TypeVar("M", bound=models.Model)


class Workflow:
    """A table of steps over the stages of one model. `verb_prefix` names the trail events: prefix.step."""

    def __init__(
        self,
        *steps: Step,
        initial: str,
        stages: type[TextChoices],
        verb_prefix: str,
        final: Iterable[str] = (),
        field: str = "stage",
    ) -> None:
        self.steps = {step.name: step for step in steps}
        self.initial, self.stages, self.field = initial, stages, field
        self.verb_prefix, self.final = verb_prefix, frozenset(final)
        known = set(stages.values)
        if len(self.steps) != len(steps):
            raise ValueError(f"{verb_prefix}: two steps of the same name")
        if not all(step.sources <= known and step.target in known for step in steps) or not self.final <= known:
            raise ValueError(f"{verb_prefix}: a step names an unknown stage")

    def refusals(self, obj: Any, name: str, by: Any = None) -> list[str]:
        """Why this step cannot be taken now: stage first, then every guard. Empty: it can."""
        step = self.steps[name]
        stage = getattr(obj, self.field)
        if stage not in step.sources:
            return [
                _("“%(step)s” is not possible at the stage “%(stage)s”.")
                % {"step": step.label, "stage": self.stages(stage).label}
            ]
        # Two guards may miss the same thing: it is said once.
        reasons = list(dict.fromkeys(why for guard in step.guards if (why := guard(obj))))
        if by is not None and by is not SYSTEM:
            # Who acts for a colleague is bound by what either of them did before.
            people = dict.fromkeys([by, powers.bearer(by, step.permission, obj.docket) or by])
            found = [why for who in people for guard in step.personal_guards if (why := guard(obj, who))]
            kept = None if found else powers.kept_from(by, step.permission, obj.docket)
            reasons += dict.fromkeys([*found, kept] if kept else found)
        return reasons

    def steps_at(self, obj: Any, viewer: Any) -> list[tuple[Step, list[str]]]:
        """The steps of this stage that the viewer may take on this docket, each with the reasons that stand in its way: also
        those that are kept from him only because he handles it."""
        stage = getattr(obj, self.field)
        return [
            (step, self.refusals(obj, step.name, viewer))
            for step in self.steps.values()
            if stage in step.sources and powers.concerns(viewer, step.permission, obj.docket)
        ]

    def allows(self, obj: Any, name: str, by: Any) -> bool:
        return powers.may(by, self.steps[name].permission, obj.docket) and not self.refusals(obj, name, by)

    @transaction.atomic
    def advance(self, obj: M, name: str, *, by: Any, reason: str = "", sets: Any = (), **facts: Any) -> M:
        """Lock the docket and the row, check stage, permission and guards on it, move it (with the fields it `sets`), record it.

        `by` is an officer, or SYSTEM when the clock acts: then permissions do not apply, guards do.
        Returns the locked row; callers go on with it, not with the stale one.
        Raises PermissionDenied (somebody whose power does not reach the docket) or RuleBroken (with every reason).
        """
        step = self.steps[name]
        docket = Docket.objects.locked(obj.docket_id)  # type: ignore[attr-defined]
        locked = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
        locked.docket = docket  # type: ignore[attr-defined]
        if powers.kept_from(by, step.permission, docket):
            raise RuleBroken(self.refusals(locked, name, by))
        with powers.acting(by, step.permission, docket):
            return self._move(locked, step, by=by, reason=reason, sets=sets, **facts)

    def _move(self, locked: M, step: Step, *, by: Any, reason: str, sets: Any, **facts: Any) -> M:
        reasons = self.refusals(locked, step.name, by)
        if step.needs_reason and not reason.strip():
            raise RuleBroken(_("Give the reason."), field="reason")
        if reasons:
            raise RuleBroken(reasons)
        before = getattr(locked, self.field)
        written = {**dict(sets), self.field: step.target}
        for field, value in written.items():
            setattr(locked, field, value)
        locked.save(update_fields=list(written))
        docket: Docket = locked.docket  # type: ignore[attr-defined]
        if getattr(locked, "mirrors_stage", False):
            moves.mirror(docket, step.target)
        trail.record(
            f"{self.verb_prefix}.{step.name}",
            locked,
            by=by,
            docket=docket,
            before={self.field: before},
            after={self.field: step.target},
            basis=step.basis_for(locked),
            reason=reason,
            **facts,
        )
        moves.tell(locked, docket, by)
        return locked
