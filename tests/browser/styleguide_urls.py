"""The portal's addresses with the style guide, which only development and the demo mount."""

from django.urls import include, path

from rareearth.urls import *  # noqa: F403 - handlers included
from rareearth.urls import urlpatterns as portal

mounted = any(getattr(entry, "app_name", "") == "styleguide" for entry in portal)
urlpatterns = portal if mounted else [path("styleguide/", include("core.styleguide")), *portal]
