"""Small problems of every kind for Hypothesis, tiny enough to try every plan."""

from hypothesis import strategies as st

from monarca.engines.matching import Application, Pair, Problem, Reviewer

LANGUAGES = ("es", "en")
TOPICS = ("agua", "tierra", "voz")
SKILLS = ("gba", "nahuatl")


@st.composite
def problems(draw, files=4, people=4, with_keep=False, needs=1):
    """Up to four applications and four reviewers, one or two reviewers each."""
    applications = tuple(
        Application(
            f"A{place}",
            frozenset(draw(st.sets(st.sampled_from(LANGUAGES), max_size=1))),
            tuple(draw(st.lists(st.sampled_from(TOPICS), unique=True, max_size=2))),
            tuple(draw(st.lists(st.sampled_from(SKILLS), unique=True, max_size=needs))),
            draw(st.sampled_from((None, None, 1))),
        )
        for place in range(draw(st.integers(1, files)))
    )
    reviewers = tuple(reviewer(draw, place) for place in range(draw(st.integers(2, people))))
    cells = [(a.id, r.id) for a in applications for r in reviewers]
    pairs = tuple(
        Pair(
            *cell,
            draw(st.none() | st.integers(0, 1000)),
            draw(st.integers(0, 9)) == 0,
            draw(st.booleans()),
        )
        for cell in draw(st.lists(st.sampled_from(cells), unique=True))
    )
    keep = draw(st.lists(st.sampled_from(cells), unique=True, max_size=5)) if with_keep else []
    return Problem(applications, reviewers, pairs, 2, keep=tuple(keep))


def reviewer(draw, place):
    most = draw(st.integers(1, 4))
    return Reviewer(
        f"R{place}",
        frozenset(draw(st.sets(st.sampled_from(LANGUAGES), min_size=1))),
        tuple(draw(st.lists(st.sampled_from(TOPICS), unique=True))),
        tuple(draw(st.lists(st.sampled_from(TOPICS), unique=True))),
        frozenset(draw(st.sets(st.sampled_from(SKILLS)))),
        draw(st.integers(0, most)),
        most,
    )
