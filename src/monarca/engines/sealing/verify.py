"""Check a receipt against a signed checkpoint: this file alone, without Monarca.

`python verify.py bundle.json PUBLIC_KEY` needs Python and the package `cryptography`. Take the
public key from somewhere else than the bundle: the embassy's page, a newspaper, an old receipt.
"""

import base64
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def verify(bundle: dict[str, Any], public_key: str) -> str:
    """What is proved, in a line. Raises ValueError or InvalidSignature where it is not.

    The bundle has `sha256` (of what was received), `place` and `size` (where it stands, from 0, of
    how many), `path` (the hashes beside it, upwards), `checkpoint` (a signed note: origin, size,
    root, a blank line, the signature) and perhaps `content`. `public_key` is base64 of 32 bytes.
    """
    # 1. What was received, if it is here, has the hash that the receipt says.
    if "content" in bundle:
        json_text = json.dumps(
            bundle["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        if hashlib.sha256(json_text.encode()).hexdigest() != bundle["sha256"]:
            raise ValueError("this is not what was received")
    # 2. Its hash and the hashes beside it lead to the root of the list that the checkpoint names.
    text, _, signature = bundle["checkpoint"].rpartition("\n\n")
    origin, size, root = text.split("\n")[:3]
    leaf = hashlib.sha256(b"\0" + bytes.fromhex(bundle["sha256"])).digest()
    climbed = climb(leaf, bundle["place"], bundle["size"], bundle["path"])
    if int(size) != bundle["size"] or base64.b64decode(root) != climbed:
        raise ValueError("the receipt is not in this list")
    # 3. The checkpoint is signed with the key that everybody knows.
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
    key.verify(base64.b64decode(signature.split()[-1])[4:], f"{text}\n".encode())
    return f"{origin}: received, number {bundle['place'] + 1} of {size}"


def climb(node: bytes, place: int, size: int, path: Sequence[str]) -> bytes:
    """The root above a leaf (RFC 9162, section 2.1.3.2). ValueError: the path does not fit."""
    last = size - 1
    if not 0 <= place <= last:
        raise ValueError("there is no such place in the list")
    for beside in map(bytes.fromhex, path):
        while place % 2 == 0 and place == last and place:  # the last node of a level rises alone
            place, last = place // 2, last // 2
        pair = beside + node if place % 2 else node + beside
        node = hashlib.sha256(b"\1" + pair).digest()
        place, last = place // 2, last // 2
    if place != 0:
        raise ValueError("the path is too short")
    return node


if __name__ == "__main__":
    sys.stdout.write(f"{verify(json.loads(Path(sys.argv[1]).read_text()), sys.argv[2])}\n")
