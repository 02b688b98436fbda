"""How often the public page was asked."""

from django.db import models


class Lookup(models.Model):
    """How often an address asked the public page in a minute. Only the last minutes are kept; the address is a keyed hash."""

    address_hash = models.CharField(max_length=32)
    minute = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["address_hash", "minute"], name="notices_lookup_one_per_minute")]

    def __str__(self) -> str:
        return f"{self.address_hash[:8]} {self.minute:%H:%M} ×{self.count}"
