"""The pages of an application: boxes that keep whatever is typed, and sentences for what lacks."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from monarca.kit import trilingual
from monarca.kit.widgets import Choices, Words
from monarca.programmes.youthlab import queries
from monarca.programmes.youthlab.models import Candidacy, Edition
from monarca.programmes.youthlab.queries import Gap
from monarca.programmes.youthlab.queries.applying import LONGEST
from monarca.programmes.youthlab.states import SILENT, VALUES, Features, named, said

TITLES = {
    "you": _("You"),
    "kinds": _("What the lottery looks at"),
    "words": _("In your own words"),
    "check": _("Read it and send it"),
}

SENTENCES = {
    "name": _("Write your name."),
    "declares_age": _("Tick this box if it is so; only people of this age can take part."),
    "motivation": _("Write a few words; one sentence is enough."),
    "too_long": _("These are more than 300 words. Please shorten them."),
    "declares_true": _("Tick this box if it is so."),
    "answer": _("Choose an answer; “prefer not to say” is one."),
    "consent": _("Agree that this answer is used, or choose “prefer not to say”."),
    "other_country": _("This region is not in the country you chose."),
}

ASKS = {
    Features.COUNTRY: _("In which country do you live?"),
    Features.GENDER: _("What is your gender?"),
    Features.REGION: _("In which region do you live?"),
    Features.INDIGENOUS: _("Are you a member of an Indigenous people?"),
    Features.DISABILITY: _("Do you live with a disability?"),
    Features.AGE: _("How old are you?"),
}


class Section(forms.Form):
    """Never refuses what is typed; `found` are the gaps to be shown beside the boxes."""

    def __init__(
        self, *args: Any, edition: Edition, found: Iterable[Gap] = (), **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.edition, self.found = edition, tuple(found)

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data = {}
        for gap in self.found:
            self._errors[gap.field] = self.error_class([gettext(str(SENTENCES[gap.code]))])


class You(Section):
    """Who applies."""

    name = forms.CharField(
        label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("Only if you want us to call you."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "width": "w20"}),
    )

    declares_age = forms.BooleanField(
        label=_("I am between 18 and 25 years old on the day of the first session.")
    )


class Kinds(Section):
    """Six questions about oneself; each answer is given with consent, or not at all."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for feature in Features:
            options = [(value, said(feature, value)) for value in VALUES[feature].values]
            options.append((SILENT, said(feature, SILENT)))
            many = len(options) > 7
            if many:
                options.insert(0, ("", gettext("Choose an answer")))
            self.fields[feature] = forms.ChoiceField(
                label=ASKS[feature],
                choices=options,
                widget=forms.Select() if many else Choices(),
            )
            self.fields[queries.consent(feature)] = forms.BooleanField(
                label=gettext("%(feature)s: I agree that the lottery uses this answer.")
                % {"feature": named(feature)}
            )


class Story(Section):
    """What somebody wants to say."""

    theme = forms.ChoiceField(
        label=_("Which theme is closest to you?"), required=False, widget=Choices()
    )
    motivation = forms.CharField(
        label=_("Why would you like to take part?"),
        help_text=_("Nobody scores this: a lottery chooses."),
        widget=Words(words=300, rows=8),
    )
    needs = forms.CharField(
        label=_("What do you need to take part well?"),
        help_text=_("Captions, an interpreter, a telephone line, care for a child, anything else."),
        required=False,
        widget=Words(rows=4),
    )
    declares_true = forms.BooleanField(label=_("What I say here is true."))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        themes = self.edition.themes.order_by("number")
        options = [(str(each.number), trilingual.say(each.title).text) for each in themes]
        self.fields["theme"].choices = options  # type: ignore[attr-defined]


FACES: Mapping[str, type[Section]] = {"you": You, "kinds": Kinds, "words": Story}
BOXES = {"declares_age", "declares_true"}


def read(section: str, sent: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What was typed on this page, as it is kept: words, and answers about oneself."""
    if section == "kinds":
        traits = {
            feature: {
                "value": str(sent.get(feature) or "")[:20],
                "consent": bool(sent.get(queries.consent(feature))),
            }
            for feature in Features.values
        }
        return {}, traits
    words = {
        name: bool(sent.get(name)) if name in BOXES else _clipped(name, sent)
        for name in queries.NAMES[section]
    }
    return words, {}


def _clipped(name: str, sent: Mapping[str, Any]) -> str:
    return str(sent.get(name) or "").replace("\x00", "")[: LONGEST.get(name, 20)]


def typed_in(candidacy: Candidacy) -> dict[str, Any]:
    """Everything that is kept, by the names of the boxes."""
    found: dict[str, Any] = dict(candidacy.words)
    for feature, given in candidacy.traits.items():
        found[feature] = given.get("value", "")
        found[queries.consent(feature)] = given.get("consent", False)
    return found


def shown(section: str, candidacy: Candidacy, *, found: Iterable[Gap] = ()) -> Section:
    """The page as it is kept, with what is to be said about it."""
    mine = [gap for gap in found if gap.section == section]
    return FACES[section](typed_in(candidacy), found=mine, edition=candidacy.edition)


def sentence(gap: Gap) -> str:
    return gettext(str(SENTENCES[gap.code]))


def told(candidacy: Candidacy) -> list[tuple[str, str, str]]:
    """(section, question, answer) of everything that was typed, to read before sending."""
    words, rows = candidacy.words, []
    for section in ("you", "words"):
        form = shown(section, candidacy)
        for name in queries.NAMES[section]:
            value = words.get(name)
            rows.append((section, str(form.fields[name].label), _said(form, name, value)))
    for feature in Features:
        given = queries.said_of(candidacy.traits, feature)
        rows.append(("kinds", str(ASKS[feature]), said(feature, given) if given else ""))
    return rows


def _said(form: Section, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else ""
    if name == "theme":
        options = dict(form.fields["theme"].choices)  # type: ignore[attr-defined]
        return str(options.get(str(value), ""))
    return str(value or "")
