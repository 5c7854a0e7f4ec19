"""How tests of consultations reach a page and read it, a day after the makers' last act."""

from datetime import timedelta

from django.urls import reverse
from django.utils import translation

from tests import world_consultations as world

MOMENT = world.LATER + timedelta(days=1)


def at(name, *args, lang="es"):
    with translation.override(lang):
        return reverse(f"consultations:{name}", args=args)


def html(answer):
    return answer.content.decode()
