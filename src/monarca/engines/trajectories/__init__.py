"""How far a measured series is from what was pledged: straight path, band, gap, what is needed.

Problem. Somebody pledges that a quantity will stand at a value in a target year: a share below a
base year (40 to 45 % below 2005), or a level (net zero; half of all power). Between base and target
the path is the straight line, and a range makes a band between two lines. For every measured point:
how far is it from the path, in units and as a part of the change that was pledged; how much must
change every year from the last measurement on; and once the target year was measured, was the
pledge met? All in exact fractions, linear in the number of points.

Time is counted in years: a year stands where it ends, so that a year's total and a reading of its
last day are one moment. After the target year the path stays level: what was pledged has to hold.
The straight line is a convention of comparison, not a forecast and not what a government planned.
"""

from monarca.engines.trajectories.course import (
    Course,
    Outlook,
    Pledge,
    Point,
    Spot,
    Untellable,
    Verdict,
    check,
    course_of,
    moment,
    outlook,
    spots,
)
from monarca.engines.trajectories.series import (
    COLUMNS,
    EARLIEST,
    EXACT,
    MOST,
    Reading,
    read,
    written,
)
from monarca.engines.trajectories.telling import SEEN, figure, said

CODES = (
    "trajectory.ahead",
    "trajectory.ahead_of_band",
    "trajectory.base_after_target",
    "trajectory.base_not_positive",
    "trajectory.base_within_target",
    "trajectory.behind",
    "trajectory.day_twice",
    "trajectory.fell",
    "trajectory.in_band",
    "trajectory.in_line",
    "trajectory.met",
    "trajectory.met_beyond",
    "trajectory.met_in_range",
    "trajectory.missed",
    "trajectory.needs_less",
    "trajectory.needs_less_range",
    "trajectory.needs_more",
    "trajectory.needs_more_range",
    "trajectory.no_base_value",
    "trajectory.none_since_base",
    "trajectory.not_yet",
    "trajectory.nothing_pledged",
    "trajectory.on_path",
    "trajectory.range_upside_down",
    "trajectory.reached",
    "trajectory.rose",
    "trajectory.same_day",
    "trajectory.too_fine",
    "trajectory.too_early",
    "trajectory.too_few_points",
    "trajectory.unchanged",
)

__all__ = [
    "CODES",
    "COLUMNS",
    "EARLIEST",
    "EXACT",
    "MOST",
    "SEEN",
    "Course",
    "Outlook",
    "Pledge",
    "Point",
    "Reading",
    "Spot",
    "Untellable",
    "Verdict",
    "check",
    "course_of",
    "figure",
    "moment",
    "outlook",
    "read",
    "said",
    "spots",
    "written",
]
