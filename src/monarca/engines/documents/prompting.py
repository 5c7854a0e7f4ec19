"""Sentences with which a form tells what to write and how much, and an answer does not.

"Describa con datos el problema.", "Please give evidence.", "150 mots au plus." Only commands that
people who answer do not give are known: "Provide 40 women with tools" may be an answer.
"""

import re

from monarca.engines.documents.words import plain

_MOST = (
    r"m[aá]x(?:imo|imum|ima)?\.?|hasta|up to|(?:no|sin) (?:m[aá]s|exceder) de|no more than"
    r"|not more than|(?:fewer|less) than|menos de|moins de|pas plus de|jusqu\W[aà]|au plus"
    r"|at most|limit\w*|l[ií]mite|about|environ|alrededor de|entre|between"
)
_PAPER = (
    r"palabras?|words?|mots|caracteres|characters|caract[eè]res|p[aá]ginas?|pages?|cuartillas?|l[ií]neas"
    r"|lines|lignes|renglones|p[aá]rrafos?|paragraphs?|paragraphes?"
)
_ENDS = (
    r"como m[aá]ximo|(?:de )?m[aá]x(?:imo|imum|ima)?|at most|au plus|au maximum|or (?:less|fewer)"
    r"|o menos|ou moins"
)
_COUNT = r"(?:un|una|one|une|media|half a|une demi|two|dos|deux|tres|three|trois)"
LIMIT = re.compile(
    rf"\W*(?:(?:en|in|a|un|de)\s)*(?:(?:{_MOST})\s?:?)?\s*(?:de\s|of\s|[aà]\s)?\d+"
    rf"\s*(?:a|to|à|y|and|et|-|\u2013)?\s*\d*\s*(?:{_PAPER})\W*(?:{_ENDS})?\W*"
    rf"|\W*(?:(?:en|in|a|un|de)\s)*(?:{_MOST})\s?:?\s*(?:de\s|of\s|[aà]\s)?{_COUNT}[\s-](?:{_PAPER})\W*"
    rf"|\W*(?:(?:en|in)\s)?{_COUNT}[\s-](?:{_PAPER})\W*(?:{_ENDS})\W*",
    re.IGNORECASE,
)
ROOM = re.compile(r"\(([^()]{4,60})\)\W*$")
CAPPED = re.compile(
    rf"\b(?:{_MOST}|{_ENDS})(?:\W|$)|\d\s*(?:palabras|words|mots|caracteres|characters)",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?\u2026)])\s+(?=\S)")
COMMAND = re.compile(
    r"(?:(?:por favor|favor de|sirvase|se pide|please|kindly|veuillez|merci de|priere de|brevemente"
    r"|briefly|brievement) )*(?:"
    r"(?:describa|explique|indique|mencione|especifique|senale|justifique|enumere|enliste|proporcione"
    r"|incluya|escriba|adjunte|sustente|fundamente|desarrolle|cuente|platique|anote|diga)"
    r"(?:n|nos)?\b|detallen?(?! de)\b"
    r"|(?:describe|specify|indicate|summarize|outline|explain|mention|list) (?:how|why|what|who"
    r"|whom|which|where|when|whether|the|your|any|if|briefly|in|here|each|it|its|this|these)\b"
    r"|(?:decriv|expliqu|indiqu|precis|coch|inscriv|enumer|nomm|joign|choisiss|donn|fourniss|mentionn"
    r"|present|resum|justifi|repond|ecriv|ajout|detaill|appuy|bas|fond|limit|pens|utilis|cit)ez\b|soyez\b)"
)
ASKS_FOR = re.compile(
    r"(?:(?:por favor|please|kindly),? (?:briefly )?(?:give|provide|describe|explain|indicate|list"
    r"|include|attach|specify|state|tell|limit|write|answer|cite|mention|add|complete|fill|tick|check"
    r"|select|choose|summarize|outline|identify|support|de|den|describa|explique|indique|mencione"
    r"|incluya|escriba|adjunte|anote|cite|limite|detalle|agregue|proporcione|aporte|senale)"
    r"|(?:favor de|sirvase|priere de|merci de) [a-z]+r"
    r"|veuillez (?:decrire|expliquer|indiquer|preciser|donner|fournir|joindre|cocher|inscrire|citer"
    r"|mentionner|repondre|ecrire|nommer|enumerer|ajouter|limiter|appuyer|justifier))\b"
)
PROMPT = 400


def commands(text: str) -> bool:
    """The text tells the reader to write something, as a form does and an answer does not."""
    words = f"{plain(text)} "
    return ASKS_FOR.match(words) is not None or COMMAND.match(words) is not None


def prompts(text: str) -> bool:
    """A few sentences that only tell what to write, or end with how much may be written."""
    if len(text) > PROMPT:
        return False
    parts = [one for one in SENTENCE.split(text.strip()) if one.strip()]
    room = ROOM.search(text)
    last = room[1] if room else parts[-1] if parts else ""
    told = bool(parts) and commands(parts[0]) and len(parts) < 4
    return _limits(last) or told or (bool(parts) and all(_limits(p) or commands(p) for p in parts))


def _limits(text: str) -> bool:
    """The text says how much may be written, and nothing else."""
    return LIMIT.fullmatch(text) is not None and CAPPED.search(text) is not None


def unprompted(text: str) -> str:
    """What stands behind a question without the sentences in front that only tell what to write."""
    parts = SENTENCE.split(text.strip())
    while parts and (LIMIT.fullmatch(parts[0]) or commands(parts[0])):
        del parts[0]
    return " ".join(parts)
