"""What is no answer: instructions left in the form, placeholders, lines to write on."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from monarca.engines.documents.lexicon import Lexicon, questions, tri, wording
from monarca.engines.documents.prompting import LIMIT, prompts
from monarca.engines.documents.tree import Paragraph
from monarca.engines.documents.words import plain

BLANK = re.compile(r"^[\s_.…\-\u2013\u2014/|:;,*•·\u2002\u2003\u25aa]*$")
MARKED = re.compile(r"[☒☐☑✓✔■□]|[(\[]\s{0,6}[xX✓]?\s{0,6}[)\]]")
ANSWER = re.compile(
    r"^(?:r|resp|respuesta|a|ans|answer|r[ée]p|r[ée]ponse)\s?\.?\s?[:\u2192>]\s*", re.IGNORECASE
)
CLOSING = re.compile(
    r"(?:atentamente|sin mas por el momento|sin otro particular|quedamos a sus|quedo a sus"
    r"|agradecemos de antemano|agradeciendo de antemano|saludos cordiales|cordialmente"
    r"|respetuosamente|reciban? un cordial|estimad[oa]s? |a quien corresponda|p r e s e n t e"
    r"|sincerely|yours (?:truly|sincerely|faithfully)|kind regards|best regards|with thanks"
    r"|respectfully|dear (?:sir|madam|colleague|friend)|to whom it may concern|cordialement"
    r"|veuillez agreer|salutations|bien a vous|madame monsieur|(?:para )?uso exclusivo"
    r"|para uso (?:de la|interno|oficial)|no llene"
    r"|(?:for )?(?:office|official|embassy|internal) use|do not write|reserve a l|a l usage de)\b"
)
NOTE = re.compile(
    r"\W*(?:consignes?|consigna|instrucci[oó]n(?:es)?|instructions?|indicaci[oó]n(?:es)?|ayuda|aide|help"
    r"|gu[ií]a|guidance|hint|tip|conseil|consejo|nota|note|ojo|remarque|importante?|exemple|ejemplo"
    r"|example)\s?:\s",
    re.IGNORECASE,
)
LEADERS = re.compile(r"_{2,}|\.{4,}|…{2,}|\u2002+")


@cache
def _starts() -> tuple[str, ...]:
    return tuple(f"{plain(one)} " for one in wording()["guidance"]["starts"])


@cache
def _placeholders() -> frozenset[str]:
    return frozenset(plain(one) for one in wording()["guidance"]["blank"])


def is_blank(text: str) -> bool:
    """Nothing was written: empty, lines, dots, or the program's own placeholder."""
    if BLANK.match(text):
        return True
    return plain(text) in _placeholders() if len(text) < 90 else False


def cleaned(text: str) -> str:
    """The text without the line it was written on, and without "Answer:" before it."""
    return ANSWER.sub("", LEADERS.sub(" ", text).strip(" \t\n"))


def instructs(text: str) -> bool:
    """The text begins as an instruction begins, in one of three languages."""
    body = text.strip()
    enclosed = body[:1] in "([{" and body[-1:] in ")]}" and len(body) > 12
    words = f"{plain(body)} "
    return words.startswith(_starts()) or enclosed or bool(LIMIT.fullmatch(body))


def closes(text: str) -> bool:
    """A letter's salutation or farewell, or the part that only the office fills in."""
    return CLOSING.match(f"{plain(text)} ") is not None


def notes(text: str) -> bool:
    """A line that says itself that it only instructs: "Consigne : ...", "Note: ..."."""
    return NOTE.match(text) is not None


def coloured(paragraph: Paragraph) -> bool:
    shown = [run for run in paragraph.runs if run.shown and run.text.strip()]
    return bool(shown) and all(_blue(run.colour) for run in shown)


def faint(paragraph: Paragraph) -> bool:
    """Every visible run is in italics or in grey or blue."""
    shown = [run for run in paragraph.runs if run.shown and run.text.strip()]
    return bool(shown) and all(run.italic or run.colour for run in shown)


def leading_guidance(paragraphs: Sequence[Paragraph]) -> int:
    """How many paragraphs at the head of an answer only instruct, by how they look.

    They are in italics or grey and what follows is not in the same look: instructions left
    standing above the answer. An answer that is all of one look keeps every word.
    """
    written = [at for at, one in enumerate(paragraphs) if one.text]
    looks = [_look(paragraphs[at]) for at in written]
    faded = [look is not None and (look[0] or _grey(look[1])) for look in looks]
    until = next((at for at, one in enumerate(faded) if not one), len(faded))
    after = set(looks[until:])
    short = all(len(paragraphs[at].text) < 300 for at in written[:until])
    if not 0 < until < len(written) or not short or after & set(looks[:until]):
        return 0
    return written[until]


def _look(paragraph: Paragraph) -> tuple[bool, str] | None:
    """Italics and colour, where the whole paragraph has one look."""
    shown = {(run.italic, run.colour) for run in paragraph.runs if run.shown and run.text.strip()}
    return next(iter(shown)) if len(shown) == 1 else None


def _grey(colour: str) -> bool:
    if not re.fullmatch(r"[0-9A-F]{6}", colour):
        return False
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return max(parts) - min(parts) < 24 and min(parts) > 70


def _blue(colour: str) -> bool:
    if colour.startswith(("accent", "hyper")):
        return True
    if not re.fullmatch(r"[0-9A-F]{6}", colour):
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return blue > 90 and blue > red + 50 and blue >= green + 20


class Guidance:
    """Knows the hints of one form and how one document uses colour."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        hints = []
        for question in questions(form).values():
            for text in tri(question.get("hint")):
                parts = [text, *re.split(r"(?<=[.!?])\s+", text)]
                hints += [("hint", part) for part in parts if len(part) > 14]
        self._hints = Lexicon(hints)
        self.colour_guides = False

    def learn(self, paragraphs: list[Paragraph]) -> None:
        """Colour means guidance here only when most coloured paragraphs read like guidance."""
        tinted = [one.text for one in paragraphs if coloured(one) and len(one.text) > 8]
        guiding = sum(1 for text in tinted if self.reads_like(text))
        self.colour_guides = bool(tinted) and guiding * 2 >= len(tinted)

    def reads_like(self, text: str) -> bool:
        found = self._hints.match(text)
        told = instructs(text) or prompts(text)
        return told or (found is not None and found.score > 0.8)

    def is_guidance(self, paragraph: Paragraph, *, first: bool) -> bool:
        """The paragraph instructs: by a known hint, or by its wording where guidance stands."""
        text = paragraph.text
        if MARKED.search(text):
            return False
        found = self._hints.match(text)
        if found is not None and found.score > 0.85:
            return True
        if LIMIT.fullmatch(text):
            return True
        if coloured(paragraph) and self.colour_guides:
            return True
        if first and prompts(text):
            return True
        return instructs(text) and (faint(paragraph) or (first and _enclosed(text)))


def _enclosed(text: str) -> bool:
    return text.strip()[:1] in "([{" and text.strip()[-1:] in ")]}."
