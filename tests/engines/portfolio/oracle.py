"""Every plan of a tiny case, one by one: what the engine's answers are held against."""

from itertools import product

from hypothesis import strategies as st

from monarca.engines.portfolio import Goal, Level, Limit, Pin, Project, Rules, broken, problem_of

TAGS = ("first", "water")
PERCENTS = (100, 70)


def plans(projects, rules):
    """Every set of columns with at most one level a project, and the rules it breaks."""
    problem = problem_of(projects, rules)
    owned = {}
    for column, (place, _) in enumerate(problem.columns):
        owned.setdefault(place, []).append(column)
    for picked in product(*((None, *columns) for columns in owned.values())):
        chosen = tuple(column for column in picked if column is not None)
        yield problem, chosen, broken(problem, chosen)


def worth(problem, chosen):
    return sum(problem.values[column] for column in chosen)


def best_worth(projects, rules):
    """The best total by trying all; None where no plan keeps the rules."""
    found = [worth(problem, chosen) for problem, chosen, bad in plans(projects, rules) if not bad]
    return max(found, default=None)


def fewest(projects, rules):
    """The least number of rules that every plan breaks, firm ones never."""
    return min(
        (len(bad) for _, _, bad in plans(projects, rules) if not set(bad) & rules.firm),
        default=None,
    )


@st.composite
def cases(draw, most=5):
    """Up to five projects with two levels and two fiscal years, and rules that may clash."""
    count = draw(st.integers(1, most))
    projects = tuple(draw(project(f"P{number}")) for number in range(count))
    limits = draw(st.lists(limit(), max_size=3))
    named = tuple(
        Limit(f"limit {n}", each.amount, each.is_floor, each.measure, each.tag, each.year)
        for n, each in enumerate(limits)
    )
    ids = [each.id for each in projects]
    pins = draw(st.lists(st.builds(Pin, st.sampled_from(ids), st.booleans()), max_size=2))
    rules = Rules(
        envelope_cents=draw(st.integers(0, 120)),
        years=("a", "b"),
        year_cents=(draw(st.none() | st.integers(0, 60)), None),
        limits=named,
        pins=tuple(pins),
        one_per_organisation=draw(st.booleans()),
    )
    return projects, rules


@st.composite
def project(draw, name):
    levels = tuple(
        Level(percent, (draw(st.integers(0, 30)), draw(st.integers(0, 20))), percent * 10)
        for percent in PERCENTS
    )
    tags = draw(st.frozensets(st.sampled_from(TAGS)))
    organisation = draw(st.sampled_from(("", "A", "B")))
    return Project(name, draw(st.integers(0, 5000)), levels, organisation, tags)


def limit():
    amounts = {
        "cents": st.integers(0, 80),
        "projects": st.integers(0, 4),
        "share_of_envelope": st.integers(0, 10_000),
        "share_of_money": st.integers(0, 10_000),
        "share_of_projects": st.integers(0, 10_000),
    }
    return st.sampled_from(sorted(amounts)).flatmap(
        lambda measure: st.builds(
            Limit,
            st.just(""),
            amounts[measure],
            st.booleans(),
            st.just(measure),
            st.sampled_from(("", *TAGS)),
            st.just("") if measure != "cents" else st.sampled_from(("", "a")),
        )
    )


FIRST = Goal("first-time grantees", "first")
