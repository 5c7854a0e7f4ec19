"""Every address, in the order of the rooms."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from monarca.grants.disclosure.states import Further, Kind
from monarca.grants.disclosure.views import machines
from monarca.ground.commitments.views import machines as commitments
from monarca.portal.home import views as home

handler400 = home.not_understood
handler403 = home.refused
handler404 = home.not_found
handler500 = home.broken

urlpatterns = [
    path("", home.to_language),
    path("healthz", home.healthz, name="healthz"),
    path("readyz", home.readyz, name="readyz"),
    path(
        "open-data/iati-activities.xml",
        machines.file,
        {"kind": Kind.IATI},
        name="iati-activities",
    ),
    path(
        "open-data/proactive-disclosure.csv",
        machines.file,
        {"kind": Kind.CANADA},
        name="proactive-disclosure",
    ),
    path(
        "open-data/iati-organisation.xml",
        machines.file,
        {"kind": Further.ORGANISATION},
        name="iati-organisation",
    ),
    path(
        "open-data/commitments.csv", commitments.open_data, {"kind": "csv"}, name="commitments-csv"
    ),
    path(
        "open-data/commitments.xlsx",
        commitments.open_data,
        {"kind": "xlsx"},
        name="commitments-xlsx",
    ),
    path("open-data/360giving.json", machines.file, {"kind": Further.GIVING}, name="360giving"),
    path(
        "open-data/common-grants.json",
        machines.file,
        {"kind": Further.COMMON},
        name="common-grants",
    ),
    *(
        each
        for name in ("opportunities", "awards")
        for each in (
            path(f"common-grants/{name}", machines.entries, {"name": name}, name=name),
            path(
                f"common-grants/{name}/search",
                machines.search,
                {"name": name},
                name=f"{name}-search",
            ),
            path(
                f"common-grants/{name}/<uuid:identity>",
                machines.entry,
                {"name": name},
                name=f"{name}-entry",
            ),
        )
    ),
    path("demo/", include("monarca.portal.demo.urls")),
    *i18n_patterns(
        path("", include("monarca.portal.home.urls")),
        path("", include("monarca.grants.calls.urls")),
        path("", include("monarca.grants.screening.urls")),
        path("", include("monarca.grants.reviews.urls")),
        path("", include("monarca.grants.decisions.urls")),
        path("", include("monarca.grants.agreements.urls")),
        path("", include("monarca.grants.reports.urls")),
        path("", include("monarca.grants.payments.urls")),
        path("", include("monarca.grants.results.urls")),
        path("", include("monarca.grants.disclosure.urls")),
        path("", include("monarca.grants.applications.urls")),
        path("", include("monarca.ground.people.urls")),
        path("", include("monarca.ground.rates.urls")),
        path("", include("monarca.ground.envelopes.urls")),
        path("", include("monarca.ground.commitments.urls")),
        path("", include("monarca.programmes.dialogues.urls")),
        path("", include("monarca.programmes.consultations.urls")),
        path("", include("monarca.programmes.youthlab.urls")),
        path("", include("monarca.programmes.climate.urls")),
        path("", include("monarca.programmes.shares.urls")),
        path("", include("monarca.portal.dossier.urls")),
        path("", include("monarca.portal.climate.urls")),
        *([path("", include("monarca.portal.components.urls"))] if settings.DEMO else []),
    ),
]
