"""What an applicant keeps of what was received."""

from dataclasses import dataclass
from datetime import UTC, datetime

from monarca.engines.sealing.spelling import sha256


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an applicant keeps: reference, the instant in UTC, and the hash of what was received."""

    reference: str
    received_at: str
    sha256: str

    @property
    def short(self) -> str:
        """The first sixteen letters in fours, to read out on the telephone."""
        return " ".join(self.sha256[i : i + 4] for i in range(0, 16, 4))


def receipt(reference: str, content: object, *, at: datetime) -> Receipt:
    """The receipt for `content` received `at` (an aware instant; written in UTC to the second)."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    instant = at.astimezone(UTC).replace(microsecond=0)
    return Receipt(reference, instant.strftime("%Y-%m-%dT%H:%M:%SZ"), sha256(content))


def confirms(held: Receipt, content: object) -> bool:
    """Is `content` exactly what this receipt was given for?"""
    return held.sha256 == sha256(content)
