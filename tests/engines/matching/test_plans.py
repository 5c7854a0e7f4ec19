"""Plans of known problems: who reads what, with which reasons, and what is proved of it."""

import pytest

from monarca.engines import matching
from monarca.engines.matching import Application, Pair, Plan, Problem, Refused, Reviewer
from monarca.engines.reasons import Reason


def pairs_of(plan):
    return [(each.application, each.reviewer) for each in plan.places]


def codes(reasons):
    return [each.code for each in reasons]


def apart(*affinities, most=1, each=1):
    """Applications A0, A1 ... and reviewers R0, R1 ... with these affinities."""
    files = tuple(Application(f"A{place}") for place in range(len(affinities)))
    people = tuple(Reviewer(f"R{place}", most=most) for place in range(len(affinities[0])))
    pairs = tuple(
        Pair(f"A{row}", f"R{column}", worth)
        for row, line in enumerate(affinities)
        for column, worth in enumerate(line)
    )
    return Problem(files, people, pairs, each)


def test_the_largest_total_may_serve_one_badly_and_the_fair_plan_does_not():
    problem = apart((1000, 500), (600, 200))
    greedy, fair = matching.assign(problem, is_fair=False), matching.assign(problem)
    assert (greedy.proof.total, greedy.proof.floor) == (1200, 200)
    assert (fair.proof.total, fair.proof.floor) == (1100, 500)
    assert (fair.proof.ceiling, fair.proof.most) == (600, 1200)
    assert fair.proof.is_proved


def test_a_floor_below_its_ceiling_is_proved_by_search_and_told_as_such():
    plan = matching.assign(apart((1000, 0), (1000, 0)))
    assert (plan.proof.floor, plan.proof.ceiling, plan.proof.bound) == (0, 1000, 0)
    assert plan.said[0] == Reason("matching.floor_is_proved", {"floor": 0.0, "ceiling": 1.0})


def test_a_gap_that_stays_is_called_a_gap():
    files = 150
    wanted = tuple((1000, *(0 for _ in range(39))) for _ in range(files))
    problem = apart(*wanted, most=10)
    plan = matching.assign(problem)
    proof = plan.proof
    assert (proof.floor, proof.ceiling, proof.is_proved) == (0, 1000, False)
    assert proof.bound == 10_000 // files
    assert plan.said[0] == Reason(
        "matching.floor_has_gap", {"floor": 0.0, "bound": 0.066, "ceiling": 1.0, "gap": 0.066}
    )


def test_nobody_reads_a_file_they_are_tied_to_or_cannot_read():
    files = (Application("A", frozenset({"es"})), Application("B", frozenset({"es", "nah"})))
    people = (
        Reviewer("bilingual", frozenset({"es", "nah"})),
        Reviewer("spanish", frozenset({"es"})),
        Reviewer("tied", frozenset({"es", "nah"})),
    )
    pairs = (Pair("B", "tied", 1000, is_conflict=True), Pair("A", "bilingual", 0))
    plan = matching.assign(Problem(files, people, pairs, 1))
    assert pairs_of(plan)[1] == ("B", "bilingual")
    waived = (*pairs, Pair("B", "spanish", 900, is_language_waived=True))
    plan = matching.assign(Problem(files, people, waived, 1))
    assert pairs_of(plan)[1] == ("B", "spanish")


def test_one_reviewer_has_each_skill_that_is_needed_and_the_reason_says_so():
    file = Application("A", needs=("nahuatl", "gba"))
    people = (
        Reviewer("best", topics=()),
        Reviewer("both", skills=frozenset({"gba", "nahuatl"})),
        Reviewer("gba", skills=frozenset({"gba"})),
    )
    pairs = (Pair("A", "best", 1000), Pair("A", "both", 10), Pair("A", "gba", 5))
    plan = matching.assign(Problem((file,), people, pairs, 3))
    assert {each.reviewer: each.need for each in plan.places} == {
        "best": "",
        "both": "nahuatl",
        "gba": "gba",
    }
    assert codes(plan.places[1].reasons) == ["matching.affinity_given", "matching.fills"]


