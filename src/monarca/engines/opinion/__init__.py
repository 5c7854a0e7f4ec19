"""Opinion: what people agree on, where they are divided, and groups only where groups are real.

Problem. People agree, disagree or pass on each other's statements, each seeing only some. Which
statements unite them, which divide them, and are there groups that see things differently?

Method. Statements come first: counts, a verdict with Wilson's interval, division. Groups come
second and must be earned: people are placed on a plane (principal components of the votes, unseen
ones at their mean), k-means proposes two to five groups (never more than the root of n/12, none
under five people), and the number whose groups best survive hiding a fifth of the statements is
taken, if the adjusted Rand index reaches 0.6 (and, below a hundred statements, if the votes hang
together more than shuffled ones); otherwise the answer is "no stable groups". Then group-informed
consensus (the product over groups of (agree + 1) / (seen + 2)), the weakest group's agreement, and
statements typical of each group.

Sources. Small and others, Polis: scaling deliberation by mapping high dimensional opinion spaces
(Recerca 26, 2021); Ben-Hur, Elisseeff and Guyon, A stability based method for discovering structure
(2002); Hubert and Arabie (1985); Wilson (1927).

Complexity. O(votes) for statements; for groups O(n m min(n, m)) once and the eigenvectors of the
smaller side at each repeat. numpy and scipy are loaded only for groups.
"""

from monarca.engines.opinion.grouping import (
    REPEATS,
    STABLE,
    best_grouping,
    cluster,
    most_groups,
    pattern,
)
from monarca.engines.opinion.likeness import adjusted_rand
from monarca.engines.opinion.plane import Matrix, Plane, matrix
from monarca.engines.opinion.statements import CODE_OF, KINDS, kind_of, surely
from monarca.engines.opinion.surveying import ENOUGH, FEWEST_PEOPLE, survey
from monarca.engines.opinion.votes import (
    AGREE,
    DISAGREE,
    PASS,
    SMALLEST_GROUP,
    Counts,
    Group,
    Opinions,
    Reading,
    Refused,
    Typical,
    Vote,
)

CODES = (
    *CODE_OF.values(),
    "opinion.groups_too_small",
    "opinion.no_pattern",
    "opinion.no_stable_groups",
    "opinion.not_a_vote",
    "opinion.stable_groups",
    "opinion.too_few_people",
    "opinion.too_few_statements",
    "opinion.too_large",
    "opinion.typical_agree",
    "opinion.typical_disagree",
    "opinion.vote_twice",
)
"""Every code of a reason this engine gives."""

__all__ = [
    "AGREE",
    "CODES",
    "DISAGREE",
    "ENOUGH",
    "FEWEST_PEOPLE",
    "KINDS",
    "PASS",
    "REPEATS",
    "SMALLEST_GROUP",
    "STABLE",
    "Counts",
    "Group",
    "Matrix",
    "Opinions",
    "Plane",
    "Reading",
    "Refused",
    "Typical",
    "Vote",
    "adjusted_rand",
    "best_grouping",
    "cluster",
    "kind_of",
    "matrix",
    "most_groups",
    "pattern",
    "surely",
    "survey",
]
