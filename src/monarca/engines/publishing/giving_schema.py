"""The 360Giving 1.4.3 schema, ready to judge a package or one grant; its columns and code lists.

The package's `$ref` names the grant schema of 1.4.2 by address; the one that is shipped (1.4.3)
is registered under that address too, and nothing is fetched. jsonschema is loaded when a file is
judged, and in no web process before.
"""

import csv
import json
import re
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from monarca.engines.publishing.shipped import DATA

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Resource

GIVING = DATA / "360giving"
INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:(\d{2})(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def is_instant(value: object) -> bool:
    """Whether a text is an RFC 3339 instant with its zone; what is no text is not asked."""
    if not isinstance(value, str):
        return True
    if INSTANT.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value.upper())
    except ValueError:
        return False
    return True


def is_address(value: object) -> bool:
    """Whether a text is an RFC 3986 address; what is no text is not asked."""
    return not isinstance(value, str) or ADDRESS.fullmatch(value) is not None


@cache
def formats() -> "FormatChecker":
    """RFC 3339 instants and RFC 3986 addresses; no other format is asked of a grant."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    checker.checks("date-time")(is_instant)
    checker.checks("uri")(is_address)
    return checker


@cache
def grant_schema() -> dict[str, Any]:
    return _read("360-giving-schema.json")


@cache
def package_schema() -> dict[str, Any]:
    return _read("360-giving-package-schema.json")


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((GIVING / name).read_bytes())
    return read


@cache
def grant_validator() -> "Draft202012Validator":
    """Judges one grant."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(grant_schema(), format_checker=formats())


@cache
def package_validator() -> "Draft202012Validator":
    """Judges a whole package with its grants."""
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    address = package_schema()["properties"]["grants"]["items"]["$ref"]
    resource: Resource[Any] = DRAFT202012.create_resource(grant_schema())
    registry: Registry[Any] = Registry().with_resource(address, resource)
    return Draft202012Validator(package_schema(), registry=registry, format_checker=formats())


@cache
def member_validator() -> "Draft202012Validator":
    """Judges the members of a package beside its grants, which come one by one."""
    from jsonschema import Draft202012Validator

    whole = package_schema()
    members = {name: rule for name, rule in whole["properties"].items() if name != "grants"}
    schema = {**whole, "properties": members, "required": []}
    return Draft202012Validator(schema, format_checker=formats())


@cache
def codes(name: str) -> frozenset[str]:
    """The codes of a list, such as `locationScope.csv`; a code such as RGN/GOR stands for both."""
    text = (GIVING / "codelists" / name).read_text(encoding="utf-8-sig")
    listed = (row["Code"].strip() for row in csv.DictReader(text.splitlines()))
    return frozenset(each for code in listed for each in (code, *code.split("/")))


def resolved(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule with what its `$ref` into `$defs` says."""
    name = str(rule.get("$ref", "")).rpartition("/")[2]
    return {**grant_schema()["$defs"][name], **rule} if name else rule


def day_of(value: object) -> date | None:
    """The day a date or instant begins with; None where there is none."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