def test_one_person_stands_for_two_needs_where_nobody_else_can():
    file = Application("A", needs=("nahuatl", "gba"))
    both = Reviewer("both", skills=frozenset({"gba", "nahuatl"}))
    plan = matching.assign(Problem((file,), (both, Reviewer("other")), (), 2))
    assert [each.need for each in plan.places] == ["gba + nahuatl", ""]
    plan = matching.assign(Problem((file,), (both,), (), 1))
    assert pairs_of(plan) == [("A", "both")]


def test_wished_loads_come_before_affinity_and_limits_before_wishes():
    files = tuple(Application(f"A{place}") for place in range(4))
    people = (Reviewer("few", least=2, most=2), Reviewer("many", most=4))
    pairs = tuple(Pair(each.id, "many", 1000) for each in files)
    plan = matching.assign(Problem(files, people, pairs, 1), is_fair=False)
    assert [(each.reviewer, each.places) for each in plan.loads] == [("few", 2), ("many", 2)]
    wish = (Reviewer("few", frozenset({"en"}), least=2, most=2), Reviewer("many", most=4))
    barred = tuple(Pair(each.id, "few", is_conflict=True) for each in files)
    plan = matching.assign(Problem(files, wish, (*pairs, *barred), 1))
    assert [each.places for each in plan.loads] == [0, 4]
    assert plan.said[-1] == Reason("matching.under_wish", {"reviewers": 1})


def test_affinity_from_topics_counts_the_main_one_twice_and_the_past_half():
    file = Application("A", topics=("agua", "voz"))
    people = (
        Reviewer("all", topics=("voz", "agua")),
        Reviewer("main", topics=("agua",)),
        Reviewer("none", topics=("tierra",)),
        Reviewer("other", topics=("voz",)),
        Reviewer("past", past=("agua", "voz")),
    )
    plan = matching.assign(Problem((file,), people, (), 5))
    found = {each.reviewer: each.affinity for each in plan.places}
    assert found == {"all": 1000, "main": 667, "none": 0, "other": 333, "past": 500}
    assert plan.places[4].reasons == (
        Reason("matching.has_read", {"topics": "agua, voz"}),
        Reason("matching.affinity_computed", {"affinity": 0.5}),
    )


def test_pairs_of_an_earlier_plan_go_only_for_a_reason_and_it_is_named():
    files = (Application("A", frozenset({"es"})), Application("B"))
    people = (
        Reviewer("en", frozenset({"en"}), most=2),
        Reviewer("es", frozenset({"es"}), most=1),
        Reviewer("new", frozenset({"es"}), most=2),
        Reviewer("tied", most=2),
    )
    pairs = (Pair("B", "tied", 1000, is_conflict=True), Pair("B", "new", 1000))
    keep = (("A", "en"), ("A", "es"), ("A", "gone"), ("B", "tied"), ("B", "es"), ("Z", "es"))
    plan = matching.assign(Problem(files, people, pairs, 1, keep=keep))
    assert sum(each.is_kept for each in plan.places) == 1
    gone = {(each.application, each.reviewer): each.reason.code for each in plan.dropped}
    moved = ({("A", "es"), ("B", "es")} - set(pairs_of(plan))).pop()
    assert gone == {
        ("A", "en"): "matching.now_language",
        ("A", "gone"): "matching.reviewer_left",
        ("B", "tied"): "matching.now_conflict",
        ("Z", "es"): "matching.application_left",
        moved: "matching.had_to_move",
    }
    assert Reason("matching.kept_of", {"kept": 1, "all": 6}) in plan.said


def test_a_pair_that_is_not_listed_is_not_given_where_only_listed_ones_may_be():
    files, people = (Application("A", topics=("agua",)),), (Reviewer("in"), Reviewer("out"))
    pairs = (Pair("A", "in"),)
    plan = matching.assign(Problem(files, people, pairs, 1, is_listed_only=True))
    assert pairs_of(plan) == [("A", "in")]
    plan = matching.assign(
        Problem(files, people, pairs, 1, is_listed_only=True, keep=(("A", "out"),))
    )
    assert plan.dropped[0].reason == Reason("matching.now_unlisted")


