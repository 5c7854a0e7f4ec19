"""`{% load ui %}`: every component in one library."""

from django import template

from monarca.portal.components.templatetags import (
    basics,
    bound,
    charts,
    courses,
    fields,
    records,
)

register = template.Library()

for module in (basics, records, fields, bound, charts, courses):
    register.tags.update(module.register.tags)
