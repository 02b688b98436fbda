"""How fast, how large and how memory-hungry a two-page notice is, beside plain WeasyPrint and Typst.

Each engine runs in a process of its own (our changes to WeasyPrint must not help the plain one), warmed first, and is
asked in turn: ours, plain, Typst, ours, … Every figure compares medians of one such run, in processor time, which other
work on the machine disturbs least. Each notice has its own number, party, quantities and code, and is drawn from the
template on; what an engine keeps between notices (fonts, parsed and computed style) it keeps in production too.

    python -m bench.notice_pdf [--small]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SYSTEM_FONTS = {
    "Notice Fang": '"Noto Serif CJK SC"',
    "Notice Title": '"Noto Serif CJK SC"; font-weight: bold',
    "Notice Hei": '"Noto Sans CJK SC"',
    "Notice Kai": '"Noto Serif CJK SC"',
    "Notice Folio": '"Noto Serif CJK SC"',
}
TEMPLATE = "notices/rectification/rectification_order.html"
# The bundled Fangsong sets 28 characters of 16 pt on a line; the system font needs 15.79 pt for the same lines.
PLAIN_SIZE = "15.79pt"


def notice(turn: int) -> dict[str, Any]:
    """The sample order, different each time."""
    from notices.rendering.samples import rectification_order

    context = rectification_order()
    context["number"] = f"苏工信责改〔2026〕{turn + 1}号"
    context["party"] = context["party"] | {"name": f"宜兴市云泽第{turn + 1}稀土新材料有限公司"}
    code = f"{turn % 10}QK2-9F4M-XW3C"
    context["verify"] = {"code": code, "url": f"https://portal.example.cn/v/{code}"}
    context["facts"] = [fact.replace("86.420", str(Decimal("86.420") + turn)) for fact in context["facts"]]
    return context


# ---- the three engines, each in its own process ------------------------------------------------------------------


def ours(turn: int) -> bytes:
    from notices.rendering import render

    return render(TEMPLATE, notice(turn)).pdf


def plain(turn: int) -> bytes:
    """What a first WeasyPrint program does: an HTML string with its style, the system's CJK fonts, write_pdf()."""
    import weasyprint

    pdf: bytes = weasyprint.HTML(string=_plain_html(turn)).write_pdf()
    return pdf


def plain_archive(turn: int) -> bytes:
    """The same, asked for what ours is: PDF/A-3b with tags."""
    import weasyprint

    pdf: bytes = weasyprint.HTML(string=_plain_html(turn)).write_pdf(pdf_variant="pdf/a-3b", pdf_tags=True)
    return pdf


def _plain_html(turn: int) -> str:
    """The same template and style, each face replaced by the system font of its kind."""
    from notices.rendering import render_html
    from notices.rendering.engine import STYLE

    style = STYLE.read_text().replace("16pt/10.227mm", f"{PLAIN_SIZE}/10.227mm")
    for family, replacement in SYSTEM_FONTS.items():
        style = style.replace(f'"{family}"', replacement)
    return render_html(TEMPLATE, notice(turn)).replace("</head>", f"<style>{style}</style></head>")


def typst_page(turn: int) -> bytes:
    """The same page in Typst with the same fonts: a yardstick, not an engine of the portal."""
    import typst

    folder = Path(tempfile.gettempdir()) / f"notice-typst-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    source = folder / "notice.typ"
    source.write_text(_typst_source(notice(turn)))
    pdf: bytes = typst.compile(str(source), font_paths=[str(_font_folder())], ignore_system_fonts=True)
    return pdf


def _font_folder() -> Path:
    from notices.rendering.coverage import font_files
    from notices.rendering.unpacking import unpacked

    return {unpacked(font).parent for font in font_files() if not font.rare}.pop()


