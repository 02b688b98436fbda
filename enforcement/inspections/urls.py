"""URLs of inspections."""

from django.urls import path

from enforcement.inspections import views

app_name = "inspections"
urlpatterns = [
    path("inspections/new/", views.new, name="new"),
    path("inspections/new/sites/", views.sites, name="sites"),
    path("inspections/<int:pk>/findings/new/", views.log_finding, name="log_finding"),
    path("inspections/<int:pk>/record/", views.describe, name="describe"),
    path("inspections/<int:pk>/draft.pdf", views.draft_record, name="draft_record"),
    path("inspections/<int:pk>/record/document/", views.make_record, name="make_record"),
    path("inspections/<int:pk>/sign/", views.sign, name="sign"),
    path("inspections/<int:pk>/missing-signature/", views.explain_missing_signature, name="missing_signature"),
    path("inspections/<int:pk>/step/<slug:name>/", views.take_step, name="take_step"),
    path("findings/<int:pk>/edit/", views.edit_finding, name="edit_finding"),
    path("findings/<int:pk>/no-follow-up/", views.leave_alone, name="leave_alone"),
    path("findings/<int:pk>/follow-up/", views.follow_up_after_all, name="follow_up_after_all"),
]
