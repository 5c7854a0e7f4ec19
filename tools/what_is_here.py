"""Say what this machine has for the tests, and what to install for those that will be skipped."""

import shutil

WANTED = {
    "chromium": "browser tests (apt install chromium)",
    "pg_ctlcluster": "tests on PostgreSQL (apt install postgresql)",
}


def main() -> None:
    for program, purpose in WANTED.items():
        where = shutil.which(program)
        print(f"{program}: {'found' if where else f'not found; without it no {purpose}'}")


if __name__ == "__main__":
    main()
