"""Words compared without accents, endings and filler, in Spanish, English and French."""

import re
import unicodedata
from functools import lru_cache

STOP = frozenset(
    [
        "a",
        "al",
        "ante",
        "con",
        "de",
        "del",
        "el",
        "en",
        "es",
        "esta",
        "este",
        "ha",
        "han",
        "la",
        "las",
        "le",
        "les",
        "lo",
        "los",
        "me",
        "mi",
        "para",
        "por",
        "que",
        "se",
        "si",
        "sin",
        "son",
        "su",
        "sus",
        "un",
        "una",
        "uno",
        "unos",
        "unas",
        "y",
        "o",
        "e",
        "u",
        "the",
        "of",
        "and",
        "or",
        "in",
        "to",
        "an",
        "at",
        "by",
        "for",
        "from",
        "is",
        "are",
        "on",
        "this",
        "that",
        "it",
        "its",
        "your",
        "you",
        "our",
        "we",
        "will",
        "be",
        "with",
        "as",
        "do",
        "does",
        "have",
        "has",
        "please",
        "any",
        "l",
        "d",
        "le",
        "les",
        "du",
        "des",
        "et",
        "ou",
        "un",
        "une",
        "votre",
        "vos",
        "est",
        "sont",
        "ce",
        "cette",
        "au",
        "aux",
        "dans",
        "sur",
        "par",
        "qui",
        "notre",
        "nos",
        "sera",
        "pour",
        "il",
        "elle",
        "ils",
        "elles",
        "s",
        "n",
        "qu",
        "t",
        "i",
        "ustedes",
        "usted",
    ]
)
KEPT = frozenset(["que", "qui"])
ENDINGS = [
    "aciones",
    "acion",
    "ciones",
    "cion",
    "siones",
    "sion",
    "ations",
    "ation",
    "tions",
    "tion",
    "ements",
    "ement",
    "amente",
    "mente",
    "ments",
    "ment",
    "iendo",
    "ando",
    "ados",
    "adas",
    "idos",
    "idas",
    "ees",
    "ado",
    "ada",
    "ido",
    "ida",
    "ing",
    "eront",
    "ront",
    "ent",
    "ez",
    "es",
    "as",
    "os",
    "an",
    "en",
    "ar",
    "er",
    "ir",
    "ee",
    "ed",
    "s",
    "e",
    "a",
    "o",
]
NUMBERING = re.compile(
    r"^\s*(?:(?:secci[oó]n|section|parte|part|partie|pregunta|question"
    r"|gba ?\+?|acs ?\+?|abg ?\+?|q|p|no\.?|n[°º])\s*)?"
    r"(?:[A-Z]?[-.]?\d{1,2}[A-Za-z]?(?![\d,/])(?:[.\-]\d{1,2}|[.\-]?[a-z](?=[.) ]))*"
    r"\s*[.)\]:°º\-\u2013\u2014/]*|[A-Z]\s?[.)\]]|[a-z]\)|[IVX]{1,5}\s*[.)\-])"
    r"(?=\s|[^\w\s]|$)[\s.)\-\u2013\u2014:]*",
    re.IGNORECASE,
)
DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
PARENTHESES = re.compile(r"\([^()]{0,400}\)|\[[^\[\]]{0,400}\]")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in parts if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9@]+", " ", bare.replace("œ", "oe")).strip()


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The word without its commonest ending; at least three letters stay."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (3 if len(ending) < 4 else 5):
            return word[: -len(ending)][:8]
    return word[:8]


def stems(text: str) -> tuple[str, ...]:
    """The telling stems of a text, each once; the filler only when there is nothing else."""
    words = plain(text).split()
    telling = [word for word in words if word not in STOP] or words
    return tuple(dict.fromkeys(stem(word) for word in telling))


def unnumbered(text: str) -> str:
    """The text without a leading "3.2", "B)", "Q7." and the like."""
    for _ in range(2):
        found = NUMBERING.match(text)
        rest = text[found.end() :].strip() if found and found.group().strip() else ""
        text = rest or text.strip()
    return text


@lru_cache(maxsize=32768)
def bare(text: str) -> str:
    """A question as it is compared: no number in front, nothing in parentheses, "R.F.C." as RFC."""
    text = DOTTED.sub(lambda found: found.group().replace(".", ""), text)
    short = PARENTHESES.sub(" ", unnumbered(text)).strip(" :*_-\u2013\u2014.\t\n")
    return short or unnumbered(text)
