"""Small makers of consultations, by the acts that people use."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission
from monarca.programmes.consultations import actions, queries
from monarca.programmes.consultations.actions import (
    Attached,
    Entering,
    Facts,
    Speaker,
    Upload,
    Wish,
)
from tests import sounds
from tests.world import PNG

HERE = ZoneInfo("America/Mexico_City")


def on(month, day, hour=12):
    return datetime(2024, month, day, hour, tzinfo=HERE)


BEGUN = on(3, 4)
SHARED = on(3, 20)
FROM, UNTIL = date(2024, 4, 1), date(2024, 4, 30)
INSIDE = on(4, 10)
AFTER = on(5, 2)
DECIDED = on(5, 20)
LATER = on(6, 10)

FACTS = Facts(
    title={"es": "Sendero del cenote", "en": "Path to the cenote", "fr": "Sentier du cenote"},
    matter={"es": "Un sendero por su monte.", "en": "A path.", "fr": "Un sentier."},
    authority="Embajada de Canadá en México",
    people="Maya",
    community="Chan Sayab (lugar inventado)",
    country="MX",
    region="MX-YUC",
    languages=("yua",),
    time_zone="America/Mexico_City",
    autonym="Maaya",
    autonym_language="yua",
    place="Junto al cenote",
)


def a_person(email="reina@pueblo.example", name="Reina Canul", at=BEGUN):
    return people.join(email, by=None, at=at, name=name, language="es")


def make_begun(by, *, readers=None, at=BEGUN, **changes):
    facts = Facts(**{**{n: getattr(FACTS, n) for n in Facts.__dataclass_fields__}, **changes})
    mission = Mission.objects.get(code="MEXICO")
    return actions.begin(mission, facts, readers=readers, by=by, at=at)


def make_speaker(consultation, by, *, user=None, name="Reina Canul", at=BEGUN):
    chosen = Entering("choosing", at.date(), {"es": "La asamblea nos eligió de pie."})
    return actions.name_representative(
        consultation, Speaker(name, "Comisaria", user), chosen=chosen, by=by, at=at
    )


def by_paper(speaker, **given):
    return Wish(speaker, "paper", proof=Upload(PNG, "acta.png"), **given)


def by_account(speaker):
    return Wish(speaker, "account")


def share(consultation, by, *, at=SHARED, language="yua"):
    given = Entering(
        "shared",
        at.date(),
        {"es": "Qué es el sendero y qué cambiaría."},
        (Attached(Upload(sounds.wav(), "voz.wav"), "Explicación", language, "[muestra]"),),
        form="audio",
        shared_in=language,
    )
    return actions.enter(consultation, given, by=by, at=at)


def make_informed(by, *, user=None, at=BEGUN, **changes):
    """(consultation, representative) in the phase of information, with something shared."""
    made = make_begun(by, at=at, **changes)
    speaker = make_speaker(made, by, user=user, at=at)
    actions.inform(made, by=by, at=SHARED)
    share(made, by)
    made.refresh_from_db()
    return made, speaker


def make_protected(by, *, user=None, **changes):
    """Their own time set, all of April; seen on its first days it runs."""
    made, speaker = make_informed(by, user=user, **changes)
    actions.protect(made, FROM, UNTIL, wish=by_paper(speaker), by=by, at=SHARED)
    actions.deliberate(made, by=by, at=SHARED)
    made.refresh_from_db()
    return made, speaker


def make_dialogue(by, *, user=None, **changes):
    made, speaker = make_protected(by, user=user, **changes)
    actions.converse(made, by=by, at=AFTER)
    made.refresh_from_db()
    return made, speaker


def a_condition(speaker, at=AFTER, **changes):
    given = {
        "kind": "condition",
        "on": at.date(),
        "texts": {"es": "Nadie entra sin guía del pueblo.", "en": "Nobody enters alone."},
        "owner_side": "canada",
        "owner_name": "Embajada de Canadá",
        "due_on": date(2025, 1, 31),
        "wish": by_paper(speaker),
    }
    return Entering(**{**given, **changes})


def an_outcome(speaker, result="consent_with_conditions", at=DECIDED):
    texts = {"es": "La asamblea dijo que sí, con condiciones."}
    return Entering("outcome", at.date(), texts, wish=by_paper(speaker), result=result)


def make_concluded(by, *, user=None, result="consent_with_conditions", **changes):
    made, speaker = make_dialogue(by, user=user, **changes)
    if result == "consent_with_conditions":
        actions.enter(made, a_condition(speaker), by=by, at=AFTER)
    actions.conclude(made, an_outcome(speaker, result), by=by, at=DECIDED)
    made.refresh_from_db()
    return made, speaker


def permit(consultation, speaker, by, *kinds, part="words", at=LATER):
    """The people's yes, on paper, to all items of these kinds."""
    for item in queries.items_visible_to(by, at=at).filter(
        consultation=consultation, kind__in=kinds
    ):
        actions.permit(item, part=part, wish=by_paper(speaker), by=by, at=at)


def make_public(by, manager, *, user=None, kinds=(), **changes):
    """Concluded and published, with these kinds open to everybody."""
    made, speaker = make_concluded(by, user=user, **changes)
    permit(made, speaker, by, "existence", *kinds)
    actions.publish(made, by=manager, at=LATER)
    made.refresh_from_db()
    return made, speaker
