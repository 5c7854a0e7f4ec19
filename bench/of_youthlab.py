"""The Youth Lab's lottery whole: asked for, worked out as a job with progress, committed, drawn."""

from collections.abc import Iterator

from bench import places
from bench.figures import Figure

GOALS = {"maximin": 30, "leximin": 120}


def figures() -> Iterator[Figure]:
    """A panel of 40 from 1,000 with quotas on 6 features, through the room's own acts."""
    for method, goal in GOALS.items():
        with places.home() as home:
            told = home.made("bench.lottery", method)
        note = (
            f"{told['status']}, least chance {told['least']:.3%}, proved {told['ceiling']:.3%}; "
            f"progress written {told['progress']} times; the draw itself {told['draw']} s"
        )
        yield Figure(f"lottery 40 of 1,000, {method}", goal, "s", told["seconds"], note=note)
