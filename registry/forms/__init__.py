"""Shape and cleaning of what officers enter; the rules are in the services."""

from registry.forms.base import FactsForm, ReasonForm
from registry.forms.enterprises import EnterpriseForm, GroupForm, RenameForm, StatusForm
from registry.forms.facilities import FacilityForm, LineForm, ProductForm
from registry.forms.imports import DecisionForm, UploadForm
from registry.forms.reference import ElementForm, HsCodeForm

__all__ = [
    "DecisionForm",
    "ElementForm",
    "EnterpriseForm",
    "FacilityForm",
    "FactsForm",
    "GroupForm",
    "HsCodeForm",
    "LineForm",
    "ProductForm",
    "ReasonForm",
    "RenameForm",
    "StatusForm",
    "UploadForm",
]
