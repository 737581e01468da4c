"""What the commands share: errors as one line on stderr with an exit status, name=value options, the --in option."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table

stderr = Console(stderr=True)
InFolder = Annotated[Path, typer.Option("--in", help="A folder that `graphbuild build` wrote.")]
Map = Annotated[str, typer.Option("--map", help="Column names in JSONL, CSV, TSV: text=body,date=published.")]

MinConfidence = Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out less certain statements.")]
AnyTopic = Annotated[
    bool, typer.Option("--any-topic", help="Read also articles that are not about politics; expect wrong statements.")
]


def fail(message: object, status: int = 1) -> NoReturn:
    """Say what is wrong and leave: status 1 for an error, 2 for bad usage."""
    stderr.print(f"graphbuild: {message}", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(status)


def pairs(values: list[str] | None, option: str) -> dict[str, str]:
    """The name=value settings of an option that may be given more than once."""
    found = {}
    for value in values or []:
        key, equals, rest = value.partition("=")
        if not equals or not key:
            fail(f"{option} {value!r}: write it as name=value", 2)
        found[key] = rest
    return found


def columns_of(given: str) -> dict[str, str]:
    """The column of each field that --map names."""
    from graphbuild.read.tables import FIELDS

    mapping = pairs(given.split(",") if given else [], "--map")
    unknown = sorted(set(mapping) - set(FIELDS))
    if unknown:
        fail(f"--map: {unknown[0]!r} is no field; write FIELD=COLUMN with the fields {', '.join(FIELDS)}", 2)
    return mapping


def print_rows(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], prefixes: Mapping[str, str]) -> None:
    """An answer for people: a table, or row below row where the terminal is too narrow for one; IRIs as CURIEs.

    Where the output is no terminal a line is as long as it needs to be.
    """
    if not rows:
        stderr.print("no rows: nothing in the graph answers this", markup=False, highlight=False)
        return
    written = [{c: _cell(row[c], prefixes) for c in columns} for row in rows]
    # A column without any value tells nothing.
    shown = [c for c in columns if any(row[c] for row in written)]
    table = Table(*shown)
    for row in written:
        table.add_row(*(row[c] for c in shown))
    out = Console(width=None if sys.stdout.isatty() else 100_000)
    needed = sum(3 + min(24, max(len(c), *(len(row[c]) for row in written))) for c in shown)
    if sys.stdout.isatty() and needed > out.width:
        for number, row in enumerate(written, 1):
            out.rule(str(number), align="left")
            for c in shown:
                if row[c]:
                    out.print(f"{c}: {row[c]}", markup=False, highlight=False, soft_wrap=True)
        return
    out.print(table, markup=False)


def _cell(value: Any, prefixes: Mapping[str, str]) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    for name, namespace in prefixes.items():
        if value.startswith(namespace) and len(value) > len(namespace):
            return f"{name}:{value[len(namespace) :]}"
    return value
