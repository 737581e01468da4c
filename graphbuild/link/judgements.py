"""Human judgements on identity: two nodes are one (same_as.csv), or are not (different_from.csv).

A row has two ids, ``a`` and ``b`` ("person:keir-starmer", also "person/keir-starmer"), and a ``note``. In same_as.csv
``a`` is the node that stays and ``name``, where given, what it is called. The rows stand in a gazetteer folder, shipped
or the user's, and hold for everything that is read with it. What a later folder says of two ids counts.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from graphbuild.errors import OntologyError
from graphbuild.link.gazetteer_files import TABLES, Row, read_table
from graphbuild.model import ENTITY_TYPES, Entity
from graphbuild.vocab import node_id

SAME, DIFFERENT = "same", "different"
FILES = {SAME: "same_as", DIFFERENT: "different_from"}
Pair = frozenset[str]


@dataclass(slots=True)
class Judgements:
    """``same``: a pair -> (the id that stays, its name or ""); ``different``: the pairs told apart; later rows count."""

    same: dict[Pair, tuple[str, str]] = field(default_factory=dict)
    different: dict[Pair, str] = field(default_factory=dict)

    def add(self, folder: Path, same: Iterable[Row], different: Iterable[Row]) -> None:
        """Take in the rows of one folder. Raises OntologyError for an id that is none, for ids of different kinds, and
        for a folder that says both of one pair."""
        here: set[Pair] = set()
        for row in same:
            a, b, where = _ids(folder, FILES[SAME], row)
            here.add(frozenset((a, b)))
            self.different.pop(frozenset((a, b)), None)
            self.same[frozenset((a, b))] = (a, row["name"])
        for row in different:
            a, b, where = _ids(folder, FILES[DIFFERENT], row)
            pair = frozenset((a, b))
            if pair in here:
                raise OntologyError(f"{where}: {row['a']} and {row['b']} are also in same_as.csv; only one can hold")
            self.same.pop(pair, None)
            self.different[pair] = where

    def stays(self) -> tuple[dict[str, str], dict[str, str]]:
        """(id -> the id that stays in its place, id that stays -> its name), chains followed to their end.

        Raises OntologyError when a chain of same_as rows joins two ids that different_from.csv tells apart.
        """
        target: dict[str, str] = {}

        def end(given: str) -> str:
            while given in target:
                given = target[given]
            return given

        called: dict[str, str] = {}
        for pair, (a, name) in self.same.items():
            (b,) = pair - {a}
            if name:
                called[a] = name
            if end(a) != end(b):
                target[end(b)] = end(a)
        for pair, where in self.different.items():
            first, second = sorted(pair)
            if end(first) == end(second):
                raise OntologyError(
                    f"{where}: same_as.csv makes {first} and {second} one over other rows; take one away"
                )
        return {given: end(given) for given in sorted(target)}, {end(a): name for a, name in called.items()}

    def apart(self) -> frozenset[Pair]:
        """The pairs that people told apart."""
        return frozenset(self.different)


def judged(entity: Entity, stays: Mapping[str, str], called: Mapping[str, str], known: Mapping[str, Entity]) -> Entity:
    """The entity that stays in this one's place; the same one where nobody judged it."""
    given = stays.get(entity.id, entity.id)
    if given in known:
        return known[given]
    if given == entity.id and given not in called:
        return entity
    return replace(entity, id=given, name=called.get(given, entity.name))


def record_judgement(folder: Path, verdict: str, a: str, b: str, *, name: str = "", note: str = "") -> Path:
    """Write a judgement into a gazetteer folder, in place of an earlier one on the same two, and return its file.

    ``verdict`` is "same" or "different"; ``a`` stays where they are the same and is then called ``name``. Raises
    OntologyError for ids that are none, and for one that contradicts other rows of the folder.
    """
    folder = Path(folder)
    if verdict not in FILES:
        raise OntologyError(f"judge: verdict is {verdict!r}; allowed are {', '.join(FILES)}")
    new = {"a": _shown(a), "b": _shown(b), "name": name, "note": note, "line": "new"}
    _ids(folder, FILES[verdict], new)
    tables = {}
    for kind, table in FILES.items():
        rows = list(read_table(folder / f"{table}.csv", table))
        tables[kind] = [r for r in rows if {_shown(r["a"]), _shown(r["b"])} != {new["a"], new["b"]}]
    tables[verdict].append(new)
    check = Judgements()
    check.add(folder, tables[SAME], tables[DIFFERENT])
    check.stays()
    folder.mkdir(parents=True, exist_ok=True)
    for kind, table in FILES.items():
        if tables[kind] or (folder / f"{table}.csv").is_file():
            _write(folder / f"{table}.csv", TABLES[table], tables[kind])
    return folder / f"{FILES[verdict]}.csv"


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    temporary.replace(path)


def _shown(given: str) -> str:
    """An id as the files have it, "person:keir-starmer"; what is no id stays as it is."""
    kind, slash, name = given.partition("/")
    return f"{kind}:{name}" if slash and kind in ENTITY_TYPES else given


def _ids(folder: Path, table: str, row: Row) -> tuple[str, str, str]:
    where = f"{folder.name}/{table}.csv, line {row['line']}"
    found = [node_id(row[key]) for key in ("a", "b")]
    for key, given in zip(("a", "b"), found, strict=True):
        if given.partition("/")[0] not in ENTITY_TYPES:
            raise OntologyError(f"{where}: {key} is {row[key]!r}; write the id of a node, such as person:keir-starmer")
    a, b = found
    if a == b or a.partition("/")[0] != b.partition("/")[0]:
        raise OntologyError(f"{where}: {row['a']} and {row['b']} must be two nodes of one kind")
    return a, b, where
