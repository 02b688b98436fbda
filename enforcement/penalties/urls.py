"""URLs of penalties."""

from django.urls import path

from enforcement.penalties import money_urls
from enforcement.penalties.views import acts
from enforcement.penalties.views.steps import take_step

app_name = "penalties"
urlpatterns = [
    *money_urls.urlpatterns,
    path("cases/<int:pk>/penalty/", acts.pursue, name="pursue"),
    path("penalties/<int:pk>/proposal/", acts.edit, name="edit"),
    path("penalties/<int:pk>/document/", acts.draft_document, name="draft_document"),
    path("penalties/<int:pk>/sign/", acts.sign, name="sign"),
    path("penalties/<int:pk>/statement/", acts.statement, name="statement"),
    path("penalties/<int:pk>/statement/<int:statement>/", acts.take_back_statement, name="take_back_statement"),
    path("penalties/<int:pk>/hearing/", acts.go_to_hearing, name="go_to_hearing"),
    path("penalties/<int:pk>/hearing/again/", acts.arrange_hearing, name="arrange_hearing"),
    path("penalties/<int:pk>/hearing/off/", acts.call_off_hearing, name="call_off_hearing"),
    path("penalties/<int:pk>/hearing/end/", acts.end_hearing, name="end_hearing"),
    path("penalties/<int:pk>/carried-out/", acts.carry_out, name="carry_out"),
    path("penalties/<int:pk>/publication/", acts.publish, name="publish"),
    path("penalties/<int:pk>/step/<slug:name>/", take_step, name="take_step"),
]
