"""URLs of rectification cases."""

from django.urls import path

from enforcement.rectification import views

app_name = "rectification"
urlpatterns = [
    path("cases/<int:pk>/facts/", views.edit, name="edit"),
    path("cases/<int:pk>/act/", views.correct_act, name="correct_act"),
    path("cases/<int:pk>/order/", views.draft_order, name="draft_order"),
    path("cases/<int:pk>/sign/", views.sign, name="sign"),
    path("cases/<int:pk>/reinspection/", views.reinspect, name="reinspect"),
    path("cases/<int:pk>/reinspection/document/", views.make_record, name="make_record"),
    path("cases/<int:pk>/step/<slug:name>/", views.take_step, name="take_step"),
]
