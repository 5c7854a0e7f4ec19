"""One public file as it would be sent, and the records that every file is written from."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from monarca.engines.publishing.disclosure import Disclosure as Told
from monarca.engines.publishing.findings import Finding, is_valid
from monarca.engines.reasons import Reason
from monarca.grants.disclosure.queries.public import batches, public


@dataclass(frozen=True, slots=True)
class PublicFile:
    """One file as it would be sent: its bytes, how many records, and what is wrong with it.

    `changed_at` is when the latest of its records changed; None while there is none.
    """

    kind: str
    name: str
    media: str
    data: bytes
    count: int
    findings: tuple[Finding, ...]
    changed_at: datetime | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def is_valid(self) -> bool:
        return is_valid(self.findings)


def records(*, at: datetime) -> tuple[Told, ...]:
    """Everything that has a line in a file: public records and batches."""
    return (*(one.record for one in public(at=at)), *batches(at=at))


def nothing() -> Finding:
    """The schema asks for one activity at least, so an empty file would not be valid."""
    return Finding(
        rule="monarca.empty",
        severity="error",
        reason=Reason("monarca.empty"),
        text="No agreement is published yet, and an IATI file holds at least one activity.",
        is_stricter=False,
    )
