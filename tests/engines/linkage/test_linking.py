"""Doubles are found whoever wrote them, with reasons that add up; kin and strangers are not."""

from dataclasses import replace
from itertools import combinations
from math import log2

import pytest
from bench.of_linkage import FEBRL, f1, febrl, organisations, same_people
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines import linkage
from monarca.engines.linkage import ORGANISATIONS, Field, Record
from monarca.engines.linkage.blocking import LARGEST, blocks_of
from monarca.engines.linkage.columns import rows_of
from monarca.engines.linkage.linking import judge

NIEBLA = {
    "name": "Tejedoras de la Niebla, A.C.",
    "representative": "María del Carmen Hernández López",
    "rfc": "TNI150312AB4",
    "phone": "951 555 0142",
    "municipality": "Oaxaca de Juárez",
    "state": "Oaxaca",
}
AGAIN = {
    "name": "TEJEDORAS DE LA NIEBLA AC",
    "representative": "Lic. Ma. del Carmen Hdez.",
    "rfc": "TNI-150312-AB4",
    "municipality": "Oaxaca de Juarez",
    "state": "Oax.",
}
OTHER = {
    "name": "Colectivo Luz de Barro, S.C.",
    "representative": "Emiliano Tun Pech",
    "rfc": "CLB110203QQ9",
    "municipality": "Tlaxcala",
    "state": "Tlaxcala",
}


def listed(*cells):
    return [Record(f"r{place}", each) for place, each in enumerate(cells)]


def found(answer):
    return {(pair.left, pair.right) for pair in answer.pairs}


def test_one_organisation_written_twice_is_found_with_its_reasons():
    (pair,) = linkage.dedupe(listed(NIEBLA, AGAIN, OTHER), ORGANISATIONS).pairs
    assert (pair.left, pair.right) == ("r0", "r1")
    assert pair.probability > 0.99
    codes = {step.field: step.reason.code for step in pair.steps}
    assert codes["name"] == "linkage.name_same"
    assert codes["rfc"] == "linkage.same"
    assert codes["representative"] == "linkage.person_part"
    assert codes["municipality"] == "linkage.place_same"
    assert "phone" not in codes, "a blank cell is not compared"


def test_the_steps_add_up_to_the_odds_and_the_odds_to_the_chance():
    records, _ = organisations(600, seed=4)
    pairs = linkage.dedupe(records, ORGANISATIONS, least=0.01).pairs
    assert len(pairs) > 50
    for pair in pairs:
        assert pair.bits == pytest.approx(sum(step.bits for step in pair.steps), abs=0.06)
        assert pair.probability == pytest.approx(1 / (1 + 2**-pair.bits))
        assert log2(pair.probability) <= 0


def test_a_sister_of_the_same_name_and_telephone_is_not_a_double():
    sister = NIEBLA | {"rfc": "TNV180911KK9", "municipality": "Veracruz", "state": "Veracruz"}
    records, _ = organisations(1_000, seed=2)
    more = [Record("a", NIEBLA), Record("b", AGAIN), Record("c", sister)]
    pairs = found(linkage.dedupe([*records, *more], ORGANISATIONS))
    assert ("a", "b") in pairs
    assert not {("a", "c"), ("b", "c")} & pairs


def test_an_accountant_s_telephone_makes_no_doubles():
    many = [
        {
            "name": f"{one} {other}",
            "rfc": f"{one[:2]}{other[:1]}0{place:05}AA{place % 10}",
            "phone": "5512345678",
        }
        for place, (one, other) in enumerate(
            combinations(
                (
                    "Agua",
                    "Bosque",
                    "Cielo",
                    "Dignidad",
                    "Estrella",
                    "Fuego",
                    "Gota",
                    "Hilo",
                    "Isla",
                ),
                2,
            )
        )
    ]
    assert linkage.dedupe(listed(*many), ORGANISATIONS).pairs == ()


def test_an_acronym_alone_leads_to_the_name():
    whole = {"name": "Centro de Apoyo a Mujeres Milpa", "clabe": "012910001234567891"}
    short = {"name": "CAMM", "clabe": "012910001234567891"}
    (pair,) = linkage.dedupe(listed(whole, short, OTHER), ORGANISATIONS).pairs
    assert "linkage.name_initials" in {step.reason.code for step in pair.steps}


