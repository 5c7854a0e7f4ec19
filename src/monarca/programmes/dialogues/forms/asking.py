"""What a person types about a series, a meeting, its people, its agenda and what worked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from monarca.ground.commitments.states import Aims, Pillars
from monarca.ground.people.models import Mission, User
from monarca.kit import trilingual
from monarca.kit.widgets import Choices, ManyChoices
from monarca.programmes.dialogues.forms.fields import (
    LANGUAGES,
    ZONES,
    Asked,
    Clock,
    by_email,
    city,
    day,
    in_three,
    names,
    spread,
)
from monarca.programmes.dialogues.forms.once import Once
from monarca.programmes.dialogues.models import Edition, Series
from monarca.programmes.dialogues.states import (
    Asking,
    Forums,
    Kinds,
    Sectors,
    Sensitivity,
    Sides,
)


class Founding(Asked):
    """A dialogue, a working group, or a forum; `series` is the one that is described anew."""

    mission = forms.ChoiceField(label=_("Mission"), widget=forms.Select())
    kind = forms.ChoiceField(label=_("What it is"), choices=Kinds.choices, widget=Choices())
    forum = forms.ChoiceField(
        label=_("Forum"),
        help_text=_("Only where both sides take positions together."),
        required=False,
        choices=[("", _("None")), *Forums.choices],
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Two to twelve capital letters and digits, such as HRD or ENV."),
        max_length=12,
        widget=forms.TextInput(attrs={"width": "w10", "autocomplete": "off"}),
    )
    pillar = forms.ChoiceField(
        label=_("Pillar of the action plan"),
        required=False,
        choices=[("", _("None")), *Pillars.choices],
    )
    aims = forms.MultipleChoiceField(
        label=_("Shared aims it serves"),
        required=False,
        choices=Aims.choices,
        widget=ManyChoices(),
    )

    def __init__(
        self,
        *args: Any,
        missions: Iterable[Mission] = (),
        series: Series | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.missions = {mission.code: mission for mission in missions}
        self.add_three("name", in_three(_("Name")))
        self.add_three("about", in_three(_("What it is for"), rows=3, most=2000, required=False))
        names = [(code, trilingual.say(one.name).text) for code, one in self.missions.items()]
        self.fields["mission"].choices = names  # type: ignore[attr-defined]
        if series is not None:
            for name in ("mission", "kind", "code"):
                del self.fields[name]
        elif len(names) == 1:
            self.fields["mission"].widget = forms.HiddenInput()
            self.fields["mission"].initial = names[0][0]

    def given(self, series: Series | None = None) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "code": series.code if series else cleaned["code"],
            "kind": series.kind if series else cleaned["kind"],
            "forum": cleaned["forum"],
            "pillar": cleaned["pillar"],
            "aims": tuple(cleaned["aims"]),
            "name": self.three("name"),
            "about": self.three("about"),
        }


def founded_as(series: Series) -> dict[str, Any]:
    """A series as the initial values of its form."""
    rest = {"forum": series.forum, "pillar": series.pillar, "aims": series.aims}
    return {**rest, **spread("name", series.name), **spread("about", series.about)}


class Planning(Asked):
    """When and where both sides meet."""

    place = forms.CharField(label=_("Place"), max_length=200)
    host = forms.ChoiceField(label=_("Who receives"), choices=Sides.choices, widget=Choices())
    time_zone = forms.ChoiceField(
        label=_("Local time of"), help_text=_("The hours below are hours of this city.")
    )
    starts_on = day(_("First day"))
    starts = Clock(label=_("It begins at"), help_text=_("On a 24-hour clock."))
    ends_on = day(_("Last day"))
    ends = Clock(label=_("It ends at"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(((zone, city(zone)) for zone in ZONES), key=lambda pair: pair[1])
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]
        self.add_three("name", in_three(_("Name of the meeting")))
        self.put_first("name_es", "name_en", "name_fr")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and self._instant("ends") <= self._instant("starts"):
            self.add_error("ends_on", gettext("The meeting ends after it begins."))
        return cleaned

    def _instant(self, name: str) -> datetime:
        given = self.cleaned_data
        zone = ZoneInfo(given["time_zone"])
        return datetime.combine(given[f"{name}_on"], given[name], zone).astimezone(UTC)

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "name": self.three("name"),
            "place": cleaned["place"],
            "host": cleaned["host"],
            "time_zone": cleaned["time_zone"],
            "starts_at": self._instant("starts"),
            "ends_at": self._instant("ends"),
            "year": cleaned["starts_on"].year,
        }


def planned_as(edition: Edition) -> dict[str, Any]:
    """A meeting as the initial values of its form."""
    zone = ZoneInfo(edition.time_zone)
    starts, ends = (each.astimezone(zone) for each in (edition.starts_at, edition.ends_at))
    return {
        **spread("name", edition.name),
        "place": edition.place,
        "host": edition.host,
        "time_zone": edition.time_zone,
        "starts_on": starts.date(),
        "starts": f"{starts:%H:%M}",
        "ends_on": ends.date(),
        "ends": f"{ends:%H:%M}",
    }


class Seating(forms.Form):
    """Somebody who takes part."""

    side = forms.ChoiceField(label=_("Side"), choices=Sides.choices, widget=Choices())
    name = forms.CharField(label=_("Name"), max_length=200)
    office = forms.CharField(label=_("Post and institution"), max_length=200, required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=Sectors.choices, widget=Choices())
    is_chair = forms.BooleanField(label=_("Co-chair of this side"), required=False)
    account = forms.ChoiceField(
        label=_("Account"),
        help_text=_("If they have one here. It opens nothing to them by itself."),
        required=False,
    )

    def __init__(
        self, *args: Any, sides: Sequence[str], people: Iterable[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = by_email(people)
        known = [pair for pair in Sides.choices if pair[0] in sides]
        self.fields["side"].choices = known  # type: ignore[attr-defined]
        accounts = [("", gettext("No account")), *names(self.people)]
        self.fields["account"].choices = accounts  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        account = cleaned.pop("account")
        return {**cleaned, "user": self.people.get(account)}


class Sharing(forms.Form):
    """A counterpart with whom the edition is shared by name."""

    person = forms.ChoiceField(label=_("Counterpart"), widget=Choices())

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = by_email(people)
        self.fields["person"].choices = names(self.people)  # type: ignore[attr-defined]

    def user(self) -> User:
        return self.people[self.cleaned_data["person"]]


READING: Mapping[str, Any] = {
    "open": _("Both sides; everybody, when the meeting is public"),
    "internal": _("Your own side only"),
    "sealed": _("Only the people you name, on either side"),
}


class Putting(Once, Asked):
    """An item of the agenda: topic, who leads, who may read it."""

    lead_canada = forms.CharField(label=_("Leads for Canada"), max_length=200, required=False)
    lead_mexico = forms.CharField(label=_("Leads for Mexico"), max_length=200, required=False)
    sensitivity = forms.ChoiceField(
        label=_("Who may read it"),
        choices=Sensitivity.choices,
        widget=Choices(notes=READING),
    )
    readers = forms.MultipleChoiceField(
        label=_("Who reads it, if it is sealed"),
        help_text=_("You read it anyway."),
        required=False,
        widget=ManyChoices(),
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = by_email(people)
        self.fields["readers"].choices = names(self.people)  # type: ignore[attr-defined]
        self.add_three("topic", in_three(_("Topic"), required=False, most=500))
        self.put_first("topic_es", "topic_en", "topic_fr")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.three("topic") and not any(
            f"topic_{code}" in self.errors for code in LANGUAGES
        ):
            self.add_error("topic_es", gettext("Write the topic in at least one language."))
        return cleaned

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "topic": self.three("topic"),
            "sensitivity": cleaned["sensitivity"],
            "lead_canada": cleaned["lead_canada"],
            "lead_mexico": cleaned["lead_mexico"],
            "readers": tuple(self.people[email] for email in cleaned["readers"]),
        }


class Working(Asked):
    """Something that worked on one's own side."""

    url = forms.URLField(
        label=_("Where more of it stands"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_three("title", in_three(_("Practice"), required=False))
        self.add_three(
            "text",
            in_three(_("What was done, and what came of it"), rows=4, most=4000, required=False),
        )
        self.order_fields([*(name for name in self.fields if name != "url"), "url"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("title", "text"):
            if not self.three(name):
                self.add_error(f"{name}_es", gettext("Write it in at least one language."))
        return cleaned

    def given(self) -> dict[str, Any]:
        texts = {"title": self.three("title"), "text": self.three("text")}
        return {**texts, "url": self.cleaned_data["url"]}


class Calling(forms.Form):
    """Who may send an input before the meeting, until when, and who alone learns hidden names."""

    who = forms.ChoiceField(label=_("Who may write"), choices=Asking.choices, widget=Choices())
    until_on = day(_("Until the day"), required=False)
    until = Clock(label=_("At"), required=False, help_text=_("Local time of the meeting."))
    reader = forms.ChoiceField(
        label=_("Who alone reads the names of those who stay unnamed"),
        help_text=_("Nobody else will ever see them, whatever their role."),
        required=False,
        widget=Choices(),
    )

    def __init__(self, *args: Any, people: Iterable[User], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.people = zone, by_email(people)
        self.fields["reader"].choices = names(self.people)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("who") == Asking.NOBODY:
            for name in ("until_on", "until", "reader"):
                self.errors.pop(name, None)
            return cleaned
        for name in ("until_on", "until", "reader"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, gettext("This is needed so that people can write."))
        return cleaned

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned["who"] == Asking.NOBODY:
            return {"who": Asking.NOBODY}
        local = datetime.combine(cleaned["until_on"], cleaned["until"], ZoneInfo(self.zone))
        reader = self.people.get(cleaned["reader"])
        return {"who": cleaned["who"], "until": local.astimezone(UTC), "reader": reader}
