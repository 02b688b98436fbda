"""manage.py draw_workflows: docs/lifecycles/, one page per procedure, drawn from its table of steps."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from casework import kinds, strands
from casework.steps import Step
from casework.workflow import Workflow
from core.labels import Label
from enforcement.measures.chain_workflow import CHILD
from notices.workflow import NOTICE
from organisation import roles

FOLDER = Path(settings.ROOT) / "docs" / "lifecycles"
HEADINGS = ("Step", "From", "To", "Who", "Basis", "Only if")


class Command(BaseCommand):
    help = "Draw every procedure into docs/lifecycles/ from its table of steps."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob("*.md"):
            old.unlink()
        for name, text in pages().items():
            (FOLDER / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"docs/lifecycles/{name}")


def pages() -> dict[str, str]:
    """File name → text: every kind of docket, every strand beside one, the child measures of a case, and the notice, which goes through hands of its own."""
    found = {f"{kind.code}.md": page(kind.label, kind.workflow) for kind in kinds.all_kinds()}
    found |= {f"{strand.code}.md": page(strand.label, strand.workflow) for strand in strands.all_strands()}
    found["child_measure.md"] = page("处置措施 Child measure", CHILD)
    return found | {"notice.md": page("文书 Notice", NOTICE)}


def page(title: Label, flow: Workflow) -> str:
    rows = [HEADINGS, ("---",) * len(HEADINGS), *(row(step, flow) for step in flow.steps.values())]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    return f"# {both(title)}\n\nDrawn by `manage.py draw_workflows`; not edited by hand.\n\n{diagram(flow)}\n{table}\n"


def diagram(flow: Workflow) -> str:
    lines = [f'state "{both(stage.label)}" as {stage.value}' for stage in flow.stages]
    lines.append(f"[*] --> {flow.initial}")
    for step in flow.steps.values():
        lines += [f"{source} --> {step.target}: {in_language('zh-hans', step.label)}" for source in sources(step, flow)]
    lines += [f"{stage} --> [*]" for stage in flow.stages.values if stage in flow.final]
    return "```mermaid\nstateDiagram-v2\n" + "".join(f"    {line}\n" for line in lines) + "```\n"


def row(step: Step, flow: Workflow) -> tuple[str, ...]:
    who = [both(role.label) for role in roles.holders(step.permission)]
    conditions = [words(guard) for guard in (*step.guards, *step.personal_guards)]
    if step.needs_reason:
        conditions.append("a reason is given")
    stages = [both(flow.stages(source).label) for source in sources(step, flow)]
    cells = (both(step.label), "<br>".join(stages), both(flow.stages(step.target).label), "<br>".join(who))
    return *cells, str(step.basis) or "—", "<br>".join(conditions) or "—"


def sources(step: Step, flow: Workflow) -> list[str]:
    return [stage for stage in flow.stages.values if stage in step.sources]


def words(guard: Any) -> str:
    """A guard's name is the condition it asks for."""
    name: str = guard.__name__
    return name.replace("_", " ")


def both(label: Label) -> str:
    """Chinese and English beside each other; once where a label has only one form."""
    return " ".join(dict.fromkeys(in_language(code, label) for code in ("zh-hans", "en")))


def in_language(code: str, label: Label) -> str:
    with translation.override(code):
        return str(label)
