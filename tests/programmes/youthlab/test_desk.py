"""An edition prepared at the desk by plain forms; hostile input is answered in words."""

from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from monarca.ground.people.models import Access
from monarca.programmes.youthlab import actions, queries, tasks
from monarca.programmes.youthlab.models import Edition, Lottery
from tests import world_youthlab as lab

NAMES = ("name", "about", "canada", "mexico")


def at_desk(name, *args):
    return reverse(f"youthlab:{name}", args=args)


def day(name, year, month, number, clock=None):
    found = {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}
    return found | ({f"{name.removesuffix('_on')}_time": clock} if clock else {})


def an_edition(**changes):
    texts = {f"{name}_{code}": f"{name} {code}" for name, code in product(NAMES, lab.three(""))}
    return {
        **texts,
        "code": "YL-2024",
        "email": "yl@example.org",
        "time_zone": "America/Mexico_City",
        **day("opens_on", 2024, 5, 25, "09:00"),
        **day("closes_on", 2024, 6, 10, "23:59"),
        **day("first_day", 2024, 7, 20),
        "seats": "24",
        "method": "leximin",
        **changes,
    }


@pytest.fixture
def boss(mexico, seen_by):
    with time_machine.travel(lab.FOUNDED, tick=False):
        yield seen_by(lab.officer())