def test_across_two_tables_only_pairs_across_count():
    answer = linkage.link(listed(NIEBLA, NIEBLA), listed(AGAIN, OTHER), ORGANISATIONS)
    assert found(answer) == {("r0", "r0"), ("r1", "r0")}
    assert answer.groups[0].members == ((0, "r0"), (0, "r1"), (1, "r0"))
    assert answer.groups[0].reason.code == "linkage.whole"
    assert answer.possible == 4


def test_a_group_that_hangs_by_a_chain_says_so():
    fields = (Field("a", "id"), Field("b", "id"))
    chain = [
        {"a": "AAA1112223", "b": ""},
        {"a": "AAA1112223", "b": "ZZZ9998887"},
        {"a": "", "b": "ZZZ9998887"},
    ]
    (group,) = linkage.dedupe(listed(*chain), fields).groups
    assert group.reason.code == "linkage.chain"
    assert (group.reason.values["pairs"], group.reason.values["possible"]) == (2, 3)


@pytest.mark.parametrize("cells", [[], [{}], [{}, {}], [NIEBLA], [{"name": "—"}, {"name": "N/A"}]])
def test_with_nothing_to_compare_nothing_is_found(cells):
    answer = linkage.dedupe(listed(*cells), ORGANISATIONS)
    assert (answer.pairs, answer.groups) == ((), ())
    assert linkage.link(listed(*cells), [], ORGANISATIONS).pairs == ()


def test_of_rows_that_are_all_the_same_every_pair_is_found():
    answer = linkage.dedupe(listed(*[NIEBLA] * 30), ORGANISATIONS)
    assert len(answer.pairs) == 30 * 29 // 2
    assert len(answer.groups) == 1


def test_a_key_shared_by_too_many_is_no_key():
    cells = [{"name": "Agua", "rfc": ""} for _ in range(LARGEST + 1)]
    answer = linkage.dedupe(listed(*cells), ORGANISATIONS)
    assert answer.compared == 0
    assert {remark.code for remark in answer.remarks} == {"linkage.too_common"}
    assert answer.remarks[0].values["records"] == LARGEST + 1


