"""URLs under /documents/. The public page has its own module: notices.public_urls."""

from django.urls import path

from notices.lists import DOCUMENTS
from notices.views import casefile, decisions, documents, drafts, records, service, written

app_name = "notices"
urlpatterns = [
    *DOCUMENTS.urls(),
    path("new/<int:docket_pk>/<slug:kind>/", drafts.new, name="new"),
    path("new/<int:docket_pk>/<slug:kind>/preview/", drafts.preview_new, name="preview_new"),
    path("<int:pk>/", documents.notice, name="notice"),
    path("<int:pk>/file/", documents.file, name="file"),
    path("<int:pk>/pages/<int:number>.png", documents.page, name="page"),
    path("<int:pk>/printing/", documents.printing_state, name="printing"),
    path("<int:pk>/print-again/", documents.print_again, name="print_again"),
    path("<int:pk>/edit/", drafts.edit, name="edit"),
    path("<int:pk>/preview/", drafts.preview, name="preview"),
    path("<int:pk>/submit/", drafts.submit, name="submit"),
    path("<int:pk>/recall/", drafts.recall, name="recall"),
    path("<int:pk>/withdraw/", drafts.withdraw, name="withdraw"),
    path("<int:pk>/decide/", decisions.decide, name="decide"),
    path("<int:pk>/return/", decisions.return_to_drafter, name="return"),
    path("<int:pk>/issue/", decisions.issue, name="issue"),
    path("<int:pk>/supersede/", drafts.supersede, name="supersede"),
    path("<int:pk>/serve/", service.serve, name="serve"),
    path("<int:pk>/attempt/", service.attempt, name="attempt"),
    path("<int:pk>/receipt-form/", service.blank_receipt, name="blank_receipt"),
    path("services/<int:pk>/complete/", service.complete, name="complete"),
    path("services/<int:pk>/fail/", service.fail, name="fail"),
    path("services/<int:pk>/receipt/", service.attach_receipt, name="attach_receipt"),
    path("services/<int:pk>/correct/", service.correct, name="correct_service"),
    path("services/<int:pk>/file/", service.file, name="receipt"),
    path("services/<int:pk>/print-again/", service.print_again, name="print_receipt_again"),
    path("records/new/<int:docket_pk>/<slug:kind>/", written.new, name="new_record"),
    path("records/new/<int:docket_pk>/<slug:kind>/preview/", written.preview_new, name="preview_new_record"),
    path("records/<int:pk>/correct/", written.correct, name="correct_record"),
    path("records/<int:pk>/correct/preview/", written.preview_correct, name="preview_correct_record"),
    path("records/<int:pk>/", records.record, name="record"),
    path("records/<int:pk>/file/", records.file, name="record_file"),
    path("records/<int:pk>/pages/<int:number>.png", records.page, name="record_page"),
    path("records/<int:pk>/printing/", records.printing_state, name="record_printing"),
    path("records/<int:pk>/print-again/", records.print_again, name="print_record_again"),
    path("records/<int:pk>/signing/", records.sign, name="record_signing"),
    path("records/<int:pk>/signed-note/", records.attach_note_scan, name="attach_note_scan"),
    path("case-file/<int:docket_pk>/", casefile.export, name="export_case_file"),
    path("case-file/<int:docket_pk>/<int:job_pk>/", casefile.state, name="case_file"),
    path("case-file/<int:docket_pk>/<int:job_pk>/<slug:which>/", casefile.download, name="case_file_download"),
]
