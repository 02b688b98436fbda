"""Every component on pages that look like real ones. Mounted at /styleguide/ in development and in the demo only.

The browser tests sweep these pages (accessibility, content policy, width); people look here before they write a page.
`?theme=dark&density=compact&hotkeys=off` shows another officer's choices.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from core.styleguide import cases, lists, officer
from core.styleguide.forms import CaseForm, FileForm, NoteForm

PARTS = {
    "": "styleguide/components.html",
    "list": "styleguide/list.html",
    "case": "styleguide/case.html",
    "board": "styleguide/board.html",
    "form": "styleguide/form.html",
    "public": "styleguide/public.html",
    "login": "styleguide/login.html",
    "field": "styleguide/field.html",
    "bulk": "styleguide/list.html",
    "empty": "styleguide/list.html",
}
ERRORS = ("400", "403", "404", "409", "413", "500", "503")


def styleguide(request: HttpRequest, part: str = "") -> HttpResponse:
    """One specimen page. POST answers as a form with errors would."""
    if part.startswith("error-") and part[6:] in ERRORS:
        return render(
            request, f"errors/{part[6:]}.html", _shell(request) | {"reasons": cases.REASONS}, status=int(part[6:])
        )
    if part not in PARTS:
        raise Http404(part)
    context = _shell(request) | _context(part, request)
    if part == "":
        messages.success(request, "已移交李静承办。", extra_tags="undo:/styleguide/")
        messages.warning(request, "2027 年节假日安排尚未录入，期限为暂定。")
    return render(request, PARTS[part], context, status=422 if request.method == "POST" else 200)


# It shows nothing of anybody, so nobody need log in (organisation.access reads this mark).
styleguide.open_to_public = True  # type: ignore[attr-defined]


def _shell(request: HttpRequest) -> dict[str, Any]:
    """What core.context.shell gives a logged-in officer, invented."""
    choices = request.GET
    return {
        "viewer": officer.VIEWER,
        "menu": officer.MENU,
        "unread_count": 3,
        "theme": choices.get("theme", "light"),
        "density": choices.get("density", "comfortable"),
        "hotkeys_on": choices.get("hotkeys", "on") == "on",
        "environment": "demo",
        "shell": officer.SHELL | {"request_id": getattr(request, "request_id", "0f3ac91b77de")},
    }


def _context(part: str, request: HttpRequest) -> dict[str, Any]:
    """What the specimen page `part` wants."""
    if part in {"list", "bulk", "empty"}:
        return lists.list_page(part, request)
    case = {
        "head": cases.HEAD,
        "steps": cases.STEPS,
        "tabs": cases.TABS,
        "tasks": cases.TASKS,
        "facts": cases.FACTS,
        "events": cases.EVENTS,
        "note_form": NoteForm(),
    }
    if part == "case":
        return case
    if part == "board":
        return lists.board()
    bad = CaseForm({"code": "91320400MA1X00001O", "facts": "", "procedure": "normal"})
    bad.is_valid()
    bad.add_error("code", "第 18 位“O”不是代码中可以出现的字符，是否应为数字 0？")
    if part == "form":
        return {"form": bad, "fresh": CaseForm(auto_id="new_%s"), "file_form": FileForm()}
    return case | {
        "tones": ["red", "amber", "green", "blue", "purple", "grey"],
        "dues": cases.DUES,
        "files": cases.FILES,
        "why": cases.WHY,
        "jobs": [
            {
                "id": 1,
                "label": "导入企业名单（500 行）",
                "percent": 62,
                "step": "已校验 310 行，12 行有误",
                "state": "cancelled",
                "poll_url": officer.HERE,
            },
            {
                "id": 2,
                "label": "导出案件（10,000 行）",
                "percent": 100,
                "step": "用时 3.1 秒",
                "state": "done",
                "poll_url": officer.HERE,
                "result_url": officer.HERE,
                "result_label": "下载 Excel",
            },
            {
                "id": 3,
                "label": "生成文书 PDF",
                "percent": 40,
                "state": "failed",
                "poll_url": officer.HERE,
                "error": "字体缺少“㐂”字，请联系系统管理员补充字体。",
            },
        ],
        "diff": {
            "parts": [
                {"kind": "same", "text": "责令你单位于"},
                {"kind": "removed", "text": "十五日"},
                {"kind": "added", "text": "三十日"},
                {"kind": "same", "text": "内改正。"},
            ]
        },
        "preview": {
            "title": "责令改正违法行为决定书",
            "pages": [],
            "pdf_url": officer.HERE,
            "size": 96_400,
            "sha256": cases.FILES[1]["sha256"],
        },
        "groups": [
            {
                "label": "案件",
                "items": [
                    {"label": "苏稀监立〔2026〕1702号", "note": "常州晟澜", "url": officer.HERE, "icon": "folder"}
                ],
            }
        ],
        "file_form": FileForm(),
    }


app_name = "styleguide"
urlpatterns = [path("", styleguide, name="index"), path("<slug:part>/", styleguide, name="part")]
