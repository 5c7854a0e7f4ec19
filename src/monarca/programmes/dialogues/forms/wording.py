"""What a person types that others will read word by word: papers, inputs, agreed paragraphs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from monarca.ground.commitments.states import Aims, Pillars
from monarca.ground.people.models import User
from monarca.kit import formats, trilingual
from monarca.kit.widgets import Choices, ManyChoices, Upload, Words
from monarca.programmes.dialogues.forms.fields import (
    LANGUAGES,
    LONG,
    Asked,
    by_email,
    day,
    in_three,
    names,
    spread,
)
from monarca.programmes.dialogues.forms.once import Once
from monarca.programmes.dialogues.models import Item, Text
from monarca.programmes.dialogues.queries import Standing
from monarca.programmes.dialogues.states import Consent, Sides, Texts

SPOKEN: Mapping[str, Any] = {
    "es": "Español",
    "en": "English",
    "fr": "Français",
    "nhe": "Náhuatl de la Huasteca oriental",
    "yua": "Maya (Maayat'aan)",
    "tzh": "Tseltal (Bats'il k'op)",
    "tzo": "Tsotsil (Bats'i k'op)",
    "zai": "Zapoteco del Istmo (Diidxazá)",
    "mxv": "Mixteco (Tu'un savi)",
    "ike": "Inuktitut",
    "crk": "Cree (nēhiyawēwin)",
}
"""Languages in which civil society may write, by their ISO 639 codes, in their own names."""
PAPERS = ".pdf,.docx,.odt,.xlsx,.ods,.jpg,.png"


class Revising(forms.Form):
    """One version of a position paper: words, a file, or both."""

    words = forms.CharField(
        label=_("What the paper says"),
        help_text=_("Only your own side reads it until you share this version."),
        max_length=LONG,
        required=False,
        widget=Words(rows=12),
    )
    paper = forms.FileField(
        label=_("Or the paper as a file"),
        required=False,
        widget=Upload(accept=PAPERS),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = (cleaned.get("words") or "").strip() or cleaned.get("paper")
        if not said and not self.errors:
            self.add_error("words", gettext("Write the paper, or attach it as a file."))
        return cleaned


class Writing(Revising):
    """A new position paper."""

    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language of the paper"),
        choices=[(code, SPOKEN[code]) for code in LANGUAGES],
        widget=Choices(),
    )
    item = forms.ChoiceField(label=_("Item of the agenda"), required=False)
    field_order = ("title", "language", "item", "words", "paper")

    def __init__(self, *args: Any, items: Iterable[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.code: item for item in items}
        self.fields["item"].choices = item_choices(self.items)  # type: ignore[attr-defined]

    def position(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        item = self.items.get(cleaned["item"])
        return {"title": cleaned["title"], "language": cleaned["language"], "item": item}


def item_choices(items: Mapping[str, Item]) -> list[tuple[str, str]]:
    said = ((code, trilingual.say(item.topic).text) for code, item in items.items())
    return [("", gettext("The whole meeting")), *said]


MEANS: Mapping[str, Any] = {
    "by_name": _("Both governments read it, and who wrote it."),
    "anonymous": _("Both governments read the words. One person at the embassy knows who wrote."),
    "not_passed_on": _("Only the embassy reads it, to prepare the meeting."),
}


class Hearing(Once):
    """What an organisation or a person asks both governments to hear."""

    text = forms.CharField(
        label=_("What should both governments hear?"),
        help_text=_("In your own language. At most 20,000 characters."),
        max_length=LONG,
        widget=Words(rows=12),
    )
    language = forms.ChoiceField(label=_("Language you write in"), choices=list(SPOKEN.items()))
    consent = forms.ChoiceField(
        label=_("May the embassy pass it on?"),
        choices=Consent.choices,
        widget=Choices(notes=MEANS),
    )
    organisation = forms.CharField(
        label=_("Organization"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    person = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Only if the embassy may write to you."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = (cleaned.get("organisation") or "").strip() or (cleaned.get("person") or "").strip()
        if cleaned.get("consent") == Consent.BY_NAME and not named:
            words = gettext("To pass it on with a name we need the organization or your name.")
            self.add_error("organisation", words)
        return cleaned


class Withdrawing(forms.Form):
    """Consent taken back by whoever has the address of their own input."""

    erase = forms.BooleanField(
        label=_("Also erase my words and my name"),
        help_text=_("Nobody at the embassy will read them any more."),
        required=False,
    )


class Beginning(forms.Form):
    """A text that both sides will agree."""

    kind = forms.ChoiceField(label=_("Which text"), choices=Texts.choices, widget=Choices())
    languages = forms.MultipleChoiceField(
        label=_("Languages in which it is agreed"),
        help_text=_("Statements and positions always in all three."),
        choices=[(code, SPOKEN[code]) for code in LANGUAGES],
        initial=list(LANGUAGES),
        widget=ManyChoices(),
    )
    item = forms.ChoiceField(
        label=_("Minutes of a sealed item"),
        help_text=_("They are read by the readers of that item only."),
        required=False,
    )

    def __init__(self, *args: Any, items: Iterable[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.code: item for item in items}
        self.fields["item"].choices = item_choices(self.items)  # type: ignore[attr-defined]
        if not self.items:
            del self.fields["item"]

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        item = self.items.get(cleaned.get("item", ""))
        return {"kind": cleaned["kind"], "languages": tuple(cleaned["languages"]), "item": item}


class Wording(Asked):
    """A paragraph in every language of its text; a promise says who owes what by when.

    Nothing in any language proposes to strike the paragraph out.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        *args: Any,
        text: Text,
        items: Iterable[Item] = (),
        people: Iterable[User] = (),
        is_promise: bool = False,
        is_new: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.people = {item.code: item for item in items}, by_email(people)
        self.text, self.is_promise, self.is_new = text, is_promise, is_new
        wanted = in_three(_("Words"), rows=5, most=6000, required=False)
        self.add_three("words", {code: wanted[code] for code in text.languages})
        if is_new and not text.item_id:
            field = forms.ChoiceField(label=_("Item of the agenda"), required=False)
            field.choices = item_choices(self.items)
            self.fields["item"] = field
        if is_promise:
            self._add_terms()

    def _add_terms(self) -> None:
        self.fields["due_on"] = day(_("Due by"), required=False)
        for side in Sides:
            label = format_lazy(_("Who owes it for {side}"), side=side.label)
            self.fields[f"owner_{side}"] = forms.CharField(
                label=label, help_text=_("The institution."), required=False, max_length=200
            )
            accounts = [("", gettext("Nobody")), *names(self.people)]
            asked = format_lazy(_("Who is asked about it for {side}"), side=side.label)
            self.fields[f"user_{side}"] = forms.ChoiceField(
                label=asked, required=False, choices=accounts
            )
        pillars = [("", gettext("None")), *Pillars.choices]
        self.fields["pillar"] = forms.ChoiceField(
            label=_("Pillar of the action plan"), required=False, choices=pillars
        )
        self.fields["aims"] = forms.MultipleChoiceField(
            label=_("Shared aims it serves"),
            required=False,
            choices=Aims.choices,
            widget=ManyChoices(),
        )
        if not self.text.item_id:
            self.fields["is_public"] = forms.BooleanField(
                label=_("Everybody may read it once the text is public"), required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.is_new and not self.three("words") and not self.errors:
            first = f"words_{self.text.languages[0]}"
            self.add_error(first, gettext("Write it in at least one language."))
        return cleaned

    def item(self) -> Item | None:
        return self.items.get(self.cleaned_data.get("item", ""))

    def terms(self) -> dict[str, Any]:
        """The promise's terms; its owners as (side, name, user)."""
        cleaned = self.cleaned_data
        owners = [
            (side.value, cleaned[f"owner_{side}"].strip(), self.people.get(cleaned[f"user_{side}"]))
            for side in Sides
            if cleaned[f"owner_{side}"].strip()
        ]
        return {
            "due_on": cleaned["due_on"],
            "pillar": cleaned["pillar"],
            "aims": tuple(cleaned["aims"]),
            "owners": owners,
            "is_public": cleaned.get("is_public", False),
        }


def worded_as(standing: Standing, people: Sequence[User]) -> dict[str, Any]:
    """A paragraph as it stands, as the initial values of its form."""
    terms = standing.wording.terms
    emails = {person.pk: person.email for person in people}
    start: dict[str, Any] = {
        **spread("words", standing.wording.texts),
        "seen": standing.paragraph.round,
    }
    for owner in terms.get("owners", ()):
        start[f"owner_{owner['side']}"] = owner["name"]
        start[f"user_{owner['side']}"] = emails.get(owner["user"], "")
    due = terms.get("due_on")
    start |= {name: terms.get(name) for name in ("pillar", "aims", "is_public")}
    return start | {"due_on": date.fromisoformat(due) if due else None}


def tag_of(language: str) -> str:
    """The BCP 47 tag of a language in which somebody wrote."""
    return formats.TAGS.get(language, language)
