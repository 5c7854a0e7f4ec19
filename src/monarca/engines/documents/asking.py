"""Does a paragraph ask something, what does it ask, and where does its answer begin?"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from monarca.engines.documents.blank import Blank
from monarca.engines.documents.concepts import meant
from monarca.engines.documents.guidance import instructs, is_blank
from monarca.engines.documents.lexicon import STRONG, WEAK, Match, Widened, phrases, reworded
from monarca.engines.documents.looks import Looks, leads
from monarca.engines.documents.places import STATES_NAMED
from monarca.engines.documents.prompting import unprompted
from monarca.engines.documents.sharing import Field, fields_of
from monarca.engines.documents.strangers import is_value
from monarca.engines.documents.tree import OPEN, TICKED, Paragraph, Run
from monarca.engines.documents.words import NUMBERING, bare, plain

MARK = re.compile(r"[☒☐☑✓✔✗✘■□●○◉◯]|[(\[]\s{0,3}[xX✓]?\s{0,3}[)\]]")
CUT = re.compile(r":(?!//)(?!\d)|\?|\n|\t| {3,}|_{2,}|\s[\u2013\u2014-]\s")
AMOUNT = re.compile(r"\s*\W?\s?\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+\b")
LABEL = re.compile(r"\s*((?:[^:.!?\n]|(?<=[A-Za-z\d])\.(?=\S)){2,70}):\s*\S")
ASKED = re.compile(
    r"\s*(\S[^?\n]{8,200}\?)((?:\s*_{2,}|\n|\t| {2,}|\s*[\u2610\u2612(\[]).*\S.*)", re.DOTALL
)
PARTS = re.compile(r"\s*[,;/]\s*|\s+(?:y|e|and|et|o|or|ou|&)\s+", re.IGNORECASE)
JOINT = re.compile(
    r"\s*[,;]?\s(?:and|y|et)\s(?=(?:how|c[oó]mo|comment|de d[oó]nde|d.o[uù])\b)", re.IGNORECASE
)
KNOWING = frozenset(("=know", "=evidence"))
LONGEST = 60
TOLD = 0.9
FIRM = 0.97
ANNEX = re.compile(
    r"\s*(?:annexe?|anexo|appendi(?:x|ce)|ap[eé]ndice)\s+(?:n[o°º.]+\s*)?[\dA-Z]{1,4}\b[\s.:\u2013\u2014-]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, how surely (0 to 1), and what stands behind it in the same paragraph."""

    target: str
    score: float
    rest: Paragraph | None = None
    label: str = ""


