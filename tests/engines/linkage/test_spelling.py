"""Names, places, numbers and days are spelled alike, whoever wrote them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines import likeness, spelling

ANY = st.text(max_size=40)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Fundación Tejedoras de Luz, A.C.", "fundacion tejedoras luz"),
        ("FUNDACION TEJEDORAS DE LUZ AC", "fundacion tejedoras luz"),
        ("Fundación Tejedoras de Luz, Asociación Civil", "fundacion tejedoras luz"),
        ("Sembrando, A. B. P.", "sembrando"),
        ("Red Maíz, Institución de Asistencia Privada", "red maiz"),
        ("Red Maíz I.A.P.", "red maiz"),
        ("Cooperativa Nopal S.C. de R.L. de C.V.", "cooperativa nopal"),
        ("Café Sol, S. de R.L. de C.V.", "cafe sol"),
        ("Café Sol SA de CV", "cafe sol"),
        ("Café Sol, S.A.P.I. de C.V.", "cafe sol"),
        ("Ejido Vivo, S. P. R. de R. L.", "ejido vivo"),
        ("Amigos, Sociedad Cooperativa de Responsabilidad Limitada de Capital Variable", "amigos"),
        ("Centro de Apoyo (CAM), A.C.", "centro apoyo"),
        ("Les Amis de l’Île ltée", "amis ile"),
        ("Œuvre du Nord inc.", "oeuvre nord"),
        ("Friends of the River Ltd.", "friends river"),
        ("Centro Civil", "centro civil"),
        ("A.C.", "ac"),
        ("(CAMI)", "cami"),
        ("", ""),
        ("—", ""),
    ],
)
def test_an_organisation_is_its_telling_words(name, words):
    assert " ".join(spelling.organisation(name)) == words


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Centro de Apoyo a Mujeres (CAM), A.C.", {"cam"}),
        ("CAMI Centro de Apoyo", {"cami"}),
        ("Centro de Apoyo - CDA", {"cda"}),
        ("CENTRO DE APOYO, A.C.", set()),
        ("Tejedoras (A.C.)", set()),
    ],
)
def test_an_acronym_is_found_in_a_name(name, found):
    assert spelling.acronyms(name) == found


@pytest.mark.parametrize(
    "name", ["Cd. de México", "CDMX", "D.F.", "México, D.F.", "Ciudad de Mexico"]
)
def test_the_capital_has_many_names(name):
    assert spelling.place(name) == "ciudad mexico"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Oax.", "oaxaca"),
        ("Q. Roo", "quintana roo"),
        ("N.L.", "nuevo leon"),
        ("S.L.P.", "san luis potosi"),
        ("Edo. de Méx.", "estado mexico"),
        ("Veracruz de Ignacio de la Llave", "veracruz"),
        ("Sta. María Huatulco", "santa maria huatulco"),
    ],
)
def test_places_are_written_out(name, place):
    assert spelling.place(name) == place


@pytest.mark.parametrize(
    "name", ["Lic. Ma. del Carmen Hdez.", "Hernández, María del Carmen", "MARIA CARMEN HERNANDEZ"]
)
def test_a_person_is_the_same_in_any_order_and_with_any_title(name):
    assert spelling.person(name) == ("carmen", "hernandez", "maria")


def test_numbers_lose_their_dressing():
    assert spelling.number("ABC-010203-XY1") == "abc010203xy1"
    assert spelling.number("XAXX 010101 000") == ""
    assert spelling.phone("+52 1 (55) 1234-5678") == spelling.phone("5512345678") == "5512345678"
    assert spelling.phone("0000000000") == ""
    assert spelling.email("<Ana+fondo@Mail.MX>") == "ana@mail.mx"
    assert spelling.email("ana en gmail") == ""
    assert {spelling.day(said) for said in ("3/5/2024", "2024-05-03", "2024-05-03T10:00")} == {
        "20240503"
    }


@pytest.mark.parametrize(
    "cell", ["", "N/A", "s/n", "Pendiente", "--", "000", "no aplica", "Sin dato"]
)
def test_a_cell_that_says_nothing_says_nothing(cell):
    assert not spelling.said(cell)


@pytest.mark.parametrize(
    ("one", "other"), [("vazquez", "basques"), ("hilda", "ilda"), ("yolanda", "llolanda")]
)
def test_words_that_sound_alike_are_one(one, other):
    assert spelling.sound(one) == spelling.sound(other)


@given(ANY)
def test_folding_twice_is_folding_once(text):
    once = spelling.fold(text)
    assert spelling.fold(once) == once


@given(st.text("aáAÁñÑçÇüœŒß éE", max_size=20))
def test_how_accents_are_stored_and_case_never_matter(text):
    apart, joined = (unicodedata.normalize(form, text) for form in ("NFD", "NFC"))
    assert spelling.fold(apart) == spelling.fold(joined) == spelling.fold(text.upper())


@given(ANY)
def test_no_text_is_too_strange(text):
    for spell in (spelling.organisation, spelling.person):
        assert all(word and " " not in word for word in spell(text))
    for plain in (spelling.place, spelling.number, spelling.phone, spelling.email, spelling.day):
        assert isinstance(plain(text), str)
    assert bool(spelling.organisation(text)) == bool(spelling.fold(text))
    spelling.acronyms(text)
    spelling.acronym(text)
    spelling.several(text)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Red Maíz, Institución de Asistencia Privada", "RED MAIZ I.A.P.", True),
        ("Café Sol, S. de R.L. de C.V.", "Café Sol", True),
        ("Red Maíz A.C.", "Red Nopal A.C.", False),
        ("A.C.", "A.C.", False),
    ],
)
def test_what_asks_for_perhaps_the_same_group_spells_names_so(one, other, alike):
    mine, theirs = (likeness.marks_of({"legal_name": name}) for name in (one, other))
    assert likeness.same_group(mine, theirs) is alike
