"""Scoring: from the scores of several reviewers to a ranking that says how sure it is.

**Problem.** n applications, m reviewers, N scores; most applications are read by a few reviewers.
Which applications are best, by how much is each score in doubt, and who cannot be told apart across
the line between funded and not?

**Method.** The raw mean ranks, unless asked otherwise. Second opinion: score = application +
reviewer + rest, applications fixed, reviewers random, so that only disagreement *inside* a file
tells about severity and nobody is called harsh for having read weak files. The ratio of the two
variances maximises the restricted likelihood (REML), exactly: along the eigenvectors of one m x m
matrix the likelihood is a sum. A reviewer is adjusted only when the severity is at least two
standard errors; what is not adjusted widens the interval. Where reviewers fall into groups that
share no file, nothing is calibrated and the groups are named. Intervals hold the truth eight times
in ten (Student's t with N - n degrees of freedom). Expected ranks are exact sums over pairs up to
4,000 applications; chances come from seeded draws of the Gaussian. The median is not offered: it
loses to the mean in every setting that was tried.

**Sources.** Patterson & Thompson, Biometrika 58 (1971) 545; Henderson, Biometrics 31 (1975) 423;
Heyard, Ott, Salanti & Egger, Statistics and Public Policy 9 (2022) 110 for expected ranks and the
draw; Shrout & Fleiss, Psychological Bulletin 86 (1979) 420; McGraw & Wong, Psychological Methods 1
(1996) 30; Henderson, Biometrics 9 (1953) 226 for unbalanced tables; Cohen, Psychological Bulletin
70 (1968) 213. Libraries: numpy, scipy.

**Complexity.** O(m³ + N m + n²) time for the fit and the pairs, O(draws (N + m²)) for the chances;
memory O(m² + N).
"""

from monarca.engines.scoring.agreement import Agreement, Correlation, Kappa, agreement
from monarca.engines.scoring.lines import Line
from monarca.engines.scoring.lottery import Lottery, Ticket, drawn, lottery
from monarca.engines.scoring.ranking import Ranking, Standing, Way, rank
from monarca.engines.scoring.reviews import Mark, Review, Unfit, whole
from monarca.engines.scoring.telling import Explained, Reviewer

CODES = (
    "scoring.agreement",
    "scoring.agreement_unknown",
    "scoring.agreement_without_kappa",
    "scoring.all_above",
    "scoring.among_high",
    "scoring.among_low",
    "scoring.criterion_twice",
    "scoring.disconnected",
    "scoring.fund_below_nought",
    "scoring.kept_even",
    "scoring.kept_high",
    "scoring.kept_low",
    "scoring.line_not_usable",
    "scoring.lottery_needs_fund",
    "scoring.no_doubt_known",
    "scoring.no_file_twice",
    "scoring.not_usable",
    "scoring.nothing_scored",
    "scoring.one_reviewer",
    "scoring.reads_high",
    "scoring.reads_low",
    "scoring.too_few_shared",
    "scoring.too_large",
    "scoring.twice",
    "scoring.two_lines",
    "scoring.unread",
    "scoring.weight",
)

__all__ = [
    "CODES",
    "Agreement",
    "Correlation",
    "Explained",
    "Kappa",
    "Line",
    "Lottery",
    "Mark",
    "Ranking",
    "Review",
    "Reviewer",
    "Standing",
    "Ticket",
    "Unfit",
    "Way",
    "agreement",
    "drawn",
    "lottery",
    "rank",
    "whole",
]