@pytest.mark.parametrize(
    ("fields", "cells", "code"),
    [
        ((), ["x"], "linkage.no_field"),
        ((Field("a", "colour"),), ["x"], "linkage.unknown_kind"),
        ((Field("a", "text"), Field("a", "id")), ["x"], "linkage.field_twice"),
        (tuple(Field(f"f{n}", "text") for n in range(21)), ["x"], "linkage.too_many_fields"),
        ((Field("a", "text"),), ["x", "x"], "linkage.id_twice"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_words(fields, cells, code):
    with pytest.raises(linkage.Refused) as refused:
        linkage.dedupe([Record(each) for each in cells], fields)
    assert refused.value.reason.code == code


def test_febrl_s_two_tables_are_linked_at_least_as_well_as_anybody_published():
    left, right = febrl("dataset4a"), febrl("dataset4b")
    pairs = found(linkage.link(left, right, FEBRL))
    assert f1(pairs, same_people(left, right)) >= 0.9998


def test_febrl_s_table_of_doubles_is_cleaned():
    records = febrl("dataset3")
    assert f1(found(linkage.dedupe(records, FEBRL)), same_people(records)) >= 0.9985


def test_invented_organisations_are_told_apart():
    records, truth = organisations(3_000, seed=7)
    answer = linkage.dedupe(records, ORGANISATIONS)
    assert f1(found(answer), truth) >= 0.995
    assert answer.model.chance * answer.possible == pytest.approx(len(truth), rel=0.05)


def test_a_field_that_tells_nothing_weighs_nothing():
    records, _ = organisations(500, seed=3)
    same = [replace(each, values={**each.values, "country": "MX"}) for each in records]
    answer = linkage.dedupe(same, (*ORGANISATIONS, Field("country", "text")))
    weighed = [level.bits for level in answer.model.levels if level.field == "country"]
    assert abs(weighed[-1]) < 0.5


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(seed, chosen):
    records, _ = organisations(120, seed=seed)
    shuffled = records[:]
    chosen.shuffle(shuffled)
    assert linkage.dedupe(shuffled, ORGANISATIONS) == linkage.dedupe(records, ORGANISATIONS)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_no_likely_pair_is_missed_by_laying_together(seed):
    """The oracle compares every pair with every other, whatever keys they share."""
    import numpy as np

    records, _ = organisations(150, seed=seed)
    rows = rows_of([records], ORGANISATIONS)
    blocks = blocks_of(rows)
    left, right = np.triu_indices(len(rows), 1)
    bits = judge(rows, left, right).bits
    likely = {
        (a, b) for a, b, bit in zip(left.tolist(), right.tolist(), bits, strict=True) if bit > 0
    }
    laid = set(zip(blocks.left.tolist(), blocks.right.tolist(), strict=True))
    assert likely
    assert likely <= laid


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([1, 2]))
def test_blocks_are_the_pairs_that_share_a_rare_key(seed, tables):
    """The oracle walks through every family with dictionaries."""
    from monarca.engines.linkage.keys import families

    records, _ = organisations(200, seed=seed)
    parts = [records] if tables == 1 else [records[:90], records[90:]]
    rows = rows_of(parts, ORGANISATIONS)
    blocks = blocks_of(rows)
    expected = set()
    for family in families(rows):
        holders = {}
        for row, key in zip(family.rows.tolist(), family.keys.tolist(), strict=True):
            holders.setdefault(key, set()).add(row)
        for held in holders.values():
            expected |= {
                pair
                for pair in combinations(sorted(held), 2)
                if tables == 1 or pair[0] < rows.first <= pair[1]
            }
    assert set(zip(blocks.left.tolist(), blocks.right.tolist(), strict=True)) == expected


def test_no_block_is_larger_than_promised():
    """A town that 700 share, and one that 400 do: only the second brings pairs."""
    cells = [{"town": "Xico"}] * 700 + [{"town": "Yajalón"}] * 400
    blocks = blocks_of(rows_of([listed(*cells)], (Field("town", "text"),)))
    assert len(blocks.left) <= LARGEST * (LARGEST - 1) // 2 * 2
    names = rows_of([listed(*cells)], (Field("town", "text"),)).names
    towns = {cells[int(names[row][1][1:])]["town"] for row in blocks.left.tolist()}
    assert towns <= {"Yajalón"}


KINDS = st.sampled_from(
    ("name", "person", "id", "phone", "email", "place", "date", "postcode", "text")
)
STRANGE = st.text(max_size=12) | st.sampled_from(
    ["\u0301", "\x1f", "a\x1fb", "ﬁ", "İ", "💧", "\u202e", "東京", "ß", "@"]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(KINDS, min_size=1, max_size=3),
    st.lists(st.lists(STRANGE, min_size=3, max_size=3), max_size=7),
)
def test_no_cell_is_too_strange(kinds, table):
    fields = [Field(f"f{place}", kind) for place, kind in enumerate(kinds)]
    records = [
        Record(str(number), {f"f{place}": cell for place, cell in enumerate(row)})
        for number, row in enumerate(table)
    ]
    answer = linkage.dedupe(records, fields, least=0.0001)
    assert all(0 < pair.probability <= 1 for pair in answer.pairs)
    assert linkage.link(records, records, fields).possible == len(records) ** 2


def test_long_work_tells_how_far_it_is_and_can_be_stopped():
    steps = []
    linkage.dedupe(listed(NIEBLA, AGAIN), ORGANISATIONS, progress=lambda *step: steps.append(step))
    assert steps[-1][0] == steps[-1][1] > 10

    def stop(_done, _whole):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        linkage.dedupe(listed(NIEBLA, AGAIN), ORGANISATIONS, progress=stop)


def test_where_a_name_is_all_there_is_the_same_name_is_the_same():
    cells = [{"name": f"Colectivo {word}"} for word in ("Agua", "Bosque", "Cielo", "Duna", "Eco")]
    again = {"name": "COLECTIVO AGUA, A.C."}
    answer = linkage.dedupe(listed(*cells, again), ORGANISATIONS)
    assert found(answer) == {("r0", "r5")}
