"""The lottery: committed to before the seed, drawn once, checked by anybody, refilled fairly."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from monarca.config.cli import main
from monarca.engines import sortition
from monarca.engines.states import MoveRefused
from monarca.programmes.youthlab import actions, queries, tasks
from monarca.programmes.youthlab.forms import showing
from monarca.programmes.youthlab.models import Candidacy, Edition, Lottery, Seat
from tests import world_youthlab as lab

HOUR = timedelta(hours=1)


def ask(edition, *, at=lab.ASKED, seed_at=lab.SEED_AT, by=None):
    return actions.ask(
        edition, seed_source=lab.SOURCE, seed_at=seed_at, by=by or lab.officer(), at=at
    )


def files(lottery, folder):
    """The three public files on a disk."""
    names = {
        "pool.csv": queries.pool_file,
        "rules.toml": queries.rules_file,
        "table.json": queries.table_file,
    }
    for name, write in names.items():
        (folder / name).write_text(write(lottery), encoding="utf-8")
    return folder


def run(capsys, *words):
    code = main(["draw", *map(str, words), "--json", "--lang", "en"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("method", ["leximin", "maximin"])
def test_anybody_draws_the_same_panel_with_the_command(edition, tmp_path, capsys, method):
    Edition.objects.update(method=method)
    lottery = lab.make_drawn(edition)
    at = files(lottery, tmp_path)
    rest = ("--seats", lottery.seats, "--method", method)
    code, told = run(capsys, at / "pool.csv", at / "rules.toml", *rest, "--seed", lottery.seed)
    assert code == 0
    assert told["members"] == queries.members_of(lottery)
    assert set(told["members"]) == lab.members(edition)
    assert (told["commitment"], told["task"]) == (lottery.commitment, lottery.task_sha256)
    pair = (at / "pool.csv", at / "rules.toml")
    code, told = run(capsys, *pair, "--seats", 6, "--check", at / "table.json")
    assert (code, told["holds"]) == (0, True)


def test_a_changed_file_does_not_pass_the_check(edition, tmp_path, capsys):
    lottery = lab.make_drawn(edition)
    at = files(lottery, tmp_path)
    pool = (at / "pool.csv").read_text().replace(",woman,", ",man,", 1)
    (at / "pool.csv").write_text(pool)
    pair = (at / "pool.csv", at / "rules.toml")
    code, told = run(capsys, *pair, "--seats", 6, "--check", at / "table.json")
    assert (code, told["holds"]) == (1, False)


def test_the_panel_keeps_every_quota_and_nobody_is_named(edition):
    lottery = lab.make_drawn(edition)
    task = queries.task_of(lottery)
    members = [person for person in task.people if person.id in lab.members(edition)]
    counts = sortition.counted(members)
    for quota in task.quotas:
        assert quota.least <= counts[quota.feature, quota.value] <= quota.most
    public = queries.pool_file(lottery) + queries.rules_file(lottery) + queries.table_file(lottery)
    for each in Candidacy.objects.all():
        assert each.number in public
        assert each.reference not in public
        assert each.person.name not in public
        assert each.person.email not in public


def test_the_commitment_stands_before_the_seed_and_the_files_come_with_the_draw(edition, seen_by):
    lottery = lab.make_lottery(edition)
    place = "/en/youthlab/YL-2024/lottery/"
    page = seen_by().get(place).content.decode()
    assert lottery.commitment in page
    assert lottery.task_sha256 in page
    assert seen_by().get(f"{place}1/pool.csv").status_code == 404
    before = lottery.commitment
    actions.draw(lottery, lab.SEED, by=lab.officer(), at=lab.DRAWN)
    assert lab.reload(lottery).commitment == before
    assert seen_by().get(f"{place}1/pool.csv").status_code == 200
    assert seen_by().get(f"{place}1/names.csv").status_code == 404
    assert seen_by().get(f"{place}9/pool.csv").status_code == 404


def test_a_lottery_waits_for_the_closing_and_for_every_check(edition):
    edition = lab.make_edition("YL-2025")
    lab.make_candidacy(edition, "sola")
    with pytest.raises(actions.StillOpen):
        ask(edition, at=lab.CLOSES - HOUR)
    with pytest.raises(actions.NotAllChecked) as told:
        ask(edition)
    assert told.value.values == {"applications": 1}


def test_the_seed_is_a_number_that_nobody_can_know_yet(edition):
    with pytest.raises(actions.SeedIsKnown):
        ask(edition, seed_at=lab.ASKED)
    lottery = lab.make_lottery(edition)
    with pytest.raises(actions.SeedNotKnownYet):
        actions.draw(lottery, lab.SEED, by=lab.officer(), at=lab.SEED_AT - HOUR)
    with pytest.raises(actions.SeedIsMissing):
        actions.draw(lottery, "  ", by=lab.officer(), at=lab.DRAWN)
    other = {"seed_source": lab.SOURCE, "seed_at": lab.SEED_AT + 48 * HOUR, "by": lab.officer()}
    with pytest.raises(actions.SeedIsKnown):
        actions.name_seed(lottery, **other, at=lab.SEED_AT + HOUR)
    assert actions.name_seed(lottery, **other, at=lab.SEED_AT - HOUR).seed_at == other["seed_at"]


def test_tickets_that_came_after_the_seed_are_not_drawn_from(edition):
    lottery = ask(edition)
    actions.work_out(lottery, at=lab.SEED_AT + HOUR)
    by = lab.officer()
    with pytest.raises(actions.CommittedTooLate):
        actions.draw(lottery, lab.SEED, by=by, at=lab.DRAWN)
    later = lab.DRAWN + 24 * HOUR
    actions.name_seed(lottery, seed_source=lab.SOURCE, seed_at=later, by=by, at=lab.DRAWN)
    assert len(actions.draw(lottery, lab.SEED, by=by, at=later)) == 6


def test_working_it_out_twice_commits_once(edition):
    lottery = ask(edition)
    assert actions.work_out(lottery, at=lab.ASKED) is True
    first = lab.reload(lottery)
    assert actions.work_out(lottery, at=lab.ASKED) is False
    assert tasks.tick(at=lab.ASKED + 9 * HOUR) == 0
    again = lab.reload(lottery)
    assert (again.commitment, again.settled_at, again.tries) == (
        first.commitment,
        first.settled_at,
        1,
    )


def test_two_workers_at_once_commit_once(edition):
    lottery = ask(edition)
    one = actions.take(lottery, by=None, at=lab.ASKED)
    assert actions.take(lottery, by=None, at=lab.ASKED + timedelta(minutes=29)) is None
    other = actions.take(lottery, by=None, at=lab.ASKED + timedelta(minutes=30))
    chances = sortition.fair_chances(queries.task_of(one))
    table = sortition.table(chances)
    assert actions.settle(one, chances, table, by=None, at=lab.ASKED + HOUR) is None
    assert actions.progressed(one, 50, by=None, at=lab.ASKED + HOUR) is False
    assert actions.settle(other, chances, table, by=None, at=lab.ASKED + HOUR).status == "ready"


def test_a_worker_that_dies_three_times_stops_the_lottery(edition):
    lottery = ask(edition)
    for turn in range(3):
        assert actions.take(lottery, by=None, at=lab.ASKED + turn * HOUR).tries == turn + 1
    assert actions.take(lottery, by=None, at=lab.ASKED + 3 * HOUR) is None
    assert lab.reload(lottery).status == "stopped"
    assert ask(edition, at=lab.ASKED + 4 * HOUR).number == 2


def test_progress_is_written_and_shown_without_a_script(edition, seen_by):
    lottery = ask(edition)
    held = actions.take(lottery, by=None, at=lab.ASKED)
    step = actions.stepping(held, at=lab.ASKED)
    for done in range(48):
        step(done, 100)
    assert lab.reload(lottery).percent == 45
    for place in ("/en/youthlab/YL-2024/lottery/", "/en/desk/youthlab/YL-2024/lottery/"):
        page = seen_by(lab.officer()).get(place).content.decode()
        assert '<progress max="100" value="45"' in page


def test_the_draw_is_made_once(edition):
    lottery = lab.make_drawn(edition)
    with pytest.raises(MoveRefused):
        actions.draw(lottery, "another", by=lab.officer(), at=lab.DRAWN)
    assert Seat.objects.count() == 6
    with pytest.raises(actions.NoEmptySeat):
        ask(edition, at=lab.DRAWN, seed_at=lab.DRAWN + HOUR)


def test_only_a_manager_draws_and_only_the_clock_works_out(edition):
    lottery = lab.make_lottery(edition)
    for role in ("coordinator", "head_of_mission", "headquarters", "auditor", "finance"):
        with pytest.raises(PermissionDenied):
            actions.draw(lottery, lab.SEED, by=lab.officer(role), at=lab.DRAWN)
    assert lab.reload(lottery).status == "ready"
    with pytest.raises(PermissionDenied):
        actions.take(lottery, by=lab.officer(), at=lab.DRAWN)


def test_quotas_that_cannot_be_met_name_the_smallest_set_to_relax(edition, seen_by):
    rules = (("country", "canada", 3, 3), ("country", "mexico", 3, 3), ("gender", "woman", 6, 6))
    edition = lab.make_edition("YL-2025", rules=rules)
    for n in range(12):
        lab.make_candidacy(
            edition,
            f"joven{n}",
            country="canada" if n % 2 else "mexico",
            gender="woman" if n in {0, 1, 2, 4} else "man",
        )
    lab.check_all(edition)
    lottery = lab.make_lottery(edition)
    assert lottery.status == "impossible"
    assert lottery.found["total"] == 2
    assert [each["feature"] for each in lottery.found["changes"]] == ["gender"]
    told = showing.relaxed(lottery.found)
    assert told["changes"] == ["Woman (Gender): instead of 6 to 6 seats, 4 to 6."]
    assert any("Woman" in each for each in told["short"])
    mine = seen_by(lab.officer()).get("/en/desk/youthlab/YL-2025/lottery/").content.decode()
    assert "The smallest set of quotas to relax" in mine
    assert told["changes"][0] in mine
    page = seen_by().get("/en/youthlab/YL-2025/lottery/").content.decode()
    assert "The smallest set of quotas to relax" in page
    assert "Woman (Gender): other limits than 6 to 6 seats." in page
    assert told["changes"][0] not in page
    assert told["short"][0] not in page


def test_published_quotas_give_way_by_the_smallest_change_and_by_nothing_else(edition, seen_by):
    edition = lab.make_edition("YL-2025", rules=(("indigenous", "yes", 6, 6),))
    for n in range(8):
        lab.make_candidacy(edition, f"joven{n}", indigenous="yes" if n < 4 else "no")
    lab.check_all(edition)
    lottery = lab.make_lottery(edition)
    with pytest.raises(PermissionDenied):
        actions.relax(lottery, by=lab.officer("coordinator"), at=lab.DRAWN)
    place = "/en/desk/youthlab/YL-2025/lottery/"
    client = seen_by(lab.officer())
    assert "Relax these quotas" in client.get(place).content.decode()
    assert client.post(place, {"do": "relax"}).status_code == 302
    quota = queries.quotas_of(edition).get()
    assert (quota.least, quota.most) == (4, 6)
    again = lab.make_lottery(edition)
    assert again.status == "ready"
    with pytest.raises(actions.NothingToRelax):
        actions.relax(lottery, by=lab.officer(), at=lab.DRAWN)
    assert "No panel keeps all these quotas" in (
        seen_by().get("/en/youthlab/YL-2025/lottery/").content.decode()
    )


def test_a_pool_smaller_than_the_panel_is_told_and_not_drawn(edition):
    edition = lab.make_edition("YL-2025")
    lab.make_candidacy(edition, "sola")
    lab.check_all(edition)
    lottery = lab.make_lottery(edition)
    assert lottery.status == "impossible"
    assert lottery.found["code"] == "sortition.too_few"


def test_who_declines_is_replaced_from_the_same_pool_so_that_quotas_hold(edition, tmp_path, capsys):
    panel = lab.make_drawn(edition)
    seats = list(queries.seats_of(edition))
    gone = seats[0].candidacy
    actions.decline(gone, by=gone.person, at=lab.SEATED)
    for seat in seats[1:]:
        actions.accept(seat.candidacy, by=seat.candidacy.person, at=lab.SEATED)
    again = ask(edition, at=lab.SEATED, seed_at=lab.SEATED + HOUR)
    actions.work_out(again, at=lab.SEATED)
    actions.draw(again, "17", by=lab.officer(), at=lab.SEATED + HOUR)
    again.refresh_from_db()
    assert (again.number, again.seats) == (2, 1)
    new = set(queries.members_of(again))
    assert gone.number not in again.pool
    assert not new & set(queries.members_of(panel))
    whole = [
        person for person in queries.task_of(panel).people if person.id in lab.members(edition)
    ]
    counts = sortition.counted(whole)
    assert len(whole) == 6
    for feature, value, least, most in panel.rules:
        assert least <= counts[feature, value] <= most
    at = files(again, tmp_path)
    rest = ("--seats", 1, "--seed", "17")
    code, told = run(capsys, at / "pool.csv", at / "rules.toml", *rest)
    assert (code, set(told["members"])) == (0, new)


def test_everybody_hears_of_the_draw_and_a_seat_is_answered_by_who_was_drawn(edition):
    lab.make_drawn(edition)
    seat = queries.seats_of(edition).first()
    stranger = lab.somebody("diego")
    with pytest.raises(PermissionDenied):
        actions.accept(seat.candidacy, by=stranger, at=lab.SEATED)
    actions.accept(seat.candidacy, by=seat.candidacy.person, at=lab.SEATED)
    with pytest.raises(actions.SeatWasAnswered):
        actions.accept(seat.candidacy, by=seat.candidacy.person, at=lab.SEATED)
    released = queries.seats_of(edition).last()
    actions.release(released, by=lab.officer("coordinator"), at=lab.SEATED)
    assert queries.empty_seats(edition) == 1


def test_a_check_is_final_once_the_pool_is_frozen(edition):
    ask(edition)
    one = queries.eligible(edition).first()
    with pytest.raises(actions.PoolIsFrozen):
        actions.rule(one, is_eligible=False, reason="age", by=lab.officer(), at=lab.ASKED)


def test_everybody_sees_their_own_chance_and_nobody_elses(edition, seen_by):
    lottery = lab.make_lottery(edition)
    one, other = list(queries.eligible(edition))[:2]
    chance, why = queries.chance_of(lottery, one)
    assert chance == pytest.approx(lottery.chances[one.number])
    page = seen_by(one.person).get("/en/youthlab/YL-2024/mine/").content.decode()
    assert showing.share(chance) in page
    assert one.number in page
    assert other.number not in page
    assert why is None or why.code.startswith("sortition.")


def test_no_level_and_no_answer_shows_fewer_than_five_people(edition, seen_by):
    lottery = lab.make_drawn(edition)
    levels = queries.levels(lottery)
    assert sum(each.people for each in levels) == 24
    assert min(each.people for each in levels) >= 5
    for each in queries.standings(lottery):
        assert each.people is None or each.people == 0 or each.people >= 5
        assert each.drawn is None or each.drawn == 0 or each.drawn >= 5
        assert (each.people is None) <= (each.low is None)
    page = seen_by().get("/en/youthlab/YL-2024/lottery/").content.decode()
    assert lottery.pool
    for number in set(lottery.pool) - set(queries.members_of(lottery)):
        assert number not in page


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(0, 60), max_size=8))
def test_no_count_under_five_can_be_told_from_the_others(counts):
    shown = queries.masked(counts)
    hidden = {key for key, value in shown.items() if value is None}
    for key, count in counts.items():
        assert shown[key] in {count, None}
        if 0 < count < 5:
            assert key in hidden
    others = [key for key, count in counts.items() if count]
    if hidden and len(others) > 1:
        assert len(hidden) > 1


def test_no_reason_counts_fewer_than_five_people(edition):
    lottery = lab.make_lottery(edition)
    hidden = queries.hidden_in(lottery)
    counts = sortition.counted(queries.task_of(lottery).people)
    assert {answer for answer in counts if 0 < counts[answer] < 5 and answer[1]} <= hidden | {
        answer for answer in counts if answer[0] not in {f for f, *_ in lottery.rules}
    }
    reasons = [each.reason for each in queries.levels(lottery)]
    reasons += [queries.chance_of(lottery, each)[1] for each in queries.eligible(edition)]
    for reason in reasons:
        assert reason is None or reason.values.get("people", 5) >= 5


def test_a_lottery_is_stopped_and_another_prepared(edition):
    lottery = ask(edition)
    with pytest.raises(actions.OneAtATime):
        ask(edition)
    actions.stop(lottery, by=lab.officer(), at=lab.ASKED)
    assert ask(edition).number == 2
    assert Lottery.objects.filter(status="stopped").count() == 1
    assert actions.work_out(lottery, at=lab.ASKED) is False


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("en", "a row for each person"),
        ("es", "un renglón por persona"),
        ("fr", "une ligne par personne"),
    ],
)
def test_the_page_says_what_the_pool_file_tells_and_claims_no_masking(
    edition, seen_by, language, row
):
    place = f"/{language}/youthlab/YL-2024/lottery/"
    lab.make_drawn(edition)
    page = seen_by().get(place).content.decode()
    assert row in page
    for claim in ("nobody else knows", "nadie más sabe", "personne d’autre ne sait"):
        assert claim not in page
    for claim in ("never shown apart", "in public numbers under five"):
        assert claim not in page
        assert claim not in seen_by().get("/en/youthlab/YL-2024/apply/").content.decode()


def test_before_the_draw_the_page_says_that_the_pool_file_will_come(edition, seen_by):
    lab.make_lottery(edition)
    page = seen_by().get("/en/youthlab/YL-2024/lottery/").content.decode()
    assert "is published with the draw" in page
    assert "pool file below" not in page
