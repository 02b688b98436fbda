"""URLs of measures."""

from django.urls import path

from enforcement.measures import views

app_name = "measures"
urlpatterns = [
    path("measures/<int:pk>/record/", views.record, name="record"),
    path("dockets/<int:docket_pk>/chain/", views.lay_out, name="lay_out"),
    path("measures/child/<int:pk>/", views.child, name="child"),
    path("measures/child/<int:pk>/edit/", views.edit, name="edit_child"),
    path("measures/child/<int:pk>/send/", views.send, name="send_child"),
    path("measures/child/<int:pk>/step/<slug:name>/", views.take_step, name="child_step"),
]
