"""Through Splink and DuckDB the answers are those of the core."""

import pytest
from bench.of_linkage import f1, organisations, pairs_of

from monarca.engines import linkage
from monarca.engines.linkage import ORGANISATIONS, scale

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


@needs_scale
def test_some_of_the_pairs_teach_nearly_what_all_of_them_teach(monkeypatch):
    records, truth = organisations(3_000, seed=2)
    core = linkage.dedupe(records, ORGANISATIONS)
    monkeypatch.setattr(scale, "LEARNT_FROM", 10_000)
    other = scale.dedupe(records, ORGANISATIONS)
    assert core.compared > 3 * 10_000
    assert other.compared == core.compared
    assert f1(pairs_of(other), truth) > 0.99
    assert other.model.chance == pytest.approx(core.model.chance, rel=0.25)
    assert scale.dedupe(records[::-1], ORGANISATIONS) == other