def _typst_source(context: dict[str, Any]) -> str:
    from notices.templatetags.notice_text import cn_date, cn_number

    def escaped(text: object) -> str:
        return "".join(f"\\{sign}" if sign in "\\#$*_`<>@[]=-+/~" else sign for sign in str(text))

    party = context["party"]
    lines = [
        '#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm), numbering: "— 1 —")',
        '#set text(font: "Notice Fang", size: 16pt, lang: "zh")',
        "#set par(justify: true, leading: 0.81em, spacing: 0.81em, first-line-indent: (amount: 2em, all: true))",
        "#v(35mm)",
        f'#align(center, text(font: "Notice Title", size: 42pt, fill: rgb("d7000f"))[{escaped(context["agency"])}])',
        f'#v(18mm)#align(center)[{escaped(context["number"])}]#line(length: 100%, stroke: 2pt + rgb("d7000f"))#v(15mm)',
        f'#align(center, text(font: "Notice Title", size: 22pt)[{escaped(context["title"])}])#v(8mm)',
        f"#par(first-line-indent: 0em)[当事人：{escaped(party['name'])}]",
        f"#par(first-line-indent: 0em)[统一社会信用代码：{escaped(party['uscc'])}]",
        f"#par(first-line-indent: 0em)[法定代表人（负责人）：{escaped(party['legal_representative'])}]",
        f"#par(first-line-indent: 0em)[住所：{escaped(party['address'])}]",
        "我厅于2026年11月5日至2026年11月6日对你单位进行了调查，发现你单位实施了以下违法行为：",
        *(escaped(fact) for fact in context["facts"]),
        f"以上事实，有{escaped('、'.join(context['evidence']))}等证据为证。",
        *(
            f"你单位的上述行为违反了《{item['instrument']}》{item['article']}关于{item['content']}的规定。"
            for item in context["violated"]
        ),
        f"依据{'、'.join('《' + item['instrument'] + '》' + item['article'] for item in context['basis'])}的规定，现责令你单位：",
        *(
            f"（{cn_number(place)}）{item['within']}{escaped(item['text'])}；"
            for place, item in enumerate(context["requirements"], 1)
        ),
        f"改正期限自本决定书送达之日起计算。{context['report']}",
        context["refusal"],
        "如对本决定不服，可以自收到本决定书之日起六十日内向江苏省人民政府申请行政复议；也可以自收到本决定书之日起六个月内依法"
        "向南京铁路运输法院提起行政诉讼。复议、诉讼期间，本决定不停止执行。",
        f"#align(right)[{escaped(context['agency'])}\\ {cn_date(context['issued_on'])}]",
    ]
    return "\n\n".join(lines)


def portal(html: str) -> bytes:
    """What a Celery worker of the portal does: it has everything loaded, and draws a text that was frozen elsewhere."""
    from notices import printing

    return printing.draw(html).pdf


ENGINES = {"ours": ours, "plain": plain, "plain_archive": plain_archive, "typst": typst_page}


PORTAL = "portal"


def work(name: str) -> None:
    """Answer each line (a turn; a text for the portal's worker) with the seconds it took, the size and the pages; `memory`
    with what the process holds and the most it held, in MB."""
    if name == PORTAL:
        _load_portal()
    else:
        _load_renderer()
    draw: Any = portal if name == PORTAL else ENGINES[name]
    for line in sys.stdin:
        if line.strip() == "memory":
            answer = _memory()
        else:
            began = time.process_time()
            pdf = draw(json.loads(line))
            answer = {"seconds": time.process_time() - began, "bytes": len(pdf)}
            if name != PORTAL:  # its memory is measured, and no worker counts pages with pdfium
                answer["pages"] = _pages(pdf)
        print(json.dumps(answer), flush=True)


def _load_renderer() -> None:
    """Only what drawing needs: the portal's own apps would hide what a notice costs."""
    import django
    from django.conf import settings

    settings.configure(
        VAR=Path(os.environ.get("PORTAL_VAR", ROOT / "var")),
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [ROOT / "templates"]}],
        STATICFILES_DIRS=[ROOT / "static"],
        LANGUAGE_CODE="zh-hans",
        USE_TZ=True,
    )
    django.setup()


def _load_portal() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "rareearth.settings"
    import celery.apps.worker  # noqa: F401 - what the worker's own command loads
    import django

    django.setup()
    from rareearth.celery import app

    app.loader.import_default_modules()
    app.finalize()


