"""What an act is given: facts, one thing for the record, a wish of the people, an entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from monarca.ground.people.models import User
from monarca.programmes.consultations.models import Item, Representative


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What one of the representatives said, how, and what proves it.

    Signed in they are their own proof; otherwise it is the paper or the recorded voice.
    """

    representative: Representative
    how: str
    words: str = ""
    language: str = ""
    proof: Upload | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A recording or a paper with its label, and what is heard in it."""

    upload: Upload
    label: str
    language: str = ""
    transcript: str = ""


@dataclass(frozen=True, slots=True)
class Entering:
    """One thing for the record. `readers` seals it: nobody else knows that it exists.

    `texts` are by language; `form` and `shared_in` are of what was shared; `owner_side`,
    `owner_name` and `due_on` are of promises; `wish` is who of theirs said it, and how; `code` is
    drawn with the page it is typed on, so that the page acts once.
    """

    kind: str
    on: date
    texts: Mapping[str, str] = field(default_factory=dict)
    pieces: tuple[Attached, ...] = ()
    form: str = ""
    shared_in: str = ""
    about: Item | None = None
    owner_side: str = ""
    owner_name: str = ""
    due_on: date | None = None
    wish: Wish | None = None
    readers: tuple[User, ...] | None = None
    result: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is consulted, by whom, with which people and community."""

    title: Mapping[str, str]
    matter: Mapping[str, str]
    authority: str
    people: str
    community: str
    country: str
    region: str
    languages: tuple[str, ...]
    time_zone: str
    place: str = ""
    autonym: str = ""
    autonym_language: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who was chosen to speak for the people, for which office, and their mailbox if any."""

    name: str
    office: str = ""
    user: User | None = None


@dataclass(frozen=True, slots=True)
class Registering:
    """The columns of the register that the record does not answer; codes as in its lists."""

    publishable: bool = False
    partners: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    start_on: date | None = None
    end_on: date | None = None
    status: str = ""
    report_en: str = ""
    report_fr: str = ""
    contact_email: str = ""
    lead_email: str = ""
    remarks_en: str = ""
    remarks_fr: str = ""
    is_high_profile: bool = False
    rationale: tuple[str, ...] = ()
