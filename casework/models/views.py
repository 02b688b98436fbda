"""What officers keep for themselves: saved views of lists, drafts of forms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.dockets import Docket
from organisation.models import Department, Officer


class SavedView(models.Model):
    """A list as an officer wants it. May be shared with the department."""

    page = models.CharField(max_length=60)  # name of the ListPage
    name = models.CharField(_("Name"), max_length=40)
    owner = models.ForeignKey(Officer, models.CASCADE, related_name="saved_views")
    department = models.ForeignKey(Department, models.CASCADE, null=True, blank=True, related_name="saved_views")
    query = models.CharField(max_length=2000, blank=True)  # filters, order, columns, density: the address after "?"
    is_default = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "page", "name"], name="casework_saved_view_name_once"),
            models.UniqueConstraint(
                fields=["owner", "page"], condition=models.Q(is_default=True), name="casework_one_default_view"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Follow(models.Model):
    """An officer keeps an eye on a docket. Following shows nothing that its scope does not."""

    docket = models.ForeignKey(Docket, models.CASCADE, related_name="followers")
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="follows")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "docket"], name="casework_follow_once")]

    def __str__(self) -> str:
        return f"{self.officer} → {self.docket}"


class Draft(models.Model):
    """What an officer has typed into a form and not sent yet: kept by the server, offered again."""

    owner = models.ForeignKey(Officer, models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=300)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "path"], name="casework_one_draft_per_form")]

    def __str__(self) -> str:
        return self.path
