"""Say what this machine has for the tests, and what to install for those that will be skipped."""

import shutil

import postgres

WANTED = {
    "chromium": (shutil.which, "browser tests (apt install chromium)"),
    "postgresql": (lambda _name: postgres.programs(), "tests on it (apt install postgresql)"),
}


def main() -> None:
    for program, (find, purpose) in WANTED.items():
        print(f"{program}: {'found' if find(program) else f'not found; without it no {purpose}'}")


if __name__ == "__main__":
    main()
