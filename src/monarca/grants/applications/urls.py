"""The applicant's pages, from start to receipt; and what arrived by mail, for the desk."""

from django.urls import path

from monarca.grants.applications.views import arriving, drafting, files, filing, mine, proving

MAIL = "desk/intake/"
HERE = "applications/<str:ref>/"

app_name = "applications"
urlpatterns = [
    path(MAIL, arriving.listing, name="intake-list"),
    path(f"{MAIL}<str:key>/", arriving.detail, name="intake"),
    path(f"{MAIL}<str:key>/set-aside/", arriving.aside, name="intake-aside"),
    path(f"{MAIL}<str:key>/files/<str:digest>/", arriving.file, name="intake-file"),
    path("calls/<str:code>/apply/", mine.start, name="start"),
    path("calls/<str:code>/seal/", proving.seal, name="seal"),
    path("calls/<str:code>/checkpoint.txt", proving.checkpoint, name="checkpoint"),
    path("verify.py", proving.verifier, name="verifier"),
    path(HERE, mine.detail, name="detail"),
    path(f"{HERE}budget/", drafting.budget, name="budget"),
    path(f"{HERE}check/", filing.check, name="check"),
    path(f"{HERE}submit/", filing.submit, name="submit"),
    path(f"{HERE}reopen/", filing.reopen, name="reopen"),
    path(f"{HERE}withdraw/", filing.withdraw, name="withdraw"),
    path(f"{HERE}receipt/", files.receipt, name="receipt"),
    path(f"{HERE}receipt.pdf", files.receipt_pdf, name="receipt-pdf"),
    path(f"{HERE}receipt.json", files.receipt_json, name="receipt-json"),
    path(f"{HERE}proof.json", proving.proof, name="proof"),
    path(f"{HERE}files/<str:digest>/", files.download, name="file"),
    path(f"{HERE}<slug:section>/", drafting.section, name="section"),
]
