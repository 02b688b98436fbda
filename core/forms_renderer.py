"""How forms become HTML: every field by one template, so that label, help and error are always tied to the control."""

from django.forms.renderers import TemplatesSetting

from core.field_words import NamedField


class PortalRenderer(TemplatesSetting):
    """Templates of the project first (templates/django/forms/), then Django's."""

    form_template_name = "django/forms/div.html"
    formset_template_name = "django/forms/formsets/div.html"
    field_template_name = "components/field.html"
    bound_field_class = NamedField
