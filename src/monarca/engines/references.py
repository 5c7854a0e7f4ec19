"""References to copy by hand: a call code, four random letters and one that checks them all."""

import re
import secrets
from collections.abc import Callable

CODES: tuple[str, ...] = ()

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O (they look like 1, 1, 0) and no U."""

SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MODULUS = 37
TAIL = 5
FORGIVEN = str.maketrans("OIL", "011")
HEAD = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")


def make(call_code: str, random: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """A new reference such as `CFLI-MX-2024-7K3QF`; `random(n)` gives n random bytes.

    ValueError: a call code that is not capital letters and digits joined by hyphens. RuntimeError:
    a source of randomness that repeats itself so that no check letter fits.
    """
    if not HEAD.fullmatch(call_code):
        raise ValueError("a call code is capital letters and digits joined by hyphens")
    for _ in range(200):
        drawn = "".join(LETTERS[byte % 32] for byte in random(TAIL - 1))
        check = f"{SYMBOLS} "[check_value(call_code + drawn)]
        if check in LETTERS:
            return f"{call_code}-{drawn}{check}"
    raise RuntimeError("the source of randomness repeats itself")


def check_value(text: str) -> int:
    """The value the last letter must have, so that sum(2^distance * value) is 0 modulo 37.

    A weighted sum in a field: 37 is prime and above the 36 letters and digits, so one wrong letter
    always shows; neighbours weigh differently, so swapping two different ones always shows. This
    is the system "MOD 37-2" of ISO/IEC 7064, which also covers the call code. Hyphens do not count.
    """
    value = 0
    for letter in text.replace("-", ""):
        value = (value + SYMBOLS.index(letter)) * 2 % MODULUS
    return -value % MODULUS


def normalise(text: str) -> str:
    """The reference as we write it: capitals, hyphens for blanks, 0 for O and 1 for I or L.

    Letters are forgiven in the random part, which never holds I, L or O, and in a year; the words
    of a call code ("CFLI") stay as typed.
    """
    parts = [part for part in re.split(r"[^A-Z0-9]+", text.upper()) if part]
    if len(parts) > 2 and len(parts[-1]) < TAIL and len(parts[-2] + parts[-1]) == TAIL:
        parts[-2:] = [parts[-2] + parts[-1]]
    if parts and len(parts[-1]) == TAIL:
        parts[-1] = parts[-1].translate(FORGIVEN)
    return "-".join([*(_year(part) for part in parts[:-1]), *parts[-1:]])


def _year(part: str) -> str:
    digits = sum(letter.isdigit() for letter in part)
    return part.translate(FORGIVEN) if re.fullmatch(r"[0-9OIL]{4}", part) and digits >= 2 else part


def is_valid(text: str) -> bool:
    """Is this, as we write it (see `normalise`), a reference whose check letter agrees?"""
    head, _, tail = text.rpartition("-")
    if len(tail) != TAIL or not set(tail) <= set(LETTERS) or not HEAD.fullmatch(head):
        return False
    return check_value(text[:-1]) == SYMBOLS.index(tail[-1])
