"""What people type at the desk and in the delegates' room."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from monarca.ground.commitments.states import Aims
from monarca.kit import trilingual
from monarca.kit.parts import Spoken
from monarca.kit.widgets import Choices, DateBoxes, ManyChoices, Number, Words
from monarca.programmes.youthlab.forms.boxes import Boxes
from monarca.programmes.youthlab.models import Proposal, Theme
from monarca.programmes.youthlab.states import Methods, Reasons, Replies, Rounds

ZONES = (
    "America/Mexico_City",
    "America/Cancun",
    "America/Hermosillo",
    "America/Tijuana",
    "America/Toronto",
    "America/Halifax",
    "America/St_Johns",
    "America/Winnipeg",
    "America/Edmonton",
    "America/Vancouver",
)
LANGUAGES = (("es", "Español"), ("en", "English"), ("fr", "Français"))
MOST_THEMES = 6


class Planning(Boxes):
    """An edition: its words, its instants, its seats."""

    def __init__(self, *args: Any, zone: str, is_new: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        if is_new:
            self.fields["code"] = forms.RegexField(
                r"^[A-Z0-9]+(-[A-Z0-9]+)*$",
                label=gettext("Code"),
                help_text=gettext("Capital letters and digits, such as YL-2025."),
                max_length=20,
            )
        self._words()
        self._instants(zone)
        self._seats()

    def _words(self) -> None:
        self.add_text("name", gettext("Name"))
        self.add_text("about", gettext("What it is"), rows=5)
        self.add_text("canada", gettext("Embassy of Canada"))
        self.add_text("mexico", gettext("Embassy of Mexico"))
        self.fields["email"] = forms.EmailField(label=gettext("E-mail for questions"))
        self.fields["time_zone"] = forms.ChoiceField(
            label=gettext("Time zone"),
            choices=[(each, each.replace("_", " ")) for each in ZONES],
            widget=forms.Select(),
        )

    def _instants(self, zone: str) -> None:
        self.add_instant(
            "opens", gettext("Applications open on"), gettext("Opening time"), zone=zone
        )
        self.add_instant(
            "closes", gettext("Applications close on"), gettext("Closing time"), zone=zone
        )
        self.fields["first_day"] = forms.DateField(
            label=gettext("Day of the first session"),
            help_text=gettext("Ages are counted on this day."),
            input_formats=["%Y-%m-%d"],
            widget=DateBoxes(),
        )

    def _seats(self) -> None:
        self.fields["seats"] = forms.IntegerField(
            label=gettext("Seats"), min_value=1, max_value=500, widget=Number()
        )
        self.fields["method"] = forms.ChoiceField(
            label=gettext("How the chances are made fair"),
            choices=Methods.choices,
            widget=Choices(),
        )

    def plan(self) -> dict[str, Any]:
        """What `actions.Plan` is given."""
        given, zone = self.cleaned_data, self.cleaned_data["time_zone"]
        same = {name: given[name] for name in ("email", "time_zone", "first_day", "seats")}
        texts = {name: self.text(name) for name in ("name", "about", "canada", "mexico")}
        return {
            **same,
            **texts,
            "method": given["method"],
            "opens_at": self.instant("opens", zone),
            "closes_at": self.instant("closes", zone),
        }


class Naming(Boxes):
    """The themes, in three languages each; an empty one is none."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for number in range(1, MOST_THEMES + 1):
            label = gettext("Theme %(number)s") % {"number": number}
            self.add_text(f"theme{number}", label, needed=False)

    def titles(self) -> list[dict[str, str]]:
        found = [self.text(f"theme{number}") for number in range(1, MOST_THEMES + 1)]
        return [title for title in found if title]


class Inviting(forms.Form):
    """Who answers for the other government."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    language = forms.ChoiceField(
        label=_("Language of the letters"), choices=LANGUAGES, widget=Choices()
    )


class Checking(forms.Form):
    """May this person take part?"""

    eligible = forms.ChoiceField(
        label=_("Can this person take part?"),
        choices=[("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No"))],
        widget=Choices(),
    )
    reason = forms.ChoiceField(
        label=_("If not, why?"), choices=Reasons.choices, required=False, widget=Choices()
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("eligible") == "no" and not given.get("reason"):
            self.add_error("reason", gettext("Choose the reason."))
        return given


class Seeding(Boxes):
    """Which public number will be the seed, and from when on anybody can know it."""

    def __init__(self, *args: Any, zone: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.add_text("source", gettext("The number that will be the seed"))
        self.add_instant("seed", gettext("Nobody can know it before"), gettext("Time"), zone=zone)


class Drawing(forms.Form):
    """The seed, as it was published."""

    seed = forms.CharField(
        label=_("The number, as it was published"),
        help_text=_("Anybody draws the same panel with it, so copy it exactly."),
        max_length=200,
    )


class Convening(Boxes):
    """A session of the delegates."""

    def __init__(self, *args: Any, zone: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.add_text("title", gettext("Title"))
        self.add_text("agenda", gettext("Agenda"), rows=4, needed=False)
        self.fields["place"] = forms.CharField(
            label=gettext("Place or link"), max_length=300, required=False
        )
        self.add_instant("starts", gettext("Begins on"), gettext("Time it begins"), zone=zone)
        self.add_instant("ends", gettext("Ends on"), gettext("Time it ends"), zone=zone)


class Holding(Boxes):
    """A round of comments, amendments or votes."""

    def __init__(self, *args: Any, zone: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"] = forms.ChoiceField(
            label=gettext("What the round is for"), choices=Rounds.choices, widget=Choices()
        )
        self.add_text("title", gettext("Title"))
        self.add_instant("opens", gettext("Opens on"), gettext("Opening time"), zone=zone)
        self.add_instant("closes", gettext("Closes on"), gettext("Closing time"), zone=zone)
        self.fields["is_wide"] = forms.BooleanField(
            label=gettext("Everybody whose application was eligible may vote"), required=False
        )


class Framing(Boxes):
    """The words around the recommendations."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.add_text("opening", gettext("Before the recommendations"), rows=6, needed=False)
        self.add_text("closing", gettext("After the recommendations"), rows=4, needed=False)


