"""Reviews' pages as data: what a person types, and what is ready to print."""

from monarca.grants.reviews.forms.deciding import Advising, Assigning, Declaring
from monarca.grants.reviews.forms.planning import (
    MOST_SAID,
    Giving,
    Names,
    load_rows,
    names_of,
    plan_rows,
    ways_out,
)
from monarca.grants.reviews.forms.scoring import Scorecard
from monarca.grants.reviews.forms.showing import (
    Reading,
    Side,
    assign_row,
    criteria_rows,
    ge_differ,
    going_row,
    mine_row,
    proposal_of,
    reading_of,
    sides_of,
    statement_rows,
)

__all__ = [
    "MOST_SAID",
    "Advising",
    "Assigning",
    "Declaring",
    "Giving",
    "Names",
    "Reading",
    "Scorecard",
    "Side",
    "assign_row",
    "criteria_rows",
    "ge_differ",
    "going_row",
    "load_rows",
    "mine_row",
    "names_of",
    "plan_rows",
    "proposal_of",
    "reading_of",
    "sides_of",
    "statement_rows",
    "ways_out",
]
