"""URLs of leads."""

from django.urls import path

from enforcement.leads import views

app_name = "leads"
urlpatterns = [
    path("leads/new/", views.new, name="new"),
    path("leads/<int:pk>/step/<slug:name>/", views.take_step, name="take_step"),
    path("leads/<int:pk>/act/", views.correct_act, name="correct_act"),
    path("leads/<int:pk>/received/", views.correct_receipt, name="correct_receipt"),
    path("leads/<int:pk>/merge/", views.merge, name="merge"),
    path("leads/<int:pk>/informant/", views.informant, name="informant"),
    path("leads/<int:pk>/informant/record/", views.record_informant, name="record_informant"),
    path("findings/<int:pk>/lead/", views.from_finding, name="from_finding"),
]