def said(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def is_bold(paragraph: Paragraph) -> bool:
    shown = [run for run in paragraph.runs if run.shown and run.text.strip()]
    return bool(shown) and all(run.bold for run in shown)


def loud(paragraph: Paragraph) -> bool:
    """It stands out as questions do: numbered, bold, a heading, capitals, "?" or ":" at its end."""
    look = signature(paragraph)
    return any(look[1:]) or paragraph.text.rstrip().endswith(("?", ":"))


def _shift(paragraph: Paragraph) -> int:
    """Where the look changes for the first time: a label in bold, its answer not; 0 = nowhere."""
    shown = [run for run in paragraph.runs if run.shown]
    at = len(shown[0].text) if shown else 0
    for before, after in pairwise(shown):
        if after.text.strip() and (before.bold, before.colour) != (after.bold, after.colour):
            return at
        at += len(after.text)
    return 0


def signature(paragraph: Paragraph) -> tuple[str, bool, bool, str, bool]:
    """How a paragraph looks, to recognise questions whose wording is unknown."""
    text = paragraph.text
    found = NUMBERING.match(text)
    number = re.sub(r"\d+", "9", found.group().strip().upper()) if found else ""
    caps = text.upper() == text and sum(map(str.isalpha, text)) > 5
    number = re.sub(r"\b[A-Z]\b", "A", number)[:6]
    return (paragraph.style, paragraph.heading, is_bold(paragraph), number, caps)


class Ear:
    """Hears questions: those of the form, and those that only look like the form's."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        self._lexicon = Widened(phrases(form), only=reworded(form))
        self._looks: frozenset[tuple[str, bool, bool, str, bool]] = frozenset()
        self._inline = 0
        self._look = Looks()
        self.blank = Blank(form)
        self._heard_before: dict[tuple[int, bool], tuple[Paragraph, Asked | None]] = {}

    def compare(self, paragraphs: Sequence[Paragraph]) -> None:
        """Recognise the call's own blank form; see `blank`."""
        self.blank.is_known = False
        self._heard_before.clear()
        heard = {asked.target for one in paragraphs if (asked := self.hear(one)) is not None}
        self.blank.compare(paragraphs, len([one for one in heard if ":" not in one]))

    def learn(self, paragraphs: Sequence[Paragraph]) -> None:
        """Remember how the questions of this document look that were recognised by wording."""
        every: Counter[tuple[str, bool, bool, str, bool]] = Counter()
        known: Counter[tuple[str, bool, bool, str, bool]] = Counter()
        self._inline = 0
        self._look = Looks(paragraphs)
        self._look.learn(self._asks)
        for one in paragraphs:
            if not one.text or len(one.text) > 400:
                continue
            look = signature(one)
            every[look] += 1
            asked = self.hear(one)
            if asked is not None and asked.score >= STRONG and asked.rest is None:
                known[look] += 1
            self._inline += asked is not None and asked.rest is not None
        total = sum(every.values()) or 1
        self._looks = frozenset(
            look
            for look, count in known.items()
            if count >= 2 and count >= 0.3 * every[look] and _marked(look, every[look] / total)
        )

    def _asks(self, paragraph: Paragraph) -> bool | None:
        """It asks, it does not, or (None) it asks and answers in one."""
        asked = self.hear(paragraph)
        if asked is not None and asked.rest is not None and asked.score >= FIRM:
            return None
        return asked is not None and asked.score >= STRONG and asked.rest is None

    def hear(self, paragraph: Paragraph, *, label: bool = False) -> Asked | None:
        """What the paragraph asks; `label` = it stands where labels stand, so trust it sooner.

        Where the document is the call's own form, only the form's own words ask.
        """
        asked = self._remembered(paragraph, label=label)
        if asked is None or not self.blank.is_known or asked.target == "section:":
            return asked
        return asked if self.blank.asks(asked.label) else None

    def _remembered(self, paragraph: Paragraph, *, label: bool) -> Asked | None:
        """What was heard before in this document; the kept paragraph keeps its id its own."""
        known = self._heard_before.get((id(paragraph), label))
        if known is None:
            known = (paragraph, self._hear(paragraph, label=label))
            self._heard_before[id(paragraph), label] = known
        return known[1]

    def _hear(self, paragraph: Paragraph, *, label: bool) -> Asked | None:
        text = paragraph.text
        if not text or len(text) > 1200 or MARK.match(text):
            return None
        asks = label or is_bold(paragraph) or bool(NUMBERING.match(text))
        best: Asked | None = None
        annexed = self._heard(ANNEX.sub("", text), "", asks=True) if ANNEX.match(text) else None
        if annexed is not None and annexed.target == "section:":
            return annexed
        if paragraph.heading:
            return self._heard(text, "", asks=True)
        twice = self._bilingual(text)
        if twice is not None:
            return twice
        for at, end in self._cuts(paragraph, text):
            head, rest = text[:at], text[end:].strip(" \t\n:_\u2013\u2014-")
            asked = self._heard(head, rest, asks=asks)
            if asked is None and rest.endswith("?"):
                asked = self._heard(rest, "", asks=asks)
            if asked is not None and (best is None or asked.score > best.score + 0.02):
                best = asked
        return best

    def _bilingual(self, text: str) -> Asked | None:
        """The same question in two languages: "Lugar / Place"."""
        parts = [part for part in re.split(r"\s+[/|]\s+", text) if part.strip()]
        if not 1 < len(parts) <= 3 or len(text.split()) > 50:
            return None
        heard = [self._lexicon.match(part, asked=True) for part in parts]
        found = [one for one in heard if one is not None and one.score >= STRONG]
        same = len({one.target for one in found}) == 1 and len(found) > 1
        return Asked(found[0].target, found[0].score, label=parts[0]) if same else None

    def _cuts(self, paragraph: Paragraph, text: str) -> Iterator[tuple[int, int]]:
        if len(text.split()) <= LONGEST and not MARK.search(text):
            yield len(text), len(text)
        for found in list(CUT.finditer(text))[:4]:
            if found.start() < 220:
                yield (found.end() if found.group() == "?" else found.start()), found.end()
        mark = MARK.search(text)
        if mark:
            yield mark.start(), mark.start()
        at = _shift(paragraph)
        if 2 < at < 250:
            yield at, at

    def _heard(self, head: str, rest: str, *, asks: bool) -> Asked | None:
        words = len(head.split())
        if not 0 < words <= LONGEST or AMOUNT.match(head) or plain(head) in STATES_NAMED:
            return None
        clear = asks or head.rstrip().endswith(("?", ":"))
        if not clear and words > 14:
            return None
        found = self._known_how(head, self._lexicon.match(head, asked=clear))
        if found is None:
            return None
        rest = unprompted(rest)
        goes_on = _goes_on(rest) or (head.isupper() and rest.isupper() and len(head) > 5)
        extra = None if is_blank(rest) or goes_on or self._names_parts(rest) else said(rest)
        least = WEAK if clear and extra is None else STRONG
        if head.rstrip().endswith(".") and instructs(head):
            least = TOLD
        if found.score < least:
            return None
        if found.target == "section:" and (found.score < 0.85 or rest):
            return None
        return Asked(found.target, found.score, extra, head)

    def _known_how(self, head: str, found: Match | None) -> Match | None:
        """How they know it belongs to what they know: "What is wrong, and how do you know?"."""
        joint = JOINT.search(head)
        sure = found is not None and found.score >= FIRM
        if joint is None or sure or not KNOWING & frozenset(meant(head[joint.end() :])):
            return found
        first = self._lexicon.match(head[: joint.start()], asked=True)
        return first if first is not None and first.score >= STRONG else found

    def _names_parts(self, rest: str) -> bool:
        """What stands behind a question only names its parts: "Contact: name and position"."""
        if not 0 < len(rest.split()) <= 10:
            return False
        parts = [one for one in PARTS.split(rest.rstrip(" .")) if one.strip()]
        heard = [self._lexicon.surely(one) for one in parts]
        return bool(parts) and all(
            one is not None and one.score >= 1.0 and one.target.startswith("generic:")
            for one in heard
        )

    def unknown(self, paragraph: Paragraph) -> bool:
        """It looks like a question of this form though its wording is unknown."""
        text = paragraph.text
        words = len(text.split())
        coded = words == 1 and re.search(r"\d", text) is not None
        if not text or words > 45 or MARK.search(text) or coded or is_value(text):
            return False
        if paragraph.heading or (text.endswith("?") and words <= 35):
            return True
        if text.endswith(":") and is_bold(paragraph):
            return True
        if self.blank.is_known:
            return signature(paragraph) in self._looks
        return signature(paragraph) in self._looks or leads(text) or self._look.asks(paragraph)

    def several(self, text: str) -> list[Field]:
        """The fields of a line that holds two or more; see `sharing`."""
        return fields_of(text, self._lexicon)

    def answers(self, paragraph: Paragraph) -> bool:
        """It looks as answers look here: what sounds like a question in it is none."""
        return self._look.answers(paragraph)

    def labels(self, paragraph: Paragraph, *, inline: bool) -> tuple[str, str] | None:
        """A label whose wording is unknown, with its own answer behind it: "T-shirt size: M".

        It stands out in bold, or asks and then leaves a gap, a line or a box; or (`inline`) it
        follows an answer that stood behind its own label in a document where several do.
        """
        text = paragraph.text
        asked = ASKED.match(text)
        if asked is not None and not asked[2].rstrip().endswith("?"):
            return asked[1], asked[2].strip(" _\t\n")
        found = LABEL.match(text)
        if found is None or len(bare(found[1]).split()) > 8:
            return None
        at = _shift(paragraph)
        shown = next((run for run in paragraph.runs if run.shown and run.text.strip()), None)
        stands_out = shown is not None and shown.bold and 0 < at <= found.end() + 1
        follows = inline and self._inline >= 3 and len(bare(found[1]).split()) <= 6
        return (found[1], text[found.end(1) + 1 :].strip()) if stands_out or follows else None


def _marked(look: tuple[str, bool, bool, str, bool], share: float) -> bool:
    style, heading, bold, number, caps = look
    plain_style = plain(style) in {"", "normal", "standard", "text body", "body text", "default"}
    return heading or bold or bool(number) or caps or (not plain_style and share < 0.6)


def _goes_on(rest: str) -> bool:
    """What stands behind a question is still the question: it ends by asking."""
    return rest.rstrip().endswith("?") and len(rest.split()) < 60 and TICKED not in rest


def has_mark(text: str) -> bool:
    return TICKED in text or OPEN in text or bool(MARK.search(text))
