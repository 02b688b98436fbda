"""A form as a browser sends it."""

import uuid
from datetime import date

D = date.fromisoformat


def once(**fields):
    return {"_once": str(uuid.uuid4()), **fields}