def test_an_edition_is_prepared_and_published_by_plain_forms(boss, seen_by):
    assert boss.post(at_desk("found"), an_edition()).status_code == 302
    edition = Edition.objects.get()
    assert edition.opens_at == lab.OPENS
    assert edition.closes_at == lab.CLOSES - timedelta(minutes=1)
    keep = at_desk("keep", "YL-2024")
    assert boss.post(keep, {"do": "publish"}).status_code == 409
    themes = {f"theme1_{code}": "Agua" for code in ("es", "en", "fr")}
    assert boss.post(at_desk("themes", "YL-2024"), themes).status_code == 302
    quotas = {"country.canada.least": "12", "country.canada.most": "12", "gender.woman.most": "x"}
    bad = boss.post(at_desk("quotas", "YL-2024"), quotas)
    assert bad.status_code == 422
    assert 'value="x"' in bad.content.decode()
    quotas |= {"gender.woman.least": "11", "gender.woman.most": "13"}
    assert boss.post(at_desk("quotas", "YL-2024"), quotas).status_code == 302
    assert seen_by().get(at_desk("edition", "YL-2024")).status_code == 404
    assert boss.post(keep, {"do": "publish"}).status_code == 302
    assert seen_by().get(at_desk("edition", "YL-2024")).status_code == 200
    assert boss.post(at_desk("quotas", "YL-2024"), quotas).status_code == 422
    assert boss.post(keep, {"do": "explode"}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "yl 2024"}, "yl 2024"),
        ({"seats": "0"}, 'value="0"'),
        ({"opens_on_month": "13"}, 'value="13"'),
        ({"closes_time": "a las seis"}, "a las seis"),
        ({"closes_on_year": "2023"}, 'value="2023"'),
        ({"email": "<script>"}, "&lt;script&gt;"),
        ({"name_fr": ""}, "name es"),
    ],
)
def test_what_cannot_be_read_comes_back_as_it_was_typed(boss, changes, words):
    answer = boss.post(at_desk("found"), an_edition(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Edition.objects.exists()


def test_a_code_is_used_once(boss):
    boss.post(at_desk("found"), an_edition())
    assert boss.post(at_desk("found"), an_edition()).status_code == 422


def test_what_is_published_stands_and_closing_may_only_be_later(mexico):
    edition = lab.make_edition()
    by = lab.officer()
    for changes, refusal in (
        ({"seats": 7}, actions.RulesArePublished),
        ({"opens_at": lab.OPENS + timedelta(days=1)}, actions.RulesArePublished),
        ({"method": "maximin"}, actions.RulesArePublished),
        ({"closes_at": lab.CLOSES - timedelta(days=1)}, actions.ClosesSooner),
        ({"closes_at": lab.OPENS}, actions.ClosesBeforeItOpens),
    ):
        with pytest.raises(refusal):
            actions.change(edition, lab.plan(**changes), by=by, at=lab.WHILE_OPEN)
    later = lab.CLOSES + timedelta(days=2)
    held = actions.change(edition, lab.plan(closes_at=later), by=by, at=lab.WHILE_OPEN)
    assert held.closes_at == later
    with pytest.raises(actions.ClosesSooner):
        actions.change(edition, lab.plan(closes_at=later + timedelta(days=1)), by=by, at=later)
    with pytest.raises(actions.RulesArePublished):
        actions.set_quotas(edition, lab.RULES, by=by, at=lab.WHILE_OPEN)
    with pytest.raises(actions.RulesArePublished):
        actions.set_themes(edition, [lab.three("Only one")], by=by, at=lab.WHILE_OPEN)


@pytest.mark.parametrize(
    "rule",
    [
        ("height", "tall", 1, 2),
        ("country", "france", 1, 2),
        ("country", "canada", 3, 2),
        ("country", "canada", -1, 2),
    ],
)
def test_a_quota_is_about_an_answer_of_the_application(mexico, rule):
    edition = lab.make_edition(publish=False)
    with pytest.raises(actions.QuotaNotKnown):
        actions.set_quotas(edition, [rule], by=lab.officer(), at=lab.FOUNDED)
    with pytest.raises(actions.QuotaNotKnown):
        actions.set_quotas(edition, lab.RULES[:1] * 2, by=lab.officer(), at=lab.FOUNDED)


def test_a_coordinator_prepares_and_a_manager_publishes(mexico):
    edition = lab.make_edition(publish=False)
    with pytest.raises(PermissionDenied):
        actions.publish(edition, by=lab.officer("coordinator"), at=lab.FOUNDED)
    for role in ("headquarters", "auditor", "head_of_mission"):
        with pytest.raises(PermissionDenied):
            actions.set_themes(edition, [], by=lab.officer(role), at=lab.FOUNDED)
        with pytest.raises(PermissionDenied):
            actions.found("X", edition.mission, lab.plan(), by=lab.officer(role), at=lab.FOUNDED)


def test_a_concluded_edition_is_changed_no_more(mexico):
    edition = lab.make_edition()
    by = lab.officer()
    actions.conclude(edition, by=by, at=lab.ANSWERED)
    with pytest.raises(actions.HasAnEnd):
        actions.change(edition, lab.plan(), by=by, at=lab.ANSWERED)


def test_a_counterpart_is_named_by_a_form_and_sees_this_edition(boss, mexico):
    edition = lab.make_edition(publish=False)
    given = {"name": "Elena", "email": "ELENA@sre.example", "language": "es"}
    assert boss.post(at_desk("invite", "YL-2024"), given).status_code == 302
    access = Access.objects.get()
    assert (access.user.email, access.subject_id) == ("elena@sre.example", edition.pk)


def test_a_session_and_a_round_are_typed_in_the_zone_of_the_edition(mexico, seen_by):
    edition = lab.make_edition()
    client = seen_by(lab.officer())
    title = {f"title_{code}": "Conocernos" for code in ("es", "en", "fr")}
    session = {
        **title,
        **day("starts_on", 2024, 7, 20, "10:00"),
        **day("ends_on", 2024, 7, 20, "12:00"),
        "agenda_es": "Quiénes somos; cómo, dónde\ny cuándo " + "ñ" * 60,
    }
    place = at_desk("convene", "YL-2024", 0)
    assert client.post(place, {**session, "ends_time": "09:00"}).status_code == 422
    assert client.post(place, session).status_code == 302
    told = seen_by().get("/es/youthlab/YL-2024/sessions.ics")
    text = told.content.decode()
    assert "DTSTART:20240720T160000Z\r\n" in text
    assert "SUMMARY:Conocernos\r\n" in text
    assert "DESCRIPTION:Quiénes somos\\; cómo\\, dónde\\ny cuándo" in text.replace("\r\n ", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    vote = {
        **title,
        "kind": "vote",
        **day("opens_on", 2024, 8, 12, "09:00"),
        **day("closes_on", 2024, 8, 26, "09:00"),
    }
    made = client.post(at_desk("hold", "YL-2024", 0), vote)
    assert made.headers["Location"].endswith("/rounds/1/statements/")
    boxes = {"s1.es": "Sí", "s3.en": "Maybe", "s3.from": "99", "s2.fr": " "}
    with time_machine.travel(lab.SEATED, tick=False):
        assert client.post(at_desk("statements", "YL-2024", 1), boxes).status_code == 302
    held = queries.rounds_of(edition).get()
    assert [each.text for each in queries.statements_of(held)] == [{"es": "Sí"}, {"en": "Maybe"}]
    with time_machine.travel(lab.VOTES[0], tick=False):
        late = client.post(at_desk("statements", "YL-2024", 1), {"s1.es": "Otra"})
    assert late.status_code == 422
    assert "Otra" in late.content.decode()


def test_the_lottery_is_asked_for_drawn_and_refilled_by_plain_forms(mexico, seen_by):
    edition = lab.make_edition()
    lab.make_pool(edition, 12)
    client, place = seen_by(lab.officer()), at_desk("draw", "YL-2024")
    source = {f"source_{code}": "Sorteo" for code in ("es", "en", "fr")}
    seed = {**source, **day("seed_on", 2024, 6, 21, "21:00"), "do": "ask"}
    with time_machine.travel(lab.ASKED, tick=False):
        assert client.post(place, {**seed, "seed_on_year": "2020"}).status_code == 422
        assert client.post(place, seed).status_code == 302
        assert client.post(place, seed).status_code == 422
    assert Lottery.objects.get().seed_at == lab.SEED_AT
    assert tasks.tick(at=lab.ASKED) == 1
    with time_machine.travel(lab.DRAWN, tick=False):
        assert client.post(place, {"do": "draw", "seed": " "}).status_code == 422
        assert client.post(place, {"do": "draw", "seed": lab.SEED}).status_code == 302
        assert client.post(place, {"do": "bribe"}).status_code == 404
        one = queries.seats_of(edition).first()
        given = {"do": "release", "seat": one.candidacy.number}
        assert client.post(place, given).status_code == 302
        page = client.get(place).content.decode()
    assert "Fill 1 empty seat" in page
    assert queries.empty_seats(edition) == 1


def test_checking_goes_from_one_application_to_the_next(mexico, seen_by):
    edition = lab.make_edition()
    one, two = (lab.make_candidacy(edition, name) for name in ("itzel", "diego"))
    client = seen_by(lab.officer("coordinator"))
    place = at_desk("check-one", "YL-2024", one.reference)
    assert client.post(place, {"eligible": "no"}).status_code == 422
    answer = client.post(place, {"eligible": "no", "reason": "age"})
    assert answer.headers["Location"] == at_desk("check-one", "YL-2024", two.reference)
    with time_machine.travel(lab.CHECKED, tick=False):
        mine = seen_by(one.person).get(at_desk("mine", "YL-2024")).content.decode()
    assert "Not between 18 and 25" in mine


@pytest.mark.parametrize(
    ("name", "most"), [("applications", 14), ("draw", 22), ("keep", 22), ("desk", 12)]
)
def test_the_lists_of_the_desk_ask_few_questions(
    mexico, seen_by, django_assert_max_num_queries, name, most
):
    edition = lab.make_edition()
    lab.make_pool(edition, 24)
    lab.make_drawn(edition)
    client = seen_by(lab.officer())
    place = at_desk(name, *(["YL-2024"] if name != "desk" else []))
    client.get(place)
    with django_assert_max_num_queries(most):
        assert client.get(place).status_code == 200


def test_the_public_lists_ask_few_questions(mexico, seen_by, django_assert_max_num_queries):
    edition = lab.make_edition()
    lab.make_pool(edition, 12)
    lab.make_drawn(edition)
    client = seen_by()
    for name, most in (("list", 4), ("edition", 12), ("lottery", 6), ("results", 6)):
        place = at_desk(name, *(["YL-2024"] if name != "list" else []))
        client.get(place)
        with django_assert_max_num_queries(most):
            assert client.get(place).status_code == 200
