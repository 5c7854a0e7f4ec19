"""A signed statement of how long a list is and what its root is, that anybody can check and keep.

The text is a checkpoint, the signature a note of Ed25519, both as c2sp.org/tlog-checkpoint and
c2sp.org/signed-note write them, so that other people's tools read them. Whoever holds two
checkpoints of one origin can ask for a consistency proof between them.
"""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from monarca.engines.sealing.merkle import Tree

ED25519 = b"\x01"
DASH = "\u2014 "
PARTS = 3


class NotSigned(Exception):
    """This text is no checkpoint that this key has signed."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The list `origin` has `size` hashes, whose root is `root` (hexadecimal)."""

    origin: str
    size: int
    root: str

    @property
    def text(self) -> str:
        """The lines that are signed."""
        root = base64.b64encode(bytes.fromhex(self.root)).decode()
        return f"{self.origin}\n{self.size}\n{root}\n"


def of(origin: str, tree: Tree) -> Checkpoint:
    """The checkpoint of a list. ValueError: an origin is one line that is not empty."""
    if not origin.strip() or len(origin.splitlines()) != 1 or "+" in origin:
        raise ValueError("an origin is one line without a plus sign")
    return Checkpoint(origin, tree.size, tree.root)


def sign(checkpoint: Checkpoint, key: bytes) -> str:
    """The signed note; `key` is the 32 bytes of an Ed25519 private key (RFC 8032)."""
    private = Ed25519PrivateKey.from_private_bytes(key)
    known = key_id(checkpoint.origin, private.public_key().public_bytes_raw())
    said = base64.b64encode(known + private.sign(checkpoint.text.encode())).decode()
    return f"{checkpoint.text}\n{DASH}{checkpoint.origin} {said}\n"


def opened(note: str, public_key: bytes) -> Checkpoint:
    """The checkpoint in a note. Raises NotSigned unless this public key (32 bytes) signed it."""
    text, divider, lines = note.rpartition("\n\n")
    parts = text.split("\n")
    if not divider or len(parts) < PARTS or not parts[1].isascii() or not parts[1].isdigit():
        raise NotSigned
    origin = parts[0]
    _check(f"{text}\n", lines, origin, public_key)
    try:
        root = base64.b64decode(parts[2], validate=True)
    except ValueError:
        raise NotSigned from None
    return Checkpoint(origin, int(parts[1]), root.hex())


def public_key_of(key: bytes) -> bytes:
    """The 32 bytes that everybody may know, of the 32 that nobody may."""
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def key_id(name: str, public_key: bytes) -> bytes:
    """The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), as signed notes have it."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:4]


def _check(text: str, lines: str, origin: str, public_key: bytes) -> None:
    wanted = key_id(origin, public_key)
    public = Ed25519PublicKey.from_public_bytes(public_key)
    for line in lines.splitlines():
        name, _, said = line.removeprefix(DASH).rpartition(" ")
        try:
            blob = base64.b64decode(said, validate=True)
            if line.startswith(DASH) and name == origin and blob[:4] == wanted:
                public.verify(blob[4:], text.encode())
                return
        except (ValueError, InvalidSignature):
            continue
    raise NotSigned
