"""The files of a gazetteer: CSV tables with a header row, "|" between several values, ISO dates, "" for unknown."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from graphbuild.errors import OntologyError

TABLES: dict[str, tuple[str, ...]] = {
    "people": ("id", "name", "aliases", "gender", "party", "country", "wikidata", "note"),
    "parties": ("id", "name", "aliases", "adjectives", "members", "country", "colour", "wikidata"),
    "bodies": ("id", "name", "aliases", "kind", "country", "wikidata"),
    "countries": ("id", "name", "aliases", "adjectives", "code"),
    "offices": ("id", "label", "aliases", "country", "body", "rank", "seats"),
    "holders": ("office", "person", "start", "end", "note"),
    "memberships": ("person", "party", "start", "end"),
    "candidacies": ("contest", "person", "start", "end", "note"),
    "same_as": ("a", "b", "name", "note"),
    "different_from": ("a", "b", "note"),
}
_REQUIRED = {
    "people": ("id", "name"),
    "parties": ("id", "name"),
    "bodies": ("id", "name"),
    "countries": ("id", "name", "code"),
    "offices": ("id", "label"),
    "holders": ("office", "person"),
    "memberships": ("person", "party"),
    "candidacies": ("contest", "person", "start", "end"),
    "same_as": ("a", "b"),
    "different_from": ("a", "b"),
}
# Letters that do not decompose into a base letter and an accent, and marks that newspapers set in several ways.
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "ae"}
    | {"œ": "oe", "Œ": "oe", "þ": "th", "ð": "d", "-": " ", "‐": " ", "‑": " ", "–": " ", "_": " "}
    | {"'": "", "’": "", "‘": "", "`": "", ".": "", "/": ""}
)

Row = dict[str, str]


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """A name as it is compared: no case, accents, apostrophes, dots or hyphens, single spaces.

    >>> fold("Sinn Féin"), fold("Angela O’Brien-Smith"), fold(" G.O.P. ")
    ('sinn fein', 'angela obrien smith', 'gop')
    """
    if not name.isascii():
        # Decomposed before and after case folding: "İ" and the ligatures need both.
        name = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
        name = "".join(c for c in name if not unicodedata.combining(c))
    return " ".join(name.translate(_LETTERS).casefold().split())


def read_table(path: Path, table: str) -> Iterator[Row]:
    """Rows of one CSV file with all columns of its table and the line number under "line"; none when it is absent.

    Raises OntologyError for an unknown or missing column, an empty required value, or text that is not UTF-8 CSV.
    """
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        try:
            header = next(reader, [])
            unknown = sorted(set(header) - set(TABLES[table]))
            missing = sorted(set(_REQUIRED[table]) - set(header))
            if unknown or missing:
                what = f"unknown columns {unknown}" if unknown else f"no column {missing}"
                raise OntologyError(f"{path.name}: the header has {what}; allowed are {', '.join(TABLES[table])}")
            blank = dict.fromkeys(TABLES[table], "")
            for values in reader:
                if not values:
                    continue
                row = blank | dict(zip(header, values, strict=False))
                row["line"] = str(reader.line_num)
                for key in _REQUIRED[table]:
                    if not row[key]:
                        raise OntologyError(f"{path.name}, line {reader.line_num}: {key} is empty; it is required")
                yield row
        except (UnicodeDecodeError, csv.Error) as error:
            raise OntologyError(f"{path.name}: not a UTF-8 CSV file: {error}") from error


def write_tables(tables: Mapping[str, Iterable[Row]], folder: Path) -> None:
    """Write tables as sorted CSV files into a folder, each under a temporary name first."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in sorted(tables.items()):
        temporary = folder / f".{table}.csv.tmp"
        with temporary.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(TABLES[table])
            writer.writerows(sorted(tuple(row.get(key, "") for key in TABLES[table]) for row in rows))
        temporary.replace(folder / f"{table}.csv")


def split(value: str) -> tuple[str, ...]:
    """The values of a cell."""
    return tuple(part for part in value.split("|") if part) if value else ()
