"""What a person types: the facts, what happened, a wish of the people, a permission."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.kit import trilingual
from monarca.kit.widgets import Choices, DateBoxes, Upload, Words
from monarca.programmes.consultations import queries
from monarca.programmes.consultations.models import Consultation, Item, Representative
from monarca.programmes.consultations.queries.telling import Attached, Entering, Facts, Wish
from monarca.programmes.consultations.queries.telling import Upload as Arrived
from monarca.programmes.consultations.states import (
    PROMISES,
    SPOKEN,
    THEIRS,
    ZONES,
    Chooser,
    Country,
    Form,
    How,
    Kind,
    Owning,
    Part,
    Result,
)

LONGEST = 20_000
ACCEPT = ".mp3,.m4a,.ogg,.oga,.opus,.wav,.pdf,.docx,.odt,.jpg,.jpeg,.png"
PROOFS = ".pdf,.jpg,.jpeg,.png,.mp3,.m4a,.ogg,.oga,.opus,.wav"
TONGUES = {"es": _("in Spanish"), "en": _("in English"), "fr": _("in French")}
MOST_LANGUAGES = 4


def tongues(
    consultation: Consultation | None = None, *, ours: bool = True
) -> list[tuple[str, str]]:
    """Languages to choose from: the people's first, then ours, then all by name."""
    first = list(consultation.languages) if consultation else []
    first += list(trilingual.LANGUAGES) if ours else []
    rest = [code for code in queries.languages() if code not in first]
    rest.sort(key=lambda code: queries.called(code).casefold())
    return [(code, queries.called(code)) for code in (*first, *rest)]


def _select(choices: Iterable[tuple[str, str]]) -> list[tuple[str, Any]]:
    return [("", _("Choose")), *choices]


class Plain(forms.Form):
    """A form that the server checks: the browser asks for nothing by itself."""

    use_required_attribute = False


class Stating(Plain):
    """The facts of a consultation; everything may be put right later, with a reason."""

    mission = forms.ModelChoiceField(Mission.objects.none(), label=_("Mission"))
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
                choices=_select(spoken),
                required=not number,
            )
        self.fields["autonym_language"].choices = _select(spoken)  # type: ignore[attr-defined]
        regions = sorted((queries.region(code), code) for code in queries.regions())
        self.fields["region"].choices = _select((code, name) for name, code in regions)  # type: ignore[attr-defined]
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


