"""The closed list of a call: one hash that stands for it, and the proof that a receipt is in it.

Everything that was received for a call, in the order in which it was written down, is one list
(RFC 6962); its checkpoint is signed with the key of this installation. Nothing is stored: the list
only grows, and a signature of Ed25519 is the same each time. Between the receipts stand blind
entries that belong to nobody, as many as chance says, so that neither a size nor a place tells how
many applications there were: not even of a file that most people may not know of.
"""

import base64
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from monarca.engines import sealing
from monarca.engines.sealing import checkpoints
from monarca.grants.applications.models import Submission
from monarca.grants.calls.models import Call

BLIND = b"blind entries of a list of receipts\0"
FEW = 4
"""After each entry stand none to three blind ones; before the first, one to four."""


@dataclass(frozen=True, slots=True)
class ClosedList:
    """The signed list of a call: `places` leads from a receipt's hash to where it stands."""

    tree: sealing.Tree
    note: str
    places: dict[str, int]

    def bundle(self, made: Submission) -> dict[str, Any]:
        """What proves that a submission is in the list, as `monarca seal --check` reads it."""
        proof = self.tree.inclusion(self.places[made.sha256])
        return {
            "reference": made.application.reference,
            "sha256": made.sha256,
            "place": proof.place,
            "size": proof.size,
            "path": list(proof.path),
            "checkpoint": self.note,
        }


def closed_list(call: Call) -> ClosedList:
    """The list of everything received for a call, signed."""
    rows = Submission.objects.filter(application__call=call).order_by("pk")
    hashes = list(entries(call, rows.values_list("sha256", flat=True)))
    tree = sealing.tree(hashes)
    note = checkpoints.sign(checkpoints.of(origin(call), tree), settings.SEAL_KEY)
    return ClosedList(tree, note, {each: place for place, each in enumerate(hashes)})


def origin(call: Call) -> str:
    """Whose list it is, in one line: where the pages are, and the call."""
    where = urlsplit(settings.ADDRESS)
    return f"{where.netloc}{where.path}/calls/{call.code}".replace("+", "-")


def public_key() -> str:
    """What everybody may know of the key that signs, in base64."""
    return base64.b64encode(checkpoints.public_key_of(settings.SEAL_KEY)).decode()


def entries(call: Call, received: Iterable[str]) -> Iterator[str]:
    """The hashes of a list: what was received, and the blind entries around it."""
    yield from _blind(call.code, at_least=1)
    for each in received:
        yield each
        yield from _blind(each)


def _blind(after: str, *, at_least: int = 0) -> Iterator[str]:
    count = hmac.digest(settings.SEAL_KEY, BLIND + after.encode(), "sha256")[0] % FEW
    for number in range(count + at_least):
        said = BLIND + f"{after}\0{number}".encode()
        yield hmac.digest(settings.SEAL_KEY, said, "sha256").hex()
