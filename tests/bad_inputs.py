"""Inputs that go wrong, each made in a folder; the text of a good article for beside them."""

import gzip
import hashlib
import io
import json
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

GOOD = (
    "Keir Starmer sacked Sam Tarry as a shadow minister on Wednesday. "
    "Anas Sarwar called on Keir Starmer to think again, and John McDonnell criticised the decision."
)
FACT = ("Sam Tarry", "sacked_by", "Keir Starmer")
MB = 1 << 20


def line(text: str = GOOD, **fields: object) -> bytes:
    return json.dumps({"text": text, "date": "2022-07-27"} | fields).encode() + b"\n"


def zipped(files: dict[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes], links: dict[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return out.getvalue()


def gzip_bomb(size: int) -> bytes:
    """A gzip file of ``size`` zero bytes, made a piece at a time."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = b"0" * MB
    return b"".join(packer.compress(piece) for _ in range(size // MB)) + packer.flush()


def zip_bomb() -> bytes:
    """Zips in zips, each with ten of the next: a gigabyte in ten kilobytes."""
    data = zipped({"a.txt": b"0" * (10 * MB)})
    for _ in range(2):
        data = zipped({f"{n}.zip": data for n in range(10)})
    return data


def locked_zip() -> bytes:
    """A zip file whose member says that it is encrypted."""
    data = bytearray(zipped({"a.txt": GOOD.encode()}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + place
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 1)
    return bytes(data)


LAUGHS = (
    b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">"""
    + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9))
    + b"""]><rss version="2.0"><channel><title>&j;</title><item><title>x</title><description>&j;</description></item></channel></rss>"""
)

FILES: dict[str, bytes] = {
    "binary.txt": bytes(range(256)) * 400,
    "binary.html": bytes(range(256)) * 400,
    "binary.jsonl": bytes(range(256)) * 400,
    "binary.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "binary.docx": b"PK\x03\x04" + bytes(range(256)) * 400,
    "binary.rtf": bytes(range(256)) * 400,
    "binary.warc": bytes(range(256)) * 400,
    "binary.rss": bytes(range(256)) * 400,
    "binary.zip": bytes(range(256)) * 400,
    "binary.tar": bytes(range(256)) * 400,
    "binary.gz": bytes(range(256)) * 400,
    "strange.xyz": b"strange",
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "empty.jsonl": b"",
    "empty.csv": b"",
    "empty.html": b"",
    "empty.zip": b"",
    "no_article.html": b"<html><body><nav>Home</nav></body></html>",
    "broken.jsonl": b'{"text": "no end\n',
    "list.jsonl": b"[1, 2]\n",
    "number.jsonl": b'{"text": 5}\n',
    "deep.jsonl": b'{"text": ' + b"[" * 200_000 + b"]" * 200_000 + b"}\n",
    "no_text.jsonl": b'{"body": "some words"}\n',
    "no_text.csv": b"id,body\n1,some words\n",
    "bad_date.jsonl": line(date="last Tuesday", id="bad_date"),
    "cut.jsonl.gz": gzip.compress(b"".join(line(id=f"cut{n}", title=hashlib.sha512(b"%d" % n).hexdigest() * 9) for n in range(40)))[:-200],
    "cut.zip": zipped({"a.txt": GOOD.encode()})[:-30],
    "cut.tar": tarred({"a.txt": GOOD.encode() * 500})[:2000],
    "bomb.txt.gz": gzip_bomb(500 * MB),
    "bomb.jsonl.gz": gzip_bomb(500 * MB),
    "bomb.zip": zip_bomb(),
    "locked.zip": locked_zip(),
    "outside.zip": zipped({"../../outside.txt": GOOD.encode(), "C:\\outside.txt": GOOD.encode()}),
    "outside.tar": tarred({"/etc/outside.txt": GOOD.encode()}, {"passwd.txt": "/etc/passwd"}),
    "deep.zip": b"",
    "laughs.rss": LAUGHS,
    "laughs.xml": LAUGHS,
    "other.xml": b"<?xml version='1.0'?><note>no feed</note>",
    "no_entries.rss": b"<rss version='2.0'><channel><title>t</title></channel></rss>",
    "deep.html": b"<html><body>" + b"<div>" * 100_000 + b"x" + b"</div>" * 100_000,
    "nul.txt": GOOD.encode().replace(b" ", b"\x00"),
    "greek.txt": "Ο πρωθυπουργός παραιτήθηκε τη Δευτέρα.".encode("iso8859-7") * 20,
    "german.txt": (
        "Der Bundeskanzler hat am Montag erklärt, dass die Regierung das Gesetz nicht zurückziehen werde, und die "
        "Opposition kritisierte ihn dafür scharf."
    ).encode(),
    "chinese.txt": "首相は月曜日に辞任を発表した。野党はこの決定を歓迎した。".encode(),
    "long_line.jsonl": b"",  # 100 MB, written by make
    "long_line.txt": b"",
}  # fmt: skip
# Strange inputs that can be read, with the text that has to come out.
ODD: dict[str, bytes] = {
    "one_word.txt": b"Resigned",
    "utf16.txt": GOOD.encode("utf-16"),
    "utf16_bare.txt": GOOD.encode("utf-16-le"),
    "utf8_mark.txt": b"\xef\xbb\xbf" + GOOD.encode(),
    "cp1252.txt": f"“{GOOD}” – said the café".encode("cp1252"),
    "mixed.txt": f"The café said:\n“{GOOD}”\n".encode() + "An aside – by the café\n".encode("cp1252"),
    "surrogate.jsonl": b'{"id": "surrogate", "text": "\\ud800 ' + GOOD.encode() + b' \\udfff", "title": "\\ud83d"}\n',
    "nul.jsonl": line(GOOD.replace("Wednesday. ", "Wednesday.\x00 "), id="nul_json"),
    "unseen.jsonl": line("\u202b\u200f" + GOOD.replace(" as ", " \u200bas "), id="unseen"),
    "hebrew.jsonl": line(GOOD + " “שלום”, he said.", id="hebrew"),
    "twice.jsonl": line(id="twice") + line(GOOD + " It rained.", id="twice"),
}


def make(folder: Path) -> None:
    """Write all of them, the long ones too, and links that go wrong."""
    for name, data in (FILES | ODD).items():
        (folder / name).write_bytes(data)
    deep = GOOD.encode()
    for n in range(9):
        deep = zipped({f"{n}.zip" if n else "a.txt": deep})
    (folder / "deep.zip").write_bytes(deep)
    with (folder / "long_line.txt").open("wb") as file:
        for _ in range(100):
            file.write(b"a " * (MB // 2))
    with (folder / "long_line.jsonl").open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(100):
            file.write(b"a " * (MB // 2))
        file.write(b'"}\n' + line(id="after_the_long_line"))
    (folder / "loop").mkdir()
    os.symlink(folder / "loop", folder / "loop" / "again")
    os.symlink("itself.txt", folder / "itself.txt")
    os.symlink("nowhere", folder / "nowhere.txt")
    (folder / "folder.txt").mkdir()
    (folder / "good.txt").write_text(GOOD, "utf-8")


Reasons = dict[str, list[str]]
Report = Callable[[str, str], None]
