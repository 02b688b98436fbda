"""URLs of the public verification of documents."""

from django.urls import path

from notices.views import public as views

app_name = "public"
urlpatterns = [
    path("", views.verify, name="verify"),
    path("<str:code>", views.verify_code, name="verify_code"),
]