def _memory() -> dict[str, float]:
    """Of this process alone. Not getrusage(): its maximum begins with what the process that started this one held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in status.splitlines() if line.startswith("Vm")}
    return {"rss_mb": kilobytes["VmRSS"] / 1024, "peak_mb": kilobytes["VmHWM"] / 1024}


def _pages(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _look_for_system_fonts() -> None:
    """Without them plain WeasyPrint would draw empty boxes, quickly, and the comparison would mean nothing."""
    for family in ("Noto Serif CJK SC", "Noto Sans CJK SC"):
        matched = subprocess.run(["fc-match", family], capture_output=True, text=True, check=True).stdout
        if "CJK" not in matched:
            raise RuntimeError(f"Install the system font {family} first: apt-get install fonts-noto-cjk")


class Worker:
    """A process that draws notices on request."""

    def __init__(self, name: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.notice_pdf", "--work", name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, question: object) -> dict[str, float]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{question}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"The worker of {self.process.args!r} ended with {self.process.wait()}.")
        found: dict[str, float] = json.loads(answer)
        return found

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=30)


# ---- the figures -------------------------------------------------------------------------------------------------


def measure(small: bool = False) -> list[dict[str, Any]]:
    """Lines of the bench table: name, value, goal, unit, ok (goal None: shown beside, no goal)."""
    _look_for_system_fonts()
    turns, warm_up, notices_for_memory = (7, 2, 40) if small else (31, 3, 200)
    workers = {name: Worker(name) for name in ENGINES}
    seconds: dict[str, list[float]] = {name: [] for name in ENGINES}
    last: dict[str, dict[str, float]] = {}
    try:
        for turn in range(warm_up + turns):
            for name, worker in workers.items():
                last[name] = worker.ask(turn)
                if turn >= warm_up:
                    seconds[name].append(last[name]["seconds"])
    finally:
        for worker in workers.values():
            worker.close()
    peak_mb = _memory_after("ours", range(notices_for_memory))["peak_mb"]
    texts = [_frozen(turn) for turn in range(10)]
    worker_mb = _memory_after(PORTAL, (texts[turn % 10] for turn in range(notices_for_memory)))["rss_mb"]

    median = {name: statistics.median(values) for name, values in seconds.items()}
    ratio = median["plain"] / median["ours"]
    kilobytes = last["ours"]["bytes"] / 1000

    def line(name: str, value: float, goal: str | None, unit: str, ok: bool = True) -> dict[str, Any]:
        return {"name": f"two-page notice: {name}", "value": round(value, 2), "goal": goal, "unit": unit, "ok": ok}

    return [
        line("times faster than plain WeasyPrint, system fonts", ratio, "≥ 4", "×", ratio >= 4),
        line("times faster than plain WeasyPrint asked for PDF/A", median["plain_archive"] / median["ours"], None, "×"),
        line("ours (PDF/A-3b, tagged)", median["ours"] * 1000, None, "ms CPU"),
        line("plain WeasyPrint", median["plain"] * 1000, None, "ms CPU"),
        line("Typst, same fonts", median["typst"] * 1000, None, "ms CPU"),
        line(f"memory of a renderer after {notices_for_memory}", peak_mb, "≤ 100", "MB", peak_mb <= 100),
        line(f"memory of a Celery worker of the portal after {notices_for_memory}", worker_mb, None, "MB"),
        line("size", kilobytes, "≤ 150", "kB", kilobytes <= 150 and last["ours"]["pages"] == 2),
        line("size, plain WeasyPrint", last["plain"]["bytes"] / 1000, None, "kB"),
    ]


def _memory_after(name: str, questions: Iterable[int | str]) -> dict[str, float]:
    worker = Worker(name)
    try:
        for question in questions:
            worker.ask(json.dumps(question))
        return worker.ask("memory")
    finally:
        worker.close()


def _frozen(turn: int) -> str:
    """The text of a notice as the portal stores it, with its watermark."""
    from notices.rendering import render_html

    return render_html(TEMPLATE, notice(turn), watermark="样本")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument(
        "--work", choices=sorted([*ENGINES, PORTAL]), help="be the worker of one engine (started by the bench itself)"
    )
    options = parser.parse_args()
    if options.work:
        work(options.work)
        return
    _load_renderer()  # the texts for the portal's worker are made here
    for entry in measure(options.small):
        goal = f"goal {entry['goal']}" if entry["goal"] else ""
        print(f"{entry['name']:70} {entry['value']:>9} {entry['unit']:6} {goal:12} {'' if entry['ok'] else 'MISSED'}")


if __name__ == "__main__":
    main()
