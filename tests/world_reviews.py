"""Makers of reviews: a file given to a reviewer, and one that was read to its end."""

from datetime import UTC, date, datetime

from monarca.grants.reviews import actions
from monarca.grants.screening import queries as screening
from tests import world
from tests.world_screening import make_officer, make_screened

READ = datetime(2024, 5, 6, 15, 0, tzinfo=UTC)
DUE = date(2024, 5, 20)
QUOTE = "doce mujeres que cuidan el manantial"


def make_assigned(application, reviewer=None, *, at=READ):
    """Eligible, and given to a reviewer."""
    if not screening.eligible().filter(application=application).exists():
        make_screened(application)
    reviewer = reviewer or make_officer("reviewer")
    return actions.assign(application, by=make_officer(), at=at, reviewer=reviewer, due_on=DUE)


def make_declared(application, reviewer=None, *, level="none", at=READ):
    """The reviewer has said that nothing stands between them and the file."""
    assignment = make_assigned(application, reviewer, at=at)
    actions.declare(application, by=assignment.reviewer, at=at, level=level)
    return assignment


def scores(points=4):
    return {
        c["code"]: (points, "Se sostiene en sus respuestas.")
        for c in world.definition()["criteria"]
    }


def booleans(*missing):
    return {b["code"]: b["code"] not in missing for b in world.definition()["gba"]["booleans"]}


def make_reviewed(application, reviewer=None, *, points=4, ge=2, advice="approve", at=READ):
    """Declared, scored on every criterion, with evidence, and complete."""
    assignment = make_declared(application, reviewer, at=at)
    by = assignment.reviewer
    actions.score(
        assignment,
        by=by,
        at=at,
        scores=scores(points),
        booleans=booleans("equality_is_main_aim"),
        ge_code=ge,
        ge_words="Cambia quién decide en el comité.",
        overall="strong",
    )
    actions.state(
        assignment,
        by=by,
        at=at,
        kind="participation",
        level=2,
        words="Las mujeres deciden.",
        question="gba_who",
        quote=QUOTE,
    )
    actions.recommend(assignment, by=by, at=at, advice=advice, words="Conviene apoyarlo.")
    assignment.refresh_from_db()
    return assignment
