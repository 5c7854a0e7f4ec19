"""Makers of dialogues: a series, a meeting, its people, papers, inputs and agreed texts."""

from datetime import UTC, date, datetime, timedelta

from monarca.ground.files import actions as files
from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission, User
from monarca.programmes.dialogues import actions
from monarca.programmes.dialogues.states import Asking, Consent, Kinds, Sensitivity, Sides, Texts
from tests.world import PNG

DAWN = datetime(2024, 1, 2, 12, 0, tzinfo=UTC)
PLANNED = datetime(2025, 3, 3, 16, 0, tzinfo=UTC)
NOW = datetime(2025, 4, 7, 16, 0, tzinfo=UTC)
MEETS = datetime(2025, 6, 12, 15, 0, tzinfo=UTC)
ENDS = datetime(2025, 6, 12, 21, 30, tzinfo=UTC)
AFTER = datetime(2025, 6, 20, 15, 0, tzinfo=UTC)
MANAGER = "manager@example.org"
SECRET = "a-secret-that-only-the-sender-has"


def three(words):
    """The same words in three languages, told apart by their code."""
    return {code: f"{words} ({code})" for code in ("es", "en", "fr")}


def make_person(email, role="", *, name="", mission=None, language="en"):
    """Somebody with an account, and a role at the mission if one is given."""
    user = people.join(email, by=None, at=DAWN, name=name or email.split("@")[0], language=language)
    if role:
        place = mission or Mission.objects.get(code="MEXICO")
        people.give_role(user, by=None, at=DAWN, mission=place, role=role)
    return user


def manager():
    return User.objects.filter(email=MANAGER).first() or make_person(MANAGER, "manager")


def counterpart(email="mexico@example.org"):
    """A person of the Mexican side, with the role and nothing shared yet."""
    return User.objects.filter(email=email).first() or make_person(email, "counterpart")


def make_series(code="HRD", kind=Kinds.DIALOGUE, *, public=True, forum="", by=None):
    given = actions.Founding(
        code=code,
        kind=kind,
        name=three(f"Series {code}"),
        about=three("Derechos"),
        forum=forum,
        aims=("human_rights",),
    )
    by = by or manager()
    series = actions.found(Mission.objects.get(code="MEXICO"), given, by=by, at=PLANNED)
    return actions.show_series(series, public=True, by=by, at=PLANNED) if public else series


def plan(starts_at=MEETS, ends_at=ENDS, **changes):
    given = {
        "name": three("Encuentro 2025"),
        "place": "Ottawa, Ontario",
        "host": Sides.CANADA,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "time_zone": "America/Toronto",
        "year": starts_at.year,
    }
    return actions.Plan(**{**given, **changes})


def make_edition(series=None, *, public=True, guests=(), **changes):
    """A meeting in preparation, with a co-chair on each side."""
    series = series or make_series()
    by = manager()
    edition = actions.plan(series, plan(**changes), by=by, at=PLANNED)
    for side in Sides.values:
        chair = actions.Seat(side=side, name=f"Presidenta {side}", office="Ministry", is_chair=True)
        actions.seat(edition, chair, by=by, at=PLANNED)
    for guest in guests:
        actions.share(edition, guest, by=by, at=PLANNED)
    if public:
        actions.show(edition, public=True, by=by, at=PLANNED)
    return actions.prepare(edition, by=by, at=PLANNED)


def make_item(edition, sensitivity=Sensitivity.OPEN, *, by=None, readers=(), words="A topic"):
    topic = actions.Topic(
        topic=three(words),
        sensitivity=sensitivity,
        lead_canada="Ana",
        lead_mexico="Beto",
        readers=tuple(readers),
    )
    return actions.put(edition, topic, by=by or manager(), at=NOW)


def make_paper(edition, *, by=None, item=None, text="What we think", shared=False):
    by = by or manager()
    position = actions.Position(title="A position", language="en", item=item)
    paper = actions.write(edition, position, actions.Words(text), by=by, at=NOW)
    if shared:
        actions.share_version(paper.versions.get(), by=by, at=NOW)
    return paper


