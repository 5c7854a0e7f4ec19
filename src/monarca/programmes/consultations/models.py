"""The record of a consultation: it belongs to the people consulted, and nothing in it is undone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from monarca.ground.files.models import File
from monarca.ground.people.models import Mission
from monarca.kit.moving import Moving
from monarca.kit.record import Dated, Record
from monarca.kit.trilingual import Trilingual
from monarca.programmes.consultations.states import (
    Chooser,
    Country,
    Form,
    How,
    Kind,
    Owning,
    Part,
    Phase,
    Result,
)

WHO = settings.AUTH_USER_MODEL


class Consultation(Moving):
    """One matter, laid before one people and community; each answers for itself.

    The row holds the facts in force, `Version` every set of facts there was. `status` is the
    phase. Two keys open it to the public: the people's permission and `is_published`.
    """

    reference = models.CharField(max_length=9, unique=True, help_text="C-XXXXXXX.")
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    title = Trilingual()
    matter = Trilingual(help_text="The measure or project, and what the consultation is to reach.")
    authority = models.CharField(max_length=200, help_text="Who consults.")
    people = models.CharField(max_length=120)
    autonym = models.CharField(max_length=120, blank=True, help_text="What they call themselves.")
    autonym_language = models.CharField(max_length=3, blank=True, help_text="ISO 639-3.")
    community = models.CharField(max_length=160)
    country = models.CharField(max_length=2, choices=Country)
    region = models.CharField(max_length=6, help_text="State or province, ISO 3166-2.")
    place = models.CharField(max_length=200, blank=True)
    languages = models.JSONField(default=list, help_text="ISO 639-3 codes.")
    time_zone = models.CharField(max_length=40)
    is_sealed = models.BooleanField(default=False)
    is_published = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["is_published", "begun_at"], name="consultation_published"),
            models.Index(fields=["mission", "status"], name="consultation_of_a_mission"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Phase.values), name="consultation_phase_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(is_sealed=True, is_published=True),
                name="consultation_sealed_is_not_public",
            ),
            models.CheckConstraint(
                condition=Q(status=Phase.FOLLOW_UP, concluded_at__isnull=False)
                | Q(concluded_at=None) & ~Q(status=Phase.FOLLOW_UP),
                name="consultation_followed_up_was_concluded",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Version(Record):
    """The facts of a consultation from one act on, and why they changed."""

    append_only = True

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    facts = models.JSONField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(WHO, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="consultation_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} #{self.number}"


class Representative(Dated):
    """Somebody the people chose to speak for them; with an account they do so themselves."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="representatives")
    name = models.CharField(max_length=160)
    office = models.CharField(max_length=160, blank=True, help_text="In their own words.")
    user = models.ForeignKey(WHO, models.PROTECT, null=True, blank=True, related_name="+")
    chosen = models.ForeignKey("consultations.Item", models.PROTECT, related_name="chose")

    def __str__(self) -> str:
        return self.name


class Interpreter(Record):
    """Who interprets, from and into which language, and who chose them."""

    append_only = True

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="interpreters")
    name = models.CharField(max_length=160)
    language = models.CharField(max_length=3, help_text="ISO 639-3.")
    chosen_by = models.CharField(max_length=10, choices=Chooser)
    by = models.ForeignKey(WHO, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Said(Record):
    """How a representative made a wish known: who, how, in which words, and what proves it."""

    representative = models.ForeignKey(
        Representative, models.PROTECT, null=True, blank=True, related_name="+"
    )
    how = models.CharField(max_length=10, choices=How, blank=True)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=3, blank=True)
    evidence = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(WHO, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Protection(Said):
    """Days, both included, on which the people deliberate by themselves.

    No row is ever changed or removed, so the time they have can only grow: it is all the days
    that any row holds.
    """

    append_only = True

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="protections")
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="protected_time_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_on} – {self.until_on}"


class Item(Said):
    """One thing in the record, with the phase it was entered in; corrected by another item only.

    A sealed one is known to nobody but its readers by name. `code` stands in addresses: a number
    would betray what is sealed.
    """

    append_only = True
    written_once = ("sealed_at",)

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="items")
    code = models.CharField(max_length=10)
    kind = models.CharField(max_length=20, choices=Kind)
    phase = models.CharField(max_length=20, choices=Phase)
    on = models.DateField(help_text="The day on which it happened or was said.")
    form = models.CharField(max_length=10, choices=Form, blank=True)
    shared_in = models.CharField(max_length=3, blank=True, help_text="ISO 639-3.")
    result = models.CharField(max_length=30, choices=Result, blank=True)
    about = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answers")
    due_on = models.DateField(null=True, blank=True)
    owner_side = models.CharField(max_length=10, choices=Owning, blank=True)
    owner_name = models.CharField(max_length=200, blank=True, help_text="Who owes it to them.")
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["consultation", "on", "id"], name="item_of_a_consultation"),
            models.Index(fields=["kind", "consultation"], name="item_by_kind"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "code"], name="item_code_once"),
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(kind=Kind.OUTCOME),
                name="consultation_has_one_outcome",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.OUTCOME) & ~Q(result="")
                | ~Q(kind=Kind.OUTCOME) & Q(result=""),
                name="outcome_has_its_result",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Text(Record):
    """What an item says, in one language; a language is written once."""

    append_only = True

    item = models.ForeignKey(Item, models.PROTECT, related_name="texts")
    language = models.CharField(max_length=3, help_text="es, en, fr or ISO 639-3.")
    text = models.TextField()
    by = models.ForeignKey(WHO, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "language"], name="item_text_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.language}"


class Piece(Record):
    """A file beside an item: a voice with its transcript, a paper, a photograph."""

    append_only = True

    item = models.ForeignKey(Item, models.PROTECT, related_name="pieces")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    language = models.CharField(max_length=3, blank=True)
    label = models.CharField(max_length=200)
    transcript = models.TextField(blank=True)
    by = models.ForeignKey(WHO, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_piece_number_once")
        ]

    def __str__(self) -> str:
        return self.label


class Permission(Said):
    """The people's yes or no to showing one part of one item to everybody; the latest holds.

    It is about what stood there at that instant: what is added later needs another.
    """

    append_only = True

    item = models.ForeignKey(Item, models.PROTECT, related_name="permissions")
    part = models.CharField(max_length=10, choices=Part)
    is_given = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["item", "part", "id"], name="permission_of_an_item")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.part} {self.is_given}"


class Entry(Record):
    """What Canada's register of consultations asks beyond the record itself.

    Codes and columns are those of `engines.publishing.consulting`.
    """

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="entry")
    publishable = models.BooleanField(default=False)
    partners = models.JSONField(default=list)
    subjects = models.JSONField(default=list)
    audience = models.JSONField(default=list)
    start_on = models.DateField(null=True, blank=True)
    end_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=2, blank=True)
    report_en = models.CharField(max_length=500, blank=True)
    report_fr = models.CharField(max_length=500, blank=True)
    contact_email = models.CharField(max_length=254, blank=True)
    lead_email = models.CharField(max_length=254, blank=True)
    remarks_en = models.TextField(blank=True)
    remarks_fr = models.TextField(blank=True)
    is_high_profile = models.BooleanField(default=False)
    rationale = models.JSONField(default=list)
    by = models.ForeignKey(WHO, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return str(self.consultation_id)
