"""URLs of measures."""

from django.urls import path

from enforcement.measures import views

app_name = "measures"
urlpatterns = [
    path("measures/<int:pk>/record/", views.record, name="record"),
]
