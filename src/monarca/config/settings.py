"""Settings of an installation: everything an operator may change is a MONARCA_* variable."""

from pathlib import Path

from monarca.config import environment

PACKAGE = Path(__file__).resolve().parents[1]
ENV = environment.read()
HOME = ENV.home

SECRET_KEY = ENV.secret_key
DEBUG = False
DEMO = ENV.demo
ALLOWED_HOSTS = ENV.hosts
CSRF_TRUSTED_ORIGINS = ENV.origins

ROOT_URLCONF = "monarca.config.urls"
WSGI_APPLICATION = "monarca.config.wsgi.application"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # an e-mail is unique in lower case, by a constraint

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "monarca.ground.journal",
    "monarca.ground.people",
    "monarca.ground.rates",
    "monarca.ground.codelists",
    "monarca.ground.files",
    "monarca.ground.partners",
    "monarca.ground.envelopes",
    "monarca.ground.letters",
    "monarca.ground.commitments",
    "monarca.grants.calls",
    "monarca.grants.applications",
    "monarca.grants.screening",
    "monarca.grants.reviews",
    "monarca.grants.decisions",
    "monarca.grants.agreements",
    "monarca.grants.reports",
    "monarca.grants.payments",
    "monarca.grants.results",
    "monarca.grants.disclosure",
    "monarca.programmes.dialogues",
    "monarca.programmes.consultations",
    "monarca.programmes.youthlab",
    "monarca.programmes.climate",
    "monarca.programmes.shares",
    "monarca.portal.components",
    "monarca.portal.home",
    "monarca.portal.dossier",
    "monarca.portal.climate",
    "monarca.portal.demo",
]

MIDDLEWARE = [
    "monarca.ground.people.http.ClockMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "monarca.ground.people.http.SecondFactorMiddleware",
    "monarca.portal.home.http.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "monarca.portal.home.http.face",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "monarca.kit.filters",
                "monarca.portal.components.templatetags.ui",
            ],
        },
    }
]

FORM_RENDERER = "monarca.portal.components.forms.Renderer"

DATABASES = {"default": ENV.database}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
STATIC_ROOT = HOME / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

LANGUAGE_CODE = "en"
LANGUAGES = [("es", "Español"), ("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["monarca.kit.formats"]
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = False

SECURE_CSP = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "img-src": ["'self'"],
    "media-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "home:after-sign-in"
LOGOUT_REDIRECT_URL = "home:home"
MAILERS = {"default": {"BACKEND": "monarca.ground.letters.http.Outbox"}, "post": ENV.post}
DEFAULT_FROM_EMAIL = ENV.sender
ADDRESS = ENV.address
SEAL_KEY = ENV.seal_key
STAFF_NEED_SECOND_FACTOR = ENV.second_factor

ACCOUNT_ADAPTER = "monarca.ground.people.http.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENV.https else 0
MFA_ADAPTER = "monarca.ground.people.http.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Monarca"
MFA_TOTP_TOLERANCE = 1

IATI_ORGANISATION = ENV.iati_organisation

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
