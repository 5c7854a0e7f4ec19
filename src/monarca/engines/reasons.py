"""Why: a reason as data, so that every language can say it in its own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a stable code and the values its sentence needs.

    `values` hold plain data (names, ISO dates, whole cents, and figures of an engine as
    floats, `*_share` between 0 and 1), never sentences; the sentences stand in
    `monarca.kit.reasons`, one per code and language.
    """

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
