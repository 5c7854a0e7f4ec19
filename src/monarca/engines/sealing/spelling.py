"""One spelling of a value, and the SHA-256 of it."""

import hashlib
import json
import re
from collections.abc import Mapping

HEX = re.compile(r"[0-9a-f]{64}")
"""A SHA-256 as we write it."""


def canonical(value: object) -> bytes:
    """The one spelling of a JSON value: keys sorted by code point, no blanks, UTF-8.

    Text is written as it is (no Unicode normalisation). TypeError: floats, and whatever else JSON
    cannot hold exactly; keys that are not text. ValueError: half a surrogate pair.
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {_key(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no exact spelling in canonical JSON")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key must be text, not {type(key).__name__}")
    return key


def sha256(value: object) -> str:
    """The SHA-256, in 64 hexadecimal letters, of the canonical spelling of `value`."""
    return hashlib.sha256(canonical(value)).hexdigest()
