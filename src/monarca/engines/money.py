"""Money as whole minor units and a currency; addition never mixes currencies."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import total_ordering

from monarca.engines.reasons import Reason

CODES = (
    "money.empty",
    "money.unreadable",
    "money.negative",
    "money.too_precise",
    "money.too_large",
    "money.other_currency",
)

MOST_CENTS = 10**15
"""Ten trillion: more than any fund holds, and safe in a 64-bit column."""

LONGEST = 60

NAMES = {
    "": None,
    "$": None,
    "CAD": "CAD",
    "C$": "CAD",
    "CA$": "CAD",
    "CAN$": "CAD",
    "CAD$": "CAD",
    "$CAD": "CAD",
    "$CA": "CAD",
    "$CAN": "CAD",
    "DOLARESCANADIENSES": "CAD",
    "DOLLARSCANADIENS": "CAD",
    "CANADIANDOLLARS": "CAD",
    "MXN": "MXN",
    "MX$": "MXN",
    "MXN$": "MXN",
    "$MXN": "MXN",
    "$MX": "MXN",
    "MN": "MXN",
    "$MN": "MXN",
    "PESOS": "MXN",
    "PESOSMEXICANOS": "MXN",
    "MEXICANPESOS": "MXN",
    "PESOSMN": "MXN",
    "PESOSMEXICAINS": "MXN",
    "USD": "USD",
    "US$": "USD",
    "USD$": "USD",
    "$US": "USD",
    "$USD": "USD",
}

SHAPE = re.compile(
    r"(?P<before>[^\d]*?)(?P<number>(?<![A-Za-z])[.,]?\d(?:[\d.,' ]*\d)?)(?P<after>[^\d]*)"
)
GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[.,' ])\d{3})(?:(?P=mark)\d{3})*")


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """A sum in whole cents of one currency (ISO 4217). Mixing currencies is a ValueError."""

    cents: int
    currency: str = "CAD"

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.cents + other.cents, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.cents - other.cents, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.cents, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.cents < other.cents

    def __bool__(self) -> bool:
        return self.cents != 0

    @property
    def amount(self) -> Decimal:
        return Decimal(self.cents).scaleb(-2)

    def scale(self, rate: Decimal, *, currency: str = "") -> "Money":
        """This sum times an exact rate, rounded half to even, in `currency` if one is named."""
        return Money(scaled(self.cents, rate), currency or self.currency)

    def _same(self, other: "Money") -> None:
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {other.currency} with {self.currency}")


def total(sums: Iterable[Money], *, currency: str = "CAD") -> Money:
    """The sum of sums in one currency; nothing at all is zero of `currency`."""
    result = Money(0, currency)
    for each in sums:
        result += each
    return result


def scaled(cents: int, rate: Decimal | int) -> int:
    """Whole cents times an exact rate, half to even: no digit is lost before the rounding."""
    return round(Fraction(cents) * Fraction(rate))


def split(cents: int, weights: Sequence[int | Decimal]) -> tuple[int, ...]:
    """Shares of `cents` in proportion to `weights` that add up to `cents` exactly.

    Largest remainder (Hamilton): each gets the whole part of its quota, the cents left over go to
    the largest remainders, earliest first. A share differs from its quota by less than one cent.
    Negative sums are split like their opposite. ValueError: a negative weight, or none above zero.
    """
    if any(weight < 0 for weight in weights) or not any(weights):
        raise ValueError("weights must be zero or more, and at least one above zero")
    if cents < 0:
        return tuple(-share for share in split(-cents, weights))
    whole = sum(Fraction(weight) for weight in weights)
    quotas = [cents * Fraction(weight) / whole for weight in weights]
    shares = [int(quota) for quota in quotas]
    order = sorted(range(len(quotas)), key=lambda i: (shares[i] - quotas[i], i))
    for i in order[: cents - sum(shares)]:
        shares[i] += 1
    return tuple(shares)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a written sum was read as: money, or the reason why not.

    `ambiguous`: one mark and three digits ("45.000") were read as thousands and might be meant
    otherwise. `named`: the text itself said the currency.
    """

    money: Money | None = None
    ambiguous: bool = False
    named: bool = False
    reason: Reason | None = None


def parse(text: str, *, currency: str = "CAD") -> Parsed:
    """Read a sum as people write it in Mexico, Quebec or Alberta; `currency` if none is said."""
    plain = _plain(text)
    if not plain:
        return Parsed(reason=Reason("money.empty"))
    shape = SHAPE.fullmatch(plain) if len(plain) <= LONGEST else None
    said = _said(shape["before"], shape["after"]) if shape else "?"
    if shape is None or said == "?":
        return Parsed(reason=Reason("money.unreadable", {"text": text.strip()[:LONGEST]}))
    if _is_negative(shape["before"], shape["after"]):
        return Parsed(reason=Reason("money.negative"))
    return _read(shape["number"], text, said=said, currency=said or currency)


def _read(number: str, text: str, *, said: str | None, currency: str) -> Parsed:
    amount, ambiguous = _amount(number)
    if amount is None:
        return Parsed(reason=Reason("money.unreadable", {"text": text.strip()[:LONGEST]}))
    cents = amount.scaleb(2)
    if cents != cents.to_integral_value(ROUND_HALF_EVEN):
        return Parsed(reason=Reason("money.too_precise", {"text": text.strip()[:LONGEST]}))
    if cents > MOST_CENTS:
        return Parsed(reason=Reason("money.too_large", {"most_cents": MOST_CENTS}))
    return Parsed(Money(int(cents), currency), ambiguous=ambiguous, named=said is not None)


def _plain(text: str) -> str:
    """One kind of space, apostrophe and digit, whatever the keyboard made."""
    folded = unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("\u2212", "-")
    return " ".join(folded.split())


def _name(text: str) -> str:
    folded = unicodedata.normalize("NFD", text.upper())
    return "".join(c for c in folded if c == "$" or ("A" <= c <= "Z"))


def _said(before: str, after: str) -> str | None:
    """The currency named around the number; "?" when the words are no currency or disagree."""
    strange = re.sub(r"[\w$.,:()\s=/-]", "", before + after)
    names = [NAMES.get(_name(part), "?") for part in (before, after)]
    said = {name for name in names if name}
    if strange or len(said) > 1:
        return "?"
    return said.pop() if said else None


def _is_negative(before: str, after: str) -> bool:
    return "-" in before or ("(" in before and ")" in after)


def _amount(number: str) -> tuple[Decimal | None, bool]:
    """The exact amount and whether a single mark before three digits was read as thousands."""
    if GROUPED.fullmatch(number) and not number.startswith("0"):
        marks = re.findall(r"[.,]", number)
        return Decimal(re.sub(r"[^\d]", "", number)), len(marks) == 1
    whole, mark, decimals = _at_last_mark(number)
    if mark and mark in whole:
        return None, False
    if whole and not whole.isdigit() and not GROUPED.fullmatch(whole):
        return None, False
    digits = re.sub(r"[^\d]", "", whole) or "0"
    return Decimal(f"{digits}.{decimals or 0}"), False


def _at_last_mark(number: str) -> tuple[str, str, str]:
    """Whole part, decimal mark and decimals; no mark when the number ends in a plain group."""
    found = re.fullmatch(r"(.*?)([.,])(\d+)", number)
    return (found[1], found[2], found[3]) if found else (number, "", "")
