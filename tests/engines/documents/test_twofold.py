"""A question that asks two things at once is answered twice, where the parts are told apart."""

from typing import Any

import pytest

from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.forms import FieldRead, read_form
from monarca.engines.documents.twofold import parted
from tests.engines.documents import building as make


def asked(form: dict[str, Any], *rows: tuple[str, ...]) -> dict[str, FieldRead]:
    doc = make.new()
    for row in rows:
        if len(row) == 2:
            make.grid(doc, [row])
        else:
            doc.add_paragraph(row[0])
    return {one.key: one for one in read_form(read_docx(make.saved(doc)), form)}


@pytest.mark.parametrize(
    ("label", "text", "day", "place"),
    [
        ("Lugar y fecha de constitución", "Juchitán, Oaxaca, a 5 de mayo de 2011",
         "2011-05-05", "Juchitán, Oaxaca"),
        ("Fecha y lugar de registro", "5/05/2011 en Juchitán", "2011-05-05", "Juchitán"),
        ("Date and place of registration", "5 May 2011, Juchitán", "2011-05-05", "Juchitán"),
        ("Lieu et date d’enregistrement", "À Juchitán, le 5 mai 2011", "2011-05-05", "Juchitán"),
    ],
)  # fmt: skip
def test_a_date_and_a_place_in_one_answer_are_both_read(
    label: str, text: str, day: str, place: str, form: dict[str, Any]
) -> None:
    read = asked(form, (label, text))
    assert read["registration_on"].value == day
    assert read["registration_place"].value == place


@pytest.mark.parametrize(
    ("label", "text", "title"),
    [
        ("Nombre y cargo del contacto", "Inés Mora Paz, tesorera", "tesorera"),
        ("Nombre y cargo de la persona de contacto", "Tesorera: Inés Mora Paz", ""),
        ("Name and title of contact person", "Inés Mora Paz – Treasurer", "Treasurer"),
        ("Name and title of contact person", "Treasurer / Inés Mora Paz", "Treasurer"),
        ("Personne-ressource (nom et fonction)", "Inés Mora Paz (trésorière)", ""),
        ("Nom et fonction de la personne-ressource", "Inés Mora Paz, trésorière", "trésorière"),
    ],
)
def test_a_name_and_a_position_in_one_answer_are_both_read(
    label: str, text: str, title: str, form: dict[str, Any]
) -> None:
    read = asked(form, (label, text))
    if title:
        assert read["contact_name"].value == "Inés Mora Paz"
        assert read["contact_title"].value == title
    else:
        assert "Inés Mora Paz" in read["contact_name"].value


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Teléfono y correo", "951 555 0101, red@tequio.example"),
        ("E-mail and phone", "red@tequio.example / 951 555 0101"),
        ("Téléphone et courriel", "Tél. 951 555 0101 – red@tequio.example"),
    ],
)
def test_a_number_and_an_address_in_one_answer_are_both_read(
    label: str, text: str, form: dict[str, Any]
) -> None:
    read = asked(form, ("Name of the organization", "Red del Tequio"), (label, text))
    assert read["phone"].value == "951 555 0101"
    assert read["email"].value == "red@tequio.example"


@pytest.mark.parametrize(
    ("line", "name", "title"),
    [
        ("Quién firmaría a nombre de la red: _Inés Mora Paz__ Cargo: _Tesorera___", "Inés Mora Paz", "Tesorera"),
        ("Who could sign for the whole group: _Inés Mora Paz_ Position: Treasurer", "Inés Mora Paz", "Treasurer"),
        ("Personne qui pourrait signer ici : _Inés Mora Paz_ Fonction : _Trésorière_", "Inés Mora Paz", "Trésorière"),
    ],
)  # fmt: skip
def test_a_line_may_begin_with_a_label_that_is_only_nearly_known(
    line: str, name: str, title: str, form: dict[str, Any]
) -> None:
    read = asked(form, (line,))
    assert read["representative_name"].value == name
    assert read["representative_title"].value == title


@pytest.mark.parametrize(
    ("key", "label", "text"),
    [
        ("registration_on", "Fecha y lugar de registro", "5 de mayo de 2011"),
        ("registration_place", "Fecha y lugar de registro", "Notaría 12 de Juchitán"),
        ("registration_on", "Fecha de registro", "5 de mayo de 2011, Juchitán"),
        ("contact_name", "Nombre y cargo", "Inés Mora Paz, Red del Tequio"),
        ("contact_name", "Nombre", "Inés Mora Paz, tesorera"),
        ("phone", "Teléfono y correo", "951 555 0101"),
    ],
)
def test_an_answer_whose_parts_are_not_told_apart_stays_whole(
    key: str, label: str, text: str
) -> None:
    assert parted(key, label, text) == {}


@pytest.mark.parametrize(
    ("label", "text", "when"),
    [
        ("¿Tienen reglas escritas contra el abuso?", "☒ Sí ☐ En proceso ☐ No\nDel 9 de abril de 2022",
         "2022-04-09"),
        ("Do you have a policy against sexual exploitation?", "Yes, signed on 9 April 2022",
         "2022-04-09"),
        ("Avez-vous une politique contre l’exploitation sexuelle?", "Oui, depuis le 9 avril 2022",
         "2022-04-09"),
        ("¿Tienen reglas escritas contra el abuso?", "Todavía no; las firmamos el 9 de abril de 2026",
         None),
    ],
)  # fmt: skip
def test_the_day_said_behind_a_yes_answers_when(
    label: str, text: str, when: str | None, form: dict[str, Any]
) -> None:
    read = asked(form, ("Correo electrónico", "red@tequio.example"), (label, text))
    got = read.get("psea_policy_on")
    assert (got.value if got else None) == when
    assert read["psea_policy"].value == ("yes" if when else "no")


def test_a_day_asked_apart_is_not_overruled(form: dict[str, Any]) -> None:
    read = asked(
        form,
        ("¿Está legalmente registrada?", "Sí, trámite concluido el 9 de abril de 2022"),
        ("Fecha de registro", "1 de marzo de 2022"),
    )
    assert read["registration_on"].value == "2022-03-01"
