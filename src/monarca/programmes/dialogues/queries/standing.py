"""How far a text is: each paragraph in each language, agreed by whom, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from monarca.programmes.dialogues.models import Accord, Paragraph, Text, Wording
from monarca.programmes.dialogues.states import Sides, Stage

SIDES = (Sides.CANADA.value, Sides.MEXICO.value)


@dataclass(frozen=True, slots=True)
class Cell:
    """One paragraph in one language: its words and the sides that agree them."""

    language: str
    text: str
    agreed: frozenset[str]

    @property
    def is_agreed(self) -> bool:
        return self.agreed >= set(SIDES)


@dataclass(frozen=True, slots=True)
class Standing:
    """A paragraph as it stands: the wording in force and its cells, in the text's languages."""

    paragraph: Paragraph
    wording: Wording
    cells: tuple[Cell, ...]

    @property
    def is_struck(self) -> bool:
        """No words in any language: both sides are asked to agree that it falls away."""
        return not any(text.strip() for text in self.wording.texts.values())

    @property
    def is_agreed(self) -> bool:
        return all(cell.is_agreed for cell in self.cells)

    def is_agreed_by(self, side: str) -> bool:
        return all(side in cell.agreed for cell in self.cells)


def standings(text: Text) -> list[Standing]:
    """Every paragraph of the text in its order, with the wording in force."""
    rows = Paragraph.objects.filter(text=text).order_by("position", "pk")
    paragraphs = list(rows.select_related("item", "commitment"))
    wordings = _in_force(paragraphs)
    agreed = _agreed(paragraphs)
    return [
        Standing(one, wordings[one.pk], _cells(text, wordings[one.pk], agreed))
        for one in paragraphs
    ]


def _in_force(paragraphs: Sequence[Paragraph]) -> Mapping[int, Wording]:
    rows = Wording.objects.filter(
        paragraph__in=[one.pk for one in paragraphs], round=F("paragraph__round")
    )
    return {row.paragraph_id: row for row in rows.select_related("by")}


def _agreed(paragraphs: Sequence[Paragraph]) -> Mapping[tuple[int, str], set[str]]:
    rows = Accord.objects.filter(
        paragraph__in=[one.pk for one in paragraphs], round=F("paragraph__round")
    )
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for paragraph, language, side in rows.values_list("paragraph_id", "language", "side"):
        found[paragraph, language].add(side)
    return found


def _cells(
    text: Text, wording: Wording, agreed: Mapping[tuple[int, str], set[str]]
) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            language,
            wording.texts.get(language, ""),
            frozenset(agreed.get((wording.paragraph_id, language), ())),
        )
        for language in text.languages
    )


def standing_of(paragraph: Paragraph) -> Standing:
    """One paragraph as it stands."""
    return next(one for one in standings(paragraph.text) if one.paragraph.pk == paragraph.pk)


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands between a text and its adoption: cells not agreed by each side."""

    canada: int
    mexico: int

    @property
    def nothing(self) -> bool:
        return not self.canada and not self.mexico


def missing(rows: Iterable[Standing]) -> Missing:
    """How many language versions each side has still to agree."""
    cells = [cell for row in rows for cell in row.cells]
    canada, mexico = (sum(side not in cell.agreed for cell in cells) for side in SIDES)
    return Missing(canada, mexico)


def history_of(paragraph: Paragraph) -> tuple[QuerySet[Wording], QuerySet[Accord]]:
    """Every wording there was and every agreement given, the latest first."""
    wordings = Wording.objects.filter(paragraph=paragraph).order_by("-round")
    accords = Accord.objects.filter(paragraph=paragraph).order_by("-at", "-pk")
    return wordings.select_related("by"), accords.select_related("by")


def unagreed_by(side: str, texts: QuerySet[Text]) -> QuerySet[Text]:
    """Those of these drafts in which this side has something left to agree, oldest first."""
    rows = Paragraph.objects.filter(text=OuterRef("pk")).order_by().values("pk")
    given = Count("accords", filter=Q(accords__side=side, accords__round=F("round")))
    waiting = rows.annotate(given=given).filter(given__lt=F("text__language_count"))
    return texts.filter(Exists(waiting), status=Stage.DRAFT).order_by("begun_at", "pk")
