"""Keep an upload: looked into first, images cleaned, stored by its hash, never overwritten."""

import hashlib
import os
import tempfile
from collections.abc import Collection
from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from monarca.engines.documents import images, safety
from monarca.engines.reasons import Reason
from monarca.ground.files import policy, queries
from monarca.ground.files.models import File
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require


class FileRefused(Refused):
    """The upload is damaged, too large, of another kind, encrypted, or carries a macro."""


@transaction.atomic
def keep(
    data: bytes,
    name: str,
    *,
    by: User | None,
    at: datetime,
    kinds: Collection[str] = queries.KINDS,
) -> File:
    """Store one upload and return its row; a room that asks for voices adds `queries.SOUNDS`.

    Raises `FileRefused` with the reason a person can act on. Photographs are re-encoded
    without metadata, so that no place or person can be read from them.
    """
    require(policy.may_keep(by))
    kind = looked_into(data, name, kinds)
    clean = images.clean_image(data) if kind in {"jpg", "png"} else data
    sha256 = hashlib.sha256(clean).hexdigest()
    store(clean, sha256)
    file = File.objects.create(
        name=PurePath(name.replace("\\", "/")).name[-255:] or f"file.{kind}",
        kind=kind,
        size=len(clean),
        sha256=sha256,
        original_sha256=hashlib.sha256(data).hexdigest(),
        at=at,
        by=by,
    )
    record("file.kept", file, by=by, at=at, sha256=sha256, size=len(clean), kind=kind)
    return file


@transaction.atomic
def set_apart(data: bytes, name: str, *, by: User | None, at: datetime) -> File:
    """Keep bytes that the gates refused, as evidence: its kind is empty, it is never sent out."""
    require(policy.may_keep(by))
    sha256 = hashlib.sha256(data).hexdigest()
    store(data, sha256)
    file = File.objects.create(
        name=name[-255:] or "file",
        kind="",
        size=max(len(data), 1),
        sha256=sha256,
        original_sha256=sha256,
        at=at,
        by=by,
    )
    record("file.set_apart", file, by=by, at=at, sha256=sha256, size=len(data))
    return file


def looked_into(data: bytes, name: str, kinds: Collection[str] = queries.KINDS) -> str:
    if len(data) > queries.LIMIT:
        raise FileRefused(Reason("upload.too_large", {"megabytes": 15}))
    verdict = safety.inspect(name, data, kinds)
    if not verdict.ok:
        raise FileRefused(verdict.reason or Reason("upload.damaged"))
    if verdict.kind not in kinds:
        raise FileRefused(Reason("file.kind_not_allowed", {"extension": str(verdict.kind)}))
    return str(verdict.kind)


def store(data: bytes, sha256: str) -> None:
    """Write the bytes beside their final name, then rename: half a file is never seen."""
    path = queries.path_of(sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    os.chmod(stream.name, 0o600)  # noqa: PTH101
    os.replace(stream.name, path)  # noqa: PTH105
