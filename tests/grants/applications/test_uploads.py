"""Files of an application: ten at most, each looked into, refused in words at its field."""

from io import BytesIO
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

from monarca.grants.applications import queries
from monarca.ground.files import queries as kept
from tests.world import PNG


def attachments(draft):
    return f"/en/applications/{draft.reference}/attachments/"


def upload(browser, draft, *files, field="other_files", **sent):
    papers = [SimpleUploadedFile(name, data) for name, data in files]
    return browser.post(attachments(draft), {field: papers, **sent})


def test_a_file_is_kept_listed_with_its_size_and_sent_back(draft, lupita):
    answer = upload(lupita, draft, ("photo.png", PNG), go="list")
    (row,) = queries.attached_to(draft)
    page = lupita.get(attachments(draft)).content.decode()

    got = lupita.get(f"/en/applications/{draft.reference}/files/{row.file.sha256[:16]}/")

    assert answer.status_code == 302
    assert ("photo.png" in page, "KB" in page) == (True, True)
    assert b"".join(got.streaming_content) == kept.bytes_of(row.file)
    assert got.headers["Content-Disposition"] == 'attachment; filename="photo.png"'


def test_a_file_is_taken_out_by_its_button(draft, lupita):
    upload(lupita, draft, ("photo.png", PNG))
    (row,) = queries.attached_to(draft)

    lupita.post(attachments(draft), {"detach": f"other_files {row.file.sha256[:16]}"})

    assert not queries.attached_to(draft).exists()


def test_what_is_not_what_its_name_says_is_refused_at_the_field(draft, lupita):
    answer = upload(lupita, draft, ("letter.pdf", b"not a pdf at all"), ("photo.png", PNG))

    told = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#other_files"' in told
    assert "letter.pdf: " in told
    assert [row.file.name for row in queries.attached_to(draft)] == ["photo.png"]


def test_a_file_over_the_limit_is_refused(draft, lupita, monkeypatch):
    monkeypatch.setattr(kept, "LIMIT", 60)

    answer = upload(lupita, draft, ("photo.png", PNG))

    assert answer.status_code == 422
    assert not queries.attached_to(draft).exists()


def test_the_eleventh_file_is_refused(draft, lupita):
    names = [(f"photo{number}.png", PNG) for number in range(11)]

    answer = upload(lupita, draft, *names)

    assert answer.status_code == 422
    assert queries.attached_to(draft).count() == 10
    assert "photo10.png: " in answer.content.decode()


def test_a_file_is_not_found_by_a_short_or_foreign_name(draft, lupita, person, browser_of):
    upload(lupita, draft, ("photo.png", PNG))
    (row,) = queries.attached_to(draft)
    here = f"/en/applications/{draft.reference}/files/"
    other = browser_of(person("other@example.org", name="Other"))

    assert lupita.get(f"{here}{row.file.sha256[:4]}/").status_code == 404
    assert lupita.get(f"{here}{'0' * 16}/").status_code == 404
    assert other.get(f"{here}{row.file.sha256[:16]}/").status_code == 404


def test_a_request_over_the_limit_gets_a_page_that_says_so(draft, lupita, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    answer = lupita.post(f"/en/applications/{draft.reference}/gba/", {"gba_who": "x" * 2000})

    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


def test_an_archive_is_refused_whatever_lies_in_it(draft, lupita):
    """Nobody here opens archives of applicants, so nobody would know what was kept."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("solicitud.exe", b"MZ")

    answer = upload(lupita, draft, ("papeles.zip", packed.getvalue()))

    assert answer.status_code == 422
    assert "papeles.zip: " in answer.text
    assert not queries.attached_to(draft).exists()
