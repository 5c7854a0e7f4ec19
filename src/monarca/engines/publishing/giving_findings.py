"""The sentences of what can be wrong with a 360Giving file, and how they become findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monarca.engines.publishing.findings import Finding, Severity
from monarca.engines.reasons import Reason

SENTENCES: Mapping[str, str] = {
    "giving.address": "{field} must be a web address, not “{value}”.",
    "giving.both-recipients": "A grant goes to an organisation or to a person, not to both.",
    "giving.charity-number": "“{value}” is no number of a UK charity.",
    "giving.codelist": "“{value}” is not on the code list of {field}.",
    "giving.column-twice": "The column “{field}” stands twice.",
    "giving.company-number": "“{value}” is no number of a UK company: it has 8 signs.",
    "giving.csv": "This is not valid CSV; a quotation mark may not be closed.",
    "giving.date": "{field} must be a date written YYYY-MM-DD, not “{value}”.",
    "giving.duplicate-id": "The identifier “{value}” stands here a second time.",
    "giving.email": "{field} seems to hold an e-mail address of a person.",
    "giving.empty": "There is nothing in this file.",
    "giving.empty-list": "{field} must have at least one entry.",
    "giving.encoding": "The file is not UTF-8.",
    "giving.far-future": "{field} is many years ahead: {value}.",
    "giving.far-past": "{field} is before 1995: {value}.",
    "giving.future-award": "The grant is awarded on a day in the future: {value}.",
    "giving.future-modified": "{field} is in the future: {value}.",
    "giving.geo-type": "A location code needs a type of the code list, not “{value}”.",
    "giving.grant-prefix": "A grant's identifier begins with 360G- and a prefix, not “{value}”.",
    "giving.huge-amount": "{field} is implausibly large: {value}.",
    "giving.impossible-date": "{field} is a day that no calendar has: {value}.",
    "giving.individual-details": "A grant to a person says neither its reason nor its purpose.",
    "giving.instant": "{field} must be an instant such as 2026-03-31T09:00:00Z, not “{value}”.",
    "giving.long-title": "The title has more than 140 letters.",
    "giving.minimum": "{field} must not be less than {least}: {value}.",
    "giving.negative-amount": "{field} is below nought: {value}.",
    "giving.no-location-code": "Neither recipient nor beneficiaries have a location code.",
    "giving.no-modified": "The grant does not say when it was last modified.",
    "giving.no-place": "The grant does not say where its beneficiaries are.",
    "giving.no-programme": "The grant does not name its programme.",
    "giving.no-source": "The grant does not say where its data come from.",
    "giving.own-funder": "The funder has an identifier of the publisher's own: “{value}”.",
    "giving.own-recipient": "The recipient has an identifier of the publisher's own: “{value}”.",
    "giving.not-list": "{field} must be a list of entries, not “{value}”.",
    "giving.not-number": "{field} must be a number in digits alone, not “{value}”.",
    "giving.not-record": "{field} must be a record with named values, not “{value}”.",
    "giving.not-text": "{field} must be a text in quotation marks, not “{value}”.",
    "giving.paid-more": "More is disbursed ({paid}) than awarded ({awarded}).",
    "giving.pattern": "{field} is not written as it should be: “{value}”.",
    "giving.repeated": "This grant stands in the file a second time, word for word.",
    "giving.required": "{field} is missing.",
    "giving.same-title": "Title and description are the same.",
    "giving.schema": "The schema refuses {field}: {message}.",
    "giving.several-funders": "The grant has more than one funder.",
    "giving.start-after-end": "{field} begins after its end, {value}.",
    "giving.syntax": "This is not valid JSON, here or just before.",
    "giving.too-deep": "The file is nested too deeply.",
    "giving.too-large": "One grant is larger than 16 MB; the file is not read further.",
    "giving.unknown-column": "The column “{field}” is not part of the standard.",
    "giving.unknown-field": "{field} is not part of the standard.",
    "giving.unknown-funder": "No register gives out the funder's identifier: “{value}”.",
    "giving.unknown-recipient": "No register gives out the recipient's identifier: “{value}”.",
    "giving.width": "This row has more cells than the header.",
    "giving.zero-amount": "{field} is nought.",
}  # fmt: skip

HINTS = frozenset(
    {
        "giving.charity-number",
        "giving.company-number",
        "giving.email",
        "giving.far-future",
        "giving.far-past",
        "giving.future-award",
        "giving.future-modified",
        "giving.geo-type",
        "giving.grant-prefix",
        "giving.huge-amount",
        "giving.individual-details",
        "giving.long-title",
        "giving.negative-amount",
        "giving.no-location-code",
        "giving.no-modified",
        "giving.no-place",
        "giving.no-programme",
        "giving.no-source",
        "giving.own-funder",
        "giving.own-recipient",
        "giving.paid-more",
        "giving.same-title",
        "giving.several-funders",
        "giving.start-after-end",
        "giving.unknown-column",
        "giving.unknown-field",
        "giving.unknown-funder",
        "giving.unknown-recipient",
        "giving.zero-amount",
    }
)
"""Additional checks: a valid file may break them, so they are warnings."""

STRICTER = frozenset(
    {
        "giving.geo-type",
        "giving.grant-prefix",
        "giving.huge-amount",
        "giving.impossible-date",
        "giving.negative-amount",
        "giving.paid-more",
    }
)
"""What neither the official schema nor its data quality tool asks."""

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one grant: a code of `SENTENCES`, the path within the grant, values."""

    code: str
    path: Sequence[str | int]
    values: Values


def fault(code: str, *path: str | int, **values: object) -> Fault:
    return Fault(code, path, {name: brief(value) for name, value in values.items()})


def brief(value: object) -> str:
    """A value short enough for a sentence, and without what no file can hold."""
    said = str(value).encode("utf-8", "replace").decode()
    return said if len(said) <= 80 else f"{said[:79]}…"


def finding_of(found: Fault, *, line: int, place: str = "", field: str = "") -> Finding:
    """A fault with its place in the file; `field` is its column where the file is a table."""
    path = "/".join(map(str, found.path))
    whole = "/".join(part for part in (place, path) if part)
    name = field or next((str(part) for part in reversed(found.path) if part), "")
    values = {"field": field or path or place or "package", **found.values}
    severity: Severity = "warning" if found.code in HINTS else "error"
    return Finding(
        rule=f"360{found.code}",
        severity=severity,
        reason=Reason(found.code, values),
        text=SENTENCES[found.code].format_map(values),
        line=line,
        place=whole,
        field=name,
        is_stricter=found.code in STRICTER,
    )
