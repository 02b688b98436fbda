"""Run as a process of its own on an empty database: `die` sends a form and is killed (kill -9) after its act was committed, before
the middleware learns of the answer; `again` sends the same form three minutes later. Both print JSON."""

import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rareearth.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from casework.models import Docket, Note  # noqa: E402
from core import clock  # noqa: E402
from organisation import roles  # noqa: E402
from tests import factories  # noqa: E402

ONCE = "core.middleware.SubmitOnce"
KEY = "0f0f0f0f-0000-4000-8000-000000000001"


class Killed:
    """Between the view and `SubmitOnce`: the view has committed, nobody else knows."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST":
            print(json.dumps({"notes": Note.objects.count()}), flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        return response


def send(client: Client):
    docket = Docket.objects.get()
    return client.post(
        f"/dockets/{docket.pk}/notes/", {"text": "已电话核实", "_once": KEY}, headers={"host": "localhost"}
    )


def die(session: Path) -> None:
    call_command("migrate", verbosity=0)
    roles.sync_roles()
    officer = factories.make_officer(roles.CASE_OFFICER, department=factories.make_department())
    factories.make_docket(department=officer.department, officer=officer)
    client = Client()
    client.force_login(officer, backend="organisation.backends.OfficerBackend")
    session.write_text(client.cookies[settings.SESSION_COOKIE_NAME].value)
    settings.MIDDLEWARE.insert(settings.MIDDLEWARE.index(ONCE) + 1, "__main__.Killed")
    client.handler.load_middleware()
    send(client)


def again(session: Path) -> None:
    # Nobody has collected static files here.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.read_text()
    with clock.pinned(clock.now() + timedelta(minutes=3)):
        response = send(client)
    print(
        json.dumps({"notes": Note.objects.count(), "status": response.status_code, "page": response.content.decode()})
    )


if __name__ == "__main__":
    {"die": die, "again": again}[sys.argv[1]](Path(sys.argv[2]))
