"""All URLs. Every one is closed until opened: `organisation.middleware.LogInRequired` asks for a log-in unless a view is
marked `@open_to_public`."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from rareearth import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("organisation.urls")),
    path("", include("registry.urls")),
    path("", include("enforcement.campaigns.urls")),
    path("", include("enforcement.penalties.urls")),
    path("", include("enforcement.measures.urls")),
    path("", include("enforcement.rectification.urls")),
    path("", include("enforcement.leads.urls")),
    path("", include("enforcement.inspections.urls")),
    path("documents/", include("notices.urls")),
    path("v/", include("notices.public_urls")),
    path("", include("casework.urls")),
    path("", include("oversight.urls")),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("styleguide/", include("core.styleguide")))

handler400 = "core.error_pages.bad_request"
handler500 = "core.error_pages.server_error"
