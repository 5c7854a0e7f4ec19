"""When no plan exists: what is short, and the smallest sets of changes, each of one kind."""

from monarca.engines import matching
from monarca.engines.matching import Application, Pair, Plan, Problem, Reviewer
from monarca.engines.reasons import Reason


def ways(found):
    return {way.kind: (way.size, [c.reason for c in way.changes]) for way in found.ways}


def test_loads_that_are_too_small_name_who_takes_how_many_more():
    files = (Application("A"), Application("B"))
    people = (Reviewer("x", most=1), Reviewer("y", most=2))
    found = matching.assign(Problem(files, people, (), 2))
    assert found.short == (Reason("matching.loads_too_small", {"places": 4, "room": 3}),)
    more = Reason("matching.more_load", {"reviewer": "x", "more": 1, "most": 2})
    assert ways(found)["load"] == (1, [more])
    assert found.ways[0].kind == "load"
    assert ways(found)["fewer"][0] == 1


def test_a_file_with_too_few_readers_is_named_with_what_bars_the_others():
    file = Application("A", frozenset({"nah"}))
    people = (
        Reviewer("both"),
        Reviewer("nah", frozenset({"nah"})),
        Reviewer("tied", frozenset({"nah"})),
    )
    pairs = (Pair("A", "tied", is_conflict=True), Pair("A", "both", is_conflict=True))
    found = matching.assign(Problem((file,), people, pairs, 2))
    assert found.short == (
        Reason(
            "matching.too_few_eligible",
            {"application": "A", "eligible": 1, "wanted": 2, "language": 1, "conflict": 2},
        ),
    )
    tied = Reason("matching.waive_conflict", {"application": "A", "reviewer": "tied"})
    assert ways(found) == {
        "fewer": (1, [Reason("matching.fewer_reviewers", {"application": "A", "left": 1})]),
        "conflict": (1, [tied]),
    }


def test_changes_are_spread_where_as_few_do():
    files = tuple(Application(f"A{n}") for n in range(4))
    people = tuple(Reviewer(f"R{n}", most=2) for n in range(4))
    found = matching.assign(Problem(files, people, (), 3))
    loads, fewer = (way.changes for way in found.ways)
    assert [(each.reviewer, each.count) for each in loads] == [(f"R{n}", 1) for n in range(4)]
    assert [(each.application, each.count) for each in fewer] == [(f"A{n}", 1) for n in range(4)]


def test_a_language_to_waive_is_named():
    file = Application("A", frozenset({"es", "nah"}))
    people = (Reviewer("es", frozenset({"es"})), Reviewer("nah", frozenset({"es", "nah"})))
    found = matching.assign(Problem((file,), people, (), 2))
    waived = Reason("matching.waive_language", {"application": "A", "reviewer": "es"})
    assert ways(found)["language"] == (1, [waived])


def test_a_need_that_nobody_meets_is_named_and_dropped():
    file = Application("A", needs=("gba", "nahuatl"))
    people = (Reviewer("x", skills=frozenset({"gba"})), Reviewer("y"))
    found = matching.assign(Problem((file,), people, (), 2))
    nobody = Reason("matching.nobody_has", {"application": "A", "need": "nahuatl"})
    assert found.short == (nobody,)
    dropped = Reason("matching.drop_need", {"application": "A", "need": "nahuatl"})
    assert ways(found) == {"need": (1, [dropped])}


def test_where_one_kind_is_not_enough_the_smallest_mixture_is_given():
    files = (Application("A", frozenset({"nah"})), Application("B", needs=("gba",)))
    people = (Reviewer("x", frozenset({"nah"}), most=1),)
    found = matching.assign(Problem(files, people, (), 1))
    assert [way.kind for way in found.ways] == ["mixed"]
    assert [change.kind for change in found.ways[0].changes] == ["load", "need"]


def test_nobody_at_all_leaves_only_reading_nothing():
    found = matching.assign(Problem((Application("A"),), (), (), 3))
    assert ways(found) == {
        "fewer": (3, [Reason("matching.fewer_reviewers", {"application": "A", "left": 0})])
    }


def test_the_relaxed_problem_is_the_same_but_for_its_changes():
    files = (Application("A"), Application("B"))
    problem = Problem(files, (Reviewer("x", most=1), Reviewer("y", most=2)), (), 2)
    found = matching.assign(problem)
    relaxed = matching.relaxed(problem, found.ways[0])
    assert relaxed.applications == tuple(
        Application(each.id, reviewers=2) for each in problem.applications
    )
    assert [each.most for each in relaxed.reviewers] == [2, 2]
    assert not matching.is_possible(problem)
    assert matching.is_possible(relaxed)
    assert isinstance(matching.assign(relaxed), Plan)


def test_a_large_table_that_is_given_up_says_that_not_all_was_tried(monkeypatch):
    for name, number in (("ALL_KEPT", 3), ("BEST", 2), ("WIDEST", 3)):
        monkeypatch.setattr(f"monarca.engines.matching.assigning.{name}", number)
    files = tuple(Application(f"A{n}") for n in range(2))
    people = tuple(Reviewer(f"R{n}", most=1) for n in range(4))
    pairs = tuple(Pair(each.id, f"R{n}", 900) for each in files for n in range(2))
    found = matching.assign(Problem(files, people, pairs, 2))
    assert found.short == (Reason("matching.not_all_tried"),)
    assert not found.is_complete
    monkeypatch.setattr("monarca.engines.matching.assigning.WIDEST", 100)
    assert isinstance(matching.assign(Problem(files, people, pairs, 2)), Plan)


def test_a_large_table_tries_the_likeliest_pairs_and_says_so(monkeypatch):
    monkeypatch.setattr("monarca.engines.matching.assigning.ALL_KEPT", 3)
    files = (Application("A", frozenset({"nah"})), Application("B"))
    found = matching.assign(Problem(files, (Reviewer("x"), Reviewer("y")), (), 2))
    assert not found.is_complete
    assert found.ways[0].kind == "fewer"
    assert ways(found)["language"][0] == 2
