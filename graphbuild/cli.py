"""The command line: every command is a thin call of the library.

Exit status 0; 1 for an error, and under --strict when an input could not be read; 2 for bad usage.
"""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from graphbuild import cli_change, cli_entities
from graphbuild.cli_progress import build_progress
from graphbuild.console import AnyTopic, InFolder, Map, MinConfidence, columns_of, fail, pairs, print_rows, stderr
from graphbuild.errors import GraphbuildError

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "jsonld", "rdfxml")


class Engine(StrEnum):
    """What reads the articles of a build."""

    local = "local"
    dask = "dask"


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Turn news articles about party politics into a knowledge graph whose every edge leads to its sentence.",
)
gazetteer_app = typer.Typer(no_args_is_help=True, help="The lists of known people, parties and dated offices.")
app.add_typer(gazetteer_app, name="gazetteer")
app.command("add")(cli_change.add)
app.command("replace")(cli_change.replace)
app.command("remove")(cli_change.remove)
app.command("correct")(cli_change.correct)
app.command("entities")(cli_entities.entities)
gazetteer_app.command("judge")(cli_entities.judge)


@app.command()
def build(
    sources: Annotated[
        list[Path] | None, typer.Argument(help="Files, archives or folders; - reads standard input.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the result.")] = Path("output"),
    sample: Annotated[bool, typer.Option("--sample", help="Build the bundled sample articles.")] = False,
    model: Annotated[str, typer.Option(help="An installed English spaCy pipeline; the small one if not given.")] = "",
    min_confidence: MinConfidence = 0.0,
    gazetteer: Annotated[
        list[Path] | None, typer.Option(help="A folder of gazetteer files, beside the shipped one.")
    ] = None,
    map_: Map = "",
    any_topic: AnyTopic = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read articles; the result is the same.")] = 1,
    engine: Annotated[
        Engine, typer.Option(help="Where articles are read: this machine, or a Dask cluster.")
    ] = Engine.local,
    scheduler: Annotated[str, typer.Option(help="Dask: the scheduler's address, as tcp://10.0.0.1:8786.")] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with status 1 when an input could not be read.")
    ] = False,
) -> None:
    """Build a graph: statements.jsonl, articles.jsonl, graph.ttl, graph.html, store/ and report.json.

    Example: `graphbuild build articles/ more.jsonl --out output`
    """
    from graphbuild.pipeline import build as run

    inputs = [*(sources or []), *([Path(__file__).with_name("sample")] if sample else [])]
    if not inputs:
        fail("build: give at least one file or folder, or --sample", 2)
    mapping = columns_of(map_)
    if (engine is Engine.dask) != bool(scheduler):
        fail("build: --engine dask and --scheduler ADDRESS go together", 2)
    with build_progress(inputs) as tell:
        try:
            report = run(
                inputs, out, model=model, min_confidence=min_confidence, any_topic=any_topic, gazetteer=gazetteer or (),
                mapping=mapping, workers=workers, scheduler=scheduler, progress=tell,
            )  # fmt: skip
        except KeyboardInterrupt:
            fail("stopped; what was read is kept, and the same command goes on where it stopped", 130)
        except (GraphbuildError, OSError) as error:
            fail(error)
    for item in report.skipped:
        stderr.print(f"skipped {item['input']}: {item['reason']}", markup=False, highlight=False, soft_wrap=True)
    told = [f"{report.reused} read before"] if report.reused else []
    told += [f"{report.off_topic} not about politics"] if report.off_topic else []
    noted = f" ({', '.join(told)})" if told else ""
    typer.echo(f"{report.articles} articles{noted}, {report.statements} statements, {report.triples} triples in {out}")
    if strict and report.skipped:
        raise typer.Exit(1)


