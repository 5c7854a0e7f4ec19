"""Zip archives opened within a budget: entries, sizes and ratios before any byte is inflated."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from monarca.engines.reasons import Reason, Value

CHUNK = 1 << 16
END = b"PK\x05\x06"
END_64 = b"PK\x06\x06"
LOCATOR_64 = b"PK\x06\x07"
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    UnicodeError,
)


class Refused(Exception):
    """The file is not read; `reason` says why."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.reason = Reason(code, values)


@dataclass(frozen=True, slots=True)
class Budget:
    """What an archive may cost; sizes in bytes, `ratio` = inflated size by packed size."""

    entries: int = 2_000
    directory: int = 1 << 20
    total: int = 48 << 20
    member: int = 20 << 20
    ratio: int = 150
    ratio_from: int = 1 << 20


OFFICE = Budget()
LETTERS = Budget(entries=500, total=200 << 20, member=15 << 20, ratio=150)


class Archive:
    """A zip file whose every read is bounded; use `opened` to make one."""

    def __init__(self, inner: zipfile.ZipFile, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget
        self._infos = {info.filename: info for info in inner.infolist()}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._infos)

    def size(self, name: str) -> int:
        return self._infos[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """The member in pieces of 64 KB; raises Refused when it is damaged or larger than told."""
        read = 0
        try:
            with self._inner.open(self._infos[name]) as stream:
                while piece := stream.read(CHUNK):
                    read += len(piece)
                    if read > self._budget.member:
                        raise Refused("file.bomb", member=name)
                    yield piece
        except BROKEN as error:
            raise Refused("file.damaged", member=name) from error

    def read(self, name: str) -> bytes:
        """All of one member; raises Refused, KeyError when there is none of that name."""
        if name not in self._infos:
            raise KeyError(name)
        return b"".join(self.chunks(name))


def _directory(data: bytes) -> tuple[int, int]:
    """Entries and bytes of the central directory as its end record states them."""
    at = data.rfind(END, max(0, len(data) - 65_557))
    if at < 0 or len(data) < at + 22:
        raise Refused("file.damaged")
    count, size = struct.unpack_from("<HI", data, at + 10)
    if at >= 76 and data[at - 20 : at - 16] == LOCATOR_64:
        at_64 = data.rfind(END_64, max(0, at - 4_096), at)
        if at_64 < 0 or len(data) < at_64 + 48:
            raise Refused("file.damaged")
        count, size = struct.unpack_from("<QQ", data, at_64 + 32)
    return count, size


def _weigh(infos: list[zipfile.ZipInfo], budget: Budget) -> None:
    total = 0
    for info in infos:
        total += info.file_size
        if info.flag_bits & 0x1:
            raise Refused("file.encrypted")
        packed = max(info.compress_size, 1)
        heavy = info.file_size > budget.ratio_from and info.file_size > budget.ratio * packed
        if heavy or info.file_size > budget.member or total > budget.total:
            raise Refused("file.bomb", member=info.filename[:80], bytes=info.file_size)


def opened(data: bytes, budget: Budget = OFFICE) -> Archive:
    """The archive in `data`, weighed before anything is inflated; raises Refused.

    The end record is checked before `zipfile` reads the directory, so that an archive of a
    million empty entries costs nothing; the directory's sizes are checked next; every later
    read is bounded again, because a directory may lie.
    """
    count, size = _directory(data)
    if count > budget.entries or size > budget.directory:
        raise Refused("file.too_many_parts", entries=count)
    try:
        inner = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise Refused("file.damaged") from error
    infos = inner.infolist()
    if len(infos) > budget.entries:
        raise Refused("file.too_many_parts", entries=len(infos))
    _weigh(infos, budget)
    return Archive(inner, budget)
