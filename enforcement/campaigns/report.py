"""The summary report of a campaign, as PDF and as Excel: the figures as the one who asks for it sees them, of that day."""

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from core import clock
from core.labels import in_chinese
from enforcement.campaigns.models import Campaign
from enforcement.campaigns.progress import Figure, Narrowed, figures
from notices import composing, printing

TEMPLATE = "notices/campaigns/campaign_report.html"


def conditions(narrowed: Narrowed) -> list[tuple[str, str]]:
    """What the figures are narrowed to, as label and value; nothing where they are whole."""
    return [
        (label, str(value))
        for label, value in (
            (_("Region"), narrowed.region),
            (_("Opened from"), narrowed.since),
            (_("Opened until"), narrowed.until),
        )
        if value
    ]


@in_chinese()
def pdf(campaign: Campaign, viewer: Any, narrowed: Narrowed) -> bytes:
    """Raises RenderingFailed. Always in Chinese: it is an official paper."""
    department = campaign.docket.department.acts_as
    context = {
        "agency": department.name_on(clock.today()),
        "title": f"{campaign.name}情况报告",
        "issued_on": clock.today(),
        "number": "",
        "campaign": {
            "number": str(campaign.docket),
            "subject": str(campaign.get_subject_display()),
            "source": str(campaign.policy_source),
            "from": campaign.starts_on,
            "to": campaign.ends_on,
            "stage": str(campaign.get_stage_display()),
        },
        "members": [
            {"name": member.department.name, "duties": member.duties}
            for member in campaign.members.select_related("department")
        ],
        "figures": [{"label": one.label, "number": one.number} for one in figures(campaign, viewer, narrowed)],
        "conditions": [f"{label}：{value}" for label, value in conditions(narrowed)],
        "acceptance": campaign.acceptance.splitlines(),
        "summary": campaign.summary.splitlines(),
        "made_by": f"{viewer.department} {viewer.name}",
    }
    return printing.draw(composing.compose(TEMPLATE, context).html).pdf


def workbook(campaign: Campaign, viewer: Any, narrowed: Narrowed) -> bytes:
    """A sheet of the figures, and one of the rows behind each of them. Text stays text: nothing in it runs as a formula."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    head = book.add_format({"bold": True, "bg_color": "#E8F0FC", "border": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    found = figures(campaign, viewer, narrowed)
    sheet = book.add_worksheet(_("Progress"))
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 60)
    about = [
        (_("Campaign"), f"{campaign.name}（{campaign}）"),
        *conditions(narrowed),
        (_("As of"), clock.today().isoformat()),
        (_("Made by"), f"{viewer.department} {viewer.name}"),
        (_("Counted"), _("Only what whoever made it may see")),
    ]
    for at, (label, value) in enumerate(about):
        sheet.write_string(at, 0, label, head)
        sheet.write_string(at, 1, value, text)
    for at, one in enumerate(found, start=len(about) + 1):
        sheet.write_string(at, 0, one.label, head)
        sheet.write_number(at, 1, one.number)
    for one in found:
        _sheet_of(book, one, head, text)
    book.close()
    return out.getvalue()


def _sheet_of(book: Any, figure: Figure, head: Any, text: Any) -> None:
    sheet = book.add_worksheet(figure.label[:31])
    for at, label in enumerate((_("Name or number"), _("Enterprise or reason"), _("State"))):
        sheet.write_string(0, at, label, head)
    for line, row in enumerate(figure.rows, start=1):
        for at, value in enumerate((row.label, row.party, row.state)):
            sheet.write_string(line, at, value, text)
    sheet.set_column(0, 1, 44)
    sheet.set_column(2, 2, 18)
    sheet.freeze_panes(1, 0)
