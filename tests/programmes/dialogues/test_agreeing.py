"""Parallel texts: agreed paragraph by paragraph, in every language, by both sides."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monarca.ground.commitments import queries as commitments
from monarca.ground.commitments.models import Commitment
from monarca.programmes.dialogues import actions, queries
from monarca.programmes.dialogues.models import Accord, Wording
from monarca.programmes.dialogues.states import Sensitivity, Stage
from tests import world_dialogues as world


def test_a_statement_agreed_by_one_side_only_is_refused_in_words(edition, manager, guest):
    text = world.make_text(edition)
    with pytest.raises(actions.NeitherSideAgreed):
        actions.adopt(text, by=manager, at=world.NOW)
    world.agree_all(text, manager)
    with pytest.raises(actions.OnlyCanadaAgreed) as refused:
        actions.adopt(text, by=manager, at=world.NOW)
    assert refused.value.values == {"count": 6}
    world.agree_all(text, guest)
    assert actions.adopt(text, by=manager, at=world.NOW).status == Stage.FINAL


def test_the_other_side_alone_adopts_nothing_either(edition, manager, guest):
    text = world.make_text(edition)
    world.agree_all(text, guest)
    with pytest.raises(actions.OnlyMexicoAgreed):
        actions.adopt(text, by=manager, at=world.NOW)


def test_every_language_version_is_agreed_by_itself(edition, manager, guest):
    text = world.make_text(edition, paragraphs=1, promises=0)
    world.agree_all(text, manager)
    only = text.paragraphs.get()
    actions.agree(only, languages=("es", "en"), seen=1, by=guest, at=world.NOW)
    with pytest.raises(actions.OnlyCanadaAgreed) as refused:
        actions.adopt(text, by=manager, at=world.NOW)
    assert refused.value.values == {"count": 1}
    cells = queries.standings(text)[0].cells
    assert [(c.language, sorted(c.agreed)) for c in cells] == [
        ("es", ["canada", "mexico"]),
        ("en", ["canada", "mexico"]),
        ("fr", ["canada"]),
    ]


def test_a_change_in_one_language_clears_both_sides_of_that_paragraph_only(edition, manager, guest):
    text = world.make_text(edition, paragraphs=2, promises=0)
    world.agree_all(text, manager, guest)
    first, _second = text.paragraphs.order_by("position")
    words = {**world.three("Paragraph 1"), "fr": "Autre"}
    actions.word(first, actions.Paragraphs(words), seen=1, by=guest, at=world.NOW)
    one, two = queries.standings(text)
    assert [cell.agreed for cell in one.cells] == [frozenset()] * 3
    assert two.is_agreed
    assert queries.missing([one, two]) == queries.Missing(3, 3)
    assert Accord.objects.filter(paragraph=first).count() == 6


def test_who_read_an_older_wording_agrees_nothing(edition, manager, guest):
    text = world.make_text(edition, promises=0)
    only = text.paragraphs.get()
    actions.word(only, actions.Paragraphs(world.three("New")), seen=1, by=manager, at=world.NOW)
    with pytest.raises(actions.WordingHasChanged):
        actions.agree(only, languages=("es",), seen=1, by=guest, at=world.NOW)
    with pytest.raises(actions.WordingHasChanged):
        actions.word(only, actions.Paragraphs(world.three("Mine")), seen=1, by=guest, at=world.NOW)


def test_nobody_agrees_words_that_are_not_there(edition, manager):
    text = actions.begin(edition, "statement", by=manager, at=world.NOW)
    with pytest.raises(actions.NothingToAgree):
        actions.add(text, actions.Paragraphs({"es": " "}), by=manager, at=world.NOW)
    half = actions.add(text, actions.Paragraphs({"es": "Sí"}), by=manager, at=world.NOW)
    for code in ("en", "xx"):
        with pytest.raises(actions.NothingToAgree):
            actions.agree(half, languages=(code,), seen=1, by=manager, at=world.NOW)


def test_a_paragraph_falls_away_only_when_both_sides_agree(edition, manager, guest):
    text = world.make_text(edition, paragraphs=2, promises=0)
    world.agree_all(text, manager, guest)
    last = text.paragraphs.order_by("position").last()
    actions.word(last, actions.Paragraphs({}), seen=1, by=manager, at=world.NOW)
    world.agree_all(text, manager)
    with pytest.raises(actions.OnlyCanadaAgreed):
        actions.adopt(text, by=manager, at=world.NOW)
    world.agree_all(text, guest)
    actions.adopt(text, by=manager, at=world.NOW)
    assert [row.is_struck for row in queries.standings(text)] == [False, True]


def test_a_text_without_words_is_not_adopted(edition, manager):
    text = actions.begin(edition, "statement", by=manager, at=world.NOW)
    with pytest.raises(actions.NothingToAdopt):
        actions.adopt(text, by=manager, at=world.NOW)


def test_a_statement_has_three_languages_and_minutes_at_least_one(edition, manager):
    with pytest.raises(actions.LanguagesWrong):
        actions.begin(edition, "statement", by=manager, at=world.NOW, languages=("es", "en"))
    for wrong in ((), ("es", "es"), ("de",)):
        with pytest.raises(actions.LanguagesWrong):
            actions.begin(edition, "minutes", by=manager, at=world.NOW, languages=wrong)
    text = actions.begin(edition, "minutes", by=manager, at=world.NOW, languages=("es",))
    assert text.languages == ["es"]
    with pytest.raises(actions.AlreadyBegunText):
        actions.begin(edition, "minutes", by=manager, at=world.NOW)


def test_what_is_final_is_not_worded_agreed_or_adopted_again(edition, manager, guest):
    text = world.make_adopted(edition, guest)
    only = text.paragraphs.first()
    words = actions.Paragraphs(world.three("x"))
    for act in (
        lambda: actions.add(text, words, by=manager, at=world.NOW),
        lambda: actions.word(only, words, seen=1, by=guest, at=world.NOW),
        lambda: actions.agree(only, languages=("es",), seen=1, by=guest, at=world.NOW),
        lambda: actions.adopt(text, by=manager, at=world.NOW),
    ):
        with pytest.raises(actions.TextIsFinal):
            act()


def test_the_act_that_adopts_deposits_the_promises_with_owners_on_both_sides(
    edition, manager, guest
):
    text = world.make_text(edition, promises=2)
    world.agree_all(text, manager, guest)
    assert not Commitment.objects.exists()
    actions.adopt(text, by=manager, at=world.NOW)
    made = list(commitments.of_source(text, manager, at=world.NOW))
    assert [one.text["en"] for one in made] == ["Promise 1 (en)", "Promise 2 (en)"]
    assert [one.origin for one in made] == ["dialogue", "dialogue"]
    assert made[0].source_path == f"/dialogues/HRD/{edition.reference}/"
    owners = [(o.side, o.name) for o in commitments.owners_of(made[0], at=world.NOW)]
    assert owners == [("canada", "Embassy of Canada to Mexico"), ("mexico", "Secretariat")]
    assert not commitments.public().exists()
    actions.publish(text, by=manager, at=world.NOW)
    assert set(commitments.public()) == set(made)


def test_a_promise_of_a_sealed_item_is_sealed_in_the_register(edition, manager, guest):
    item = world.make_item(edition, Sensitivity.SEALED, readers=(guest,))
    text = world.make_text(edition, "minutes", item=item)
    world.agree_all(text, manager, guest)
    actions.adopt(text, by=manager, at=world.NOW)
    made = Commitment.objects.get()
    assert (made.is_sealed, made.is_public, made.source_path) == (True, False, "")
    other = world.make_person("auditor@example.org", "auditor")
    assert not commitments.visible_to(other, at=world.NOW).exists()
    assert commitments.visible_to(guest, at=world.NOW).get() == made
    with pytest.raises(actions.TextNotFinal):
        actions.publish(text, by=manager, at=world.NOW)


def test_own_minutes_are_for_sealed_items_only(edition, manager):
    item = world.make_item(edition)
    with pytest.raises(actions.OnlySealedHaveOwnMinutes):
        actions.begin(edition, "minutes", by=manager, at=world.NOW, item=item)


def test_a_counterpart_words_and_agrees_but_does_not_adopt_or_publish(edition, manager, guest):
    text = world.make_text(edition, by=guest)
    world.agree_all(text, manager, guest)
    with pytest.raises(PermissionDenied):
        actions.adopt(text, by=guest, at=world.NOW)
    actions.adopt(text, by=manager, at=world.NOW)
    with pytest.raises(PermissionDenied):
        actions.publish(text, by=guest, at=world.NOW)


def test_nobody_agrees_for_both_sides(edition, manager, guest):
    text = world.make_text(edition, promises=0)
    only = text.paragraphs.get()
    actions.agree(only, languages=("es",), seen=1, by=guest, at=world.NOW)
    Accord.objects.create(
        paragraph=only, round=1, language="en", side="mexico", by=manager, at=world.NOW
    )
    with pytest.raises(actions.AgreedForTheOtherSide):
        actions.agree(only, languages=("en",), seen=1, by=manager, at=world.NOW)


def test_a_draft_is_not_published_nor_a_text_of_a_meeting_that_is_not_public(
    edition, manager, guest
):
    text = world.make_text(edition)
    with pytest.raises(actions.TextNotFinal):
        actions.publish(text, by=manager, at=world.NOW)
    world.agree_all(text, manager, guest)
    actions.adopt(text, by=manager, at=world.NOW)
    actions.show(edition, public=False, by=manager, at=world.NOW)
    text.refresh_from_db()
    with pytest.raises(actions.EditionIsNotPublic):
        actions.publish(text, by=manager, at=world.NOW)


def test_a_paragraph_put_after_another_stands_there(edition, manager):
    text = world.make_text(edition, paragraphs=2, promises=0)
    first = text.paragraphs.order_by("position").first()
    words = actions.Paragraphs(world.three("Between"), after=first)
    actions.add(text, words, by=manager, at=world.NOW)
    said = [row.wording.texts["en"] for row in queries.standings(text)]
    assert said == ["Paragraph 1 (en)", "Between (en)", "Paragraph 2 (en)"]


def test_wordings_and_agreements_are_never_rewritten(edition, manager, guest):
    text = world.make_text(edition)
    world.agree_all(text, manager)
    for rows in (Wording.objects.all(), Accord.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(by=guest)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_a_draft_waits_on_the_desk_of_the_side_that_has_not_agreed(edition, manager, guest):
    text = world.make_text(edition)
    assert list(queries.to_agree(guest, at=world.NOW)) == [text]
    world.agree_all(text, guest)
    assert not queries.to_agree(guest, at=world.NOW).exists()
    assert list(queries.to_agree(manager, at=world.NOW)) == [text]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["agree", "word", "strike"]),
        st.sampled_from([0, 1]),
        st.sampled_from(["canada", "mexico"]),
        st.sets(st.sampled_from(["es", "en", "fr"])),
    ),
    max_size=7,
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_a_text_is_final_only_when_both_sides_agreed_all_of_it(edition, manager, guest, steps):
    """Whatever is worded and agreed in whatever order; against a model in plain sets."""
    people = {"canada": manager, "mexico": guest}
    with transaction.atomic():
        text = world.make_text(edition, paragraphs=2, promises=0)
        rows = list(text.paragraphs.order_by("position"))
        agreed = [set(), set()]
        struck = [False, False]
        said = [None, None]
        for verb, place, side, codes in steps:
            rows[place].refresh_from_db()
            given = {"seen": rows[place].round, "by": people[side], "at": world.NOW}
            if verb == "agree":
                actions.agree(rows[place], languages=tuple(sorted(codes)), **given)
                agreed[place] |= {(code, side) for code in codes}
                continue
            words = {} if verb == "strike" else world.three("w")
            if _is_same(rows[place], words, said[place], given):
                continue
            agreed[place], struck[place], said[place] = set(), verb == "strike", words
        whole = all(len(one) == 6 for one in agreed) and not all(struck)
        try:
            final = actions.adopt(text, by=manager, at=world.NOW).status == Stage.FINAL
        except (
            actions.NothingToAdopt,
            actions.OnlyCanadaAgreed,
            actions.OnlyMexicoAgreed,
            actions.NeitherSideAgreed,
        ):
            final = False
        assert final == whole
        transaction.set_rollback(True)


def _is_same(paragraph, words, before, given):
    """Word it; the words that stand already are refused."""
    if words == before:
        with pytest.raises(actions.WordingUnchanged):
            actions.word(paragraph, actions.Paragraphs(words), **given)
        return True
    actions.word(paragraph, actions.Paragraphs(words), **given)
    return False
