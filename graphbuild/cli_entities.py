"""Commands on who is who: list the entities of a build, and write judgements on their identity down."""

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from graphbuild.console import InFolder, fail
from graphbuild.errors import GraphbuildError

Row = dict[str, Any]


def entities(
    folder: InFolder = Path("output"),
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Pairs that may be one under two names, for review.")
    ] = False,
    type_: Annotated[
        list[str] | None, typer.Option("--type", help="person, organisation, group, place or phrase; again for more.")
    ] = None,
    name: Annotated[str, typer.Option(help="Only those with this in a name or alias.")] = "",
    format_: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    top: Annotated[
        int | None, typer.Option(min=0, help="How many rows; 0 for all. A table shows 40 if not given.")
    ] = None,
    gazetteer: Annotated[
        list[Path] | None, typer.Option(help="The gazetteer folders of the build, with its judgements.")
    ] = None,
) -> None:
    """List the entities of a build with aliases and counts; or pairs of them that may be one.

    Example: `graphbuild entities --in output --type person`

    Example: `graphbuild entities --duplicates --format csv > review.csv`
    """
    from graphbuild.entities import candidate_pairs, list_entities
    from graphbuild.link.gazetteer import load_gazetteer
    from graphbuild.model import ENTITY_TYPES
    from graphbuild.records import read_build

    if format_ not in ("table", "csv", "json"):
        fail(f"entities: --format is {format_!r}; allowed are table, csv, json", 2)
    for kind in type_ or ():
        if kind not in ENTITY_TYPES:
            fail(f"entities: --type is {kind!r}; allowed are {', '.join(ENTITY_TYPES)}", 2)
    try:
        known = load_gazetteer(gazetteer or ())
        found = list_entities(read_build(folder), known, type_ or ())
        pairs = candidate_pairs(found, known) if duplicates else []
    except (GraphbuildError, OSError) as error:
        fail(error)
    wanted = name.casefold()
    columns: tuple[str, ...]
    if duplicates:
        columns = ("a", "a_name", "a_statements", "b", "b_name", "b_statements", "likeness", "reason")
        rows: list[Row] = [
            {
                "a": _curie(p.a.id), "a_name": p.a.name, "a_statements": p.a.statements, "b": _curie(p.b.id),
                "b_name": p.b.name, "b_statements": p.b.statements, "likeness": p.likeness, "reason": p.reason,
            }
            for p in pairs if any(wanted in n.casefold() for e in (p.a, p.b) for n in (e.name, *e.aliases))
        ]  # fmt: skip
    else:
        columns = ("id", "name", "type", "party", "known", "statements", "articles", "first", "last", "aliases")
        rows = [
            asdict(e) | {"id": _curie(e.id)} for e in found if any(wanted in n.casefold() for n in (e.name, *e.aliases))
        ]
    limit = top if top is not None else 40 if format_ == "table" else 0
    _show(rows[:limit] if limit else rows, columns, format_)
    if format_ == "table" and limit and len(rows) > limit:
        typer.echo(f"{limit} of {len(rows)}; --top 0 shows all")


def judge(
    verdict: Annotated[str, typer.Argument(help="same or different.")],
    a: Annotated[str, typer.Argument(help="Id of a node, as person:keir-starmer; the one that stays.")],
    b: Annotated[str, typer.Argument(help="Id of the other node.")],
    out: Annotated[Path, typer.Option(help="Your gazetteer folder; made when it is not there.")],
    name: Annotated[str, typer.Option(help="What the one that stays is called.")] = "",
    note: Annotated[str, typer.Option(help="Why, and who says so.")] = "",
) -> None:
    """Write down that two nodes are the same, or are different, for every build with this gazetteer.

    Example: `graphbuild gazetteer judge same person:bob-carr person:robert-carr --out my-gazetteer --note "checked"`
    """
    from graphbuild.link.judgements import record_judgement

    try:
        path = record_judgement(out, verdict, a, b, name=name, note=note)
    except (GraphbuildError, OSError) as error:
        fail(error)
    typer.echo(f"written to {path}; build with --gazetteer {out}")


def _curie(entity_id: str) -> str:
    return entity_id.replace("/", ":", 1)


def _show(rows: Sequence[Row], columns: Sequence[str], format_: str) -> None:
    if format_ == "json":
        typer.echo(json.dumps([{c: row[c] for c in columns} for row in rows], ensure_ascii=False, indent=1))
        return
    cells = [[_cell(row[c]) for c in columns] for row in rows]
    if format_ == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(cells)
        return
    table = Table(*columns)
    for row in cells:
        table.add_row(*row)
    Console().print(table, markup=False)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "|".join(value) if isinstance(value, list) else str(value)
