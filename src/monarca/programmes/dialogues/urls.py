"""The addresses of this programme: what everybody reads, then the desk of both sides."""

from django.urls import path

from monarca.programmes.dialogues.views import (
    agenda,
    desk,
    edition,
    inputs,
    papers,
    people,
    public,
    texts,
)

SERIES = "dialogues/<str:code>/"
REPORT = f"{SERIES}report/<int:year>/"
DESK = "desk/dialogues/"
FOUNDED = f"{DESK}series/<str:code>/"
HERE = f"{DESK}<str:ref>/"
PAPER = f"{HERE}papers/<str:code>/"
TEXT = f"{HERE}texts/<str:code>/"

app_name = "dialogues"
urlpatterns = [
    path("dialogues/", public.index, name="index"),
    path("dialogues/invited/<str:token>/", inputs.invited, name="invited"),
    path("dialogues/inputs/<str:secret>/", inputs.sent, name="sent"),
    path(SERIES, public.series, name="series"),
    path(f"{SERIES}calendar.ics", public.series_calendar, name="series-calendar"),
    path(REPORT, public.report, name="report"),
    path(f"{REPORT}report.csv", public.report_csv, name="report-csv"),
    path(f"{REPORT}report.pdf", public.report_pdf, name="report-pdf"),
    path(f"{SERIES}<str:ref>/", public.edition, name="public"),
    path(f"{SERIES}<str:ref>/calendar.ics", public.calendar, name="calendar"),
    path(f"{SERIES}<str:ref>/input/", inputs.everybody, name="input"),
    path(DESK, desk.listing, name="list"),
    path(f"{DESK}found/", desk.found, name="found"),
    path(FOUNDED, desk.describe, name="describe"),
    path(f"{FOUNDED}show/", desk.show_series, name="show-series"),
    path(f"{FOUNDED}plan/", desk.plan, name="plan"),
    path(HERE, edition.detail, name="edition"),
    path(f"{HERE}replan/", edition.replan, name="replan"),
    path(f"{HERE}move/", edition.move, name="move"),
    path(f"{HERE}show/", edition.show, name="show"),
    path(f"{HERE}calendar.ics", edition.calendar, name="edition-calendar"),
    path(f"{HERE}pack.pdf", edition.pack_pdf, name="pack-pdf"),
    path(f"{HERE}pack.docx", edition.pack_docx, name="pack-docx"),
    path(f"{HERE}people/", people.listing, name="people"),
    path(f"{HERE}people/<str:code>/leave/", people.leave, name="leave"),
    path(f"{HERE}share/", people.share, name="share"),
    path(f"{HERE}share/stop/", people.stop, name="stop-sharing"),
    path(f"{HERE}agenda/", agenda.listing, name="agenda"),
    path(f"{HERE}agenda/<str:code>/", agenda.item, name="item"),
    path(f"{HERE}agenda/<str:code>/drop/", agenda.drop, name="drop"),
    path(f"{HERE}practices/", agenda.practices, name="practices"),
    path(f"{HERE}papers/", papers.listing, name="papers"),
    path(f"{HERE}papers/write/", papers.write, name="write"),
    path(PAPER, papers.detail, name="paper"),
    path(f"{PAPER}<int:number>/share/", papers.share, name="share-version"),
    path(f"{PAPER}<int:number>/file/", papers.file, name="paper-file"),
    path(f"{HERE}inputs/", inputs.listing, name="inputs"),
    path(f"{HERE}inputs/<str:code>/pass-on/", inputs.pass_on, name="pass-on"),
    path(f"{HERE}inputs/<str:code>/who/", inputs.who, name="who"),
    path(f"{HERE}texts/", texts.listing, name="texts"),
    path(TEXT, texts.detail, name="text"),
    path(f"{TEXT}add/", texts.add, name="add"),
    path(f"{TEXT}agree/", texts.agree, name="agree"),
    path(f"{TEXT}adopt/", texts.adopt, name="adopt"),
    path(f"{TEXT}publish/", texts.publish, name="publish"),
    path(f"{TEXT}<str:mark>/", texts.paragraph, name="paragraph"),
]
