"""Series of meetings, each meeting with its people, agenda, papers, inputs and agreed texts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from monarca.ground.commitments.models import Commitment
from monarca.ground.commitments.states import Pillars
from monarca.ground.files.models import File
from monarca.ground.people.models import Mission
from monarca.kit.moving import Moving
from monarca.kit.record import Dated, Record
from monarca.kit.trilingual import Trilingual
from monarca.programmes.dialogues.states import (
    HAPPENED,
    Asking,
    Consent,
    Forums,
    Kinds,
    Sectors,
    Sensitivity,
    Sides,
    Stage,
    Status,
    Texts,
)

PEOPLE = settings.AUTH_USER_MODEL


class Series(Record):
    """A dialogue, a working group, or a forum in which both sides take positions together.

    `code` heads the references of its editions and stands in addresses: HRD, ENV, G20.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=20, choices=Kinds)
    forum = models.CharField(max_length=10, choices=Forums, blank=True)
    name = Trilingual()
    about = Trilingual(blank=True)
    pillar = models.CharField(max_length=20, choices=Pillars, blank=True)
    aims = models.JSONField(default=list, blank=True, help_text="Shared aims it serves.")
    is_public = models.BooleanField(default=False)
    founded_at = models.DateTimeField()
    founded_by = models.ForeignKey(PEOPLE, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kinds.FORUM) & ~Q(forum="") | ~Q(kind=Kinds.FORUM) & Q(forum=""),
                name="series_of_a_forum_names_it",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Edition(Moving):
    """One meeting of a series; it is read inside by our house and by those it is shared with.

    `sequence` counts how often its calendar entry changed (RFC 5545, 3.8.7.4).
    """

    series = models.ForeignKey(Series, models.PROTECT, related_name="editions")
    reference = models.CharField(max_length=40, unique=True)
    year = models.PositiveSmallIntegerField()
    name = Trilingual()
    place = models.CharField(max_length=200)
    host = models.CharField(max_length=10, choices=Sides)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=40)
    sequence = models.PositiveIntegerField(default=0)
    is_public = models.BooleanField(default=False)
    asking = models.CharField(max_length=10, choices=Asking, default=Asking.NOBODY)
    asked_until = models.DateTimeField(null=True, blank=True)
    invitation = models.PositiveIntegerField(default=0, help_text="Earlier ones open nothing.")
    names_reader = models.ForeignKey(
        PEOPLE,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who alone learns the names of those who asked to stay unnamed.",
    )
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(PEOPLE, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True, blank=True, help_text="When it was said to be held.")

    class Meta:
        indexes = [
            models.Index(fields=["series", "starts_at"], name="edition_of_a_series"),
            models.Index(fields=["starts_at", "id"], name="edition_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="edition_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="edition_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(HAPPENED), held_at__isnull=False)
                | ~Q(status__in=sorted(HAPPENED)) & Q(held_at=None),
                name="edition_held_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(asking=Asking.NOBODY)
                | Q(asked_until__isnull=False, names_reader__isnull=False),
                name="edition_asks_until_a_day_and_with_a_reader",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Member(Dated):
    """Who takes part on one side: a person with an account, or just a name and an office."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="members")
    code = models.CharField(max_length=12, unique=True)
    side = models.CharField(max_length=10, choices=Sides)
    name = models.CharField(max_length=200)
    office = models.CharField(max_length=200, blank=True, help_text="Post and institution.")
    sector = models.CharField(max_length=10, choices=Sectors, default=Sectors.PUBLIC)
    is_chair = models.BooleanField(default=False)
    user = models.ForeignKey(PEOPLE, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "side"],
                condition=Q(is_chair=True, until=None),
                name="member_one_chair_a_side",
            )
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.name}"


class Item(Record):
    """A point of the agenda. An internal one is known to its own side, a sealed one by name."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="items")
    code = models.CharField(max_length=12, unique=True)
    position = models.PositiveIntegerField()
    side = models.CharField(max_length=10, choices=Sides, help_text="Which side put it there.")
    topic = Trilingual()
    lead_canada = models.CharField(max_length=200, blank=True)
    lead_mexico = models.CharField(max_length=200, blank=True)
    sensitivity = models.CharField(max_length=10, choices=Sensitivity)
    dropped_at = models.DateTimeField(null=True, blank=True)
    put_at = models.DateTimeField()
    put_by = models.ForeignKey(PEOPLE, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["edition", "position"], name="item_of_an_edition")]

    def __str__(self) -> str:
        return self.code


class Paper(Record):
    """A position paper of one side, known to that side until a version of it is shared."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="papers")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="papers")
    code = models.CharField(max_length=12, unique=True)
    side = models.CharField(max_length=10, choices=Sides)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PEOPLE, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.code


class Version(Record):
    """What a paper said from one act on; never rewritten."""

    append_only = True

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(PEOPLE, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} #{self.number}"


class Sharing(Record):
    """The act by which one version went across the table; it is not taken back."""

    append_only = True

    version = models.OneToOneField(Version, models.PROTECT, related_name="sharing")
    by = models.ForeignKey(PEOPLE, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.version_id} shared"


class Input(Record):
    """What an organisation or a person asks both governments to hear before they meet.

    Who sent it stands in `Sender`. `secret` is the SHA-256 of what only the sender has.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="inputs")
    code = models.CharField(max_length=12, unique=True)
    language = models.CharField(max_length=3)
    text = models.TextField()
    consent = models.CharField(max_length=20, choices=Consent)
    secret = models.CharField(max_length=64, unique=True)
    arrived_at = models.DateTimeField()
    passed_on_at = models.DateTimeField(null=True, blank=True)
    passed_on_by = models.ForeignKey(
        PEOPLE, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_erased = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["edition", "arrived_at"], name="input_of_an_edition")]
        constraints = [
            models.CheckConstraint(
                condition=Q(passed_on_at=None) | ~Q(consent=Consent.NOT_PASSED_ON),
                name="input_passed_on_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(is_erased=False) | Q(text="", withdrawn_at__isnull=False),
                name="input_erased_has_no_words",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Sender(Record):
    """Who sent an input. Of an unnamed one it is sealed: its reader by name, nobody else."""

    input = models.OneToOneField(Input, models.PROTECT, related_name="+")
    organisation = models.CharField(max_length=200, blank=True)
    person = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)

    def __str__(self) -> str:
        return f"sender #{self.pk}"


class Practice(Record):
    """Something that worked on one side, told to the other."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="practices")
    code = models.CharField(max_length=12, unique=True)
    side = models.CharField(max_length=10, choices=Sides)
    title = Trilingual()
    text = Trilingual()
    url = models.CharField(max_length=500, blank=True)
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(PEOPLE, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.code


class Text(Moving):
    """Parallel texts that both sides agree paragraph by paragraph in each of its languages.

    Minutes of a sealed item (`item`) are read by the readers of that item.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="texts")
    item = models.OneToOneField(Item, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Texts)
    code = models.CharField(max_length=12, unique=True)
    languages = models.JSONField(default=list)
    language_count = models.PositiveSmallIntegerField(default=3)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(PEOPLE, models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(PEOPLE, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind"], condition=Q(item=None), name="text_one_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(status=Stage.FINAL, adopted_at__isnull=False)
                | Q(status=Stage.DRAFT, adopted_at=None),
                name="text_final_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(status=Stage.FINAL, item=None),
                name="text_published_is_final_and_not_sealed",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Paragraph(Record):
    """One paragraph in all languages; a promise among them becomes a commitment when adopted.

    `round` is the number of its wording in force: every wording begins a new round, in which
    nobody has agreed yet.
    """

    text = models.ForeignKey(Text, models.PROTECT, related_name="paragraphs")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    position = models.PositiveIntegerField()
    is_promise = models.BooleanField(default=False)
    round = models.PositiveIntegerField(default=1)
    commitment = models.OneToOneField(
        Commitment, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_taken_back = models.BooleanField(
        default=False, help_text="Its promise was public until the meeting was taken back."
    )

    class Meta:
        indexes = [models.Index(fields=["text", "position"], name="paragraph_of_a_text")]

    def __str__(self) -> str:
        return self.code


class Wording(Record):
    """How a paragraph read in one round; never rewritten. No words at all: it is struck out.

    `terms` of a promise: due_on, pillar, aims, owners [{side, name, user}], is_public.
    """

    append_only = True

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="wordings")
    round = models.PositiveIntegerField()
    texts = Trilingual(blank=True)
    terms = models.JSONField(default=dict, blank=True)
    side = models.CharField(max_length=10, choices=Sides)
    by = models.ForeignKey(PEOPLE, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "round"], name="wording_round_once")
        ]

    def __str__(self) -> str:
        return f"{self.paragraph_id} #{self.round}"


class Accord(Record):
    """One side agrees one language version of one round of a paragraph; never rewritten."""

    append_only = True

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="accords")
    round = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    side = models.CharField(max_length=10, choices=Sides)
    by = models.ForeignKey(PEOPLE, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph", "round", "language", "side"], name="accord_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.paragraph_id} #{self.round} {self.language} {self.side}"