class Wording(Boxes):
    """One recommendation."""

    def __init__(
        self, *args: Any, themes: Iterable[Theme], proposals: Iterable[Proposal], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.add_text("text", gettext("Recommendation"), rows=5, needed=False)
        self.fields["theme"] = forms.ChoiceField(
            label=gettext("Theme"),
            required=False,
            choices=[("", gettext("None")), *_themes(themes)],
            widget=forms.Select(),
        )
        named = [
            (str(each.number), Spoken(f"{each.number}. {each.title}", each.language))
            for each in proposals
        ]
        self.fields["proposal"] = forms.ChoiceField(
            label=gettext("From the proposal"),
            required=False,
            choices=[("", gettext("None")), *named],
            widget=forms.Select(),
        )


class Closing(Boxes):
    """Until when delegates say yes or no."""

    def __init__(self, *args: Any, zone: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.add_instant(
            "closes", gettext("Delegates say yes or no until"), gettext("Time"), zone=zone
        )


class Writing(forms.Form):
    """A delegate's proposal, in whichever of the three languages."""

    language = forms.ChoiceField(
        label=_("Language you write in"), choices=LANGUAGES, widget=Choices()
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False, widget=Choices())
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    text = forms.CharField(
        label=_("What you propose"), max_length=8000, required=False, widget=Words(rows=12)
    )

    def __init__(self, *args: Any, themes: Iterable[Theme], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["theme"].choices = _themes(themes)  # type: ignore[attr-defined]


class Commenting(forms.Form):
    """What a delegate says about a proposal."""

    text = forms.CharField(
        label=_("Your comment"), max_length=4000, required=False, widget=Words(rows=5)
    )


class Amending(forms.Form):
    """Another wording, and why."""

    text = forms.CharField(
        label=_("How it should read"), max_length=8000, required=False, widget=Words(rows=12)
    )
    reason = forms.CharField(label=_("Why"), max_length=2000, required=False, widget=Words(rows=4))


class Answering(Boxes):
    """One government's answer to a recommendation."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"] = forms.ChoiceField(
            label=gettext("Your government's answer"), choices=Replies.choices, widget=Choices()
        )
        self.add_text("reason", gettext("Reason"), rows=4, needed=False)
        self.add_text("promise", gettext("What will be done"), rows=4, needed=False)
        self.fields["due_on"] = forms.DateField(
            label=gettext("By when"),
            required=False,
            input_formats=["%Y-%m-%d"],
            widget=DateBoxes(),
        )
        for name, label in (
            ("owner", gettext("Who answers for it on your side")),
            ("other_owner", gettext("Who answers for it on the other side")),
        ):
            self.fields[name] = forms.CharField(label=label, max_length=200, required=False)
        self.fields["aims"] = forms.MultipleChoiceField(
            label=gettext("Shared aims it serves"),
            required=False,
            choices=Aims.choices,
            widget=ManyChoices(),
        )

    def answer(self) -> dict[str, Any]:
        """What `actions.Answer` is given."""
        given = self.cleaned_data
        return {
            "kind": given["kind"],
            "reason": self.text("reason"),
            "promise": self.text("promise"),
            "due_on": given["due_on"],
            "owner": given["owner"],
            "other_owner": given["other_owner"],
            "aims": tuple(given["aims"]),
        }


def _themes(themes: Iterable[Theme]) -> list[tuple[str, str]]:
    return [(str(each.number), trilingual.say(each.title).text) for each in themes]


def quotas_in(
    sent: Mapping[str, Any], names: Iterable[tuple[str, str]]
) -> tuple[list[tuple[str, str, int, int]], list[tuple[str, str]]]:
    """The quotas that were typed, and what is wrong with which box; an empty row is none."""
    rules, wrong = [], []
    for feature, value in names:
        boxes = [f"{feature}.{value}.{end}" for end in ("least", "most")]
        typed = [str(sent.get(box) or "").strip() for box in boxes]
        if not any(typed):
            continue
        whole = [int(each) if each.isascii() and each.isdigit() else -1 for each in typed]
        if min(whole) < 0 or max(whole) > 500 or whole[0] > whole[1]:
            sentence = gettext("Write two whole numbers, the smaller one first.")
            wrong.append((boxes[0], sentence))
        else:
            rules.append((feature, value, whole[0], whole[1]))
    return rules, wrong
