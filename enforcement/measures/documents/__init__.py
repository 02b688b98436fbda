"""The documents of measures, one class each; `ALL` is what the app registers."""

from enforcement.measures.documents.evidence import EvidenceRegistration, EvidenceRelease
from enforcement.measures.documents.extension import RectificationExtension
from enforcement.measures.documents.referral import CaseTransfer, CriminalReferral, DetentionReferral
from enforcement.measures.documents.seizure import SeizureExtension, SeizureOrder, SeizureRelease
from enforcement.measures.documents.stopping import ProductionLimit, ProductionStop, TreatmentOrder

ALL = (
    EvidenceRegistration,
    EvidenceRelease,
    SeizureOrder,
    SeizureExtension,
    SeizureRelease,
    ProductionLimit,
    ProductionStop,
    TreatmentOrder,
    CaseTransfer,
    CriminalReferral,
    DetentionReferral,
    RectificationExtension,
)
