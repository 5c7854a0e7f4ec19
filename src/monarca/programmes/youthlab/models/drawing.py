"""The lottery of the panel, and the seats it offers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.kit.moving import Moving
from monarca.kit.trilingual import Trilingual
from monarca.programmes.youthlab.models.applying import Candidacy
from monarca.programmes.youthlab.models.editions import Edition, known
from monarca.programmes.youthlab.states import Methods, Place, Work


class Lottery(Moving):
    """One draw: pool and rules frozen, worked out by the clock, committed to, then drawn.

    `pool` holds numbers and answers, never a name. A lottery that fills empty seats names who
    `stays` and who is `gone`; its pool and rules are what is left of the panel's.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="lotteries")
    number = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10, choices=Methods)
    pool = models.JSONField(help_text="{number: {feature: answer}}")
    rules = models.JSONField(help_text="[[feature, answer, least, most]]")
    stays = models.JSONField(default=list)
    gone = models.JSONField(default=list)
    seed_source = Trilingual(help_text="Which public number will be the seed.")
    seed_at = models.DateTimeField(help_text="Nobody can know it before.")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    percent = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    task_sha256 = models.CharField(max_length=64, blank=True)
    commitment = models.CharField(max_length=64, blank=True)
    tickets = models.JSONField(default=list)
    chances = models.JSONField(default=dict, help_text="{number: chance}")
    kinds = models.JSONField(default=list, help_text="[{people, chance, code, values}]")
    found = models.JSONField(default=dict, help_text="Least chance, ceiling; what gives way.")
    settled_at = models.DateTimeField(null=True, blank=True)
    seed = models.CharField(max_length=200, blank=True)
    ticket = models.PositiveIntegerField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "lotteries"
        constraints = [
            known(Work, "youth_lottery_status_is_known"),
            models.UniqueConstraint(fields=["edition", "number"], name="youth_lottery_number_once"),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(status__in=[Work.WAITING, Work.RUNNING, Work.READY]),
                name="youth_lottery_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status=Work.DRAWN, drawn_at__isnull=False) & ~Q(seed="")
                | ~Q(status=Work.DRAWN) & Q(seed="", drawn_at=None),
                name="youth_lottery_drawn_has_its_seed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} lottery {self.number}"


class Seat(Moving):
    """A place of the panel, offered by the lottery to one person.

    Whoever accepted it holds it in [seated_at, left_at): who counted on a day is never forgotten.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="places")
    lottery = models.ForeignKey(Lottery, models.PROTECT, related_name="seats_drawn")
    candidacy = models.OneToOneField(Candidacy, models.PROTECT, related_name="seat")
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    seated_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [known(Place, "youth_seat_status_is_known")]

    def __str__(self) -> str:
        return f"seat of {self.candidacy_id}"
