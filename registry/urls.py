"""Addresses of the registry."""

from django.urls import path

from registry.lists import ELEMENTS, ENTERPRISES, GROUPS, HS_CODES
from registry.views import enterprises, imports, parts, reference

app_name = "registry"
urlpatterns = [
    *ENTERPRISES.urls("enterprises/"),
    path("enterprises/add/", enterprises.create, name="create"),
    path("enterprises/check-code/", enterprises.check_code, name="check_code"),
    path("enterprises/<int:pk>/", enterprises.enterprise, name="enterprise"),
    path("enterprises/<int:pk>/history/", enterprises.history, name="history"),
    path("enterprises/<int:pk>/edit/", enterprises.change, name="change"),
    path("enterprises/<int:pk>/rename/", enterprises.rename, name="rename"),
    path("enterprises/<int:pk>/status/", enterprises.change_status, name="status"),
    path("enterprises/<int:pk>/add-site/", parts.add_facility, name="add_facility"),
    path("enterprises/<int:pk>/add-product/", parts.add_product, name="add_product"),
    path("enterprises/sites/<int:pk>/edit/", parts.change_facility, name="change_facility"),
    path("enterprises/sites/<int:pk>/add-line/", parts.add_line, name="add_line"),
    path("enterprises/lines/<int:pk>/edit/", parts.change_line, name="change_line"),
    path("enterprises/lines/<int:pk>/status/", parts.change_line_status, name="change_line_status"),
    path("enterprises/products/<int:pk>/edit/", parts.change_product, name="change_product"),
    path("enterprises/products/<int:pk>/remove/", parts.remove_product, name="remove_product"),
    *GROUPS.urls("groups/"),
    path("groups/add/", reference.create_group, name="create_group"),
    path("groups/<int:pk>/", reference.group, name="group"),
    path("groups/<int:pk>/edit/", reference.change_group, name="change_group"),
    *ELEMENTS.urls("reference/elements/"),
    path("reference/elements/<str:symbol>/", reference.element, name="element"),
    path("reference/elements/<str:symbol>/edit/", reference.change_element, name="change_element"),
    *HS_CODES.urls("reference/hs-codes/"),
    path("reference/hs-codes/add/", reference.create_hs_code, name="create_hs_code"),
    path("reference/hs-codes/<int:pk>/", reference.hs_code, name="hs_code"),
    path("reference/hs-codes/<int:pk>/edit/", reference.change_hs_code, name="change_hs_code"),
    path("imports/", imports.imports, name="imports"),
    path("imports/template/", imports.import_template, name="import_template"),
    path("imports/<int:pk>/", imports.import_run, name="import"),
    path("imports/<int:pk>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<int:pk>/errors.xlsx", imports.import_errors, name="import_errors"),
    path("imports/<int:pk>/confirm/", imports.confirm_import, name="confirm_import"),
    path("imports/<int:pk>/check-again/", imports.check_again, name="check_again"),
    path("imports/<int:pk>/discard/", imports.discard_import, name="discard_import"),
]
