"""Apportionment: sharing a scarce, whole quantity among claims by a rule everybody can check.

Problem. A supply of whole units (doses, cents, seats), claimants who ask for some, and perhaps
floors, caps, weights, lots, a buffer and exclusions: who receives how much, and why? Every answer
is in exact integers; units that cannot be cut go in an order fixed by ids, not by claim sizes.

Rules: `proportional` (rounded down, then by id), `largest_remainder` (Hamilton), the divisor
methods `webster`, `dhondt`, `adams`, `hill`, `dean` (Balinski and Young, Fair Representation,
1982), `water_filling` (max-min, which is leximin for one good) and `weighted_water_filling`
(nearest whole units to the weighted Nash solution), `equal_losses`, `talmud` (Aumann and Maschler,
Journal of Economic Theory 36, 1985), `covax` (WHO, Allocation mechanism for COVAX Facility
vaccines, 12 November 2020). Floors and caps hold in all but the last two; what a cap holds back
is shared again.

Complexity. O(n log n) in the number of claimants, whatever the supply. `axioms` says what makes a
rule fair, `counterexamples` which rule keeps what, with the smallest division that breaks the rest.
"""

from monarca.engines.apportionment.axioms import AXIOMS, Problem
from monarca.engines.apportionment.claims import Claim, Division, Refused, Share, Terms
from monarca.engines.apportionment.comparing import Compared, Inequality, compare, gini, inequality
from monarca.engines.apportionment.counterexamples import Standing, first, posed, standings
from monarca.engines.apportionment.dividing import divide
from monarca.engines.apportionment.explaining import left_over
from monarca.engines.apportionment.rounds import compare_rounds, divide_round, owed
from monarca.engines.apportionment.rules import ALIASES, RULES, named, targets

CODES = (
    "apportionment.at_cap",
    "apportionment.at_floor",
    "apportionment.at_floor_worth_sending",
    "apportionment.below_minimum",
    "apportionment.below_whole",
    "apportionment.small_but_whole",
    *(f"apportionment.breaks_{axiom}" for axiom in AXIOMS),
    *(f"apportionment.axiom_{axiom}" for axiom in AXIOMS),
    "apportionment.by_claim",
    "apportionment.by_half",
    "apportionment.by_level",
    "apportionment.by_loss",
    "apportionment.by_weight",
    "apportionment.covax_ahead",
    "apportionment.covax_phase_one",
    "apportionment.covax_phase_two",
    "apportionment.covax_request_met",
    "apportionment.covax_request_near",
    "apportionment.covax_target_met",
    "apportionment.excluded",
    "apportionment.floor_above_claim",
    "apportionment.floor_between_lots",
    "apportionment.floors_exceed",
    "apportionment.in_full",
    "apportionment.in_whole_lots",
    "apportionment.less_than_a_lot",
    "apportionment.lots_down",
    "apportionment.lots_up",
    "apportionment.negative",
    "apportionment.no_population",
    "apportionment.no_such_rule",
    "apportionment.nobody_may_have_more",
    "apportionment.nothing_asked",
    "apportionment.owed",
    "apportionment.rounded_down",
    "apportionment.rounded_up",
    "apportionment.takes_no_bounds",
    "apportionment.terms_wrong",
    "apportionment.twice",
)
"""Every code of a reason this engine gives; `axiom_…` is the definition of an axiom."""

__all__ = [
    "ALIASES",
    "AXIOMS",
    "CODES",
    "RULES",
    "Claim",
    "Compared",
    "Division",
    "Inequality",
    "Problem",
    "Refused",
    "Share",
    "Standing",
    "Terms",
    "compare",
    "compare_rounds",
    "divide",
    "divide_round",
    "first",
    "gini",
    "inequality",
    "left_over",
    "named",
    "owed",
    "posed",
    "standings",
    "targets",
]
