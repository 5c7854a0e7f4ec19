"""Reviewers to applications: fair, exact, with the proof; or the smallest thing to change.

**Problem.** Every application wants some number of different reviewers. A pair has an affinity
(given, or computed from topics in thousandths). Nobody with a conflict of interest, or who does
not read the application's languages, reads it; nobody reads more than their limit; for every need
of an application (trained in GBA+, reads Nahuatl) one of its reviewers has that skill. Wanted is,
in this order: the most pairs of an earlier plan kept; the most of the wished least loads met; then
the highest floor (the score of the worst served application), what stands above it, and the largest
total of the plans tried; or the total alone, exactly.

**Method and source.** The total is a minimum-cost flow (OR-Tools' cost-scaling push-relabel:
Goldberg, "An efficient implementation of a scaling minimum-cost flow algorithm", J. Algorithms 22,
1997): exact, as whole capacities give whole flows. The floor is NP-hard to maximise (Garg, Kavitha,
Kumar, Mehlhorn and Mestre, "Assigning papers to referees", Algorithmica 58, 2010); here flows are
priced again until the floor meets its ceiling, which proves it, and small problems that leave a gap
are searched to the end by CP-SAT. What stays open is told as a gap.

**By lot.** Chances under a cap (Jecmen and others, NeurIPS 2020) are the same flow in thousandths,
rounded dependently (Gandhi and others, J. ACM 53, 2006) with a published seed.

**Complexity.** With n nodes, m candidates and the largest cost C, a flow takes O(n^2 m log(nC)) at
worst and about n m^0.5 in practice; a fair plan takes some ten flows. Memory is linear in m; of
more than 500,000 cells, the sixty best candidates of each application are kept, and more where
those are not enough.

    plan = assign(Problem(applications, reviewers))
"""

from monarca.engines.matching.assigning import assign, draw
from monarca.engines.matching.chances import OFFERED
from monarca.engines.matching.plan import Dropped, Load, Place, Plan, Proof, Served
from monarca.engines.matching.problem import (
    MOST_AFFINITY,
    SCALE,
    Application,
    Pair,
    Problem,
    Refused,
    Reviewer,
)
from monarca.engines.matching.relaxing import Change, Relaxation, Way, is_possible, relaxed

__all__ = (
    "CODES",
    "MOST_AFFINITY",
    "OFFERED",
    "SCALE",
    "Application",
    "Change",
    "Dropped",
    "Load",
    "Pair",
    "Place",
    "Plan",
    "Problem",
    "Proof",
    "Refused",
    "Relaxation",
    "Reviewer",
    "Served",
    "Way",
    "assign",
    "draw",
    "is_possible",
    "relaxed",
)

CODES = (
    "matching.affinity_computed",
    "matching.affinity_given",
    "matching.affinity_out_of_range",
    "matching.application_left",
    "matching.application_twice",
    "matching.cap_and_keep",
    "matching.cap_and_loads",
    "matching.cap_out_of_range",
    "matching.cap_too_low",
    "matching.cut",
    "matching.drawn",
    "matching.drawn_with",
    "matching.drop_need",
    "matching.expected",
    "matching.fewer_reviewers",
    "matching.fills",
    "matching.floor_has_gap",
    "matching.floor_is_ceiling",
    "matching.floor_is_proved",
    "matching.had_to_move",
    "matching.has_read",
    "matching.kept",
    "matching.kept_of",
    "matching.level",
    "matching.loads_cross",
    "matching.loads_too_small",
    "matching.more_load",
    "matching.nobody_has",
    "matching.not_all_tried",
    "matching.nothing_to_read",
    "matching.now_conflict",
    "matching.now_language",
    "matching.now_unlisted",
    "matching.pair_twice",
    "matching.reads",
    "matching.reviewer_left",
    "matching.reviewer_twice",
    "matching.shares",
    "matching.spread",
    "matching.too_few_eligible",
    "matching.too_large",
    "matching.too_many_needs",
    "matching.total_is_most",
    "matching.total_price",
    "matching.under_wish",
    "matching.unknown_application",
    "matching.unknown_reviewer",
    "matching.waive_conflict",
    "matching.waive_language",
    "matching.wanted_negative",
)
