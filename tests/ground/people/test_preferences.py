"""What a person prefers: a name, the language of letters, and the colours of the pages."""

from monarca.ground.journal.models import Entry


def test_anybody_chooses_the_colours_of_this_device(client, db):
    answer = client.post("/fr/preferences/", {"theme": "dark"})
    assert (answer.status_code, answer.url) == (302, "/fr/preferences/")
    cookie = answer.cookies["theme"]
    assert (cookie.value, cookie["samesite"]) == ("dark", "Lax")
    assert 'data-theme="dark"' in client.get("/fr/preferences/").content.decode()
    client.post("/fr/preferences/", {"theme": "system"})
    assert "data-theme" not in client.get("/fr/preferences/").content.decode()


def test_no_other_colours_exist(client, db):
    assert client.post("/fr/preferences/", {"theme": "'><script>"}).status_code == 422


def test_a_person_chooses_name_and_language(client, person, enter):
    lupita = person()
    enter("lupita@example.org")
    answer = client.post(
        "/es/preferences/", {"name": " Guadalupe ", "language": "fr", "theme": "system"}
    )
    assert answer.status_code == 302
    lupita.refresh_from_db()
    assert (lupita.name, lupita.language) == ("Guadalupe", "fr")
    entry = Entry.objects.get(verb="user.changed")
    assert (entry.by, entry.data) == (lupita, {"language": "fr"})


def test_an_unknown_language_is_refused_and_nothing_typed_is_lost(client, person, enter):
    person()
    enter("lupita@example.org")
    answer = client.post("/en/preferences/", {"name": "Guada", "language": "xx", "theme": "light"})
    assert answer.status_code == 422
    assert 'value="Guada"' in answer.content.decode()
    assert "Error:" in answer.content.decode()


def test_a_stranger_changes_nobody(client, person):
    lupita = person()
    client.post("/en/preferences/", {"name": "X", "language": "fr", "theme": "light"})
    lupita.refresh_from_db()
    assert (lupita.name, lupita.language) == ("Lupita", "es")
