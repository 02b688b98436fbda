"""The registry's forms as a browser sends them."""

from registry.models import Enterprise


def form_of(values: dict) -> dict:
    """Values as a browser sends them."""
    return {
        "credit_code": values["credit_code"],
        "name": values["name"],
        "kinds": values["kinds"],
        "region": values["region"].pk,
    }


def edit_form(enterprise: Enterprise, **changed) -> dict:
    return {
        "version": enterprise.version,
        "credit_code": enterprise.credit_code,
        "kinds": enterprise.kinds or ["materials"],
        "region": enterprise.region_id,
        "address": enterprise.address,
        "legal_representative": enterprise.legal_representative,
    } | changed
