"""URLs: my work, the list of dockets, search."""

from django.urls import URLPattern, path

from casework.lists import DOCKETS
from casework.views import lists as views

urlpatterns: list[URLPattern] = [
    path("", views.my_work, name="my_work"),
    path("search/", views.find, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("search/enterprises/", views.suggest_enterprises, name="suggest_enterprises"),
    path("follow/<int:pk>/", views.follow, name="follow"),
    *DOCKETS.urls("cases/"),
]
