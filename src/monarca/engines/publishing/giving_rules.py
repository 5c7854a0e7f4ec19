"""The rules of one grant: what the 360Giving schema refuses, told by field and in plain words."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from monarca.engines.publishing.giving_findings import Fault, fault
from monarca.engines.publishing.giving_schema import (
    codes,
    day_of,
    grant_schema,
    grant_validator,
    member_validator,
    resolved,
)

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

RECIPIENTS = ("recipientOrganization", "recipientIndividual")
OF_TYPE = {
    "array": "giving.not-list",
    "number": "giving.not-number",
    "object": "giving.not-record",
    "string": "giving.not-text",
}

KEYWORDS = {
    "enum": "giving.codelist",
    "minItems": "giving.empty-list",
    "pattern": "giving.pattern",
}


def faults_of_grant(grant: Any) -> Iterator[Fault]:
    """All that the schema and its closed code lists refuse of one grant."""
    yield from _refused(grant_validator(), grant)
    if isinstance(grant, dict):
        yield from _in_detail(grant, grant_schema(), ())


def faults_of_member(name: str, value: Any) -> Iterator[Fault]:
    """The same for another member of the package, or for what is no package."""
    if name:
        yield from _refused(member_validator(), {name: value})
    else:
        yield from _refused(member_validator(), value)


def _refused(validator: "Draft202012Validator", value: Any) -> Iterator[Fault]:
    for error in validator.iter_errors(value):
        yield from _faults(error)


def _faults(error: "ValidationError") -> Iterator[Fault]:
    """One error of the schema in our words; `oneOf` says which of its parts is meant."""
    path, said, kind = tuple(error.absolute_path), error.instance, str(error.validator)
    wanted: Any = error.validator_value
    if kind == "oneOf" and not path:
        yield from _recipient(said)
    elif kind == "oneOf":
        if isinstance(said, str):
            yield fault("giving.date", *path, value=said)
    elif kind == "required":
        yield fault("giving.required", *path, error.message.split("'")[1])
    elif kind == "minimum":
        yield fault("giving.minimum", *path, value=said, least=wanted)
    elif code := _named(kind, wanted):
        yield fault(code, *path, value=said)
    else:
        yield fault("giving.schema", *path, message=error.message[:120])


def _named(kind: str, wanted: Any) -> str:
    """The code for a keyword of the schema; optional fields are of the type `[type, "null"]`."""
    if kind == "type":
        return OF_TYPE[wanted if isinstance(wanted, str) else wanted[0]]
    if kind == "format":
        return "giving.instant" if wanted == "date-time" else "giving.address"
    return KEYWORDS.get(kind, "")


def _recipient(grant: Any) -> Iterator[Fault]:
    """Exactly one kind of recipient, and all that both kinds of grant need."""
    if not isinstance(grant, dict):
        return
    needed = [name for name in grant_schema()["oneOf"][0]["required"] if name not in RECIPIENTS]
    for name in needed:
        if name not in grant:
            yield fault("giving.required", name)
    given = [name for name in RECIPIENTS if name in grant]
    if not given:
        yield fault("giving.required", RECIPIENTS[0])
    elif len(given) > 1 and all(name in grant for name in needed):
        yield fault("giving.both-recipients", RECIPIENTS[1])


def _in_detail(
    value: Mapping[str, Any], rule: Mapping[str, Any], path: tuple[str | int, ...]
) -> Iterator[Fault]:
    """Fields that the standard does not know, closed code lists, and days that no calendar has."""
    known = rule.get("properties", {})
    for name, each in value.items():
        if name not in known:
            yield fault("giving.unknown-field", *path, name)
        else:
            yield from _of_field(each, resolved(known[name]), (*path, name))


def _of_field(value: Any, rule: dict[str, Any], path: tuple[str | int, ...]) -> Iterator[Fault]:
    if isinstance(value, dict):
        yield from _in_detail(value, rule, path)
    elif isinstance(value, list):
        inner = resolved(rule.get("items", {}))
        for place, each in enumerate(value):
            yield from _of_field(each, inner, (*path, place))
    elif isinstance(value, str):
        yield from _of_text(value, rule, path)


def _of_text(value: str, rule: dict[str, Any], path: tuple[str | int, ...]) -> Iterator[Fault]:
    listed = rule.get("codelist")
    if listed and "enum" not in rule and value not in codes(listed):
        yield fault("giving.codelist", *path, value=value)
    is_day = "oneOf" in rule and len(value) >= 10 and value[:4].isdigit()
    if is_day and value[7:8] == "-" and day_of(value) is None:
        yield fault("giving.impossible-date", *path, value=value)
