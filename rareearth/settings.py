"""Settings of the portal. One file; every difference between offices is an environment variable (see .env.example)."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from rareearth import env, translations

ROOT = Path(__file__).resolve().parent.parent
# Everything the portal writes lives here: database, uploads, queue of the embedded worker, logs.
VAR = Path(env.text("PORTAL_VAR", str(ROOT / "var")))
VAR.mkdir(parents=True, exist_ok=True)

# demo: invented province, accounts on the log-in page, watermark on notices. production: none of these.
ENVIRONMENT = env.text("PORTAL_ENVIRONMENT", "demo")
if ENVIRONMENT not in {"demo", "production"}:
    raise ImproperlyConfigured(f"PORTAL_ENVIRONMENT must be demo or production, not {ENVIRONMENT!r}.")
DEMO = ENVIRONMENT == "demo"
DEBUG = env.flag("DEBUG", False)


def _secret_key() -> str:
    """From SECRET_KEY or SECRET_KEY_FILE; a demo makes its own and keeps it, so that sessions outlive a restart."""
    if given := env.secret("SECRET_KEY"):
        return given
    if not DEMO:
        raise ImproperlyConfigured("Set SECRET_KEY (or SECRET_KEY_FILE) in production.")
    from core.secrets import kept_secret

    return kept_secret(VAR / "secret_key")


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if not DEMO else "*")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
# The address printed in QR codes and mails.
PORTAL_URL = env.text("PORTAL_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "rareearth",
    "oversight",
    "enforcement.campaigns",
    "enforcement.penalties",
    "enforcement.measures",
    "enforcement.rectification",
    "enforcement.leads",
    "enforcement.inspections",
    "notices",
    "casework",
    "registry",
    "organisation",
    "trail",
    "core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "guardian",
    "django_filters",
    "django_htmx",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
]

MIDDLEWARE = [
    "core.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "organisation.middleware.PreferredLanguage",
    "organisation.middleware.IdleTimeout",
    "organisation.middleware.ActingFor",
    "organisation.middleware.LogInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "core.middleware.SubmitOnce",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "rareearth.urls"
WSGI_APPLICATION = "rareearth.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ]
            if not DEBUG
            else ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "core.forms_renderer.PortalRenderer"

DATABASES = {"default": env.database(env.secret("DATABASE_URL") or "", VAR / "portal.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- who may enter -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "organisation.backends.OfficerBackend",
    "guardian.backends.ObjectPermissionBackend",
]
# Memory-hard; PBKDF2 stays readable for accounts that were moved here.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# 0: passwords do not age. Offices that must renew them set, say, 90.
PASSWORD_MAX_AGE_DAYS = env.number("PASSWORD_MAX_AGE_DAYS", 0)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "organisation.passwords.MixedCharactersValidator"},
    {"NAME": "organisation.passwords.NotRecentValidator"},
]
LOGIN_URL = "organisation:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "organisation:login"
ANONYMOUS_USER_NAME = None  # guardian: nobody is somebody
GUARDIAN_RAISE_403 = True
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the waiting time we name is the waiting time
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# The second tier, by user name alone, whatever the address: it reads the failures that django-axes logs.
AXES_HANDLER = "organisation.lockout.TwoTiers"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
LOCK_OUT_NAME_LIMIT = 30
LOCK_OUT_NAME_HOURS = 1
AXES_LOCKOUT_CALLABLE = "organisation.lockout.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
OTP_TOTP_ISSUER = "稀土监管"
IDLE_TIMEOUT_S = env.number("IDLE_TIMEOUT_S", 1800)
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "portal_session"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "organisation.views.entry.token_failed"
CSRF_COOKIE_NAME = "portal_csrf"

# --- what the browser may do -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
HTTPS = env.flag("HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Only for a name that its owner has put on the browsers' list for good: nothing to slip in with HTTPS=1.
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Health and metrics are asked for on loopback, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]

# --- files -------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_MB", 50) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "core.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- language and time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [translations.CATALOGUE.parents[2]]
# Now, before anything looks for them: a process that found no texts once does not look again.
translations.compile_if_stale()
LANGUAGE_COOKIE_NAME = "portal_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- background work ---------------------------------------------------------------------------------------------
REDIS_URL = env.redis(env.secret("REDIS_URL") or "")
CELERY_BROKER_FOLDER = VAR / "broker"

# --- mail --------------------------------------------------------------------------------------------------------
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "portal@localhost")
# Without a mail server, mails are written as files, so that nothing is claimed to be sent that was not.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"

# --- logs --------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "core.logs.RequestIdFilter"}},
    "formatters": {"line": {"()": "core.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {"weasyprint": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}, "axes": {"level": "WARNING"}},
}
METRICS_TOKEN = env.secret("METRICS_TOKEN") or ""
VERSION = (ROOT / "VERSION").read_text().strip()

SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # the object-permission backend is installed, beside our own
    "security.W021",  # HSTS preload is the site's own decision (HSTS_PRELOAD)
]
