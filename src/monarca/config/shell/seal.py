"""`monarca seal`: one hash for a closed list, proofs that a receipt is in it, and their check."""

import base64
import binascii
import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature

from monarca.config.shell.files import Fault, Row, parse_json, read_text, table
from monarca.config.shell.showing import Sheet, Teller
from monarca.engines import sealing
from monarca.engines.reasons import Reason, Value
from monarca.engines.sealing import checkpoints, verify

HAS_PLOT = False
EXAMPLE = """\
a complete example; the file receipts.csv, in the order in which they were received:

  reference,sha256
  CFLI-MX-2024-7K3QF,2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
  CFLI-MX-2024-9TD2M,fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9
  CFLI-MX-2024-B4XWA,baa5a0964d3320fbc0c6a922140453c8513ea24ab8fd0577034804a967248096

the file key.txt: 32 bytes in base64, known to nobody else (python -c "import base64, secrets;
print(base64.b64encode(secrets.token_bytes(32)).decode())"). And the command lines:

  monarca seal receipts.csv
  monarca seal receipts.csv --key key.txt --origin example.org/calls/CFLI-MX-2024 \\
      --prove CFLI-MX-2024-9TD2M --out bundle.json
  monarca seal --check bundle.json --public-key BASE64

Everybody can check a bundle without Monarca, too: monarca/engines/sealing/verify.py stands alone.
"""


def arguments(parser: ArgumentParser) -> None:
    """What may follow `monarca seal`."""
    parser.add_argument("receipts", nargs="?", type=Path, metavar="RECEIPTS.csv")
    parser.add_argument("--prove", default="", metavar="REFERENCE", help="prove this receipt")
    parser.add_argument("--key", type=Path, metavar="FILE", help="sign with this private key")
    parser.add_argument("--origin", default="", help="whose list it is, in one line")
    parser.add_argument("--out", type=Path, metavar="BUNDLE.json", help="where the proof goes")
    parser.add_argument("--check", type=Path, metavar="BUNDLE.json", help="check a proof")
    parser.add_argument("--public-key", default="", metavar="BASE64")


def answer(given: Namespace, teller: Teller) -> int:
    """Seal a list and prove, or check a proof; 1 where it proves nothing."""
    if (given.receipts is None) == (given.check is None):
        teller.remark(teller.say("shell.seal.one_of_two"))
        return 2
    if given.check:
        return _check(given, teller)
    if bool(given.key) != bool(given.origin) or (given.out and not given.prove):
        teller.remark(teller.say("shell.seal.both"))
        return 2
    return _seal(given, teller)


def _seal(given: Namespace, teller: Teller) -> int:
    rows = table(given.receipts, needed=("reference", "sha256"), known=(), key="reference")
    tree = sealing.tree(_hash(row) for row in rows)
    data: dict[str, Any] = {"size": tree.size, "root": tree.root}
    parts: list[Sheet | str] = [teller.say("shell.seal.root", size=tree.size, root=tree.root)]
    if given.key:
        data |= _signed(given, tree)
        parts += [data["checkpoint"], teller.say("shell.seal.public", key=data["public_key"])]
    if given.prove:
        bundle = _bundle(rows, tree, given) | _only(data, "checkpoint")
        data["bundle"] = bundle
        parts.append(teller.say("shell.seal.proof", place=bundle["place"] + 1, size=tree.size))
        _write(given.out, bundle)
    teller.tell(data, *parts)
    return 0


def _hash(row: Row) -> str:
    said = row.text("sha256").lower()
    if not sealing.HEX.fullmatch(said):
        raise row.fault("shell.seal.not_a_hash", "sha256")
    return said


def _signed(given: Namespace, tree: sealing.Tree) -> dict[str, str]:
    key = _bytes(read_text(given.key).strip())
    if key is None:
        raise Fault(given.key, Reason("shell.seal.not_a_key"))
    try:
        note = checkpoints.sign(checkpoints.of(given.origin, tree), key)
    except ValueError:
        raise Fault(given.receipts, Reason("shell.seal.origin")) from None
    public = base64.b64encode(checkpoints.public_key_of(key)).decode()
    return {"checkpoint": note, "public_key": public}


def _bundle(rows: list[Row], tree: sealing.Tree, given: Namespace) -> dict[str, Any]:
    places = {row.text("reference"): place for place, row in enumerate(rows)}
    if given.prove not in places:
        reason = Reason("shell.seal.no_such_receipt", {"reference": given.prove})
        raise Fault(given.receipts, reason)
    proof = tree.inclusion(places[given.prove])
    return {
        "reference": given.prove,
        "sha256": _hash(rows[proof.place]),
        "place": proof.place,
        "size": proof.size,
        "path": list(proof.path),
    }


def _only(data: dict[str, Any], name: str) -> dict[str, Any]:
    return {name: data[name]} if name in data else {}


def _write(place: Path | None, bundle: dict[str, Any]) -> None:
    if place is None:
        return
    try:
        place.write_text(json.dumps(bundle, indent=1) + "\n", encoding="utf-8")
    except OSError:
        raise Fault(place, Reason("shell.cannot_write")) from None


def _check(given: Namespace, teller: Teller) -> int:
    bundle = parse_json(given.check, read_text(given.check))
    if not isinstance(bundle, dict):
        raise Fault(given.check, Reason("shell.not_a_record"))
    if _bytes(given.public_key) is None:
        teller.remark(teller.say("shell.seal.not_a_key"))
        return 2
    try:
        verify.verify(bundle, given.public_key)
    except InvalidSignature:
        why = "shell.seal.other_key"
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        why = "shell.seal.no_proof"
    else:
        proved = _proved(bundle)
        said = teller.say("shell.seal.proves", **proved)
        teller.tell(
            {"valid": True, "proves": said, **proved}, teller.say("shell.seal.holds", proves=said)
        )
        return 0
    teller.tell({"valid": False, "reason": Reason(why)}, teller.say(why))
    return 1


def _proved(bundle: dict[str, Any]) -> dict[str, Value]:
    """What a bundle proves that holds; the reference beside it is nobody's proof."""
    return {
        "origin": bundle["checkpoint"].partition("\n")[0],
        "sha256": bundle["sha256"],
        "number": int(bundle["place"]) + 1,
        "size": int(bundle["size"]),
    }


def _bytes(said: str) -> bytes | None:
    """The 32 bytes that base64 says, if it does."""
    try:
        found = base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if len(found) == 32 else None
