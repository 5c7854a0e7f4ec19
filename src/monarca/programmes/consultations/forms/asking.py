"""What a person types: the facts, what happened, a wish of the people, a permission."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.kit import trilingual
from monarca.kit.widgets import Choices, DateBoxes, Words
from monarca.programmes.consultations import queries
from monarca.programmes.consultations.forms.entering import (
    LONGEST,
    TONGUES,
    Entry,
    Plain,
    Wishing,
    add_file,
    known_people,
    select,
    tongues,
)
from monarca.programmes.consultations.models import Consultation, Item
from monarca.programmes.consultations.queries.telling import Entering, Facts
from monarca.programmes.consultations.states import (
    ZONES,
    Chooser,
    Country,
    Kind,
    Part,
)

MOST_LANGUAGES = 4


class Stating(Plain):
    """The facts of a consultation; everything may be put right later, with a reason."""

    mission = forms.ModelChoiceField(
        Mission.objects.none(), label=_("Mission"), empty_label=_("Choose")
    )
    authority = forms.CharField(label=_("Who consults?"), max_length=200)
    people = forms.CharField(label=_("Which people?"), max_length=120)
    autonym = forms.CharField(
        label=_("What do they call themselves?"), max_length=120, required=False
    )
    autonym_language = forms.ChoiceField(label=_("In which language is that?"), required=False)
    community = forms.CharField(label=_("Which community?"), max_length=160)
    country = forms.ChoiceField(label=_("In which country?"), choices=Country, widget=Choices())
    region = forms.ChoiceField(label=_("State, province or territory"))
    place = forms.CharField(label=_("Which place?"), max_length=200, required=False)
    time_zone = forms.ChoiceField(
        label=_("Whose midnight ends a day there?"), choices=[(zone, zone) for zone in ZONES]
    )
    sealed = forms.BooleanField(
        label=_("Seal the whole record: only you and whom you name know of it"), required=False
    )
    reason = forms.CharField(label=_("Why are the facts put right?"), widget=Words(rows=3))

    def __init__(
        self, *args: Any, missions: Any, consultation: Consultation | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.fields["mission"].queryset = missions  # type: ignore[attr-defined]
        self.fields["mission"].label_from_instance = _name  # type: ignore[attr-defined]
        self._texts()
        spoken = tongues(consultation, ours=False)
        for number in range(MOST_LANGUAGES):
            self.fields[f"language_{number}"] = forms.ChoiceField(
                label=_("Language of the people") if not number else _("One more language"),
                choices=select(spoken),
                required=not number,
            )
        self.fields["autonym_language"].choices = select(spoken)  # type: ignore[attr-defined]
        regions = sorted((queries.region(code), code) for code in queries.regions())
        self.fields["region"].choices = select((code, name) for name, code in regions)  # type: ignore[attr-defined]
        for name in ("mission", "sealed") if consultation else ("reason",):
            del self.fields[name]
        self.order_fields(ORDER)

    def _texts(self) -> None:
        for code, tongue in TONGUES.items():
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title"),
                help_text=tongue,
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs={"lang": code}),
            )
            self.fields[f"matter_{code}"] = forms.CharField(
                label=_("Which measure or project is consulted, and what is the consultation for?"),
                help_text=tongue,
                max_length=LONGEST,
                required=False,
                widget=Words(rows=5, lang=code),
            )

    def facts(self) -> Facts:
        given = self.cleaned_data
        languages = [given[f"language_{number}"] for number in range(MOST_LANGUAGES)]
        plain = ("authority", "people", "community", "country", "region", "time_zone")
        more = ("place", "autonym", "autonym_language")
        return Facts(
            title={code: given[f"title_{code}"] for code in TONGUES},
            matter={code: given[f"matter_{code}"] for code in TONGUES},
            languages=tuple(code for code in languages if code),
            **{name: given[name] for name in (*plain, *more)},
        )


ORDER = (
    "mission",
    *(f"{name}_{code}" for code in TONGUES for name in ("title", "matter")),
    "authority",
    "people",
    "autonym",
    "autonym_language",
    "community",
    "country",
    "region",
    "place",
    *(f"language_{number}" for number in range(MOST_LANGUAGES)),
    "time_zone",
    "sealed",
    "reason",
)


def _name(mission: Mission) -> str:
    return trilingual.say(mission.name).text


def of_facts(consultation: Consultation) -> dict[str, Any]:
    """What stands now, to be put right."""
    names = [name for name in ORDER if hasattr(consultation, name)]
    found = {name: getattr(consultation, name) for name in names if name != "mission"}
    for code in TONGUES:
        found[f"title_{code}"] = consultation.title.get(code, "")
        found[f"matter_{code}"] = consultation.matter.get(code, "")
    return found | {f"language_{place}": one for place, one in enumerate(consultation.languages)}


class Filing(Plain):
    """One more file beside an item."""

    def __init__(self, *args: Any, consultation: Consultation, **kw: Any) -> None:
        super().__init__(*args, **kw)
        add_file(self, tongues(consultation), is_needed=True)


class Wording(Plain):
    """The same in one more language."""

    language = forms.ChoiceField(label=_("In which language?"))
    text = forms.CharField(label=_("Words"), max_length=LONGEST, widget=Words(rows=6))

    def __init__(self, *args: Any, consultation: Consultation, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["language"].choices = select(tongues(consultation))  # type: ignore[attr-defined]


class Naming(Plain):
    """Whom the people chose, and how, as they tell it."""

    name = forms.CharField(label=_("Name"), max_length=160)
    office = forms.CharField(label=_("Office, in their own words"), max_length=160, required=False)
    email = forms.EmailField(
        label=_("E-mail, if they want to read and decide by themselves"), required=False
    )

    def __init__(self, *args: Any, consultation: Consultation, told: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.told = list(told)
        if self.told:
            named = [(str(place), str(one.on)) for place, one in enumerate(self.told)]
            self.fields["same"] = forms.ChoiceField(
                label=_("Chosen as it was told before?"),
                choices=[("", _("No: it is told below")), *named],
                required=False,
            )
        self.telling = Entry(
            *args, kind=Kind.CHOOSING, consultation=consultation, own=None, speakers=(), **kw
        )
        for name in ("on", "own_language", "own_text", *(f"text_{code}" for code in TONGUES)):
            self.fields[name] = self.telling.fields[name]
        self.fields["on"].required = not self.told

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("own_text") and not given.get("own_language"):
            self.add_error("own_language", _("Say in which language these words are."))
        if not given.get("same") and not given.get("on"):
            self.add_error("on", _("Say on which day they were chosen."))
        return given

    def chosen(self, code: str) -> Entering | Item:
        given = self.cleaned_data
        if given.get("same"):
            same: Item = self.told[int(given["same"])]
            return same
        texts = {code: given[f"text_{code}"] for code in TONGUES}
        if given["own_text"]:
            texts[given["own_language"]] = given["own_text"]
        return Entering(Kind.CHOOSING, given["on"], texts, code=code)


class Interpreting(Plain):
    name = forms.CharField(label=_("Name"), max_length=160)
    language = forms.ChoiceField(label=_("Which language do they interpret?"))
    chosen_by = forms.ChoiceField(label=_("Who chose them?"), choices=Chooser, widget=Choices())

    def __init__(self, *args: Any, consultation: Consultation, **kw: Any) -> None:
        super().__init__(*args, **kw)
        spoken = tongues(consultation, ours=False)
        self.fields["language"].choices = select(spoken)  # type: ignore[attr-defined]


class Timing(Wishing):
    """The days of their own deliberation, both included; the first day only once."""

    until_on = forms.DateField(label=_("Until which day, included?"), widget=DateBoxes())

    def __init__(self, *args: Any, is_first: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if is_first:
            first = forms.DateField(label=_("From which day?"), widget=DateBoxes())
            self.fields = {"from_on": first, **self.fields}


class Permitting(Wishing):
    """Yes or no to showing one part of an item to everybody."""

    part = forms.ChoiceField(label=_("What of it?"), choices=Part, widget=Choices())
    answer = forms.ChoiceField(
        label=_("May everybody see it?"),
        choices=[("yes", _("Yes, as it stands now")), ("no", _("No: take it back"))],
        widget=Choices(),
    )


class Sealing(Wishing):
    readers = forms.CharField(
        label=_("Who may read it besides the representatives and you?"),
        help_text=_("E-mail addresses of people who have signed in before, one a line."),
        required=False,
        widget=Words(rows=3),
    )

    def clean_readers(self) -> tuple[User, ...]:
        return tuple(known_people(self, self.cleaned_data["readers"]))


class Reader(Plain):
    email = forms.EmailField(label=_("E-mail of the person"))

    def clean_email(self) -> User:
        found = people.person_of(self.cleaned_data["email"])
        if found is None:
            raise forms.ValidationError(_("Nobody is known by this address."))
        return found


class Stopping(Plain):
    on = forms.DateField(label=_("On which day?"), widget=DateBoxes())

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for code in TONGUES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=queries.called(code),
                help_text=_("Why does it not go forward?"),
                required=False,
                max_length=LONGEST,
                widget=Words(rows=4, lang=code),
            )

    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"text_{code}"] for code in TONGUES}
