"""Climate pledges: what was pledged from which base year, and what was measured since."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from monarca.engines.trajectories import EXACT
from monarca.ground.commitments.models import Commitment
from monarca.ground.people.models import Mission
from monarca.kit.record import Record
from monarca.kit.trilingual import Trilingual
from monarca.programmes.climate.states import Country, Gases, Kind, Measure, Sector, Tags

ONE: int = 10**EXACT
"""What one unit is in the columns that end in `_e6`: exact decimals as whole numbers."""


class Figures(Record):
    """What was pledged: from the base year's value to one figure, or a range, in a target year.

    Values are whole millionths, exactly. `low` and `high` are per cent below the base year, or
    values in `unit`; both are the same where one figure was pledged.
    """

    base_year = models.PositiveSmallIntegerField()
    base_value_e6 = models.BigIntegerField(null=True, blank=True, help_text="Null: not told.")
    target_year = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=10, choices=Measure)
    low_e6 = models.BigIntegerField()
    high_e6 = models.BigIntegerField()
    unit = models.CharField(max_length=40, help_text="Of the series: Mt CO2e, kt CH4, %.")
    source = models.CharField(max_length=300)
    source_url = models.CharField(max_length=500, blank=True)
    source_on = models.DateField(help_text="The day of the source.")

    class Meta:
        abstract = True


class Pledge(Figures):
    """A pledge as it is in force; its words, owners and follow-up are the register's.

    Whoever may read its commitment may read it. Every figure there was stands in `Terms`.
    """

    reference = models.CharField(max_length=40, unique=True)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    commitment = models.OneToOneField(
        Commitment,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Null only within the act that makes both.",
    )
    name = Trilingual()
    kind = models.CharField(max_length=20, choices=Kind)
    country = models.CharField(max_length=20, choices=Country)
    sector = models.CharField(max_length=20, choices=Sector)
    gases = models.CharField(max_length=20, choices=Gases)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["target_year", "id"], name="pledge_by_target")]
        constraints = [
            models.CheckConstraint(
                condition=Q(base_year__lt=F("target_year")), name="pledge_base_before_target"
            ),
            models.CheckConstraint(
                condition=Q(low_e6__lte=F("high_e6")), name="pledge_range_begins_below"
            ),
            models.CheckConstraint(
                condition=Q(measure__in=Measure.values), name="pledge_measure_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Tag(Record):
    """What else a pledge serves."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="tags")
    tag = models.CharField(max_length=30, choices=Tags)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pledge", "tag"], name="pledge_tag_once")]

    def __str__(self) -> str:
        return self.tag


class Terms(Figures):
    """The figures of a pledge from one act on, and why they were written anew; never rewritten."""

    append_only = True

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "terms"
        constraints = [
            models.UniqueConstraint(fields=["pledge", "number"], name="terms_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id} #{self.number}"


class Series(Record):
    """What is measured for a pledge, in its unit; the first one of a pledge says how it stands."""

    append_only = True

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="series")
    number = models.PositiveSmallIntegerField()
    name = Trilingual()
    unit = models.CharField(max_length=40)
    source = models.CharField(max_length=300, help_text="Who measures.")
    is_example = models.BooleanField(default=False, help_text="Invented figures.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(fields=["pledge", "number"], name="series_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id} series {self.number}"


class Revision(Record):
    """One upload of a series: where it was published, when, and why it corrects what stood."""

    append_only = True

    series = models.ForeignKey(Series, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    source_url = models.CharField(max_length=500, blank=True)
    source_on = models.DateField()
    note = models.TextField(blank=True)
    is_whole = models.BooleanField(
        default=False, help_text="Days that it leaves out are measured no more."
    )
    sha256 = models.CharField(max_length=64, help_text="Of the points.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="revision_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.series_id} #{self.number}"


class Measured(Record):
    """One value of one revision; the total of a year is dated on its last day."""

    append_only = True

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="points")
    on = models.DateField()
    value_e6 = models.BigIntegerField(help_text="Millionths of the unit; exact.")

    class Meta:
        verbose_name_plural = "measured"
        constraints = [models.UniqueConstraint(fields=["revision", "on"], name="measured_day_once")]

    def __str__(self) -> str:
        return f"{self.on}"
