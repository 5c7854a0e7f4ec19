"""The page "How sure is the ranking" as rows ready to print."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import ceil, floor

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from monarca.engines.scoring import Ranking, Reviewer, Standing
from monarca.grants.applications.models import Application
from monarca.grants.decisions.forms.showing import name_of
from monarca.grants.decisions.queries.ranking import Opinions, Places
from monarca.kit import formats
from monarca.kit.parts import Doubt, Noted, Part

TOP_SCORE = 5
LEAST_SURE = 0.995
TO = "\N{NO-BREAK SPACE}–\N{NO-BREAK SPACE}"
MOST_DIGITS = 6
"""Nobody funds a million files; longer numbers are slips of the hand."""

type Cell = str | Part


def fund_of(typed: str) -> int | None:
    """How many files a person put above the line; None where that is no whole number."""
    plain = typed.strip()
    is_number = plain.isascii() and plain.isdecimal() and len(plain) <= MOST_DIGITS
    return int(plain) if is_number else None


def ranking_head(found: Opinions) -> list[str]:
    """What stands over the columns of `ranking_rows`."""
    first = found.second.standings[0]
    head = [_("File"), _("Rank"), _("Mean")]
    head += [_("Calibrated")] if first.calibrated is not None else []
    if first.low is not None:
        head += [_("Interval (8 in 10)"), _("Expected rank")]
    head += [_("Chance")] if first.chance is not None else []
    return head + ([pgettext("ranking", "Line")] if first.side else [])


def files_said(total: int) -> str:
    """How many files are ranked in all."""
    return ngettext("%(n)s file", "%(n)s files", total) % {"n": formats.number(total)}


def ranking_rows(found: Opinions, files: Mapping[str, Application]) -> list[list[Cell]]:
    """A row for each of these files, best mean first; doubts are those of the second opinion."""
    second = {each.application: each for each in found.second.standings}
    is_open = found.second.cut is not None
    return [
        _row(plain, second[plain.application], files[plain.application], is_open)
        for plain in found.raw.standings
        if plain.application in files
    ]


def _row(plain: Standing, other: Standing, file: Application, is_open: bool) -> list[Cell]:
    cells: list[Cell] = [name_of(file), formats.number(plain.rank), score(plain.raw)]
    cells += [score(other.calibrated)] if other.calibrated is not None else []
    if other.low is not None and other.high is not None and other.expected_rank is not None:
        cells.append(f"{score(other.low)}{TO}{score(other.high)}")
        cells.append(score(other.expected_rank, places=1))
    cells += [chance(other.chance, is_open=is_open)] if other.chance is not None else []
    return cells + ([_side(plain, other)] if other.side else [])


def score(value: float, *, places: int = 2) -> str:
    """A score or a rank in the reader's language, with at most so many decimals."""
    return formats.number(Decimal(str(round(value, places))))


def chance(value: float, *, is_open: bool = True) -> str:
    """A chance as a percentage; never rounded to sure where a line parts the files."""
    if is_open and value >= LEAST_SURE:
        return f"> {formats.percent(Decimal('0.99'))}"
    if is_open and value <= 1 - LEAST_SURE:
        return f"< {formats.percent(Decimal('0.01'))}"
    return formats.percent(Decimal(str(value)))


def chart_rows(ranking: Ranking, files: Mapping[str, Application]) -> list[list[Cell]]:
    """A row for each of these files: its score, and where it may truly lie, if that is known."""
    scale = scale_of(ranking)
    return [
        [name_of(files[row.application]), score(_middle(row)), _drawn(row, ranking.cut, scale)]
        for row in ranking.standings
        if row.low is not None and row.application in files
    ]


def scale_of(ranking: Ranking) -> tuple[int, int]:
    """The whole points between which every interval and the line are drawn, of 0 to 5."""
    known = [end for row in ranking.standings for end in (row.low, row.high) if end is not None]
    known += [row.raw for row in ranking.standings]
    first = min(max(floor(min(known)), 0), TOP_SCORE - 1)
    return first, max(min(ceil(max(known)), TOP_SCORE), first + 1)


