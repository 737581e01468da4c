"""What the commands share: errors as one line on stderr with an exit status, name=value options, the --in option."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

stderr = Console(stderr=True)
InFolder = Annotated[Path, typer.Option("--in", help="A folder that `graphbuild build` wrote.")]


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
