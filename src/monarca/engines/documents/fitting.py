"""How well an answer fits what a question takes, as evidence in natural logarithms.

An e-mail fits a question for an e-mail and no other; a sum of money fits none that asks for words.
The figures are judgements, not measurements: +3 = hardly anything else is written so, 0 = says
nothing, `NEVER` = a person would not answer this question so.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from monarca.engines.documents.guidance import is_blank
from monarca.engines.documents.marks import boxes, normal
from monarca.engines.documents.people import people_in_text
from monarca.engines.documents.places import state_in
from monarca.engines.documents.values import (
    DATE,
    EMAIL,
    URL,
    Options,
    currency_of,
    dates_in,
    money_in,
    months_in,
    yes_no,
)
from monarca.engines.documents.words import plain

NEVER = -9.0
SHORT = 120
PHONE = re.compile(
    r"(?:(?:\+|00)?\(?\d[\d\s().-]{6,18}\d)(?:\s*(?:ext|x)\.?\s*\d+)?", re.IGNORECASE
)
RFC = re.compile(r"[A-ZÑ&]{3,4}-?\s?\d{6}-?\s?[A-Z0-9]{3}", re.IGNORECASE)
CLUNI = re.compile(r"(?=\D*\d)[A-Z]{2,4}[\dA-Z]{8,12}", re.IGNORECASE)
YEAR = re.compile(r"(?:\D{0,25})((?:18|19|20)\d\d)\D{0,25}")
STREET = re.compile(
    r"\b(calle|av|avenida|col|colonia|c p|cp|num|no|km|barrio|carretera|street|st|avenue|ave|road"
    r"|rue|boulevard|blvd|callejon|privada|calzada|apartado|manzana|lote|domicilio|s n)\b"
)
ROLE = re.compile(
    r"\b(coordinador\w*|president\w*|director\w*|directric\w*|directeur|tesorer\w*|secretari\w*"
    r"|secretair\w*|encargad\w*|responsable|coordinat\w*|coordonn\w*|chair\w*|treasur\w*|manager"
    r"|officer|representante|apoderad\w*|vocal|fundador\w*|founder|fondat\w*|lead|jef[ae]|enlace"
    r"|gerente|tresori\w*|administra\w*|promotor\w*|asesor\w*|consejer\w*|chargee?|gestor\w*"
    r"|rector\w*|delegad\w*|representative|representant\w*|signator\w*|mandataire|vocer[ao]|spokes\w+"
    r"|contador\w*|comptable|accountant|abogad\w*|avocate?|lawyer)\b"
)
LEGAL = re.compile(
    r"\b(a c|ac|i a p|iap|s c|a b p|abp|s p r|s a|sa de cv|colectiv\w*|asociacion|association|red"
    r"|cooperativa|fundacion|foundation|fondation|society|societe|union|grupo|group\w*|centro"
    r"|centre|center|casa|comite|club|instituto|universidad|university|universite|network|reseau"
    r"|organi[sz]a\w*|coop\w*|federa\w*)\b"
)


def names_position(target: str) -> bool:
    """The target is what somebody's position is asked by."""
    return target == "generic:title" or target.endswith("_title")


def is_position(text: str) -> bool:
    """The few words name what somebody is: "Legal representative"; a colon asks instead."""
    short = 0 < len(text.split()) <= 6 and not text.rstrip().endswith((":", "?"))
    return short and ROLE.search(plain(text)) is not None


def fits(question: Mapping[str, Any], text: str, options: Options | None, language: str) -> float:
    """The evidence an answer gives for a question of this kind; 0 where nothing is written."""
    body = text.strip(" .\n\t")
    if is_blank(text) or not body:
        return 0.0
    kind = str(question.get("kind"))
    if kind not in {"email", "url"} and EMAIL.fullmatch(body):
        return NEVER
    if options is not None and kind in {"choice", "choices"}:
        return _choice(kind, text, options)
    if kind not in {"yes_no", "declaration"} and len(boxes(text)) > 1:
        return NEVER
    test = TESTS.get(kind)
    return test(body, str(question.get("key")), language) if test is not None else 0.0


def _choice(kind: str, text: str, options: Options) -> float:
    marked = boxes(text)
    if marked:
        return _marked([label for label, _ in marked], options)
    if kind == "choices":
        found = options.many(normal(text))
        many = len(found.value or ())
        return (0.5 + 0.6 * min(many, 3)) * found.sure if many else NEVER
    found = options.one(normal(text))
    if found.value is None:
        return NEVER
    short = len(text.split()) <= 12
    return 1.5 * found.sure if short else -1.5


def _marked(labels: Sequence[str], options: Options) -> float:
    """Boxes with the options' own words tell the question by themselves; yes and no tell little."""
    known = [code for label in labels if (code := options.code(label)[0])]
    if 2 * len(known) <= len(labels):
        return NEVER
    telling = len(set(known) - {"yes", "no"})
    return 1.5 + 1.4 * min(telling, 4) if telling > 1 else 1.0


def _email(body: str, _: str, __: str) -> float:
    if EMAIL.fullmatch(body):
        return 3.5
    return 1.5 if EMAIL.search(body) and len(body) < 80 else NEVER


def _url(body: str, _: str, __: str) -> float:
    return 3.5 if URL.fullmatch(body) and "@" not in body else NEVER


def _phone(body: str, _: str, __: str) -> float:
    digits = len(re.sub(r"\D", "", body))
    if PHONE.fullmatch(body) and 8 <= digits <= 13 and not DATE.fullmatch(body):
        return 3.5
    return 1.0 if PHONE.search(body) and digits >= 8 and len(body) < 60 else NEVER


