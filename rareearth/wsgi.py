"""WSGI entry."""

import os

from django.core.wsgi import get_wsgi_application

from rareearth import env
from rareearth.proxy import RealAddress

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rareearth.settings")
application = RealAddress(get_wsgi_application(), env.words("TRUSTED_PROXIES"))
