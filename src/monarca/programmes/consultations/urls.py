"""What everybody reads, the people's own record, and the desk."""

from django.urls import path

from monarca.programmes.consultations.views import desk, everyone, record

app_name = "consultations"
RECORD = "consultations/<str:ref>/record/"
DESK = "desk/consultations/"
urlpatterns = [
    path("consultations/", everyone.everyone, name="list"),
    path("consultations/register.csv", everyone.register_file, name="register-file"),
    path("consultations/<str:ref>/", everyone.one, name="one"),
    path("consultations/<str:ref>/files/<str:code>/<int:number>/", everyone.piece, name="piece"),
    path(RECORD, record.record, name="record"),
    path(f"{RECORD}time/", record.time, name="time"),
    path(f"{RECORD}withdraw/", record.withdraw, name="withdraw"),
    path(f"{RECORD}readers/", record.readers, name="readers"),
    path(f"{RECORD}proof/<str:key>/", record.proof, name="proof"),
    path(f"{RECORD}<str:code>/", record.item, name="item"),
    path(f"{RECORD}<str:code>/permit/", record.permit, name="permit"),
    path(f"{RECORD}<str:code>/words/", record.words, name="words"),
    path(f"{RECORD}<str:code>/file/", record.file, name="file"),
    path(f"{RECORD}<str:code>/seal/", record.seal, name="seal"),
    path(f"{RECORD}<str:code>/say/<str:kind>/", record.say, name="say"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}new/", desk.new, name="new"),
    path(f"{DESK}register/", desk.register, name="register"),
    path(f"{DESK}register.csv", desk.register_file, name="desk-file"),
    path(f"{DESK}<str:ref>/facts/", desk.revise, name="revise"),
    path(f"{DESK}<str:ref>/representative/", desk.representative, name="representative"),
    path(f"{DESK}<str:ref>/release/<int:number>/", desk.release, name="release"),
    path(f"{DESK}<str:ref>/interpreter/", desk.interpreter, name="interpreter"),
    path(f"{DESK}<str:ref>/enter/<str:kind>/", desk.enter, name="enter"),
    path(f"{DESK}<str:ref>/outcome/", desk.outcome, name="outcome"),
    path(f"{DESK}<str:ref>/stop/", desk.stop, name="stop"),
    path(f"{DESK}<str:ref>/phase/<str:move>/", desk.phase, name="phase"),
    path(f"{DESK}<str:ref>/publish/", desk.publish, name="publish"),
    path(f"{DESK}<str:ref>/entry/", desk.entry, name="entry"),
]
