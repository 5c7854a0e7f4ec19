"""An edition of the Youth Lab: both embassies, themes, seats and published quotas."""

from django.db import models
from django.db.models import F, Q

from monarca.ground.people.models import Mission
from monarca.kit.moving import Moving
from monarca.kit.record import Record
from monarca.kit.trilingual import Trilingual
from monarca.programmes.youthlab.states import Features, Methods, Stage


def known(choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(status__in=choices.values), name=name)


class Edition(Moving):
    """One year of the Youth Lab, held by both embassies together."""

    code = models.CharField(max_length=20, unique=True)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    name = Trilingual()
    about = Trilingual(blank=True)
    canada = Trilingual(help_text="The embassy that hosts the pages.")
    mexico = Trilingual(help_text="The embassy of the other side.")
    email = models.EmailField(blank=True)
    time_zone = models.CharField(max_length=40)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    first_day = models.DateField(help_text="Ages are counted on this day.")
    seats = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10, choices=Methods, default=Methods.LEXIMIN)
    published_at = models.DateTimeField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            known(Stage, "youth_edition_stage_is_known"),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="youth_edition_opens_before_it_closes",
            ),
            models.CheckConstraint(condition=Q(seats__gt=0), name="youth_edition_has_seats"),
        ]

    def __str__(self) -> str:
        return self.code


class Theme(Record):
    """What an edition is about."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="themes")
    number = models.PositiveSmallIntegerField()
    title = Trilingual()
    about = Trilingual(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="youth_theme_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} theme {self.number}"


class Quota(Record):
    """How many seats, at least and at most, go to people who gave one answer; published."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="quotas")
    feature = models.CharField(max_length=12, choices=Features)
    value = models.CharField(max_length=20)
    least = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "feature", "value"], name="youth_quota_once_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(least__lte=F("most")), name="youth_quota_least_is_not_above_most"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feature}={self.value}"
