"""URLs of campaigns, their tasks, and matters supervised by name."""

from django.urls import path

from enforcement.campaigns.lists import CAMPAIGNS, SUPERVISIONS
from enforcement.campaigns.views import plans, progress, steps, supervision, work

app_name = "campaigns"
urlpatterns = [
    *CAMPAIGNS.urls("campaigns/"),
    *SUPERVISIONS.urls("supervision/"),
    path("campaigns/new/", plans.new, name="new"),
    path("campaigns/<int:pk>/plan/", plans.edit_plan, name="edit_plan"),
    path("campaigns/<int:pk>/members/new/", plans.add_member, name="add_member"),
    path("campaigns/<int:pk>/members/<int:member>/remove/", plans.remove_member, name="remove_member"),
    path("campaigns/<int:pk>/enterprises/", plans.add_targets, name="add_targets"),
    path("campaigns/<int:pk>/matters/", work.add_matters, name="add_matters"),
    path("campaigns/<int:pk>/matters/<int:link>/remove/", work.remove_matter, name="remove_matter"),
    path("campaigns/<int:pk>/progress/", progress.show, name="progress"),
    path("campaigns/<int:pk>/report.pdf", progress.as_pdf, name="report_pdf"),
    path("campaigns/<int:pk>/report.xlsx", progress.as_excel, name="report_excel"),
    path("campaigns/<int:pk>/tasks/new/", work.assign, name="assign"),
    path("campaigns/<int:pk>/step/<slug:name>/", steps.take_step, name="take_step"),
    path("campaign-enterprises/<int:pk>/self-check/", work.self_check, name="self_check"),
    path("campaign-enterprises/<int:pk>/remove/", plans.remove_target, name="remove_target"),
    path("campaign-tasks/<int:pk>/step/<slug:name>/", steps.take_task_step, name="take_task_step"),
    path("dockets/<int:docket_pk>/supervision/", supervision.list_matter, name="list_matter"),
    path("supervision/<int:pk>/extend/", supervision.extend, name="extend"),
    path("supervision/<int:pk>/release/", supervision.release, name="release"),
]
