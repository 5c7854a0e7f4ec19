"""Who: people, the missions they serve, their dated roles, and access to single files."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from monarca.ground.people.states import Effects, Roles
from monarca.kit.record import Dated, Record
from monarca.kit.trilingual import Trilingual


class People(BaseUserManager["User"]):
    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email or "")


class User(AbstractBaseUser):
    """A person, known by an e-mail address; the password is never used."""

    last_login = None
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, default="es")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    objects = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_one_a_mailbox")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name or self.email


class Mission(Record):
    """An embassy or consulate that runs the fund for one or more countries."""

    code = models.CharField(max_length=20, unique=True)
    name = Trilingual()
    countries = models.JSONField(default=list, help_text="ISO 3166-1 alpha-2 codes.")
    time_zone = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    address = Trilingual(blank=True)

    def __str__(self) -> str:
        return self.code


class Role(Dated):
    """What a person may do at a mission, from an instant until another."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="roles")
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Roles)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Roles.values), name="role_is_one_of_the_eight"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="role_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} at {self.mission_id}"


class Access(Dated):
    """One person's access to one record: reader opens it, barred closes it and always wins.

    `kind` is a model label such as applications.application; there is no foreign key, so
    that every room may deposit access to its own records.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="access")
    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    effect = models.CharField(max_length=10, choices=Effects)
    reason = models.CharField(max_length=60, help_text="A code, such as assigned or conflict.")

    class Meta:
        verbose_name_plural = "access"
        indexes = [
            models.Index(fields=["user", "kind", "effect", "subject_id"], name="access_of_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.effect} {self.kind}:{self.subject_id}"


class SignInLink(Record):
    """A letter to sign in with: its link and its six digits open one door, once.

    Only hashes of the two secrets are kept. The mailbox need not have an account yet: one is
    made when the letter is used.
    """

    email = models.EmailField(max_length=254)
    sha256 = models.CharField(max_length=64, unique=True, help_text="Of the link's secret.")
    code = models.CharField(max_length=64, help_text="Keyed hash of the six digits.")
    goes_to = models.CharField(max_length=500, blank=True, help_text="A path of ours.")
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="sign_in_link_expires")]

    def __str__(self) -> str:
        return f"sign-in letter #{self.pk}"
