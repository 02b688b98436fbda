"""URLs of the money of a penalty."""

from django.urls import URLPattern, path

from enforcement.penalties import money_views as views
from enforcement.penalties.money_lists import ARREARS

urlpatterns: list[URLPattern] = [
    *ARREARS.urls("penalties/arrears/"),
    path("penalties/receivables/<int:pk>/", views.receivable, name="receivable"),
    path("penalties/receivables/<int:pk>/pay/", views.pay, name="pay"),
    path("penalties/receivables/<int:pk>/plan/", views.plan, name="plan"),
    path("penalties/receivables/<int:pk>/review/", views.review, name="review"),
    path("penalties/entries/<int:pk>/reverse/", views.reverse, name="reverse"),
    path("penalties/plans/<int:pk>/take-back/", views.take_back_plan, name="take_back_plan"),
    path("penalties/reviews/<int:pk>/end/", views.end_review, name="end_review"),
    path("penalties/reviews/<int:pk>/take-back/", views.take_back_review, name="take_back_review"),
    path("dockets/<int:docket_pk>/confiscated/new/", views.receive, name="receive_confiscated"),
    path("penalties/confiscated/<int:pk>/disposal/", views.dispose, name="dispose_confiscated"),
    path("penalties/confiscated/<int:pk>/take-back/", views.take_back_confiscated, name="take_back_confiscated"),
]
