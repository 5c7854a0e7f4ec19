"""What happened or was said, a wish of the people, a voice: the boxes that many pages share."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.kit import trilingual
from monarca.kit.widgets import Choices, DateBoxes, Upload, Words
from monarca.programmes.consultations import queries
from monarca.programmes.consultations.models import Consultation, Item, Representative
from monarca.programmes.consultations.queries.telling import Attached, Entering, Wish
from monarca.programmes.consultations.queries.telling import Upload as Arrived
from monarca.programmes.consultations.states import (
    PROMISES,
    SPOKEN,
    THEIRS,
    Form,
    How,
    Kind,
    Owning,
    Result,
)

LONGEST = 20_000
ACCEPT = ".mp3,.m4a,.ogg,.oga,.opus,.wav,.pdf,.docx,.odt,.jpg,.jpeg,.png"
PROOFS = ".pdf,.jpg,.jpeg,.png,.mp3,.m4a,.ogg,.oga,.opus,.wav"
TONGUES = {"es": _("in Spanish"), "en": _("in English"), "fr": _("in French")}


def tongues(
    consultation: Consultation | None = None, *, ours: bool = True
) -> list[tuple[str, str]]:
    """Languages to choose from: the people's first, then ours, then all by name."""
    first = list(consultation.languages) if consultation else []
    first += list(trilingual.LANGUAGES) if ours else []
    rest = [code for code in queries.languages() if code not in first]
    rest.sort(key=lambda code: queries.called(code).casefold())
    return [(code, queries.called(code)) for code in (*first, *rest)]


def select(choices: Iterable[tuple[str, str]]) -> list[tuple[str, Any]]:
    return [("", _("Choose")), *choices]


class Plain(forms.Form):
    """A form that the server checks: the browser asks for nothing by itself."""

    use_required_attribute = False


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
            label=_("Which representative said so?"), choices=select(named)
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
        add_file(self, tongues(consultation))
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
                choices=select([*spoken, *((code, queries.called(code)) for code in TONGUES)]),
            )
        if self.kind not in THEIRS:
            self.fields["on"] = forms.DateField(
                label=_("On which day?"), help_text=_("For example, 4 3 2026."), widget=DateBoxes()
            )

    def _words(self, spoken: list[tuple[str, str]]) -> None:
        self.fields["own_language"] = forms.ChoiceField(
            label=_("Language of the people"), choices=select(spoken), required=False
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
        check_file(self, given)
        return given

    def entering(self, *, about: Item | None = None, on: Any = None, code: str = "") -> Entering:
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
            code=code,
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


def add_file(form: forms.Form, spoken: list[tuple[str, str]], *, is_needed: bool = False) -> None:
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
        label=_("In which language is it?"), choices=select(spoken), required=False
    )
    form.fields["transcript"] = forms.CharField(
        label=_("What is said in it, for who cannot hear"),
        max_length=LONGEST,
        required=False,
        widget=Words(rows=4),
    )


def check_file(form: forms.Form, given: Mapping[str, Any]) -> None:
    if given.get("file") and not given.get("label"):
        form.add_error("label", _("Say in a few words what this file is."))


def attached(given: Mapping[str, Any]) -> tuple[Attached, ...]:
    if not given.get("file"):
        return ()
    file = arrived(given["file"])
    return (Attached(file, given["label"], given["file_language"], given["transcript"]),)
