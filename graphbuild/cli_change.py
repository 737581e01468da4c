"""Commands that change a finished build: add, replace and remove articles, correct statements."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphbuild.console import AnyTopic, InFolder, Map, MinConfidence, columns_of, fail, pairs, stderr
from graphbuild.errors import GraphbuildError

if TYPE_CHECKING:
    from graphbuild.update import Update

Sources = Annotated[list[Path], typer.Argument(help="Files or folders, as for `graphbuild build`.")]
Model = Annotated[str, typer.Option(help="The model that the build was made with.")]
Folders = Annotated[list[Path] | None, typer.Option("--gazetteer", help="The gazetteer folders of the build.")]


def add(
    sources: Sources,
    folder: InFolder = Path("output"),
    model: Model = "",
    gazetteer: Folders = None,
    map_: Map = "",
    any_topic: AnyTopic = False,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Add articles to a build, one transaction each; what it has already is left alone.

    Example: `graphbuild add new/ --in output`
    """
    _put(
        sources, folder, map_, replace=False, model=model, gazetteer=gazetteer or (), any_topic=any_topic,
        min_confidence=min_confidence,
    )  # fmt: skip


def replace(
    sources: Sources,
    folder: InFolder = Path("output"),
    model: Model = "",
    gazetteer: Folders = None,
    map_: Map = "",
    any_topic: AnyTopic = False,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Put articles in place of those of the same id, and add the others.

    Example: `graphbuild replace corrected.jsonl --in output`
    """
    _put(
        sources, folder, map_, replace=True, model=model, gazetteer=gazetteer or (), any_topic=any_topic,
        min_confidence=min_confidence,
    )  # fmt: skip


def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids of articles.")],
    folder: InFolder = Path("output"),
    model: Model = "",
    gazetteer: Folders = None,
    any_topic: AnyTopic = False,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Remove articles, and from the graph what they alone supported.

    Example: `graphbuild remove herald-2026-02-09 --in output`
    """
    from graphbuild.update import remove_articles

    try:
        _tell(
            remove_articles(
                folder, ids, model=model, any_topic=any_topic, min_confidence=min_confidence, gazetteer=gazetteer or ()
            )
        )
    except (GraphbuildError, OSError) as error:
        fail(error)


def correct(
    action: Annotated[str, typer.Argument(help="reject, change or add.")],
    folder: InFolder = Path("output"),
    match: Annotated[
        list[str] | None,
        typer.Option(help="Which statements: subject='Keir Starmer', relation=, object=, article=, statement= ..."),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", help="What to put: object='person:Ed Miliband', relation=, polarity=, modality= ..."),
    ] = None,
    quote: Annotated[str, typer.Option(help="For add: the sentence as it stands in the article.")] = "",
    article: Annotated[str, typer.Option(help="For add: the id of the article.")] = "",
    by: Annotated[str, typer.Option(help="Who decides this.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Reject, change or add statements; the decision is kept in corrections.jsonl and survives every new build.

    Example: `graphbuild correct reject --match subject="Keir Starmer" --match relation=criticises --by "J. Doe"`

    Example: `graphbuild correct change --match statement=ID --set object="person:Ed Miliband"`

    Example: `graphbuild correct add --article a1 --quote "She backs him." --set subject="person:Angela Rayner" --set relation=supports --set object="person:Keir Starmer"`
    """
    from graphbuild.corrections import ACTIONS, Correction
    from graphbuild.update import correct as run

    if action not in ACTIONS:
        fail(f"correct: action is {action!r}; allowed are {', '.join(ACTIONS)}", 2)
    parts = {k: _entity(k, v) for k, v in pairs(set_, "--set").items()}
    evidence = {"article": article, "text": quote} if article or quote else {}
    decision = Correction(
        action, pairs(match, "--match"), parts, evidence, reason=reason, by=by, date=date.today().isoformat()
    )
    try:
        _tell(run(folder, decision))
    except (GraphbuildError, OSError) as error:
        fail(error)


def _entity(key: str, value: str) -> Any:
    """subject, object and source are written type:name; nothing stands for "not known"."""
    if key not in ("subject", "object", "source"):
        return value
    if not value:
        return None
    kind, colon, name = value.partition(":")
    if not colon:
        fail(f"--set {key}={value!r}: write it as type:name, for example person:{value}", 2)
    return {"type": kind, "name": name}


def _put(sources: list[Path], folder: Path, map_: str, *, replace: bool, **reading: Any) -> None:
    """Add or replace articles; ``reading`` are the options of the build that add_articles takes."""
    from graphbuild.update import add_articles

    mapping = columns_of(map_)
    try:
        _tell(add_articles(folder, sources, replace=replace, mapping=mapping, **reading))
    except (GraphbuildError, OSError) as error:
        fail(error)


def _tell(done: "Update") -> None:
    for item in done.skipped:
        stderr.print(f"skipped {item['input']}: {item['reason']}", markup=False, highlight=False, soft_wrap=True)
    told = [
        f"{len(ids)} {what}"
        for what in ("added", "replaced", "removed", "unchanged", "corrected")
        if (ids := getattr(done, what))
    ]
    typer.echo(f"articles: {', '.join(told) or 'nothing changed'}")
