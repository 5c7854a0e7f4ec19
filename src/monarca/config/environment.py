"""Read MONARCA_* from the environment: safe defaults, and a plain sentence when one is wrong."""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
        "PRAGMA foreign_keys=ON;"
    ),
}

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class WrongSetting(Exception):
    """A MONARCA_* variable holds something that cannot work."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What an operator decided, with defaults that are safe on one machine."""

    home: Path
    secret_key: str
    seal_key: bytes
    demo: bool
    hosts: list[str]
    origins: list[str]
    https: bool
    database: dict[str, Any]
    post: dict[str, Any]
    sender: str
    address: str
    second_factor: bool
    iati_organisation: str


def read(values: Mapping[str, str] | None = None) -> Environment:
    """The environment as typed settings.

    Raises `WrongSetting`, whose sentence names the variable.
    """
    env = os.environ if values is None else values
    home = Path(env.get("MONARCA_HOME", "var/home")).expanduser().resolve()
    hosts = words(env.get("MONARCA_HOSTS", "127.0.0.1,localhost,[::1]"))
    https = flag(env, "MONARCA_HTTPS", False)
    demo = flag(env, "MONARCA_DEMO", False)
    if demo and (https or any(host not in LOOPBACK for host in hosts)):
        raise WrongSetting(
            "MONARCA_DEMO lets anybody be anybody: it goes with no MONARCA_HTTPS and with no "
            "other MONARCA_HOSTS than 127.0.0.1, localhost and [::1]."
        )
    return Environment(
        home=home,
        secret_key=env.get("MONARCA_SECRET_KEY") or kept_key(home),
        seal_key=seal_key(env.get("MONARCA_SEAL_KEY") or kept(home / "seal-key", new_seal)),
        demo=demo,
        hosts=hosts,
        origins=[f"https://{host}" for host in hosts] if https else [],
        https=https,
        database=database(env.get("MONARCA_DATABASE_URL", ""), home),
        post=post(env.get("MONARCA_EMAIL_URL", "console://")),
        sender=env.get("MONARCA_EMAIL_FROM", "Monarca <monarca@localhost>"),
        address=env.get("MONARCA_ADDRESS", site(hosts, https)).rstrip("/"),
        second_factor=flag(env, "MONARCA_SECOND_FACTOR", True),
        iati_organisation=env.get("MONARCA_IATI_ORGANISATION", "XM-MONARCA-DEMO"),
    )


def site(hosts: list[str], https: bool) -> str:
    """Where letters say our pages are, unless MONARCA_ADDRESS says otherwise."""
    return f"https://{hosts[0]}" if https and hosts else "http://127.0.0.1:8000"


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def flag(env: Mapping[str, str], name: str, default: bool) -> bool:
    text = env.get(name, "").strip().lower()
    if text in {"", "1", "yes", "true", "on", "0", "no", "false", "off"}:
        return default if not text else text in {"1", "yes", "true", "on"}
    raise WrongSetting(f"{name} must be yes or no, not {text!r}.")


def kept_key(home: Path) -> str:
    """The installation's own secret key."""
    return kept(home / "secret-key", lambda: secrets.token_urlsafe(48))


def kept(path: Path, make: Callable[[], str]) -> str:
    """A key of this installation: made once, kept in its home, readable by its owner."""
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    key = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(key, encoding="ascii")
    return key


def new_seal() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def seal_key(text: str) -> bytes:
    """The key that signs the list of receipts of a closed call: 32 bytes in base64 (Ed25519)."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise WrongSetting("MONARCA_SEAL_KEY must be 32 bytes in base64.")
    return key


def database(address: str, home: Path) -> dict[str, Any]:
    """Django's settings for `postgresql://…` or `sqlite:///…`; SQLite in the home by default."""
    if not address:
        return sqlite(home / "monarca.sqlite3")
    parts = urlsplit(address)
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 60,
        }
    if parts.scheme == "sqlite":
        return sqlite(Path(parts.path))
    raise WrongSetting("MONARCA_DATABASE_URL must begin with postgresql:// or sqlite:///.")


def sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": SQLITE,
        "CONN_MAX_AGE": None,
    }


def post(address: str) -> dict[str, Any]:
    """Django's mailer for `console://`, `file:///folder`, `smtp://` or `smtps://user:pass@host`.

    `smtp://` begins TLS (STARTTLS) when it carries a user, so that a password does not travel
    in the clear; `?tls=yes` and `?tls=no` decide otherwise, and this machine itself needs none.
    """
    parts = urlsplit(address)
    backend = "django.core.mail.backends.{}.EmailBackend"
    if parts.scheme == "console":
        return {"BACKEND": backend.format("console")}
    if parts.scheme == "file" and parts.path:
        return {"BACKEND": backend.format("filebased"), "OPTIONS": {"file_path": parts.path}}
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        return {"BACKEND": backend.format("smtp"), "OPTIONS": smtp(parts)}
    raise WrongSetting("MONARCA_EMAIL_URL must be console://, file:///folder, smtp:// or smtps://.")


def smtp(parts: SplitResult) -> dict[str, Any]:
    secure = parts.scheme == "smtps"
    elsewhere = parts.hostname not in {"localhost", "127.0.0.1", "::1"}
    asked = {key: value for key, value in parse_qsl(parts.query) if key == "tls"}
    return {
        "host": unquote(parts.hostname or ""),
        "port": parts.port or (465 if secure else 587 if parts.username else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": secure,
        "use_tls": not secure and flag(asked, "tls", bool(parts.username) and elsewhere),
        "timeout": 30,
    }
