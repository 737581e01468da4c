"""Files packed in files: gzip, zip and tar, in each other to MAX_DEPTH. Nothing is written to disk under a packed name.

Each function gives the packed files as sources, one at a time; what they unpack to is counted against the size of the
outermost file, so that an archive that grows without end is left.
"""

import gzip
import posixpath
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from typing import IO

from graphbuild.errors import SourceError
from graphbuild.read.source import MAX_DEPTH, Source

# Archives in archives have to be copied before a zip directory can be read; small ones stay in memory.
_IN_MEMORY = 8 << 20


def _check_depth(source: Source) -> None:
    if source.depth >= MAX_DEPTH:
        raise SourceError(f"more than {MAX_DEPTH} archives in each other")


def unpack_gzip(source: Source) -> Iterator[Source]:
    """The file in a gzip file; its kind is told by the name without ".gz"."""
    _check_depth(source)
    filename = (
        source.filename[:-3]
        if source.ending == ".gz"
        else f"{source.stem}.tar"
        if source.ending == ".tgz"
        else source.stem
    )
    with gzip.GzipFile(fileobj=source.file) as file:
        yield source.inside(filename, file.read1, "gzip data", name=source.name)


def unpack_zip(source: Source) -> Iterator[Source]:
    """The files in a zip file, in the order of their names."""
    _check_depth(source)
    with seekable(source) as file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise SourceError(f"not a zip file, or a damaged one: {error}") from error
        with archive:
            for info in sorted(archive.infolist(), key=lambda i: i.filename):
                if info.is_dir() or _hidden(info.filename) or not _stays_inside(source, info.filename):
                    continue
                if info.flag_bits & 1:
                    source.skipped(f"{source.name}/{info.filename}", "locked with a password")
                    continue
                try:
                    member = archive.open(info)
                except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
                    source.skipped(f"{source.name}/{info.filename}", f"cannot be unpacked: {error}")
                    continue
                with member:
                    yield source.inside(info.filename, member.read, "zip data")


def unpack_tar(source: Source) -> Iterator[Source]:
    """The files in a tar file, in its order."""
    _check_depth(source)
    try:
        with tarfile.open(fileobj=source.file, mode="r|") as archive:
            for info in archive:
                if info.isdir() or _hidden(info.name) or not _stays_inside(source, info.name):
                    continue
                member = archive.extractfile(info) if info.isreg() else None
                if member is None:
                    source.skipped(f"{source.name}/{info.name}", "a link or device, not a file")
                    continue
                with closing(member):
                    yield source.inside(info.name, member.read, "tar data")
    except (tarfile.TarError, EOFError) as error:
        raise SourceError(f"not a tar file, or a damaged one: {error}") from error


def seekable(source: Source) -> IO[bytes]:
    """The source's bytes as a file that can be read from anywhere: itself, or a temporary copy of what is packed."""
    if source.path is not None and source.path.is_file():
        return source.path.open("rb")
    copy = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    while chunk := source.file.read(1 << 20):
        copy.write(chunk)
    copy.seek(0)
    return copy


def _hidden(name: str) -> bool:
    """Files that systems add: .DS_Store, __MACOSX/._a.html."""
    return posixpath.basename(name).startswith(".") or name.startswith("__MACOSX/")


def _stays_inside(source: Source, name: str) -> bool:
    """Whether a packed name stays in its archive; one that does not is named, since it means harm or damage."""
    path = posixpath.normpath(name.replace("\\", "/"))
    if path.startswith(("/", "../")) or path == ".." or path[1:2] == ":":
        source.skipped(f"{source.name}/{name}", "the name leads out of the archive")
        return False
    return True
