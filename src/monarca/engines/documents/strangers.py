"""Questions in unknown words whose answers tell what was asked: an e-mail, a date, an amount.

Nothing is guessed from an answer alone where two questions could want it: the place, the block
it stands in and what the document answered already must leave one question only.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from monarca.engines.documents.concepts import meant
from monarca.engines.documents.places import state_in
from monarca.engines.documents.tree import Paragraph
from monarca.engines.documents.values import (
    DATE,
    EMAIL,
    URL,
    Json,
    currency_of,
    dates_in,
    money_in,
    only_currency,
)

DOUBT = 0.55
PHONE = re.compile(r"(?:\+|00)?\(?\d[\d\s().-]{6,18}\d")
ASKING = frozenset(("=ask", "=support", "=need", "=canada", "=money"))
WHOLE = frozenset(("=total", "=cost"))
PLACES = frozenset(("=place", "=work", "=town", "=state"))
OTHERS = frozenset(("=other", "=finance", "=partner", "=before", "=own"))
AMOUNTS = {"CAD": "requested", "MXN": "requested_local"}
SHORT = 120


@dataclass(slots=True)
class Stranger:
    """A question of unknown wording: its label, what is written there, and where it stands."""

    label: str
    place: str
    group: str = ""
    lines: list[Paragraph] = field(default_factory=list)
    at: int = 0

    @property
    def text(self) -> str:
        return "\n".join(one.text for one in self.lines if one.text)


@dataclass(frozen=True, slots=True)
class Known:
    """What the document answered already, and the language its dates are written in."""

    values: Mapping[str, Json]
    language: str

    def free(self, *keys: str) -> str:
        """The first of the questions that has no answer yet; "" when all have one."""
        return next((key for key in keys if self.values.get(key) is None), "")


def is_value(text: str) -> bool:
    """The whole text is a date, an amount, a number to call or an address: never a question."""
    body = text.strip(" .")
    patterns = (DATE, EMAIL, URL, PHONE)
    return len(body) < SHORT and any(pattern.fullmatch(body) for pattern in patterns)


def recognised(one: Stranger, known: Known) -> str:
    """The question a stranger's answer belongs to; "" when that is not certain enough."""
    text = one.text.strip(" .")
    if not text or len(text) > SHORT or "\n" in text:
        return ""
    for test in TESTS:
        key = test(text, one, known)
        if key:
            return key
    return ""


def theirs(key: str, text: str, label: str = "") -> str:
    """The question an answer or its label fits better.

    An e-mail is nobody's name; an amount asked for in pesos is the one in pesos.
    """
    if key in AMOUNTS.values():
        named = only_currency(label)
        return AMOUNTS.get(named, key) if currency_of(text) in (None, named) else key
    who, _, what = key.rpartition("_")
    if what != "name" or who not in {"contact", "representative"}:
        return key
    if EMAIL.fullmatch(text.strip()):
        return f"{who}_email"
    return f"{who}_phone" if PHONE.fullmatch(text.strip()) and who == "contact" else key


def _mail(text: str, one: Stranger, known: Known) -> str:
    return _theirs("email", one, known) if EMAIL.fullmatch(text) else ""


def _phone(text: str, one: Stranger, known: Known) -> str:
    digits = len(re.sub(r"\D", "", text))
    found = PHONE.fullmatch(text) and 8 <= digits <= 13 and not DATE.fullmatch(text)
    return _theirs("phone", one, known) if found else ""


def _theirs(what: str, one: Stranger, known: Known) -> str:
    """A person's own, in her block; else the organization's, where only it is missing."""
    if one.group in {"contact", "representative"}:
        return known.free(f"{one.group}_{what}")
    return known.free(what) if known.values.get(f"contact_{what}") is not None else ""


def _web(text: str, _: Stranger, known: Known) -> str:
    return known.free("website") if URL.fullmatch(text) and not EMAIL.search(text) else ""


def _date(text: str, one: Stranger, known: Known) -> str:
    days = dates_in(text, known.language)
    if len(days) != 1 or not DATE.fullmatch(text) or one.group not in {"", "project"}:
        return ""
    starts, ends = known.values.get("starts_on"), known.values.get("ends_on")
    if starts and not ends and days[0] > str(starts):
        return "ends_on"
    return "starts_on" if ends and not starts and days[0] < str(ends) else ""


def _money(text: str, one: Stranger, known: Known) -> str:
    ideas = frozenset(meant(one.label))
    amount = money_in(text, "CAD").value if re.search(r"\d{3}", text) else None
    if not amount or ideas & OTHERS or not re.search(r"[$]|CAD|MXN|pesos|dollar", text + one.label):
        return ""
    if currency_of(text + one.label) == "MXN":
        return known.free("requested_local") if ideas & ASKING else ""
    asked = known.values.get("requested")
    if asked is None:
        return "requested" if ideas & ASKING and not ideas & WHOLE else ""
    more = amount["cents"] >= asked["cents"]
    return known.free("total_cost") if ideas & WHOLE and more else ""


def _place(text: str, one: Stranger, known: Known) -> str:
    told = frozenset(meant(one.label)) & PLACES or one.group == "project"
    bare = not re.search(r"\d", text) and _names_state(text)
    return known.free("places") if told and bare else ""


def _names_state(text: str) -> bool:
    parts = [part.strip(" .)") for part in re.split(r"[,;(]", text)]
    return len(parts) > 1 and bool(state_in(parts[-1]))


TESTS: Sequence[Callable[[str, Stranger, Known], str]] = (
    _mail,
    _phone,
    _web,
    _date,
    _money,
    _place,
)