def _date(body: str, _: str, language: str) -> float:
    if len(body) > 90:
        return NEVER
    if dates_in(body, language):
        return 2.5
    return 1.2 if months_in(body, language) else NEVER


def _money(body: str, key: str, _: str) -> float:
    mine = "MXN" if key == "requested_local" else "CAD"
    amount = money_in(body, mine).value if len(body) < 90 else None
    if not amount or DATE.fullmatch(body) or PHONE.fullmatch(body):
        return NEVER
    named = currency_of(body)
    if named is not None and named != mine:
        return -3.0
    told = named is not None or "$" in body
    return 2.5 if told else 1.5 if amount["cents"] >= 100_000 else NEVER


def _number(body: str, key: str, _: str) -> float:
    if len(body) > 60 or not re.search(r"\d", body) or DATE.fullmatch(body) or "$" in body:
        return NEVER
    if key == "founded":
        return 2.5 if YEAR.fullmatch(body) else NEVER
    if re.fullmatch(r"\d{1,5}\W*\w{0,12}", body):
        return 1.5
    return 0.5 if len(re.findall(r"\d+", body)) == 1 else -1.0


def _yes_no(body: str, _: str, __: str) -> float:
    if yes_no(body).value is None:
        return NEVER
    return 1.5 if len(body.split()) <= 12 else 0.0


def _people(body: str, _: str, __: str) -> float:
    kinds = max((len(one) for one in people_in_text(body).values()), default=0)
    if kinds >= 2:
        return 3.0
    return 0.8 if kinds else 0.0 if re.search(r"\d", body) else -3.0


def _words(body: str, _: str, __: str) -> float:
    if _is_bare(body):
        return NEVER
    words = len(body.split())
    return 0.8 if words >= 8 else 0.0 if words >= 4 else -1.2


def _is_bare(body: str) -> bool:
    """A date, an amount, a number, an address of the net: never what was asked in words."""
    if len(body) > SHORT:
        return False
    if DATE.fullmatch(body) or URL.fullmatch(body) or PHONE.fullmatch(body):
        return True
    return bool(re.fullmatch(r"[\W\d]*\d[\W\d]*(?:CAD|MXN|USD|pesos|dollars|d[oó]lares)?\W*", body))


def _repeat(body: str, key: str, language: str) -> float:
    if key == "places":
        return 2.2 if len(body) < 200 and state_in(body) else -1.0 if len(body) < 80 else NEVER
    if yes_no(body).value is not None and len(body.split()) < 3:
        return 0.5 if key in {"previous_canada", "other_projects", "partners"} else -3.0
    several = 0.8 if "\n" in body else 0.0
    return _words(body, key, language) + several


def _text(body: str, key: str, _: str) -> float:
    test = TEXTS.get(key)
    if test is None:
        words = len(body.split())
        return NEVER if _is_bare(body) or words > 40 else 0.4 if 2 <= words <= 16 else -0.3
    return test(body)


def _coded(body: str) -> float:
    return 0.8 if re.search(r"\d", body) and len(body.split()) < 25 else NEVER


def _street(body: str) -> float:
    short = plain(body)
    return 2.0 if STREET.search(short) and re.search(r"\d|\bs n\b", short) else -1.0


def _role(body: str) -> float:
    words = len(body.split())
    if ROLE.search(plain(body)) and words <= 9:
        return 2.0
    return -1.5 if words <= 6 and not _is_bare(body) else NEVER


def _person(body: str) -> float:
    if is_person(body):
        return 1.8
    words = len(re.split(r"[,;(\u2013\u2014-]", body)[0].split())
    return -2.0 if words < 8 and not _is_bare(body) else NEVER


def is_person(text: str) -> bool:
    """Two to six words in capitals, as people's names are written, and no group's name."""
    parts = re.split(r"[,;(\u2013\u2014-]", text)[0].split()
    capitals = sum(1 for one in parts if one[:1].isupper())
    small = {"de", "la", "del", "los", "las", "y", "da", "van", "von"}
    named = 2 <= len(parts) <= 6 and capitals + sum(one in small for one in parts) == len(parts)
    return named and not LEGAL.search(plain(text)) and not re.search(r"\d", parts[0])


def _group(body: str) -> float:
    words = len(body.split())
    if _is_bare(body) or words > 40:
        return NEVER
    if re.match(r"\W*\d", body) and words < 4:
        return -3.0
    return 1.0 if LEGAL.search(plain(body)) and words < 14 else 0.0 if words < 10 else -3.0


def _social(body: str) -> float:
    found = URL.search(body) or "@" in body or re.search(r"(?i)facebook|instagram|tiktok", body)
    return 2.0 if found else NEVER if _is_bare(body) else -1.0


TEXTS: Mapping[str, Callable[[str], float]] = {
    "rfc": lambda body: 4.0 if RFC.fullmatch(body) else NEVER,
    "cluni": lambda body: 3.0 if CLUNI.fullmatch(body) else NEVER,
    "registration_number": _coded,
    "address": _street,
    "social": _social,
    "contact_title": _role,
    "representative_title": _role,
    "declared_title": _role,
    "contact_name": _person,
    "representative_name": _person,
    "declared_name": _person,
    "legal_name": _group,
    "short_name": _group,
}


def _file(_: str, __: str, ___: str) -> float:
    return NEVER


TESTS: Mapping[str, Callable[[str, str, str], float]] = {
    "email": _email,
    "url": _url,
    "phone": _phone,
    "date": _date,
    "money": _money,
    "local_money": _money,
    "number": _number,
    "yes_no": _yes_no,
    "people": _people,
    "words": _words,
    "repeat": _repeat,
    "text": _text,
    "declaration": _yes_no,
    "file": _file,
}
