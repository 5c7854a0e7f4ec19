"""One answer to a question that asks two things: a date and a place, a name and a position.

"Fecha y lugar de registro" is answered "3 de marzo de 2012, Oaxaca". The answer is parted only
where its parts tell themselves apart; else it stays whole under the question that was heard.
"""

import re
from collections.abc import Callable, Mapping

from monarca.engines.documents.concepts import meant
from monarca.engines.documents.fitting import PHONE, is_person, is_position
from monarca.engines.documents.values import DATE, EMAIL

LONGEST = 200
BREAK = re.compile(r"\s*[,;/|\n\t(]\s*|\s+[-\u2013\u2014]\s+")
EDGES = re.compile(
    r"^(?:\W|\b(?:a|en|in|at|on|le|el|la|du|de|del|the|y|et|and|est|tel|cel|mail|e-mail|correo|courriel"
    r"|email|tel[eé]fono|t[eé]l[eé]phone|phone|lugar|lieu|place|fecha|date)\b|à)+(?=\s|\w)"
    r"|(?:\W|\b(?:a|en|in|at|on|le|el|du|de|del|the|y|et|and)\b|à)+$",
    re.IGNORECASE,
)


def parted(key: str, label: str, text: str) -> Mapping[str, str]:
    """The parts of an answer by the question each belongs to; empty where it is one answer."""
    body = text.strip()
    if not body or len(body) > LONGEST:
        return {}
    ideas = frozenset(meant(label))
    who, _, what = key.rpartition("_")
    for wanted, kinds, part in WAYS:
        if wanted <= ideas and what in kinds:
            return part(who, body)
    return {}


def _dated(who: str, body: str) -> Mapping[str, str]:
    """A date, and the place in the words that are left when they hold no figure."""
    found = DATE.search(body)
    if found is None:
        return {}
    rest = _trimmed(f"{body[: found.start()]} {body[found.end() :]}")
    if not rest or re.search(r"\d", rest):
        return {}
    return {f"{who}_on": found.group(), f"{who}_place": rest}


def _titled(who: str, body: str) -> Mapping[str, str]:
    """A person and what she is, in either order, with a sign between them."""
    parts = [one.strip(" .)") for one in BREAK.split(body) if one.strip(" .)")]
    if len(parts) != 2:
        return {}
    first, second = parts
    if is_position(first) and not is_position(second):
        first, second = second, first
    told = is_person(first) and not is_position(first) and is_position(second)
    return {f"{who}_name": first, f"{who}_title": second} if told else {}


def _reached(who: str, body: str) -> Mapping[str, str]:
    """A number to call and an address to write to."""
    mail = EMAIL.search(body)
    phone = PHONE.search(EMAIL.sub(" ", body))
    if mail is None or phone is None:
        return {}
    before = f"{who}_" if who else ""
    return {f"{before}phone": phone.group().strip(), f"{before}email": mail.group()}


def _trimmed(text: str) -> str:
    return EDGES.sub("", " ".join(text.split())).strip()


WAYS: tuple[tuple[frozenset[str], frozenset[str], Callable[[str, str], Mapping[str, str]]], ...] = (
    (frozenset(("=date", "=place")), frozenset(("on", "place")), _dated),
    (frozenset(("=position",)), frozenset(("name",)), _titled),
    (frozenset(("=name", "titl")), frozenset(("name",)), _titled),
    (frozenset(("=telephone", "=mail")), frozenset(("phone", "email")), _reached),
)
