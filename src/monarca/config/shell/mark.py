"""`monarca mark`: policy markers from evidence, with the reason of every criterion."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from monarca.config.shell.drawing import Mark, bars
from monarca.config.shell.files import Row, table
from monarca.config.shell.showing import Sheet, Teller
from monarca.engines import markers
from monarca.engines.markers import Score

RMNCH = ("rmnch_cents", "total_cents")
COLUMNS = tuple(f"{marker}.{name}" for marker, known in markers.LEVELS.items() for name in known)
EXAMPLE = f"""\
a complete example; the file evidence.csv:

  project,analysis_done,do_no_harm,shaped_design,equality_objective,sex_disaggregated,\
commitment_to_monitor,equality_is_main_aim,outcome_level,intermediate_outcome,\
immediate_outcome,6.objective_stated,6.activities_linked,6.would_not_exist_otherwise
  Vivero,yes,yes,yes,yes,yes,yes,no,no,yes,yes,yes,yes,no
  Radio,yes,yes,no,,,,no,no,no,no,,,

and the command line:

  monarca mark evidence.csv --plot markers.svg

columns: project (needed, unique); yes, no or blank (not answered) for the evidence of gender
equality: {", ".join(markers.BOOLEANS)};
of another DAC marker CODE (2 to 12, without 9): CODE.objective_stated, CODE.activities_linked,
CODE.would_not_exist_otherwise, for adaptation also 7.context_described, for desertification also
8.action_programme; for RMNCH: rmnch_cents and total_cents. A blank is never nought: a marker
without answers has not been screened.
"""


def arguments(parser: ArgumentParser) -> None:
    """What may follow `monarca mark`."""
    parser.add_argument("evidence", type=Path, metavar="EVIDENCE.csv")


def answer(given: Namespace, teller: Teller) -> int:
    """Derive every marker that a table has evidence for."""
    known = (*markers.BOOLEANS, *COLUMNS, *RMNCH)
    rows = table(given.evidence, needed=("project",), known=known, key="project")
    found = {row.text("project"): scores(row) for row in rows}
    shown = [
        (project, _name(marker), "" if score.value is None else score.value, score.reason)
        for project, each in found.items()
        for marker, score in each.items()
    ]
    heads = [f"shell.mark.{head}" for head in ("project", "marker", "score", "why")]
    criteria = [
        (project, _name(marker), one.code, _met(one.met, teller))
        for project, each in found.items()
        for marker, score in each.items()
        for one in score.criteria
        if one.met is not None
    ]
    second = [f"shell.mark.{head}" for head in ("project", "marker", "criterion", "met")]
    teller.draw(_drawing(found, teller))
    teller.tell(
        found,
        Sheet("shell.mark.title", heads, shown, {"projects": len(rows)}),
        Sheet("shell.mark.criteria", second, criteria),
    )
    return 0


def scores(row: Row) -> dict[str, Score]:
    """Marker -> what the row's evidence gives; a marker without any column is left out."""
    gender = {name: _said(row, name) for name in markers.BOOLEANS if name in row.cells}
    found: dict[str, Score] = {}
    if gender:
        found[markers.GE_CODE] = markers.ge_code(gender)
        found["1"] = markers.dac_gender(gender)
    for marker, criteria in markers.LEVELS.items():
        columns = [name for name in criteria if f"{marker}.{name}" in row.cells]
        if columns:
            evidence = {name: _said(row, f"{marker}.{name}") for name in columns}
            found[marker] = markers.level(marker, evidence)
    if RMNCH[0] in row.cells:
        found["9"] = _rmnch(row)
    return found


def _drawing(found: dict[str, dict[str, Score]], teller: Teller) -> str:
    """A bar a marker of each project; what was not screened has none."""
    marks = [
        Mark(f"{project} · {_name(marker)}", score.value or 0, said=_points(score))
        for project, each in found.items()
        for marker, score in each.items()
    ]
    return bars(teller.say("shell.mark.title", projects=len(found)), marks, most=4)


def _points(score: Score) -> str:
    return "–" if score.value is None else str(score.value)


def _rmnch(row: Row) -> Score:
    whole = row.whole(RMNCH[1], least=0, default=0)
    part = row.whole(RMNCH[0], least=0) if row.has(RMNCH[0]) else None
    if part is not None and part > whole:
        raise row.fault("shell.too_large", RMNCH[0], value=str(part), most=str(whole))
    return markers.rmnch(part, whole)


def _said(row: Row, column: str) -> bool | None:
    if not row.has(column):
        return None
    return row.yes(column)


def _name(marker: str) -> str:
    return "GE" if marker == markers.GE_CODE else f"{marker} {markers.MARKERS[marker]}"


def _met(met: bool | None, teller: Teller) -> Any:
    return teller.say("shell.yes" if met else "shell.no")
