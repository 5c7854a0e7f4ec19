"""A CommonGrants document judged by the protocol's own schemas (0.4.0)."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from monarca.engines.publishing.findings import Finding
from monarca.engines.publishing.shipped import DATA
from monarca.engines.reasons import Reason

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from referencing import Resource

ADDRESS = "urn:common-grants"
MODELS: Mapping[str, str] = {"opportunities": "OpportunityBase", "awards": "AwardBase"}
"""The lists of our document, and the protocol's model of each entry."""


def problems_of(document: Mapping[str, Any]) -> tuple[Finding, ...]:
    """All that the protocol refuses of `{"opportunities": [...], "awards": [...]}`."""
    return tuple(_problems(document))


def _problems(document: Mapping[str, Any]) -> Iterator[Finding]:
    for name, model in MODELS.items():
        for place, entry in enumerate(document.get(name, ())):
            for error in validator(model).iter_errors(entry):
                path = "/".join(map(str, (name, place, *error.absolute_path)))
                values = {"field": path, "message": error.message[:200].rstrip(".")}
                yield Finding(
                    rule="common-grants.schema",
                    severity="error",
                    reason=Reason("giving.schema", values),
                    text="The schema refuses {field}: {message}.".format_map(values),
                    place=path,
                )


@cache
def validator(model: str) -> "Draft202012Validator":
    """Judges one entry of a model, such as AwardBase."""
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    schemas = json.loads((DATA / "common_grants" / "schemas.json").read_bytes())
    resource: Resource[Any] = DRAFT202012.create_resource(schemas)
    registry: Registry[Any] = Registry().with_resource(ADDRESS, resource)
    reference = {"$ref": f"{ADDRESS}#/components/schemas/CommonGrants.Models.{model}"}
    return Draft202012Validator(reference, registry=registry)