def _middle(row: Standing) -> float:
    return row.raw if row.calibrated is None else row.calibrated


def _drawn(row: Standing, cut: float | None, scale: tuple[int, int]) -> Doubt:
    return Doubt(
        low=_exact(row.low or 0.0),
        middle=_exact(_middle(row)),
        high=_exact(row.high or 0.0),
        mean=_exact(row.raw),
        scale=scale,
        cut=None if cut is None else _exact(cut),
        is_close=row.is_in_tie_band,
    )


def _exact(value: float) -> Decimal:
    return Decimal(str(value))


def _side(plain: Standing, other: Standing) -> Noted:
    """Where the mean puts a file, and what the second opinion has to say to that."""
    words = {"above": _("above"), "below": _("below"), "tied": _("level with the line")}
    notes = [_("too close to call")] if other.is_in_tie_band else []
    if other.side != plain.side:
        notes.append(_("calibrated: %(side)s") % {"side": words[other.side]})
    return Noted(words[plain.side], "; ".join(notes))


def marked(found: Opinions, files: Mapping[str, Application]) -> list[str]:
    """The class of each row: those that cannot be told apart across the line are marked."""
    close = {row.application for row in found.second.standings if row.is_in_tie_band}
    return [
        "changed" if row.application in close else ""
        for row in found.raw.standings
        if row.application in files
    ]


def line_said(places: Places, fund: int | None) -> str:
    """Where the line stands and why; `fund` is what the person asked for, None if nothing."""
    if (places.fund if fund is None else fund) == 0:
        return _("The line stands above all files: none would be funded.")
    if fund is not None:
        said = ngettext(
            "The line stands under the best %(n)s file, as you asked.",
            "The line stands under the best %(n)s files, as you asked.",
            fund,
        )
        return said % {"n": formats.number(fund)}
    if places.fund is None:
        return _("No file says how much it asks for, so no line is drawn until you say where.")
    return _usual(places, places.fund) % {"n": formats.number(places.fund)}


def _usual(places: Places, fund: int) -> str:
    if places.why == "approved":
        return ngettext(
            "The line stands under the best %(n)s file: that is how many the committee approved.",
            "The line stands under the best %(n)s files: that is how many the committee approved.",
            fund,
        )
    return ngettext(
        "The line stands under the best %(n)s file: that is how many the whole envelope holds if"
        " each receives the average that these files ask for.",
        "The line stands under the best %(n)s files: that is how many the whole envelope holds if"
        " each receives the average that these files ask for.",
        fund,
    )


def band_said(ranking: Ranking) -> str:
    """How many files cannot be told apart across the line; nothing where there is no line."""
    if ranking.cut is None or ranking.standings[0].low is None:
        return ""
    close = sum(row.is_in_tie_band for row in ranking.standings)
    if not close:
        return _("Every file can be told apart from every file on the other side of the line.")
    said = ngettext(
        "Of %(files)s files, %(n)s is too close to call: the scores cannot tell it from at least"
        " one file on the other side of the line.",
        "Of %(files)s files, %(n)s are too close to call: the scores cannot tell them from at"
        " least one file on the other side of the line.",
        close,
    )
    whole = formats.number(len(ranking.standings))
    return said % {"n": formats.number(close), "files": whole}


def reader_rows(people: Iterable[Reviewer]) -> list[tuple[str, str, str]]:
    """The readers whose scores are adjusted, and by how much; everybody else's count as given."""
    return [
        (each.reviewer, formats.number(each.readings), _severity(each))
        for each in people
        if each.is_adjusted
    ]


def _severity(each: Reviewer) -> str:
    values = {"gap": score(abs(each.severity)), "error": score(each.error)}
    if each.severity < 0:
        return _("%(gap)s lower (± %(error)s) than the others on the same files") % values
    return _("%(gap)s higher (± %(error)s) than the others on the same files") % values
