"""Through Splink and DuckDB the answers are those of the core."""

import pytest
from bench.of_linkage import organisations

from monarca.engines import linkage
from monarca.engines.linkage import ORGANISATIONS, scale
from monarca.engines.linkage.columns import chosen, rows_of

needs_scale = pytest.mark.skipif(
    not scale.is_there(),
    reason="needs the extra scale: pip install monarca[scale] (splink, duckdb)",
)


def told(answer):
    """Pairs with their chance and their reasons, to a thousandth of a bit."""
    return [
        (pair.left, pair.right, round(pair.probability, 4), [step.outcome for step in pair.steps])
        for pair in sorted(answer.pairs, key=lambda pair: (pair.left, pair.right))
    ]


@needs_scale
def test_doubles_of_one_table_are_those_of_the_core():
    records, _ = organisations(800, seed=3)
    core, other = linkage.dedupe(records, ORGANISATIONS), scale.dedupe(records, ORGANISATIONS)
    assert told(other) == told(core)
    assert other.groups
    assert (other.compared, other.possible) == (core.compared, core.possible)


@needs_scale
def test_links_of_two_tables_are_those_of_the_core():
    records, _ = organisations(600, seed=5)
    left, right = records[:250], records[250:]
    core = linkage.link(left, right, ORGANISATIONS)
    assert told(scale.link(left, right, ORGANISATIONS)) == told(core)
    assert core.pairs


@needs_scale
@pytest.mark.parametrize("count", [0, 1, 2])
def test_nothing_and_hardly_anything_is_answered(count):
    records, _ = organisations(20, seed=1)
    assert scale.dedupe(records[:count], ORGANISATIONS).pairs == ()


@pytest.mark.skipif(scale.is_there(), reason="the extra scale is installed")
def test_without_the_extra_it_is_refused_in_words():
    with pytest.raises(linkage.Refused) as refused:
        scale.dedupe([], ORGANISATIONS)
    assert refused.value.reason.code == "linkage.no_scale"


def test_every_outcome_of_every_kind_has_its_condition():
    from monarca.engines.linkage.kinds import KINDS

    for name, kind in KINDS.items():
        for outcome in kind.outcomes:
            assert "#" not in scale._condition(name, outcome, "f0")


def test_rows_are_chosen_evenly_from_both_tables():
    records, _ = organisations(100, seed=1)
    rows = rows_of([records[:40], records[40:]], ORGANISATIONS)
    some = chosen(rows, 7)
    assert some.names == tuple(rows.names[:40][::7] + rows.names[40:][::7])
    assert some.first == 6
    for mine, whole in zip(some.columns, rows.columns, strict=True):
        assert mine.codes.tolist() == [*whole.codes[:40:7].tolist(), *whole.codes[40::7].tolist()]
        assert int(mine.shared.max()) <= int(whole.shared.max())
