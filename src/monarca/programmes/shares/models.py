"""A scarce quantity, who asks for how much of it, and what each receives by a named rule."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from monarca.ground.people.models import Mission
from monarca.kit.moving import Moving
from monarca.kit.record import Record
from monarca.kit.trilingual import Trilingual
from monarca.programmes.shares.states import Aside, Said, Status, What

MILLION = 1_000_000


class Allocation(Moving):
    """One round of dividing something scarce.

    Quantities are whole: CAD cents where `what` is an envelope, else units (doses, kits). Parts
    (`buffer`, `target`) are parts per million. `rules` are compared side by side; `rule` is the
    one proposed. `after` is the round before, whose exclusions are served first.
    """

    reference = models.CharField(max_length=40, unique=True)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    title = Trilingual()
    about = Trilingual(blank=True)
    what = models.CharField(max_length=20, choices=What)
    after = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="next_rounds"
    )
    round = models.PositiveSmallIntegerField(default=1)
    supply = models.BigIntegerField()
    unit = models.BigIntegerField(default=1, help_text="Everything goes out in lots of this size.")
    buffer = models.PositiveIntegerField(default=0, help_text="Parts per million kept back first.")
    by = models.CharField(max_length=10, default="claim", help_text="claim or weight")
    target = models.PositiveIntegerField(default=200_000, help_text="COVAX: parts per million.")
    doses = models.PositiveSmallIntegerField(default=2, help_text="COVAX: doses a person.")
    rules = models.JSONField(default=list)
    rule = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of what was published.")

    class Meta:
        indexes = [models.Index(fields=["status", "published_at"], name="allocation_published")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="allocation_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(supply__gte=0, unit__gte=1, buffer__lte=MILLION, target__lte=MILLION),
                name="allocation_quantities_make_sense",
            ),
            models.UniqueConstraint(
                fields=["after"],
                condition=~Q(status=Status.WITHDRAWN.value),
                name="allocation_is_followed_once",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED.value) | Q(published_at__isnull=False),
                name="allocation_published_has_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Claimant(Record):
    """Somebody who asks: how much, with which weight, and what was received before.

    `weight` and `risk` are decimals as written. `due` are units of the earlier round that are
    served first. `aside` says why somebody takes no part in this one.
    """

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="claimants")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    claim = models.BigIntegerField()
    weight = models.CharField(max_length=30, default="1")
    floor = models.BigIntegerField(default=0)
    cap = models.BigIntegerField(null=True, blank=True)
    minimum = models.BigIntegerField(default=0)
    population = models.BigIntegerField(default=0)
    received = models.BigIntegerField(default=0)
    risk = models.CharField(max_length=30, default="1")
    due = models.BigIntegerField(default=0)
    aside = models.CharField(max_length=20, choices=Aside, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["allocation", "code"], name="claimant_once_a_round"),
            models.CheckConstraint(
                condition=Q(claim__gte=0, floor__gte=0, minimum__gte=0, population__gte=0)
                & Q(received__gte=0, due__gte=0)
                & (Q(cap=None) | Q(cap__gte=F("floor"))),
                name="claimant_quantities_make_sense",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Share(Record):
    """What one claimant receives by one rule, as it was published; never rewritten.

    `reason` and `rounding` are {code, values}, told in the reader's language.
    """

    append_only = True

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="shares")
    claimant = models.ForeignKey(Claimant, models.PROTECT, related_name="shares")
    rule = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    exact = models.CharField(max_length=80, help_text="A fraction, as p/q.")
    reason = models.JSONField()
    rounding = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["allocation", "rule", "claimant"], name="share_once")
        ]

    def __str__(self) -> str:
        return f"{self.claimant_id}: {self.amount}"


class Remark(Record):
    """A reason in somebody's own words: why this rule, why sent back, why withdrawn."""

    append_only = True

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=10, choices=Said)
    text = models.TextField()
    language = models.CharField(max_length=2)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["allocation", "at"], name="remark_of_an_allocation")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.allocation_id}"
