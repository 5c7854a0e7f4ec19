"""Formulas of a spreadsheet whose values the file does not hold, worked out exactly.

The problem: a budget made by a program, or saved without being calculated, holds formulas and no
values. Arithmetic, comparisons, percentages, references (absolute ones and those to other sheets
too) and the everyday functions in `FUNCTIONS` are computed on whole decimals; any other formula
has no value. Recursive descent; linear in the length of the formula.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    DecimalException,
)
from typing import NamedTuple, Protocol

LONGEST = 1_000
DEEPEST = 40
MOST_PLACES = 6
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?(?:E[+-]?\d+)?|\.\d+)(?![\w!])"
    r"|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<cells>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*|\w+)!)?\$?[A-Z]{1,3}\$?\d{1,7}"
    r"(?::\$?[A-Z]{1,3}\$?\d{1,7})?)(?![\w(])"
    r"|(?P<name>[^\W\d][\w.]*)"
    r"|(?P<sign><=|>=|<>|[-+*/^%()=<>,;&])"
    r"|(?P<strange>\S))",
    re.IGNORECASE,
)
CELLS = re.compile(
    r"(?:(?P<sheet>.+)!)?\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d+)"
    r"(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d+))?",
    re.IGNORECASE,
)

type Single = Decimal | str | bool | None
type Many = list[Single]
type Held = Single | Many


class Unknown(ValueError):
    """The formula holds something that is not computed here."""


class Box(NamedTuple):
    """A rectangle of cells, all places from 0 and included."""

    top: int
    left: int
    bottom: int
    right: int


class Places(Protocol):
    """Where the values of cells come from."""

    def cells(self, sheet: str, box: "Box", *, apart: bool) -> Many:
        """The values of a rectangle, row by row; `sheet` "" is the formula's own.

        `apart`: cells that are subtotals themselves stay out. Unknown: there is no such sheet.
        """


def _numbers(given: Sequence[Held]) -> list[Decimal]:
    """The numbers among arguments; words in a range do not count, as in a spreadsheet."""
    flat = [one for held in given for one in (held if isinstance(held, list) else [held])]
    return [one for one in flat if isinstance(one, Decimal)]


def _one(held: Held) -> Single:
    if isinstance(held, list):
        if len(held) != 1:
            raise Unknown("a range where one value belongs")
        return held[0]
    return held


def _number(held: Held) -> Decimal:
    one = _one(held)
    if one is None or one == "":
        return Decimal(0)
    if isinstance(one, bool):
        return Decimal(int(one))
    if isinstance(one, Decimal):
        return one
    raise Unknown("words where a number belongs")


def _rounded(given: Sequence[Held], way: str) -> Decimal:
    places = int(_number(given[1])) if len(given) > 1 else 0
    if abs(places) > MOST_PLACES:
        raise Unknown("too many places")
    return _number(given[0]).quantize(Decimal(1).scaleb(-places), rounding=way).normalize()


def _product(numbers: Sequence[Decimal]) -> Decimal:
    found = Decimal(1) if numbers else Decimal(0)
    for one in numbers:
        found *= one
    return found


def _sum_of_products(given: Sequence[Held]) -> Decimal:
    columns = [one if isinstance(one, list) else [one] for one in given]
    rows = zip(*columns, strict=True)
    return sum(
        (
            _product([one if isinstance(one, Decimal) else Decimal(0) for one in row])
            for row in rows
        ),
        Decimal(0),
    )


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0)) / len(numbers)


def _subtotal(given: Sequence[Held]) -> Decimal:
    if _number(given[0]) not in (9, 109):
        raise Unknown("another subtotal than a sum")
    return sum(_numbers(given[1:]), Decimal(0))


FUNCTIONS: Mapping[str, Callable[[Sequence[Held]], Single]] = {
    "SUM": lambda given: sum(_numbers(given), Decimal(0)),
    "PRODUCT": lambda given: _product(_numbers(given)),
    "SUMPRODUCT": _sum_of_products,
    "SUBTOTAL": _subtotal,
    "MAX": lambda given: max(_numbers(given), default=Decimal(0)),
    "MIN": lambda given: min(_numbers(given), default=Decimal(0)),
    "AVERAGE": lambda given: _mean(_numbers(given)),
    "COUNT": lambda given: Decimal(len(_numbers(given))),
    "ABS": lambda given: abs(_number(given[0])),
    "INT": lambda given: _number(given[0]).to_integral_value(ROUND_FLOOR),
    "ROUND": lambda given: _rounded(given, ROUND_HALF_UP),
    "ROUNDUP": lambda given: _rounded(given, ROUND_UP),
    "ROUNDDOWN": lambda given: _rounded(given, ROUND_DOWN),
    "TRUNC": lambda given: _rounded(given, ROUND_DOWN),
    "CEILING": lambda given: _number(given[0]).to_integral_value(ROUND_CEILING),
    "AND": lambda given: all(bool(_number(one)) for one in given),
    "OR": lambda given: any(bool(_number(one)) for one in given),
    "NOT": lambda given: not _number(given[0]),
    "ISBLANK": lambda given: _one(given[0]) is None,
    "ISNUMBER": lambda given: isinstance(_one(given[0]), Decimal),
    "TRUE": lambda _: True,
    "FALSE": lambda _: False,
    "N": lambda given: _number(given[0]),
}
FOREIGN = {
    "SUMA": "SUM",
    "SOMME": "SUM",
    "PRODUCTO": "PRODUCT",
    "PRODUIT": "PRODUCT",
    "SUMAPRODUCTO": "SUMPRODUCT",
    "SOMMEPROD": "SUMPRODUCT",
    "REDONDEAR": "ROUND",
    "ARRONDI": "ROUND",
    "PROMEDIO": "AVERAGE",
    "MOYENNE": "AVERAGE",
    "SI": "IF",
    "SI.ERROR": "IFERROR",
    "SIERREUR": "IFERROR",
}


class _Reader:
    """One formula read from left to right."""

    def __init__(self, text: str, places: Places) -> None:
        self._places = places
        self._tokens = _tokens(text)
        self._next = 0
        self._depth = 0
        self._apart = False

    def whole(self) -> Single:
        found = self._compared()
        if self._next != len(self._tokens):
            raise Unknown("more than one value")
        return _one(found)

    def _sign(self, *signs: str) -> str:
        """The next sign when it is one of these, taken; else ""."""
        if self._next < len(self._tokens) and self._tokens[self._next] in {
            ("sign", one) for one in signs
        }:
            self._next += 1
            return self._tokens[self._next - 1][1]
        return ""

    def _compared(self) -> Held:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unknown("nested too deeply")
        left = self._added()
        while sign := self._sign("<=", ">=", "<>", "=", "<", ">"):
            left = _compare(sign, _one(left), _one(self._added()))
        self._depth -= 1
        return left

    def _added(self) -> Held:
        left = self._multiplied()
        while sign := self._sign("+", "-"):
            right = _number(self._multiplied())
            left = _number(left) + (right if sign == "+" else -right)
        return left

    def _multiplied(self) -> Held:
        left = self._signed()
        while sign := self._sign("*", "/"):
            right = _number(self._signed())
            left = _number(left) * right if sign == "*" else _number(left) / right
        return left

    def _signed(self) -> Held:
        sign = self._sign("-", "+")
        if not sign:
            return self._raised()
        held = _number(self._signed())
        return -held if sign == "-" else held

    def _raised(self) -> Held:
        left = self._percent()
        while self._sign("^"):
            power = _number(self._percent())
            if abs(power) > MOST_PLACES:
                raise Unknown("too high a power")
            left = _number(left) ** power
        return left

    def _percent(self) -> Held:
        held = self._value()
        while self._sign("%"):
            held = _number(held) / 100
        return held

    def _value(self) -> Held:
        if self._sign("("):
            held = self._compared()
            self._closed()
            return held
        if self._next >= len(self._tokens):
            raise Unknown("an end too early")
        kind, text = self._tokens[self._next]
        self._next += 1
        if kind == "number":
            return Decimal(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "cells":
            return self._cells(text)
        return self._function(text) if kind == "name" else self._strange()

    def _strange(self) -> Held:
        raise Unknown("a sign where a value belongs")

    def _closed(self) -> None:
        if not self._sign(")"):
            raise Unknown("brackets that do not close")

    def _cells(self, text: str) -> Held:
        found = CELLS.fullmatch(text)
        if found is None:
            raise Unknown("no such place")
        top, left = int(found["top"]) - 1, column_of(found["left"])
        bottom = int(found["bottom"] or found["top"]) - 1
        right = column_of(found["right"] or found["left"])
        sheet = (found["sheet"] or "").strip("'").replace("''", "'")
        box = Box(top, left, bottom, right)
        held = self._places.cells(sheet, box, apart=self._apart)
        return held if found["right"] else held[0]

    def _function(self, name: str) -> Held:
        known = FOREIGN.get(name.upper(), name.upper())
        if known in {"TRUE", "FALSE"} and ("sign", "(") not in self._tokens[self._next :][:1]:
            return known == "TRUE"
        if not self._sign("("):
            raise Unknown(f"the name {name}")
        if known in {"IF", "IFERROR"}:
            return self._chosen(known)
        if known not in FUNCTIONS:
            raise Unknown(f"the function {name}")
        given: list[Held] = []
        self._apart = known == "SUBTOTAL"
        while not self._sign(")"):
            given.append(self._compared())
            if not self._sign(",", ";"):
                self._closed()
                break
        self._apart = False
        return FUNCTIONS[known](given)

    def _chosen(self, known: str) -> Held:
        """IF and IFERROR: the part that is not chosen need not have a value."""
        parts = [self._tried()]
        while self._sign(",", ";"):
            parts.append(self._tried())
        self._closed()
        if known == "IFERROR":
            return _sure(parts[0] if not isinstance(parts[0], Exception) else parts[1])
        chosen = 1 if _number(_sure(parts[0])) else 2
        return _sure(parts[chosen]) if chosen < len(parts) else False

    def _tried(self) -> Held | Exception:
        """The value of one part, or why it has none, with the reading after the part."""
        start, depth = self._next, self._depth
        try:
            return self._compared()
        except (Unknown, ArithmeticError, DecimalException) as error:
            self._next, self._depth = self._after(start), depth
            return error

    def _after(self, start: int) -> int:
        """The place after the part that starts here: its comma, or the bracket that closes it."""
        open_ = 0
        for at in range(start, len(self._tokens)):
            kind, text = self._tokens[at]
            if kind == "sign" and open_ == 0 and text in {",", ";", ")"}:
                return at
            open_ += (text == "(") - (text == ")") if kind == "sign" else 0
        return len(self._tokens)


def _sure(held: Held | Exception) -> Held:
    if isinstance(held, Exception):
        raise Unknown("no value") from held
    return held


def _compare(sign: str, left: Single, right: Single) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        one, other = (str(held or "").casefold() for held in (left, right))
        return _ordered(sign, (one > other) - (one < other))
    first, second = _number(left), _number(right)
    return _ordered(sign, (first > second) - (first < second))


def _ordered(sign: str, order: int) -> bool:
    return {
        "=": order == 0,
        "<>": order != 0,
        "<": order < 0,
        ">": order > 0,
        "<=": order <= 0,
        ">=": order >= 0,
    }[sign]


def _tokens(text: str) -> list[tuple[str, str]]:
    found = []
    at = 0
    while at < len(text.rstrip()):
        token = TOKEN.match(text, at)
        if token is None or token.lastgroup is None:
            raise Unknown("a strange sign")
        found.append((token.lastgroup, token[token.lastgroup]))
        at = token.end()
    return found


def column_of(letters: str) -> int:
    """The place of a column from its letters, from 0."""
    place = 0
    for one in letters.upper():
        place = place * 26 + ord(one) - 64
    return place - 1


def worked_out(text: str, places: Places) -> Single:
    """The value of a formula without its "="; None when it is not computed here."""
    if len(text) > LONGEST:
        return None
    try:
        return _Reader(text, places).whole()
    except (ValueError, ArithmeticError, DecimalException, IndexError, RecursionError):
        return None
