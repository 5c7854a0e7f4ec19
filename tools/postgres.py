"""Run the tests on PostgreSQL: a cluster of its own in a temporary folder, gone afterwards.

`python tools/postgres.py [pytest arguments]`. It listens on no port, only on a socket in its own
folder. PostgreSQL refuses to run as root, so root hands the cluster to the user `postgres` (or
`nobody`). Where its programs are missing this says so and succeeds: see `make test`.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

USER = "monarca"
ELSEWHERE = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")
PARALLEL = ("-n", "2", "--dist", "loadfile", "-rs")
UNTOUCHED = ("tests/browser", "tests/engines", "tests/test_house.py", "tests/portal/test_scale.py")
"""What asks no database anything, asks through a browser what other tests ask without one, or
counts questions, which are the same on both, among ten thousand rows."""


def programs() -> Path | None:
    """The folder with initdb and pg_ctl; the newest where there are several."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    folders = [each for pattern in ELSEWHERE for each in Path("/").glob(pattern.lstrip("/"))]
    whole = [each for each in folders if (each / "initdb").exists() and (each / "pg_ctl").exists()]
    return max(whole, key=version, default=None)


def version(folder: Path) -> tuple[int, ...]:
    digits = "".join(sign if sign.isdigit() else " " for sign in folder.parent.name).split()
    return tuple(map(int, digits)) or (0,)


def somebody() -> str | None:
    """Whom root hands the cluster to; nobody else needs to."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A running server; yields its address as MONARCA_DATABASE_URL takes it."""
    home = Path(tempfile.mkdtemp(prefix="monarca-pg-"))
    name = somebody()
    if name is not None:
        shutil.chown(home, name)

    def run(program: str, *words: str) -> None:
        done = subprocess.run(
            [folder / program, "--pgdata", home / "data", *words],
            user=name,
            group=pwd.getpwnam(name).pw_gid if name else None,
            extra_groups=[] if name else None,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=(log := (home / "said").open("ab")),
            stderr=log,
            check=False,
        )
        log.close()
        if done.returncode:
            raise SystemExit(f"{program} failed:\n{(home / 'said').read_text(errors='replace')}")

    try:
        words = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        run("initdb", f"--username={USER}", *words)
        options = " ".join(
            f"-c {each}"
            for each in (*QUICK, "listen_addresses=", f"unix_socket_directories={home}")
        )
        run("pg_ctl", "start", "--wait", f"--log={home / 'log'}", f"--options={options}")
        try:
            yield f"postgresql://{USER}@/{USER}?host={home}"
        finally:
            run("pg_ctl", "stop", "--wait", "--mode=immediate")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(words: Sequence[str]) -> int:
    folder = programs()
    if folder is None:
        print("PostgreSQL is not installed, so no test ran on it (apt install postgresql).")
        return 0
    asked = list(words) or [*PARALLEL, *(f"--ignore={each}" for each in UNTOUCHED)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the cluster is put away
    with cluster(folder) as address:
        print(f"The tests again, on PostgreSQL ({folder}):", flush=True)
        env = {**os.environ, "MONARCA_DATABASE_URL": address}
        return subprocess.run(
            [sys.executable, "-m", "pytest", *asked], env=env, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
