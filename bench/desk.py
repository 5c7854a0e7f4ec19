"""Lead a crowd down the river in a home, and print what each list of the desk costs."""

import json
import logging
import sys

import django

django.setup()
logging.disable(logging.CRITICAL)

from bench import pages, river
from monarca.portal.home.management.commands.init import prepare

LOOKS = 3


def main(count: int) -> None:
    prepare()
    found: dict[str, list[float]] = {}
    for step, room, crowd in river.down(count):
        clients = pages.readers(crowd, room)
        for page in pages.pages(crowd, clients, room):
            if page.is_list:
                cost = pages.look(page, clients, LOOKS)
                worst = found.setdefault(page.name, [0.0, 0, 0])
                if cost.ms > worst[0]:
                    found[page.name] = [round(cost.ms, 1), cost.queries, cost.size]
        print(step, file=sys.stderr)
    print(json.dumps(found))


main(int(sys.argv[1]))
