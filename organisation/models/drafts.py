"""What an officer has typed into a form and not sent yet."""

from django.db import models

from organisation.models.officers import Officer


class FormDraft(models.Model):
    """His alone; forgotten when the form is sent, when he discards it, or after 30 days."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="form_drafts")
    form = models.CharField(max_length=300)  # the path the form is sent to
    values = models.JSONField()  # [[name, value], …] as they stand in the form
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "form"], name="organisation_one_draft_per_form"),
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.form}"
