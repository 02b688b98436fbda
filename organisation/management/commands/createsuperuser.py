"""In the place of Django's command: nobody holds every right."""

from organisation.management.refused import Refused


class Command(Refused):
    help = "Not here: nobody holds every right (see appoint_administrators)."
    instead = (
        "The portal has no superuser. appoint_administrators opens the first accounts; later ones are opened in the browser; "
        "if no security administrator is left: manage.py recover_access --security <user name>."
    )
