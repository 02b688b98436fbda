"""How the trail tells what happens in a campaign and to a matter supervised by name."""

from typing import Final

from django.utils.translation import gettext_lazy as _

SENTENCES: Final = {
    "campaigns.create": _("Campaign opened"),
    "campaigns.edit_plan": _("Plan of the campaign changed"),
    "campaigns.name_member": _("Member department named: %(department)s"),
    "campaigns.remove_member": _("Member department taken out: %(department)s"),
    "campaigns.put_targets": _("%(count)s enterprises chosen: %(enterprises)s"),
    "campaigns.remove_target": _("Enterprise taken out of the campaign: %(enterprise)s"),
    "campaigns.submit_plan": _("Plan submitted for approval"),
    "campaigns.return_plan": _("Plan returned"),
    "campaigns.deploy": _("Plan approved, campaign deployed"),
    "campaigns.start_self_check": _("Self-check of the enterprises began"),
    "campaigns.record_self_check": _("Self-check recorded: %(enterprise)s"),
    "campaigns.start_inspecting": _("Inspections of the campaign began"),
    "campaigns.start_rectifying": _("Rectification of the campaign began"),
    "campaigns.start_acceptance": _("Acceptance of the campaign began"),
    "campaigns.accept": _("Result of the campaign accepted"),
    "campaigns.refuse_acceptance": _("Acceptance refused: back to rectification"),
    "campaigns.end": _("Campaign ended with its summary"),
    "campaigns.stop": _("Campaign stopped"),
    "campaigns.reopen": _("Campaign reopened"),
    "campaigns.add_matters": _("%(count)s matters added: %(matters)s"),
    "campaigns.remove_matter": _("Matter taken out of the campaign: %(matter)s"),
    "campaigns.assign": _("Task assigned to %(department)s, due on %(due_on)s"),
    "campaigns.accept_task": _("Task accepted"),
    "campaigns.decline_task": _("Task declined"),
    "campaigns.report_task": _("Result of the task reported"),
    "campaigns.accept_report": _("Report accepted, task done"),
    "campaigns.return_report": _("Report returned"),
    "campaigns.assign_again": _("Task assigned again"),
    "campaigns.withdraw_task": _("Task withdrawn"),
    "campaigns.list_matter": _("Listed for supervision by %(authority)s (%(document)s), until %(due_on)s"),
    "campaigns.extend": _("Public deadline of the supervision extended (%(document)s)"),
    "campaigns.release": _("Released from supervision (%(document)s)"),
}
# What the list of kinds of acts calls them: the sentence without its facts says too little.
ACTS: Final = {
    "campaigns.assign": _("Task of a campaign assigned"),
    "campaigns.put_targets": _("Enterprises of a campaign chosen"),
    "campaigns.add_matters": _("Matters added to a campaign"),
    "campaigns.list_matter": _("Listed for supervision"),
}
