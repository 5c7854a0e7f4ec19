"""Applying: nothing typed is lost, the closing instant holds, and what people say stays theirs."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from monarca.ground.journal.models import Entry
from monarca.ground.letters.models import Letter
from monarca.programmes.youthlab import actions, queries
from monarca.programmes.youthlab.models import Candidacy, Edition
from tests import world_youthlab as lab

SECOND = timedelta(seconds=1)


@pytest.fixture
def edition(mexico):
    return lab.make_edition()


@pytest.mark.parametrize(
    ("at", "taken"),
    [
        (lab.OPENS - SECOND, False),
        (lab.OPENS, True),
        (lab.CLOSES - SECOND, True),
        (lab.CLOSES, False),
    ],
)
def test_applications_are_taken_from_the_opening_until_the_closing_instant(edition, at, taken):
    itzel = lab.somebody("itzel")
    if taken:
        assert actions.start(edition, by=itzel, at=at, language="es").status == "draft"
        return
    with pytest.raises(actions.NotOpen):
        actions.start(edition, by=itzel, at=at, language="es")


def test_beginning_twice_finds_the_application_there_is(edition):
    itzel = lab.somebody("itzel")
    one, other = (
        actions.start(edition, by=itzel, at=lab.WHILE_OPEN, language="es") for _ in range(2)
    )
    assert one.pk == other.pk


def test_half_an_application_is_saved_and_is_not_sent(edition):
    made = lab.make_candidacy(edition, send=False)
    by = made.person
    traits = lab.traits(country="", gender="woman")
    traits["gender"]["consent"] = False
    held = actions.save_answers(made, {"motivation": " "}, traits, by=by, at=lab.WHILE_OPEN)
    assert held.words["name"] == "Itzel"
    with pytest.raises(actions.NotWhole):
        actions.send(made, by=by, at=lab.WHILE_OPEN)
    found = {(gap.field, gap.code) for gap in queries.gaps(lab.reload(made))}
    assert found == {
        ("motivation", "motivation"),
        ("country", "answer"),
        ("gender_consent", "consent"),
    }


def test_a_region_lies_in_the_country_that_was_chosen(edition):
    made = lab.make_candidacy(edition, send=False, country="mexico", region="quebec")
    assert [gap.code for gap in queries.gaps(made)] == ["other_country"]


def test_three_hundred_words_are_enough(edition):
    made = lab.make_candidacy(edition, send=False)
    for words, codes in ((300, []), (301, ["too_long"])):
        held = actions.save_answers(
            made, {"motivation": "ya " * words}, {}, by=made.person, at=lab.WHILE_OPEN
        )
        assert [gap.code for gap in queries.gaps(held)] == codes


def test_what_was_sent_last_counts_until_it_is_sent_again(edition):
    made = lab.make_candidacy(edition, gender="woman")
    held = actions.save_answers(
        made, {}, lab.traits(gender="man"), by=made.person, at=lab.WHILE_OPEN
    )
    assert queries.is_changed(held)
    assert queries.answers(held.sent_traits)["gender"] == "woman"
    actions.send(held, by=made.person, at=lab.CLOSES - SECOND)
    assert queries.answers(lab.reload(made).sent_traits)["gender"] == "man"
    with pytest.raises(actions.NotOpen):
        actions.send(made, by=made.person, at=lab.CLOSES)
    with pytest.raises(actions.NotOpen):
        actions.save_answers(made, {"name": "X"}, {}, by=made.person, at=lab.CLOSES)


def test_an_answer_without_consent_or_kept_silent_counts_toward_no_quota():
    traits = lab.traits(gender="-", country="mexico")
    traits["country"]["consent"] = False
    assert queries.answers(traits) == {
        "country": "",
        "gender": "",
        "region": "",
        "indigenous": "no",
        "disability": "",
        "age": "20-21",
    }


def test_who_takes_an_application_back_is_erased_and_may_begin_again(edition):
    made = lab.make_candidacy(edition)
    held = actions.withdraw(made, by=made.person, at=lab.WHILE_OPEN)
    assert (held.words, held.traits, held.sent_words, held.sent_traits) == ({}, {}, {}, {})
    with pytest.raises(actions.TakenBack):
        actions.save_answers(made, {"name": "X"}, {}, by=made.person, at=lab.WHILE_OPEN)
    again = actions.start(edition, by=made.person, at=lab.WHILE_OPEN, language="es")
    assert (again.pk, again.status) == (made.pk, "draft")


def test_after_the_closing_an_application_is_taken_back_until_a_lottery_holds_it(edition, seen_by):
    pool = lab.make_pool(edition, 14)
    one, two, three, refused = pool[:4]
    by = lab.officer("coordinator")
    actions.rule(refused, is_eligible=False, reason="twice", by=by, at=lab.CHECKED)
    held = actions.withdraw(one, by=one.person, at=lab.CLOSES)
    assert (held.status, held.sent_traits, queries.eligible(edition).count()) == (
        "withdrawn",
        {},
        12,
    )
    with pytest.raises(actions.NotOpen):
        actions.send(two, by=two.person, at=lab.CLOSES)
    with pytest.raises(actions.NotOpen):
        actions.start(edition, by=one.person, at=lab.CLOSES, language="es")
    asked = actions.ask(
        edition, seed_source=lab.SOURCE, seed_at=lab.SEED_AT, by=lab.officer(), at=lab.ASKED
    )
    with pytest.raises(actions.PoolIsFrozen):
        actions.withdraw(two, by=two.person, at=lab.ASKED)
    assert actions.withdraw(refused, by=refused.person, at=lab.ASKED).status == "withdrawn"
    actions.stop(asked, by=lab.officer(), at=lab.ASKED)
    actions.withdraw(two, by=two.person, at=lab.ASKED)
    assert lab.reload(asked).pool[two.number] == {}
    drawn = lab.make_drawn(edition)
    assert two.number not in drawn.pool
    with pytest.raises(actions.PoolIsFrozen):
        actions.withdraw(three, by=three.person, at=lab.DRAWN)


def test_ones_own_page_offers_to_take_back_what_no_lottery_holds(edition, seen_by):
    one = lab.make_pool(edition, 12)[0]
    client, place = seen_by(one.person), "/en/youthlab/YL-2024/mine/"
    offer = "/en/youthlab/YL-2024/apply/withdraw/"
    with time_machine.travel(lab.CHECKED, tick=False):
        page = client.get(place).content.decode()
    assert "no lottery was prepared with it" in page
    assert offer in page
    lab.make_lottery(edition)
    with time_machine.travel(lab.DRAWN, tick=False):
        page = client.get(place).content.decode()
        assert "no lottery was prepared with it" not in page
        assert offer not in page
    assert "Nobody else knows" not in page


def test_nobody_writes_in_somebody_elses_application(edition):
    made = lab.make_candidacy(edition)
    for stranger in (lab.somebody("diego"), lab.officer()):
        with pytest.raises(PermissionDenied):
            actions.save_answers(made, {"name": "X"}, {}, by=stranger, at=lab.WHILE_OPEN)
        with pytest.raises(PermissionDenied):
            actions.withdraw(made, by=stranger, at=lab.WHILE_OPEN)


def test_who_works_for_the_programme_or_a_government_does_not_apply(edition):
    for person in (lab.officer("auditor"), lab.counterpart(edition)):
        with pytest.raises(PermissionDenied):
            actions.start(edition, by=person, at=lab.WHILE_OPEN, language="es")


def test_a_check_has_a_reason_for_no_and_none_for_yes(edition):
    made, by = lab.make_candidacy(edition), lab.officer("coordinator")
    for wrong in ({"is_eligible": False}, {"is_eligible": True, "reason": "age"}):
        with pytest.raises(actions.ReasonForNo):
            actions.rule(made, **wrong, by=by, at=lab.CHECKED)
    with pytest.raises(actions.ReasonForNo):
        actions.rule(made, is_eligible=False, reason="ugly", by=by, at=lab.CHECKED)
    actions.rule(made, is_eligible=False, reason="age", by=by, at=lab.CHECKED)
    assert queries.eligible(edition).count() == 0
    assert Entry.objects.get(verb="youth_application.refused").data == {}
    actions.rule(made, is_eligible=True, by=by, at=lab.CHECKED)
    assert [each.pk for each in queries.eligible(edition)] == [made.pk]


def test_a_correction_is_checked_again(edition):
    made = lab.make_candidacy(edition)
    actions.rule(made, is_eligible=True, by=lab.officer("coordinator"), at=lab.WHILE_OPEN)
    actions.send(made, by=made.person, at=lab.WHILE_OPEN)
    assert queries.unchecked(edition).count() == 1


def test_what_people_say_of_themselves_is_in_no_journal_and_no_letter(edition):
    lab.make_pool(edition, 12)
    lab.make_delegates(edition)
    said = {"woman", "another", "indigenous", "disability", "20-21", "mexico", "canada"}
    told = [json.dumps(each.data) for each in Entry.objects.filter(verb__startswith="youth_")]
    letters = Letter.objects.filter(key__startswith="youth.")
    told += [each.subject + each.body for each in letters]
    assert len(told) > 60
    for words in told:
        plain = words.replace("Canadá", "").lower()
        assert not [word for word in said if f'"{word}"' in plain or f" {word} " in plain]


def section(client, name, data, code="YL-2024"):
    return client.post(f"/en/youthlab/{code}/apply/{name}/", data)


def test_a_whole_application_by_plain_forms(edition, seen_by):
    with time_machine.travel(lab.WHILE_OPEN, tick=False):
        itzel = lab.somebody("itzel")
        client = seen_by(itzel)
        place = "/en/youthlab/YL-2024/apply/"
        assert client.get(place).status_code == 200
        assert client.post(place).headers["Location"] == f"{place}you/"
        bad = section(client, "you", {"name": "", "phone": "<b>55</b>"})
        assert bad.status_code == 422
        assert "&lt;b&gt;55&lt;/b&gt;" in bad.content.decode()
        done = section(client, "you", {"name": "Itzel Pech", "declares_age": "on"})
        assert done.headers["Location"] == f"{place}kinds/"
        kinds = {"country": "mexico", "country_consent": "on", "gender": "hombre lobo"}
        assert section(client, "kinds", kinds).status_code == 422
        for name in ("gender", "region", "indigenous", "disability", "age"):
            kinds[name] = "-"
        assert section(client, "kinds", kinds).headers["Location"] == f"{place}words/"
        words = {"motivation": "Porque sí.", "declares_true": "on", "go": "next"}
        assert section(client, "words", words).headers["Location"] == f"{place}check/"
        page = client.get(f"{place}check/").content.decode()
        assert "Porque sí." in page
        assert client.post(f"{place}check/").status_code == 302
    made = Candidacy.objects.get()
    assert (made.status, made.sent_words["name"]) == ("sent", "Itzel Pech")
    assert queries.answers(made.sent_traits)["country"] == "mexico"
    assert Letter.objects.filter(key="youth.received", user=itzel).count() == 1


def test_an_expired_session_gives_the_words_back_after_signing_in(edition, seen_by):
    with time_machine.travel(lab.WHILE_OPEN, tick=False):
        made = lab.make_candidacy(edition, send=False)
        client, place = seen_by(made.person), "/en/youthlab/YL-2024/apply/words/"
        who = client.get(place).context["who"]
        client.logout()
        typed = {"motivation": "Dos horas de escribir", "who": who, "go": "next"}
        answer = client.post(place, typed)
        assert "/sign-in/" in answer.headers["Location"]
        client.force_login(made.person)
        page = client.get(place)
        assert page.context["was_away"] is True
        assert "Dos horas de escribir" in page.content.decode()
        assert lab.reload(made).words["motivation"] != "Dos horas de escribir"
        client.post(place, {**typed, "declares_true": "on"})
        assert lab.reload(made).words["motivation"] == "Dos horas de escribir"
        assert client.get(place).context["was_away"] is False


@pytest.mark.parametrize("who", ["", "forged", "somebody else"])
def test_words_of_an_expired_session_go_back_to_nobody_else(edition, seen_by, who):
    with time_machine.travel(lab.WHILE_OPEN, tick=False):
        made = lab.make_candidacy(edition, send=False)
        other = lab.make_candidacy(edition, "diego", send=False)
        client, place = seen_by(), "/en/youthlab/YL-2024/apply/words/"
        if who == "somebody else":
            who = seen_by(made.person).get(place).context["who"]
        client.post(place, {"motivation": "Un secreto", "who": who})
        client.force_login(other.person)
        assert "Un secreto" not in client.get(place).content.decode()


def test_after_closing_the_page_keeps_what_was_typed_in_sight(edition, seen_by):
    with time_machine.travel(lab.WHILE_OPEN, tick=False):
        made = lab.make_candidacy(edition, send=False)
    with time_machine.travel(lab.CLOSES, tick=False):
        answer = section(seen_by(made.person), "words", {"motivation": "Tarde"})
        assert answer.status_code == 409
        assert "Tarde" in answer.content.decode()


def test_a_page_says_nothing_of_an_edition_that_is_not_published(mexico, seen_by):
    lab.make_edition("YL-2025", publish=False)
    for place in ("", "lottery/", "apply/", "results/", "sessions.ics"):
        client = seen_by(lab.somebody("itzel"))
        assert client.get(f"/en/youthlab/YL-2025/{place}").status_code == 404
    assert Edition.objects.count() == 1
