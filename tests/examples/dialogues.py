"""One example of each page of dialogues, found in whatever world there is."""

from datetime import UTC, datetime

from monarca.ground.people.models import Role
from monarca.programmes.dialogues import queries
from monarca.programmes.dialogues.models import (
    Edition,
    Input,
    Item,
    Paper,
    Paragraph,
    Series,
    Text,
    Version,
)
from monarca.programmes.dialogues.states import Asking, Kinds
from tests.world_dialogues import SECRET, make_whole


def holder(role):
    """Somebody who holds the role."""
    return Role.objects.filter(role=role, until=None).order_by("pk").first().user


def manager():
    return holder("manager")


def ready():
    """Something of everything, made now in a world that has nothing of it."""
    if not Edition.objects.exists():
        make_whole(datetime.now(UTC).replace(microsecond=0))


def edition():
    """The meeting that has the most to show: one with texts."""
    with_texts = Text.objects.order_by("pk").values("edition")
    rows = Edition.objects.filter(pk__in=with_texts, is_public=True).order_by("pk")
    return rows.first() or Edition.objects.order_by("pk").first()


def here(**more):
    return {"ref": edition().reference, **more}


def public(**more):
    found = Edition.objects.filter(is_public=True, series__is_public=True).order_by("pk").first()
    return {"code": found.series.code, "ref": found.reference, **more}


def asking(who):
    """A meeting that takes inputs from `who`."""
    rows = Edition.objects.filter(asking=who, asked_until__isnull=False).order_by("-pk")
    return rows.first()


def series():
    return Series.objects.filter(is_public=True).order_by("pk").first()


def year():
    """A series and a year of which there is a report."""
    for row in Series.objects.filter(is_public=True).order_by("pk"):
        known = queries.years(row, None, at=edition().ends_at.replace(year=2099))
        if known:
            return {"code": row.code, "year": known[0]}
    raise AssertionError("no report of any year")


def text():
    found = Text.objects.filter(edition=edition(), item=None, status="draft").order_by("pk").first()
    return found or Text.objects.filter(edition=edition(), item=None).order_by("pk").first()


def textual(**more):
    return {"ref": text().edition.reference, "code": text().code, **more}


def draft():
    """A text that is still worded."""
    found = Text.objects.filter(status="draft", item=None).order_by("pk").first()
    return {"ref": found.edition.reference, "code": found.code}


def paper():
    found = Paper.objects.filter(side="canada", item=None).order_by("pk").first()
    found = found or Paper.objects.filter(side="canada", item__sensitivity="open").first()
    return {"ref": found.edition.reference, "code": found.code}


def filed():
    """A version of ours that carries a file."""
    found = Version.objects.filter(file__isnull=False, paper__side="canada").order_by("pk").first()
    paper = found.paper
    return {"ref": paper.edition.reference, "code": paper.code, "number": found.number}


def item():
    found = Item.objects.filter(sensitivity="open", dropped_at=None).order_by("pk").first()
    return {"ref": found.edition.reference, "code": found.code}


def paragraph():
    found = Paragraph.objects.filter(text=text()).order_by("pk").first()
    return textual(mark=found.code)


def invited():
    return {"token": queries.invitation_of(asking(Asking.INVITED))}


def open_form():
    found = asking(Asking.EVERYBODY)
    return {"code": found.series.code, "ref": found.reference}


def group():
    """A series that is no forum, of our own."""
    return {"code": Series.objects.exclude(kind=Kinds.FORUM).order_by("pk").first().code}


def shown(who, where):
    """An example: who looks, and at which address."""

    def example(_world):
        ready()
        return who and who(), where()

    return example


def hidden(_world):
    """The one reader of an unnamed input, and that input."""
    ready()
    found = Input.objects.filter(consent="anonymous", is_erased=False).order_by("-pk").first()
    kwargs = {"ref": found.edition.reference, "code": found.code}
    return found.edition.names_reader, kwargs


EXAMPLES = {
    "dialogues:index": shown(None, dict),
    "dialogues:invited": shown(None, invited),
    "dialogues:sent": shown(None, lambda: {"secret": SECRET}),
    "dialogues:series": shown(None, lambda: {"code": series().code}),
    "dialogues:series-calendar": shown(None, lambda: {"code": series().code}),
    "dialogues:report": shown(None, year),
    "dialogues:report-csv": shown(None, year),
    "dialogues:report-pdf": shown(None, year),
    "dialogues:public": shown(None, public),
    "dialogues:calendar": shown(None, public),
    "dialogues:input": shown(None, open_form),
    "dialogues:list": shown(manager, dict),
    "dialogues:list?view=texts": shown(manager, dict),
    "dialogues:list?view=series": shown(manager, dict),
    "dialogues:found": shown(manager, dict),
    "dialogues:describe": shown(manager, group),
    "dialogues:plan": shown(manager, group),
    "dialogues:edition": shown(manager, here),
    "dialogues:replan": shown(manager, here),
    "dialogues:edition-calendar": shown(manager, here),
    "dialogues:pack-pdf": shown(manager, here),
    "dialogues:pack-docx": shown(manager, here),
    "dialogues:people": shown(manager, here),
    "dialogues:share": shown(manager, here),
    "dialogues:agenda": shown(manager, here),
    "dialogues:item": shown(manager, item),
    "dialogues:practices": shown(manager, here),
    "dialogues:papers": shown(manager, here),
    "dialogues:write": shown(manager, here),
    "dialogues:paper": shown(manager, paper),
    "dialogues:paper-file": shown(manager, filed),
    "dialogues:inputs": shown(manager, here),
    "dialogues:who": hidden,
    "dialogues:texts": shown(manager, here),
    "dialogues:text": shown(manager, textual),
    "dialogues:add": shown(manager, draft),
    "dialogues:add?promise=1": shown(manager, draft),
    "dialogues:paragraph": shown(manager, paragraph),
}