@app.command()
def query(
    what: Annotated[
        str, typer.Argument(help="A shipped query's name, a .rq file, or SPARQL text; `list` lists the shipped.")
    ],
    folder: InFolder = Path("output"),
    param: Annotated[
        list[str] | None,
        typer.Option(help="A parameter of a shipped query, as person='Keir Starmer'; `query list` names them."),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", help="table, csv, tsv, json, xml; turtle, ntriples, jsonld, rdfxml for graphs.")
    ] = "table",
    timeout: Annotated[float, typer.Option(help="Seconds until the query is stopped.")] = 30.0,
) -> None:
    """Run a shipped query, a file or SPARQL text over a built graph.

    Example: `graphbuild query resignation-calls --param person="Keir Starmer"`
    """
    from graphbuild.query import run_query
    from graphbuild.query_library import shipped_queries
    from graphbuild.vocab import prefixes

    if what == "list":
        for name, shipped in sorted(shipped_queries().items()):
            typer.echo(f"{name:22} {shipped.description}")
            for p in shipped.parameters:
                typer.echo(f"{'':24}--param {p.name}=   {p.help}{' (required)' if p.required else ''}")
        return
    if format_ not in FORMATS:
        fail(f"query: unknown format {format_!r}; allowed are {', '.join(FORMATS)}", 2)
    try:
        text = what
        if what.endswith(".rq") and what[:-3] not in shipped_queries():
            if not Path(what).is_file():
                fail(f"query: {what}: no such file, and no shipped query; `graphbuild query list` lists these")
            text = Path(what).read_text("utf-8")
        answer = run_query(
            folder, text, pairs(param, "--param"), timeout=timeout, format="json" if format_ == "table" else format_
        )
    except (GraphbuildError, OSError) as error:
        fail(error)
    if format_ != "table" or answer.kind != "rows":
        sys.stdout.buffer.write(answer.body)
        return
    print_rows(answer.variables, answer.rows(), prefixes())


@app.command()
def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help="`list` lists the formats.")],
    target: Annotated[Path | None, typer.Argument(help="File or folder to write.")] = None,
    folder: InFolder = Path("output"),
    focus: Annotated[str, typer.Option(help="html: only what is linked to this name.")] = "",
    hops: Annotated[int, typer.Option(min=0, help="html: how many links around --focus.")] = 2,
    since: Annotated[str, typer.Option(help="html: from this year, month or day on, as 2016-06.")] = "",
    until: Annotated[str, typer.Option(help="html: up to this year, month or day.")] = "",
    relation: Annotated[
        list[str] | None, typer.Option(help="html: only this relation; give it again for more.")
    ] = None,
) -> None:
    """Write a built graph in another format; the web page `html` can be narrowed.

    Example: `graphbuild export graphml network.graphml --in output`

    Example: `graphbuild export html starmer.html --focus "Keir Starmer" --hops 1 --since 2024-07`
    """
    from graphbuild.export import EXPORTERS
    from graphbuild.records import read_build

    if format_ == "list" or format_ not in EXPORTERS or target is None:
        lines = "\n".join(
            f"{name:12} {(function.__doc__ or '').splitlines()[0]}" for name, function in sorted(EXPORTERS.items())
        )
        if format_ == "list":
            typer.echo(lines)
            return
        fail(f"export: give a format ({', '.join(sorted(EXPORTERS))}) and a target file", 2)
    narrowed = {"focus": focus, "since": since, "until": until, "relation": relation or ()}
    if format_ != "html" and any(narrowed.values()):
        fail("export: --focus, --hops, --since, --until and --relation go with html", 2)
    try:
        if format_ == "html":
            from graphbuild.export.html import write_page

            write_page(
                read_build(folder), target, focus=focus, hops=hops, since=since, until=until, relation=relation or ()
            )
        else:
            EXPORTERS[format_](folder, target)
    except (GraphbuildError, OSError) as error:
        fail(error)
    typer.echo(f"wrote {target}")


