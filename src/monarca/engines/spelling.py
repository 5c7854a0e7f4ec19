"""One spelling for what people write in many ways: names, legal forms, places, numbers, days.

Everything here is for comparing, never for showing: what comes out has no accents, no case and no
punctuation. Sources: Ley General de Sociedades Mercantiles and the civil codes of the states
(legal forms and their abbreviations), INEGI's catalogue (abbreviations of the states), SAT's rules
for the RFC (the generic ones name nobody). Linear in the length of the text.
"""

import re
import unicodedata
from functools import lru_cache


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
        "ª": "a",
    }
)

SMALL = _listed(
    "a al con da de del dos e el en la las lo los o para por u y "
    "and at for in of on the to with "
    "au aux d des du et l le les ou pour un une"
)
"""Words that tell nobody from anybody, in Spanish, English and French."""

ABBREVIATED = (
    "ac|iap|ibp|abp|fbp|fap|aap|sc|sc rl|sc rl cv|srl|srl cv|s rl|s rl cv|sa|sa cv|sab|sab cv|sapi|"
    "sapi cv|sas|spr|spr rl|sss|s ss|scl|sc l|soc coop|ar|snc|osc|ong|osfl|inc|ltd|llc|llp|corp|co|"
    "ngo|plc|ltee|obnl|osbl|asbl|sarl|ev|ggmbh|gmbh"
)
IN_FULL = (
    "asociacion civil|asoc civil|institucion asistencia privada|inst asistencia privada|"
    "institucion beneficencia privada|asociacion beneficencia privada|"
    "asociacion asistencia privada|fundacion beneficencia privada|"
    "fundacion asistencia privada|sociedad civil|"
    "sociedad responsabilidad limitada|sociedad responsabilidad limitada capital variable|"
    "sociedad anonima|sociedad anonima capital variable|capital variable|"
    "sociedad anonima promotora inversion capital variable|sociedad produccion rural|"
    "sociedad solidaridad social|sociedad cooperativa|asociacion religiosa|"
    "sociedad cooperativa responsabilidad limitada|"
    "sociedad cooperativa responsabilidad limitada capital variable|"
    "incorporated|limited|corporation|limitee|incorporee|association loi 1901|registered charity"
)
FORMS = frozenset(tuple(form.split()) for form in f"{ABBREVIATED}|{IN_FULL}".split("|"))
"""Legal forms as they stand in a folded name without small words."""

LONGEST = max(map(len, FORMS))
LAST_WORDS = frozenset(form[-1] for form in FORMS)

TITLES = _listed(
    "lic licda licenciada licenciado mtra mtro maestra maestro dr dra doctor doctora ing ingeniera "
    "ingeniero arq prof profa profr profesor profesora c ciudadana ciudadano sr sra srta don dona "
    "d psic antrop cp mr mrs ms miss mme mlle monsieur madame me hon phd msc"
)
SHORT_NAMES = {
    "ma": "maria",
    "fco": "francisco",
    "gpe": "guadalupe",
    "jse": "jose",
    "hdez": "hernandez",
    "hdz": "hernandez",
    "glez": "gonzalez",
    "gzz": "gonzalez",
    "gzlz": "gonzalez",
    "rdz": "rodriguez",
    "rguez": "rodriguez",
    "mtz": "martinez",
    "mtnez": "martinez",
    "fdez": "fernandez",
    "lpz": "lopez",
    "sncz": "sanchez",
}

