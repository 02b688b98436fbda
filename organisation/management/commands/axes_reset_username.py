"""In the place of the command of django-axes, which would pass by the trail."""

from organisation.management.refused import RefusedUnlocking


class Command(RefusedUnlocking):
    pass
