"""Weights are what expectation-maximisation over all pairs gives, and come back from made-up data."""

import random
from itertools import combinations, pairwise
from math import log2

import pytest
from bench.of_linkage import FEBRL, febrl, organisations, same_people

from monarca.engines import linkage
from monarca.engines.linkage import Field, Record, weighing
from monarca.engines.linkage.blocking import blocks_of
from monarca.engines.linkage.columns import rows_of
from monarca.engines.linkage.comparing import compared
from monarca.engines.linkage.kinds import KINDS
from monarca.engines.linkage.linking import judge

FIELDS = (Field("name", "name"), Field("rfc", "id"), Field("town", "text"))


def few(seed):
    """Twelve rows of three fields from small lots, so that every outcome happens."""
    chosen = random.Random(seed)
    names = ("Agua Viva", "Agua Vida", "Bosque Azul", "Casa Nube", "")
    numbers = ("AAA111222333", "AAA111222334", "BBB999888777", "")
    towns = ("Xico", "Jico", "Tlaxcala")
    return [
        Record(
            f"{place:02}",
            {
                "name": chosen.choice(names),
                "rfc": chosen.choice(numbers),
                "town": chosen.choice(towns),
            },
        )
        for place in range(12)
    ]


def by_hand(levels, rounds):
    """The same learning in plain Python: every pair on its own, no vectors of outcomes, no numpy."""
    kinds = [KINDS[field.kind] for field in FIELDS]
    whole = len(levels)
    chance = 0.05 * 12 / whole
    shares = {
        "same": [list(kind.same) for kind in kinds],
        "kin": [list(kind.kin) for kind in kinds],
        "strangers": [list(kind.different) for kind in kinds],
    }
    chances = {"same": chance, "kin": chance, "strangers": 1 - 2 * chance}
    pseudo = 1 / chance
    for _ in range(rounds):
        posterior = []
        for row in levels:
            odds = {}
            for name in shares:
                odds[name] = chances[name]
                for place, level in enumerate(row):
                    if level >= 0:
                        odds[name] *= shares[name][place][level]
            total = sum(odds.values())
            posterior.append({name: each / total for name, each in odds.items()})
        for place, kind in enumerate(kinds):
            counted = {
                "same": [10 * share for share in kind.same],
                "kin": [10 * share for share in kind.kin],
                "strangers": [1000 * share for share in kind.different],
            }
            for row, each in zip(levels, posterior, strict=True):
                if row[place] >= 0:
                    for name in counted:
                        counted[name][row[place]] += each[name]
            for name, lot in counted.items():
                if name != "kin" or not kind.is_identity:
                    shares[name][place] = [share / sum(lot) for share in lot]
        for name in ("same", "kin"):
            chances[name] = min(
                (sum(each[name] for each in posterior) + 1) / (whole + 2 * pseudo), 0.4
            )
        chances["strangers"] = 1 - chances["same"] - chances["kin"]
    return shares, chances


@pytest.mark.parametrize("seed", range(6))
def test_learning_is_that_of_a_hand_over_every_pair(seed, monkeypatch):
    import numpy as np

    monkeypatch.setattr(weighing, "ROUNDS", 8)
    monkeypatch.setattr(weighing, "STILL", 0.0)
    rows = rows_of([few(seed)], FIELDS)
    left, right = np.triu_indices(len(rows), 1)
    weights = judge(rows, left, right).weights
    levels = np.stack(
        [compared(column, left, right)[0] for column in rows.columns], axis=1
    ).tolist()
    shares, chances = by_hand(levels, 8)
    assert weights.same.chance == pytest.approx(chances["same"])
    assert weights.kin.chance == pytest.approx(chances["kin"])
    for name in ("same", "kin", "strangers"):
        for mine, theirs in zip(getattr(weights, name).outcomes, shares[name], strict=True):
            assert mine.tolist() == pytest.approx(theirs)


def test_learned_shares_are_those_of_the_true_pairs():
    """Febrl's truth is known: how often the same people agree is learned without looking at it."""
    records = febrl("dataset3")
    model = linkage.dedupe(records, FEBRL).model
    rows = {record.id: record for record in records}
    truth = same_people(records)
    for column in ("soc_sec_id", "date_of_birth"):
        said = [
            (rows[one].values[column], rows[other].values[column])
            for one, other in truth
            if rows[one].values[column] and rows[other].values[column]
        ]
        agreed = sum(one == other for one, other in said) / len(said)
        learned = next(x for x in model.levels if (x.field, x.outcome) == (column, "same"))
        assert learned.same_share == pytest.approx(agreed, abs=0.03)
    assert model.chance * len(records) * (len(records) - 1) / 2 == pytest.approx(
        len(truth), rel=0.02
    )


def test_more_alike_weighs_more_where_data_are_plenty():
    records, _ = organisations(2_000, seed=11)
    levels = linkage.dedupe(records, linkage.ORGANISATIONS).model.levels
    for name in ("name", "rfc", "clabe"):
        bits = [level.bits for level in levels if level.field == name]
        assert bits[-1] == max(bits)
        assert bits[0] == min(bits)


def test_a_rare_value_tells_more_than_a_common_one():
    cells = [{"town": "Xico" if place % 3 else f"Pueblo {place}"} for place in range(300)]
    cells += [{"town": "Yajalón"}, {"town": "Yajalón"}]
    rows = rows_of(
        [[Record(f"{n:03}", each) for n, each in enumerate(cells)]], (Field("town", "text"),)
    )
    blocks = blocks_of(rows)
    weights = judge(rows, blocks.left, blocks.right).weights
    import numpy as np

    column = rows.columns[0]
    none = np.zeros(int(column.groups.max()) + 1)
    bits = dict(zip(column.values, weighing.rarity(rows, weights, 0, none).tolist(), strict=True))
    assert bits["yajalon"] > bits["xico"]


def test_what_the_same_share_makes_no_value_common():
    """Five rows of one organisation do not make its tax number an accountant's."""
    import numpy as np

    records = [
        Record(str(n), {"rfc": "TNI150312AB4" if n < 5 else f"AAA{n:06}XX1"}) for n in range(50)
    ]
    rows = rows_of([records], (Field("rfc", "id"),))
    weights = weighing.expected(rows)
    column = rows.columns[0]
    place = column.values.index("tni150312ab4")
    strangers = np.zeros(len(column.values))
    same = strangers.copy()
    same[column.groups[place]] = 10.0
    assert weighing.rarity(rows, weights, 0, same)[place] == 0.0
    assert weighing.rarity(rows, weights, 0, strangers)[place] < -8


def test_outcomes_at_random_are_counted_exactly_in_a_small_table():
    records = few(3)
    rows = rows_of([records], FIELDS)
    import numpy as np

    counted = weighing.outcomes_at_random(rows)
    for place, column in enumerate(rows.columns):
        expected = [0] * len(column.kind.outcomes)
        for one, other in combinations(range(len(rows)), 2):
            level = int(compared(column, np.array([one]), np.array([other]))[0][0])
            if level >= 0:
                expected[level] += 1
        assert counted[place].tolist() == expected


@pytest.mark.parametrize("kind", KINDS.values())
def test_what_is_expected_of_a_kind_is_whole_and_in_order(kind):
    for shares in (kind.same, kind.kin, kind.different):
        assert sum(shares) == pytest.approx(1.0, abs=0.003)
        assert len(shares) == len(kind.outcomes)
    bits = [log2(same / other) for same, other in zip(kind.same, kind.different, strict=True)]
    assert bits[0] < 0 < bits[-1]
    assert all(one < bits[-1] for one, _ in pairwise(bits))
