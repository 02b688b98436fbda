"""URLs: the docket page, notes, evidence, sharing, handing over, confidentiality."""

from django.urls import path

from casework.views import dockets as views
from casework.views import evidence

urlpatterns = [
    path("dockets/<int:pk>/", views.docket, name="docket"),
    path("dockets/<int:pk>/notes/", views.add_note, name="add_note"),
    path("dockets/<int:pk>/evidence/new/", views.add_evidence, name="add_evidence"),
    path("dockets/<int:pk>/share/", views.share, name="share"),
    path("dockets/<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("dockets/<int:pk>/urge/", views.urge, name="urge"),
    path("dockets/<int:pk>/confidentiality/", views.confidentiality, name="confidentiality"),
    path("dockets/<int:pk>/<slug:tab>/", views.docket, name="docket_tab"),
    path("evidence/<int:pk>/", evidence.evidence, name="evidence"),
    path("evidence/<int:pk>/custody/", evidence.record_custody, name="record_custody"),
    path("evidence/<int:pk>/fill-in/", evidence.fill_in, name="fill_in_evidence"),
    path("evidence/<int:pk>/file/", views.evidence_file, name="evidence_file"),
    path("evidence/<int:pk>/withdraw/", views.withdraw_evidence, name="withdraw_evidence"),
    path("shares/<int:pk>/end/", views.end_share, name="end_share"),
]