class Wishing(Plain):
    """A wish of the people: a representative signed in is asked for no proof."""

    def __init__(
        self,
        *args: Any,
        own: Representative | None,
        speakers: Any,
        is_needed: bool = True,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.own, self.speakers = own, list(speakers)
        if own is None and is_needed:
            self._ask()

    def _ask(self) -> None:
        named = [(str(place), one.name) for place, one in enumerate(self.speakers)]
        self.fields["representative"] = forms.ChoiceField(
            label=_("Which representative said so?"), choices=_select(named)
        )
        self.fields["how"] = forms.ChoiceField(
            label=_("How?"),
            choices=[(one.value, one.label) for one in (How.PAPER, How.VOICE)],
            widget=Choices(),
        )
        self.fields["proof"] = forms.FileField(
            label=_("The paper, or the recording of the voice"),
            help_text=_("PDF, photo, or mp3, m4a, ogg, opus, wav; up to 15 MB."),
            widget=Upload(accept=PROOFS),
        )

    def wish(self) -> Wish | None:
        if self.own:
            return Wish(self.own, How.ACCOUNT)
        if "representative" not in self.fields:
            return None
        given = self.cleaned_data
        speaker = self.speakers[int(given["representative"])]
        return Wish(speaker, given["how"], proof=arrived(given["proof"]))


def arrived(file: Any) -> Arrived:
    return Arrived(file.read(), file.name)


class Entry(Wishing):
    """One thing for the record, of one kind; the words in ours and in their language."""

    def __init__(self, *args: Any, kind: str, consultation: Consultation, **kw: Any) -> None:
        is_needed = kind in SPOKEN | {Kind.OUTCOME, Kind.WITHDRAWAL}
        super().__init__(*args, is_needed=is_needed, **kw)
        self.kind, spoken = kind, tongues(consultation, ours=False)
        asked = dict(self.fields)
        self.fields.clear()
        self._first(spoken)
        self._words(spoken)
        if kind in PROMISES:
            self._owner()
        self.fields |= asked
        _add_file(self, tongues(consultation))
        if kind not in {Kind.OUTCOME, Kind.WITHDRAWAL, *THEIRS}:
            self._seal()

    def _first(self, spoken: list[tuple[str, str]]) -> None:
        if self.kind == Kind.OUTCOME:
            self.fields["result"] = forms.ChoiceField(
                label=_("What did the people decide?"), choices=Result, widget=Choices()
            )
        if self.kind == Kind.SHARED:
            self.fields["form"] = forms.ChoiceField(
                label=_("In what form was it shared?"), choices=Form, widget=Choices()
            )
            self.fields["shared_in"] = forms.ChoiceField(
                label=_("In which language?"),
                choices=_select([*spoken, *((code, queries.called(code)) for code in TONGUES)]),
            )
        if self.kind not in THEIRS:
            self.fields["on"] = forms.DateField(
                label=_("On which day?"), help_text=_("For example, 4 3 2026."), widget=DateBoxes()
            )

    def _words(self, spoken: list[tuple[str, str]]) -> None:
        self.fields["own_language"] = forms.ChoiceField(
            label=_("Language of the people"), choices=_select(spoken), required=False
        )
        self.fields["own_text"] = forms.CharField(
            label=_("In their language"),
            max_length=LONGEST,
            required=False,
            widget=Words(rows=5),
        )
        for code in TONGUES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=queries.called(code),
                max_length=LONGEST,
                required=False,
                widget=Words(rows=5, lang=code),
            )

    def _owner(self) -> None:
        self.fields["owner_side"] = forms.ChoiceField(
            label=_("On which side is it owed to them?"), choices=Owning, widget=Choices()
        )
        self.fields["owner_name"] = forms.CharField(label=_("Who owes it?"), max_length=200)
        self.fields["due_on"] = forms.DateField(
            label=_("By which day?"), required=False, widget=DateBoxes()
        )

    def _seal(self) -> None:
        self.fields["sealed"] = forms.BooleanField(
            label=_("Sacred or sensitive: seal it to named readers, for good"), required=False
        )
        self.fields["readers"] = forms.CharField(
            label=_("Who may read it besides the representatives and you?"),
            help_text=_("E-mail addresses of people who have signed in before, one a line."),
            required=False,
            widget=Words(rows=3),
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("own_text") and not given.get("own_language"):
            self.add_error("own_language", _("Say in which language these words are."))
        given["named"] = tuple(known_people(self, given.get("readers", "")))
        _check_file(self, given)
        return given

    def entering(self, *, about: Item | None = None, on: Any = None) -> Entering:
        given = self.cleaned_data
        texts = {code: given[f"text_{code}"] for code in TONGUES}
        if given["own_text"]:
            texts[given["own_language"]] = given["own_text"]
        plain = ("form", "shared_in", "owner_side", "owner_name", "result")
        return Entering(
            kind=self.kind,
            on=given.get("on") or on,
            texts=texts,
            pieces=attached(given),
            about=about,
            due_on=given.get("due_on"),
            wish=self.wish(),
            readers=given["named"] if given.get("sealed") else None,
            **{name: given.get(name) or "" for name in plain},
        )


def known_people(form: forms.Form, lines: str) -> Iterable[User]:
    """Who has these addresses, one a line; an unknown one is an error of the field `readers`."""
    for line in filter(None, (line.strip() for line in lines.splitlines())):
        found = people.person_of(line)
        if found is None:
            form.add_error("readers", _("Nobody is known by one of these addresses."))
        else:
            yield found


def _add_file(form: forms.Form, spoken: list[tuple[str, str]], *, is_needed: bool = False) -> None:
    form.fields["file"] = forms.FileField(
        label=_("A recording, a paper or a photo"),
        help_text=_("A voice as mp3, m4a, ogg, opus or wav; a paper as PDF or photo; up to 15 MB."),
        required=is_needed,
        widget=Upload(accept=ACCEPT),
    )
    form.fields["label"] = forms.CharField(
        label=_("What is it?"), max_length=200, required=is_needed
    )
    form.fields["file_language"] = forms.ChoiceField(
        label=_("In which language is it?"), choices=_select(spoken), required=False
    )
    form.fields["transcript"] = forms.CharField(
        label=_("What is said in it, for who cannot hear"),
        max_length=LONGEST,
        required=False,
        widget=Words(rows=4),
    )


def _check_file(form: forms.Form, given: Mapping[str, Any]) -> None:
    if given.get("file") and not given.get("label"):
        form.add_error("label", _("Say in a few words what this file is."))


def attached(given: Mapping[str, Any]) -> tuple[Attached, ...]:
    if not given.get("file"):
        return ()
    file = arrived(given["file"])
    return (Attached(file, given["label"], given["file_language"], given["transcript"]),)


class Filing(Plain):
    """One more file beside an item."""

    def __init__(self, *args: Any, consultation: Consultation, **kw: Any) -> None:
        super().__init__(*args, **kw)
        _add_file(self, tongues(consultation), is_needed=True)


class Wording(Plain):
    """The same in one more language."""

    language = forms.ChoiceField(label=_("In which language?"))
    text = forms.CharField(label=_("Words"), max_length=LONGEST, widget=Words(rows=6))

    def __init__(self, *args: Any, consultation: Consultation, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["language"].choices = _select(tongues(consultation))  # type: ignore[attr-defined]


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

    def chosen(self) -> Entering | Item:
        given = self.cleaned_data
        if given.get("same"):
            same: Item = self.told[int(given["same"])]
            return same
        texts = {code: given[f"text_{code}"] for code in TONGUES}
        if given["own_text"]:
            texts[given["own_language"]] = given["own_text"]
        return Entering(Kind.CHOOSING, given["on"], texts)


class Interpreting(Plain):
    name = forms.CharField(label=_("Name"), max_length=160)
    language = forms.ChoiceField(label=_("Which language do they interpret?"))
    chosen_by = forms.ChoiceField(label=_("Who chose them?"), choices=Chooser, widget=Choices())

    def __init__(self, *args: Any, consultation: Consultation, **kw: Any) -> None:
        super().__init__(*args, **kw)
        spoken = tongues(consultation, ours=False)
        self.fields["language"].choices = _select(spoken)  # type: ignore[attr-defined]


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
