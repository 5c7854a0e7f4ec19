"""Sortition: a panel drawn by lottery so that quotas hold and everybody's chance is the fairest.

**Problem.** A pool of people with answers (region, gender, age…), a number of seats, and for each
answer the fewest and the most seats it may have. A *lottery* is a mixture of panels that keep every
quota; it gives each person a chance. `maximin` makes the smallest chance as large as possible;
`leximin` (the default) then the second smallest, and so on: the fairest chances there are.

**Method.** (1) People whom no quota tells apart are one *kind*; a panel is a whole number of people
of each kind, and a fair lottery treats a kind alike. The rule of one person an address costs one
row for each sort of household. (2) *Relaxation*: allowing parts of people, leximin is a short
series of linear programmes, and its chances are a bound for every lottery. (3) *Mixing*: panels
around that point are peeled off with small integer programmes (each on the face the rest stands on)
and mixed by a linear programme; panels of the best price are added until everybody has the chance
of the bound to within one in a million: then the lottery is leximin, and proved. (4) Where whole
people cannot reach the bound, level by level with column generation (duals of HiGHS, one integer
programme a panel, Wentges smoothing, several panels a round), each level proved to one in a
million, or, after many rounds, to 2 in 10,000. The answer says which gap is left. (5) The
lottery is rounded to a table of 1,000 tickets by controlled rounding, people are dealt to tickets
evenly, the table is committed to by SHA-256, and a seed that becomes known later draws a ticket.

**Sources.** Flanigan, Gölz, Gupta, Hennig and Procaccia, "Fair algorithms for selecting citizens'
assemblies", Nature 596 (2021), 548-552: leximin and its column generation. Flanigan, Kehne and
Procaccia, "Fair sortition made transparent", NeurIPS 2021: tickets by rounding. Beck and Fiala,
"Integer-making theorems" (1981). The relaxation as the aim, and kinds by household, are ours.

**Complexity.** K kinds, Q quotas: at most K linear programmes with K + Q rows, then some tens to
hundreds of integer programmes with at most K unknowns; integer programmes are NP-hard in general,
but here the relaxation is nearly whole. Memory grows with K times the panels kept.
"""

from monarca.engines.sortition.fairness import (
    METHODS,
    Chance,
    Chances,
    NoPanelIsPossible,
    ceiling,
    fair_chances,
)
from monarca.engines.sortition.pool import (
    CannotDraw,
    Kind,
    Person,
    Quota,
    Task,
    counted,
    fingerprint,
    kinds,
)
from monarca.engines.sortition.relaxing import Change, Relaxation, relaxed, short
from monarca.engines.sortition.replacing import Vacancy, vacancy
from monarca.engines.sortition.tickets import FORMAT, TICKETS, Drawn, Table, check, draw, table

CODES = (
    "sortition.no_seats",
    "sortition.no_people",
    "sortition.person_twice",
    "sortition.quota_twice",
    "sortition.limits_crossed",
    "sortition.too_few",
    "sortition.no_panel",
    "sortition.short",
    "sortition.more_than_seats",
    "sortition.fewer_than_seats",
    "sortition.never",
    "sortition.even",
    "sortition.held",
    "sortition.raised",
    "sortition.jointly",
    "sortition.other_task",
    "sortition.no_tickets",
    "sortition.stranger",
    "sortition.wrong_seats",
    "sortition.quota_broken",
    "sortition.address_twice",
    "sortition.other_ticket",
    "sortition.other_members",
    "sortition.other_commitment",
    "sortition.not_in_pool",
    "sortition.stays_and_declines",
    "sortition.no_empty_seat",
)

__all__ = (
    "CODES",
    "FORMAT",
    "METHODS",
    "TICKETS",
    "CannotDraw",
    "Chance",
    "Chances",
    "Change",
    "Drawn",
    "Kind",
    "NoPanelIsPossible",
    "Person",
    "Quota",
    "Relaxation",
    "Table",
    "Task",
    "Vacancy",
    "ceiling",
    "check",
    "counted",
    "draw",
    "fair_chances",
    "fingerprint",
    "kinds",
    "relaxed",
    "short",
    "table",
    "vacancy",
)
