"""Which projects to fund, at which level, within the money and the rules: the best plan, explained.

Problem. Every project may get nothing or one of its levels (100, 85, 70 % of what it asks, say), an
organisation one project. Choose levels of greatest total points such that the envelope in all and
in every fiscal year, floors and ceilings per tag (in cents, projects or shares) and what people
decided beforehand are kept: a multiple-choice knapsack problem with many constraints, NP-hard.
Then, at no more than 0.1 % of the points, further goals in their order (first-time grantees).

Method. Integers throughout. The linear relaxation (scipy's HiGHS) prices every rule; rounded, those
prices give a Lagrangian bound that is exact whatever the solver's tolerance (Geoffrion 1974), and
with it the columns that no plan near the bound can hold are left out (variable fixing; the core
concept of Balas and Zemel 1980 and of Pisinger 1995). What remains, a few hundred columns, is
solved by OR-tools' CP-SAT, which proves the optimum or says the gap. One worker: deterministic, and
on such cores faster than two. No plan: the fewest rules to ease, by CP-SAT with a slack a rule.

Complexity. One linear programme, linear in the columns times the rules in practice, and searches
that are exponential in the worst case: 200 candidates take tenths of a second, 2,000 seconds, and
20,000 leave a proved gap under 0.001 % within 100 seconds (`bench/of_portfolio.py`).
"""

from monarca.engines.portfolio.choosing import select
from monarca.engines.portfolio.comparing import Reached, Sorted, by_score, limits_reached
from monarca.engines.portfolio.lines import broken, problem_of
from monarca.engines.portfolio.opposites import Price, near, prices, verdicts
from monarca.engines.portfolio.relaxing import reached, relax
from monarca.engines.portfolio.second import best_value
from monarca.engines.portfolio.shapes import (
    MEASURES,
    UNIT,
    WHOLE,
    Award,
    Easing,
    Effort,
    Goal,
    Level,
    Limit,
    Pin,
    Plan,
    Project,
    Relaxation,
    Rules,
    Selection,
    Stage,
    WrongRules,
    levels_of,
)
from monarca.engines.portfolio.uncertainty import DRAWS, Step, envelopes, scaled, stability

CODES = (
    "portfolio.best",
    "portfolio.ease_ceiling_cents",
    "portfolio.ease_ceiling_projects",
    "portfolio.ease_ceiling_share",
    "portfolio.ease_envelope",
    "portfolio.ease_floor_cents",
    "portfolio.ease_floor_projects",
    "portfolio.ease_floor_share",
    "portfolio.ease_organisation",
    "portfolio.ease_pin",
    "portfolio.ease_year",
    "portfolio.funded",
    "portfolio.funded_at_least",
    "portfolio.funded_at_most",
    "portfolio.funded_must",
    "portfolio.funded_pinned",
    "portfolio.funded_price",
    "portfolio.funded_price_swap",
    "portfolio.id_twice",
    "portfolio.left",
    "portfolio.left_at_least",
    "portfolio.left_at_most",
    "portfolio.left_must",
    "portfolio.left_pinned",
    "portfolio.left_price",
    "portfolio.left_price_swap",
    "portfolio.limit_unknown",
    "portfolio.no_envelope",
    "portfolio.no_plan",
    "portfolio.no_way_known",
    "portfolio.not_proved",
    "portfolio.nothing_helps",
    "portfolio.pin_unknown",
    "portfolio.too_large",
    "portfolio.undecided",
    "portfolio.years_differ",
)

__all__ = [
    "CODES",
    "DRAWS",
    "MEASURES",
    "UNIT",
    "WHOLE",
    "Award",
    "Easing",
    "Effort",
    "Goal",
    "Level",
    "Limit",
    "Pin",
    "Plan",
    "Price",
    "Project",
    "Reached",
    "Relaxation",
    "Rules",
    "Selection",
    "Sorted",
    "Stage",
    "Step",
    "WrongRules",
    "best_value",
    "broken",
    "by_score",
    "envelopes",
    "levels_of",
    "limits_reached",
    "near",
    "prices",
    "problem_of",
    "reached",
    "relax",
    "scaled",
    "select",
    "stability",
    "verdicts",
]