SHORT_PLACES = {
    "cd": "ciudad",
    "sta": "santa",
    "sto": "santo",
    "sn": "san",
    "gral": "general",
    "edo": "estado",
    "mpio": "municipio",
    "mex": "mexico",
    "st": "saint",
    "ste": "sainte",
    "mtn": "mountain",
    "ft": "fort",
    "col": "colonia",
    "av": "avenida",
    "blvd": "bulevar",
}
PLACES = {
    **dict.fromkeys(
        ("cdmx", "df", "distrito federal", "mexico df", "mexico cdmx", "ciudad mexico df"),
        "ciudad mexico",
    ),
    "edomex": "estado mexico",
    "mexico estado": "estado mexico",
    "ags": "aguascalientes",
    "bc": "baja california",
    "bcn": "baja california",
    "bcs": "baja california sur",
    "camp": "campeche",
    "chis": "chiapas",
    "chih": "chihuahua",
    "coah": "coahuila",
    "coahuila zaragoza": "coahuila",
    "dgo": "durango",
    "gto": "guanajuato",
    "gro": "guerrero",
    "hgo": "hidalgo",
    "jal": "jalisco",
    "mich": "michoacan",
    "michoacan ocampo": "michoacan",
    "mor": "morelos",
    "nay": "nayarit",
    "nl": "nuevo leon",
    "oax": "oaxaca",
    "pue": "puebla",
    "qro": "queretaro",
    "queretaro arteaga": "queretaro",
    "qroo": "quintana roo",
    "q roo": "quintana roo",
    "slp": "san luis potosi",
    "sin": "sinaloa",
    "son": "sonora",
    "tab": "tabasco",
    "tamps": "tamaulipas",
    "tlax": "tlaxcala",
    "ver": "veracruz",
    "veracruz ignacio llave": "veracruz",
    "veracruz llave": "veracruz",
    "yuc": "yucatan",
    "zac": "zacatecas",
}

NOTHING = _listed(
    "na no sn nd none null nulo ninguno ninguna noaplica notiene sindato sindatos pendiente "
    "porasignar entramite desconocido desconocida unknown pending notapplicable inconnu aucun "
    "aucune sansobjet xaxx010101000 xexx010101000 nan x xx xxx xxxx"
)
"""What people write in a box to say nothing; and the RFCs of the public and of foreigners."""

WORD = re.compile(r"[^\W_]+")
SIGN = re.compile(r"[^\W_0]")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
QUOTED = re.compile(r"[\[(\"“«]\s*([^()\[\]\"”»]{2,14}?)\s*[\])\"”»]")
AFTER_DASH = re.compile(r"\s[-–—]\s*([^\W\d_][\w.]{1,9})\s*$")
CAPITALS = re.compile(r"\b[^\W\d_a-z]{3,8}\b")
LIMITED = re.compile(r"\bs de r ?l\b")
COOPERATIVE = re.compile(r"\bc de r ?l\b")
VARIABLE = re.compile(r"\b(srl|s a b|s a p i|s a|sa|sab|sapi|rl) de c ?v\b")

VOWELS = frozenset("aeiou")
SOUNDS = (
    ("ph", "f"),
    ("qu", "k"),
    ("ll", "y"),
    ("ch", "x"),
    ("h", ""),
    ("v", "b"),
    ("w", "b"),
    ("z", "s"),
    ("ce", "se"),
    ("ci", "si"),
    ("c", "k"),
    ("ge", "je"),
    ("gi", "ji"),
)


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Lower-case letters, digits and single blanks; accents, ligatures and punctuation are gone.

    Letters of other alphabets stay as they are. "São, Œuvre №5" becomes "sao oeuvre no5".
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
        if not text.isascii():
            text = "".join(sign for sign in text if not unicodedata.combining(sign))
            text = text.translate(LETTERS)
    return " ".join(WORD.findall(text.lower()))


def said(text: str) -> bool:
    """Does a cell say anything? "N/A", "s/n", "pendiente", dashes and generic RFCs do not."""
    if not SIGN.search(text):
        return False
    return len(text) > 40 or fold(text).replace(" ", "") not in NOTHING


def together(words: list[str]) -> list[str]:
    """Letters that stand alone are one abbreviation: "a c" is "ac", "r l" is "rl"."""
    joined: list[str] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1:
            run += word
            continue
        if run:
            joined.append(run)
            run = ""
        if word:
            joined.append(word)
    return joined


def organisation(name: str) -> tuple[str, ...]:
    """The words of an organisation's name in their order, without legal form and small words.

    A name that is nothing but a legal form keeps it: no name becomes nothing.
    """
    words = _without_forms(_abbreviations(fold(_unbracketed(name))))
    telling = tuple(word for word in words if word not in SMALL)
    return telling or tuple(words) or tuple(fold(name).split())


def _unbracketed(name: str) -> str:
    """The name without what stands in brackets, unless all of it does."""
    if "(" not in name and "[" not in name:
        return name
    outside = BRACKETS.sub(" ", name)
    return outside if fold(outside) else name


def _abbreviations(folded: str) -> list[str]:
    """ "s de r l de c v" is "srl cv", "s a de c v" is "sa cv", "a c" is "ac"."""
    if " de " in folded:
        folded = LIMITED.sub("srl", folded)
        folded = COOPERATIVE.sub("c rl", folded)
        folded = VARIABLE.sub(r"\1 cv", folded)
    return together(folded.split())