def ask(edition, who=Asking.EVERYBODY, *, reader=None):
    """Civil society may write until the meeting begins."""
    asked = actions.Asked(who=who, until=edition.starts_at, reader=reader or manager())
    return actions.ask(edition, asked, by=manager(), at=NOW)


def make_input(edition, consent=Consent.BY_NAME, *, secret=SECRET, at=NOW, **changes):
    given = {
        "text": "Protejan a quienes defienden los ríos.",
        "language": "es",
        "consent": consent,
        "organisation": "Red Río Claro",
        "person": "Petra Solís",
        "email": "petra@example.org",
    }
    heard = actions.Heard(**{**given, **changes})
    return actions.receive(edition, heard, secret=secret, by=None, at=at)


def terms(**changes):
    given = {
        "due_on": date(2031, 3, 31),
        "pillar": "mobility",
        "aims": ("human_rights",),
        "owners": (
            actions.Owed("canada", "Embassy of Canada to Mexico", manager()),
            actions.Owed("mexico", "Secretariat"),
        ),
        "is_public": True,
    }
    return actions.Terms(**{**given, **changes})


def make_text(edition, kind=Texts.STATEMENT, *, paragraphs=1, promises=1, by=None, **changes):
    """A draft with paragraphs and promises that nobody has agreed yet."""
    by = by or manager()
    text = actions.begin(edition, kind, by=by, at=NOW, **changes)
    for number in range(paragraphs):
        words = actions.Paragraphs(three(f"Paragraph {number + 1}"))
        actions.add(text, words, by=by, at=NOW)
    for number in range(promises):
        words = actions.Paragraphs(three(f"Promise {number + 1}"), terms=terms())
        actions.add(text, words, by=by, at=NOW)
    return text


def agree_all(text, *who, at=NOW):
    """Each of these agrees everything that they can read."""
    for user in who:
        for paragraph in text.paragraphs.order_by("position"):
            actions.agree(
                paragraph, languages=tuple(text.languages), seen=paragraph.round, by=user, at=at
            )


def make_adopted(edition, guest, kind=Texts.STATEMENT, *, public=True, at=NOW, **changes):
    """A text that both sides agreed and that is before the public."""
    text = make_text(edition, kind, **changes)
    agree_all(text, manager(), guest)
    actions.adopt(text, by=manager(), at=at)
    return actions.publish(text, by=manager(), at=at) if public else text


def make_whole(at):
    """All that pages can show, seen at `at`: a dialogue that is prepared, and a group's year.

    Returns the edition that is in preparation and its counterpart.
    """
    guest = counterpart()
    day = timedelta(days=1)
    coming = {"starts_at": at + 30 * day, "ends_at": at + 30 * day + timedelta(hours=6)}
    past = {"starts_at": at - 30 * day, "ends_at": at - 30 * day + timedelta(hours=6)}
    dialogue, group = make_series(), make_series("ENV", Kinds.WORKING_GROUP)
    edition = make_edition(dialogue, guests=(guest,), **coming)
    for sensitivity in Sensitivity.values:
        make_item(edition, sensitivity, readers=(guest,))
    paper = make_paper(edition, shared=True)
    make_paper(edition, by=guest, shared=True)
    kept = files.keep(PNG, "mapa.png", by=manager(), at=at)
    actions.revise(paper, actions.Words("With a map", kept), by=manager(), at=at)
    worked = actions.Worked(three("Rangers"), three("Cuentan aves"), "https://example.org/rangers")
    actions.share_practice(edition, worked, by=manager(), at=at)
    whole = actions.Asked(who=Asking.EVERYBODY, until=edition.starts_at, reader=manager())
    actions.ask(edition, whole, by=manager(), at=at)
    actions.pass_on(make_input(edition, at=at), by=manager(), at=at)
    make_input(edition, Consent.ANONYMOUS, secret="another", at=at)
    make_text(edition, Texts.MINUTES, paragraphs=2)
    held = make_edition(group, guests=(guest,), **past)
    make_adopted(held, guest, at=at)
    actions.hold(held, by=manager(), at=at)
    later = make_edition(group, **coming)
    invited = actions.Asked(who=Asking.INVITED, until=later.starts_at, reader=manager())
    actions.ask(later, invited, by=manager(), at=at)
    return edition, guest
