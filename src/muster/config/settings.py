"""Settings: one file, typed readers that fail at start."""

import os
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

try:  # SQLite free of the WAL-reset fault, before Django's backend loads it.
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:  # other platforms: muster doctor checks the linked version
    pass


def text(name: str, default: str = "") -> str:
    """Return a text setting."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes-no setting; anything but 1/0/true/false fails at start."""
    raw = os.environ.get(name, "1" if default else "0").lower()
    if raw not in {"0", "1", "true", "false"}:
        raise ValueError(f"{name} must be 0 or 1, not {raw!r}")
    return raw in {"1", "true"}


def secret(path: Path) -> str:
    """Return the office's secret key, made at first start and kept beside the database."""
    if not path.exists():
        import secrets

        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()


def home() -> Path:
    """Return the office's folder: the one named, else the office here, else the demo here."""
    named = text("MUSTER_HOME")
    office, demo = Path("var/office"), Path("var/demo")
    here = demo if not (office / "office.json").exists() and demo.exists() else office
    return Path(named or here).resolve()


def office_marker(folder: Path) -> dict[str, str]:
    """Return what the office's folder says of itself: its kind and, for a demo, its fixed day."""
    import json

    marker = folder / "office.json"
    return dict(json.loads(marker.read_text(encoding="utf-8"))) if marker.exists() else {}


PACKAGE = Path(__file__).resolve().parent.parent
MUSTER_HOME = home()
MARKER = office_marker(MUSTER_HOME)
MUSTER_KEYS_FILE = Path(
    text("MUSTER_KEYS_FILE", str(MUSTER_HOME.parent / "keys" / f"{MUSTER_HOME.name}.json"))
)
MUSTER_DATABASE_URL = text("MUSTER_DATABASE_URL")
MUSTER_DATABASE_ROLE = flag("MUSTER_DATABASE_ROLE", default=True)
MUSTER_SCOPE_LAYER = text("MUSTER_SCOPE_LAYER", "on")
MUSTER_TODAY = text("MUSTER_TODAY", MARKER.get("today", ""))
MUSTER_DEMO = MARKER.get("kind") == "demo"
MUSTER_OFFICE = text("MUSTER_OFFICE", MARKER.get("name", ""))
MUSTER_HOSTS = text("MUSTER_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
MUSTER_CATALOGUE = text("MUSTER_CATALOGUE")
DEBUG = flag("MUSTER_DEBUG")
SECRET_KEY = secret(MUSTER_HOME / "secret")
ALLOWED_HOSTS = MUSTER_HOSTS

INSTALLED_APPS = [
    "muster.config.apps.MusterConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "simple_history",
    "muster.web.apps.WebConfig",
    "muster.ground.rows.apps.RowsConfig",
    "muster.ground.journal.apps.JournalConfig",
    "muster.ground.jobs.apps.JobsConfig",
    "muster.ground.files.apps.FilesConfig",
    "muster.ground.register.apps.RegisterConfig",
    "muster.ground.rulebook.apps.RulebookConfig",
    "muster.ground.accounts.apps.AccountsConfig",
    "muster.engines.imports.apps.ImportsConfig",
    "muster.engines.figures.apps.FiguresConfig",
    "muster.engines.documents.apps.DocumentsConfig",
    "muster.engines.checklists.apps.ChecklistsConfig",
    "muster.engines.tasks.apps.TasksConfig",
    "muster.engines.meetings.apps.MeetingsConfig",
    "muster.engines.activities.apps.ActivitiesConfig",
    "muster.engines.campaigns.apps.CampaignsConfig",
    "muster.domains.militia.apps.MilitiaConfig",
    "muster.overview.indicators.apps.IndicatorsConfig",
    "muster.overview.reports.apps.ReportsConfig",
    "muster.overview.home.apps.HomeConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "muster.web.middleware.LanguageMiddleware",
    "muster.web.middleware.ProblemMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "muster.ground.accounts.middleware.OfficeMiddleware",
]

ROOT_URLCONF = "muster.config.urls"
WSGI_APPLICATION = "muster.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "muster.web.context.page",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "muster.web.templatetags.muster",
            ],
        },
    }
]

# 16 MB of pages a connection: with SQLite's own 2 MB, bulk inserts read the same index pages again.
SQLITE_PRAGMAS = (
    "PRAGMA cache_size=-16000;"
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;"
)


def database(url: str) -> dict[str, object]:
    """Return the Django database of a URL; SQLite in the office's folder where there is none."""
    if not url:
        return {
            "ENGINE": "muster.ground.rows.sqlite",
            "NAME": MUSTER_HOME / "muster.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": SQLITE_PRAGMAS,
            },
        }
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("MUSTER_DATABASE_URL must start with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "TEST": {"TEMPLATE": "template0"},
    }


DATABASES = {"default": database(MUSTER_DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["muster.ground.accounts.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "muster.ground.accounts.passwords.OfficePasswordValidator"},
]
PASSWORD_HASHERS = [
    "muster.ground.accounts.backend.OfficeArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
CSRF_FAILURE_VIEW = "muster.web.views.csrf_failure"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MUSTER_IDLE_MINUTES = int(text("MUSTER_IDLE_MINUTES", "30"))
MUSTER_TLS = flag("MUSTER_TLS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MUSTER_TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 21 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["muster.web.formats"]

STATIC_URL = "static/"
STATIC_ROOT = None  # files are found in the package: nothing is collected, nothing goes stale
WHITENOISE_USE_FINDERS = True
WHITENOISE_MANIFEST_STRICT = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FORM_RENDERER = "muster.web.forms.MusterRenderer"
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = False
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": text("MUSTER_LOG", "WARNING")},
}