def _without_forms(words: list[str]) -> list[str]:
    """The words before the last legal form; one that stands first goes too."""
    left = _cut_end(words)
    while len(left) < len(words):
        words = left
        left = _cut_end(words)
    for size in (2, 1):
        if len(words) > size + 1 and tuple(words[:size]) in {("asociacion", "civil"), ("ac",)}:
            return words[size:]
    return words


def _cut_end(words: list[str]) -> list[str]:
    if not words or words[-1] not in LAST_WORDS:
        return words
    for size in range(min(2 * LONGEST, len(words) - 1), 0, -1):
        tail = tuple(word for word in words[-size:] if word not in SMALL)
        if words[-size] not in SMALL and tail in FORMS:
            return words[:-size]
    return words


def initials(words: tuple[str, ...]) -> str:
    """The acronym a name would have: the first letters of its telling words (two or more)."""
    return "".join(word[0] for word in words) if len(words) >= 2 else ""


def acronyms(name: str) -> frozenset[str]:
    """Acronyms that a name carries itself: in brackets, after a dash, or a word in capitals."""
    inside = QUOTED.findall(name) + AFTER_DASH.findall(name)
    if not name.isupper():
        inside += CAPITALS.findall(name)
    found = (fold(one).replace(" ", "") for one in inside if one.isupper())
    return frozenset(one for one in found if 2 <= len(one) <= 10 and (one,) not in FORMS)


def acronym(text: str) -> str:
    """A written acronym as one word: "C.A.M.I., A.C." is "cami"."""
    return "".join(_without_forms(_abbreviations(fold(text))))


def person(name: str) -> tuple[str, ...]:
    """The words of a person's name in alphabetical order, without titles and small words.

    "Lic. Ma. del Carmen Hdez." and "Hernández, María Carmen" are the same.
    """
    words = fold(name).split()
    kept = [SHORT_NAMES.get(word, word) for word in words if word not in SMALL]
    telling = [word for word in kept if word not in TITLES]
    return tuple(sorted(telling or kept or words))


def place(name: str) -> str:
    """A town or a state: "Cd. de México", "CDMX" and "D.F." are the same, "Oax." is "oaxaca"."""
    whole = together(fold(name).split())
    words = [word for word in whole if word not in SMALL] or whole
    tight = " ".join(words)
    spelled = " ".join(SHORT_PLACES.get(word, word) for word in words)
    return PLACES.get(tight) or PLACES.get(spelled) or spelled


def several(text: str) -> list[str]:
    """The parts of a cell in which people put more than one: divided by ; , | / or a new line."""
    return [part.strip() for part in re.split(r"[;,|/\n]", text) if part.strip()]


def number(text: str) -> str:
    """A tax number, an account, any number that names one: its letters and digits alone."""
    return fold(text).replace(" ", "") if said(text) else ""


def phone(text: str) -> str:
    """The last ten digits (+52 1 55… and 55… are the same); fewer than seven say nothing."""
    digits = re.sub(r"\D", "", text.split("ext")[0])
    return digits[-10:] if len(digits) >= 7 and len(set(digits)) > 1 else ""


def email(text: str) -> str:
    """A mailbox in lower case without its "+tag"; what has no @ says nothing."""
    tight = unicodedata.normalize("NFKC", text).casefold().strip().removeprefix("mailto:")
    box, at, host = tight.strip("<>. ").rpartition("@")
    box = box.partition("+")[0]
    return f"{box}@{host}" if at and box and host else ""


def day(text: str) -> str:
    """A day as eight digits where it can be read (ISO, day/month/year), else its digits."""
    tight = text.strip()
    if found := re.fullmatch(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})(?:[T ].*)?", tight):
        year, month, date = found.groups()
    elif found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", tight):
        date, month, year = found.groups()
    else:
        return re.sub(r"\D", "", tight)
    return f"{year}{month:0>2}{date:0>2}"


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """How a folded word sounds to a Mexican ear, roughly: "Vázquez" and "Basques" are one.

    The first letter, then consonants; at most five signs.
    """
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    kept = word[:1] + "".join(sign for sign in word[1:] if sign not in VOWELS)
    return re.sub(r"(.)\1+", r"\1", kept)[:5]