@app.command()
def stats(
    folder: InFolder = Path("output"),
    top: Annotated[int, typer.Option(help="How many actors to list.")] = 8,
) -> None:
    """A short table of what a build holds: statements by relation, who is attacked and supported most, the balance.

    Example: `graphbuild stats --in output`
    """
    from graphbuild.analysis import summary
    from graphbuild.records import read_build

    try:
        found = summary(read_build(folder))
    except (GraphbuildError, OSError) as error:
        fail(error)
    balance = found["balance"]
    rows = [
        ("articles", f"{found['articles']}, published {found['first'] or '?'} to {found['last'] or '?'}"),
        ("actors", ", ".join(f"{n} {kind}s" for kind, n in found["actors"].most_common())),
        (
            "statements",
            f"{found['statements']}: " + ", ".join(f"{k} {n}" for k, n in found["modalities"].most_common()),
        ),
        ("relations", ", ".join(f"{name} {n}" for name, n in found["relations"].most_common())),
        *(
            (f"most {what}", ", ".join(f"{name} {n}" for name, n in sorted(found[what], key=lambda x: -x[1])[:top]))
            for what in ("attacked", "supported")
        ),
        ("balance", f"{balance['balanced']} of {balance['triangles']} triangles are balanced"),
    ]
    table = Table(show_header=False)
    for name, value in rows:
        table.add_row(name, value or "nothing")
    Console().print(table, markup=False)


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="A build's folder; without it only the data files.")] = None,
) -> None:
    """Check the ontology's data files, and a built graph against the SHACL shapes and its articles.

    Example: `graphbuild check output`
    """
    from graphbuild.validate import check_graph, check_ontologies

    try:
        problems = [*check_ontologies(), *(check_graph(folder) if folder is not None else [])]
    except (GraphbuildError, OSError) as error:
        fail(error)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        fail(f"{len(problems)} problems")
    typer.echo("no problems")


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated articles, one JSON object a line.")],
    predicted: Annotated[Path, typer.Argument(help="A build's folder or a statements.jsonl.")] = Path("output"),
    errors: Annotated[int, typer.Option(help="How many misses and false hits to show.")] = 0,
) -> None:
    """Precision, recall and F1 of statements against annotated articles, with each error explained.

    Example: `graphbuild evaluate gold.jsonl output --errors 20`
    """
    from graphbuild.evaluate import evaluate_files

    try:
        score = evaluate_files(gold, predicted)
    except (GraphbuildError, OSError) as error:
        fail(error)
    for line in score.lines(errors):
        typer.echo(line)


@app.command()
def serve(
    folder: Annotated[Path, typer.Argument(help="A folder that `graphbuild build` wrote.")] = Path("output"),
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    timeout: Annotated[float, typer.Option(help="Seconds until a query is stopped.")] = 30.0,
    cors: Annotated[list[str] | None, typer.Option(help="Origin that may read answers from another page.")] = None,
) -> None:
    """Serve a built graph: a read-only SPARQL endpoint, a query page and a page for every entity.

    Example: `graphbuild serve output --port 8000`, then open http://127.0.0.1:8000/
    """
    try:
        from graphbuild.serve import serve as run
    except ImportError as error:
        fail(f"serve: needs more packages ({error.name}): pip install 'graphbuild[serve]'")

    def started(address: str) -> None:
        stderr.print(f"{address}  (SPARQL: {address}sparql; stop with Ctrl-C)", highlight=False)

    try:
        run(folder, host=host, port=port, timeout=timeout, cors=cors or (), started=started)
    except GraphbuildError as error:
        fail(error)


@gazetteer_app.command("import")
def gazetteer_import(
    file: Annotated[
        Path, typer.Argument(help="Popolo JSON, congress-legislators YAML, Wikidata CSV or JSON, plain CSV.")
    ],
    out: Annotated[Path, typer.Option(help="Folder for the gazetteer files.")],
) -> None:
    """Turn an authority file into a gazetteer that `build --gazetteer` reads beside the shipped one.

    Example: `graphbuild gazetteer import people.json --out my-gazetteer`
    """
    from graphbuild.link.importers import import_gazetteer

    try:
        counts = import_gazetteer(file, out)
    except (GraphbuildError, OSError) as error:
        fail(error)
    typer.echo(", ".join(f"{count} {name}" for name, count in counts.items()) + f" in {out}")


def main() -> None:
    """Entry point of the console script."""
    app()


if __name__ == "__main__":
    main()