def test_an_application_that_wants_nobody_is_no_floor():
    files = (Application("A"), Application("B", reviewers=0))
    people = (Reviewer("x"),)
    pairs = (Pair("A", "x", 700), Pair("B", "x", 900))
    plan = matching.assign(Problem(files, people, pairs, 1, keep=(("B", "x"),)))
    assert (pairs_of(plan), plan.proof.floor) == ([("A", "x")], 700)
    assert plan.dropped[0].reason == Reason("matching.application_left")


@pytest.mark.parametrize("is_fair", [True, False])
def test_there_may_be_nothing_to_read(is_fair):
    plan = matching.assign(Problem((), (Reviewer("R"),)), is_fair=is_fair)
    assert (plan.places, plan.proof.total, plan.proof.floor) == ((), 0, 0)
    assert plan.said == (Reason("matching.nothing_to_read"),)
    assert matching.assign(Problem((), ()), is_fair=is_fair).places == ()
    assert matching.draw(Problem((), ()), cap=500, seed="1").places == ()


def test_everybody_tied_still_gets_a_plan_with_even_loads_asked_for():
    files = tuple(Application(f"A{place}") for place in range(6))
    people = tuple(Reviewer(f"R{place}", least=3, most=3) for place in range(6))
    plan = matching.assign(Problem(files, people))
    assert {each.places for each in plan.loads} == {3}
    assert plan.proof.level == 6


def test_a_large_table_is_cut_to_the_best_and_widened_when_they_are_too_few(monkeypatch):
    monkeypatch.setattr("monarca.engines.matching.assigning.ALL_KEPT", 50)
    monkeypatch.setattr("monarca.engines.matching.assigning.BEST", 2)
    files = tuple(Application(f"A{place:02}", needs=("gba",)) for place in range(12))
    pairs = tuple(Pair(each.id, f"R{n:02}", 900) for each in files for n in range(2))
    people = tuple(
        Reviewer(f"R{place:02}", skills=frozenset({"gba"} if place > 8 else ()), most=4)
        for place in range(15)
    )
    plan = matching.assign(Problem(files, people, pairs, 3))
    assert isinstance(plan, Plan)
    assert len(plan.places) == 36
    assert plan.proof.total == 8 * 900
    assert {each.eligible for each in plan.served} == {15}


def test_a_cut_table_says_so_and_ties_go_round(monkeypatch):
    monkeypatch.setattr("monarca.engines.matching.assigning.ALL_KEPT", 50)
    monkeypatch.setattr("monarca.engines.matching.assigning.BEST", 5)
    files = tuple(Application(f"A{place:02}") for place in range(20))
    people = tuple(Reviewer(f"R{place:02}", most=2) for place in range(20))
    plan = matching.assign(Problem(files, people, (), 2))
    assert plan.is_cut
    assert plan.said[-1] == Reason("matching.cut")


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (Problem((Application("A"), Application("A")), ()), "matching.application_twice"),
        (Problem((), (Reviewer("R"), Reviewer("R"))), "matching.reviewer_twice"),
        (Problem((), (Reviewer("R", least=3, most=2),)), "matching.loads_cross"),
        (Problem((Application("A", reviewers=-1),), ()), "matching.wanted_negative"),
        (Problem((Application("A", needs=tuple("abcde")),), ()), "matching.too_many_needs"),
        (Problem((), (), (Pair("A", "R"),)), "matching.unknown_application"),
        (Problem((Application("A"),), (), (Pair("A", "R"),)), "matching.unknown_reviewer"),
        (
            Problem((Application("A"),), (Reviewer("R"),), (Pair("A", "R"), Pair("A", "R"))),
            "matching.pair_twice",
        ),
        (
            Problem((Application("A"),), (Reviewer("R"),), (Pair("A", "R", -1),)),
            "matching.affinity_out_of_range",
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_problem_that_is_not_well_put_is_refused(problem, code):
    with pytest.raises(Refused) as refused:
        matching.assign(problem)
    assert refused.value.reason.code == code


def test_progress_is_told_and_an_interruption_leaves_at_once():
    problem = apart((900, 900, 0), (900, 800, 700), (900, 100, 0))
    seen = []
    matching.assign(problem, progress=lambda done, whole: seen.append((done, whole)))
    assert seen[0][0] == 1
    assert all(done <= whole for done, whole in seen)

    def stop(done, whole):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        matching.assign(problem, progress=stop)
