"""The register of commitments: for everybody, for its owners, and for who keeps it."""

from django.urls import path

from monarca.ground.commitments.views import acting, desk, importing, machines, public

DESK = "desk/commitments/"

app_name = "commitments"
urlpatterns = [
    path("commitments/", public.listing, name="list"),
    path("commitments/progress/", public.progress, name="progress"),
    path("commitments/feed.atom", machines.feed, name="feed"),
    path("commitments/export.<str:kind>", machines.export, name="export"),
    path("commitments/<str:ref>/", public.one, name="one"),
    path("commitments/<str:ref>/evidence/<str:digest>/", public.evidence, name="evidence"),
    path("commitments/<str:ref>/report/", acting.report, name="report"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}new/", desk.new, name="new"),
    path(f"{DESK}publish/", desk.publish, name="publish"),
    path(f"{DESK}plan/", desk.plan, name="plan"),
    path(f"{DESK}import/", importing.upload, name="import"),
    path(f"{DESK}import/template.<str:kind>", importing.template, name="template"),
    path(f"{DESK}import/<str:ref>/", importing.arrival, name="arrival"),
    path(f"{DESK}<str:ref>/reword/", acting.reword, name="reword"),
    path(f"{DESK}<str:ref>/reopen/", acting.reopen, name="reopen"),
    path(f"{DESK}<str:ref>/owners/", acting.owners, name="owners"),
    path(f"{DESK}<str:ref>/owners/release/", acting.release, name="release"),
    path(f"{DESK}<str:ref>/show/", acting.show, name="show"),
    path(f"{DESK}<str:ref>/reports/<int:number>/show/", acting.show_report, name="show-report"),
    path(f"{DESK}<str:ref>/reports/<int:number>/hide/", acting.hide_report, name="hide-report"),
]
