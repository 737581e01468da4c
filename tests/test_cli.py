"""The command line as a user calls it: exit status, messages, output formats, help with examples."""

import csv
import io
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from graphbuild.cli import app
from graphbuild.console import print_rows

COMMANDS = [
    "build",
    "query",
    "export",
    "check",
    "evaluate",
    "serve",
    "gazetteer import",
    "stats",
    "add",
    "replace",
    "remove",
    "correct",
]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.mark.parametrize("command", COMMANDS)
def test_help_gives_an_example(command: str) -> None:
    answer = run(*command.split(), "--help")
    assert answer.exit_code == 0
    assert f"graphbuild {command}" in " ".join(answer.output.split())
    assert "Example" in answer.output


def test_build_reports_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Boris Johnson sacked Michael Gove on Wednesday.", "utf-8")
    answer = run("build", tmp_path / "a.txt", "--out", tmp_path / "out")
    assert answer.exit_code == 0
    assert "1 articles" in answer.output
    assert (tmp_path / "out" / "graph.ttl").is_file()


def test_a_build_is_changed_from_a_table_with_columns_of_other_names(tmp_path: Path) -> None:
    table, out = tmp_path / "a.csv", tmp_path / "out"
    head = "key,body,published\n"
    table.write_text(head + "one,Boris Johnson sacked Michael Gove on Wednesday.,2022-07-06\n", "utf-8")
    mapping = ("--map", "id=key,text=body,date=published")
    assert run("build", table, "--out", out, *mapping).exit_code == 0
    table.write_text(head + "two,Sajid Javid criticised Boris Johnson.,2022-07-07\n", "utf-8")
    assert "1 added" in run("add", table, "--in", out, *mapping).output
    table.write_text(head + "two,Sajid Javid praised Boris Johnson.,2022-07-07\n", "utf-8")
    assert "1 replaced" in run("replace", table, "--in", out, *mapping).output
    told = [json.loads(line) for line in (out / "statements.jsonl").read_text("utf-8").splitlines()]
    assert {(s["relation"], s["article"]) for s in told} == {("sacked_by", "one"), ("praises", "two")}


def test_strict_fails_with_status_1_and_the_rest_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Boris Johnson sacked Michael Gove on Wednesday.", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02" * 500)
    lenient = run("build", tmp_path / "a.txt", tmp_path / "b.txt", "--out", tmp_path / "out")
    strict = run("build", tmp_path / "a.txt", tmp_path / "b.txt", "--out", tmp_path / "out", "--strict")
    assert (lenient.exit_code, strict.exit_code) == (0, 1)
    assert "b.txt" in lenient.output
    assert (tmp_path / "out" / "statements.jsonl").read_text("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "x", "--no-such-option"),
        ("query",),
        ("no-such-command",),
        ("build", "x", "--map", "nonsense"),
        ("add", "x", "--map", "body=text"),
    ],
    ids=" ".join,
)
def test_bad_usage_exits_with_status_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_no_build_is_an_error_that_says_what_to_give(tmp_path: Path) -> None:
    for command in (("query", "ASK {}", "--in"), ("export", "csv", tmp_path / "x", "--in")):
        answer = run(*map(str, command), tmp_path / "nothing")
        assert answer.exit_code == 1
        assert "graphbuild build" in answer.output or "nothing" in answer.output


QUESTION = "SELECT (COUNT(*) AS ?n) { ?s a pol:Statement }"


def test_query_as_text_file_and_by_name(sample_build: Path, tmp_path: Path) -> None:
    text = run("query", QUESTION, "--in", sample_build, "--format", "csv")
    (tmp_path / "q.rq").write_text(QUESTION, "utf-8")
    file = run("query", tmp_path / "q.rq", "--in", sample_build, "--format", "csv")
    assert text.output == file.output
    assert int(text.output.split()[1]) > 60
    named = run("query", "resignation-calls", "--in", sample_build, "--format", "csv")
    assert list(csv.DictReader(io.StringIO(named.output)))


def test_query_formats(sample_build: Path) -> None:
    as_json = run("query", QUESTION, "--in", sample_build, "--format", "json")
    rows = json.loads(as_json.output)["results"]["bindings"]
    table = run("query", QUESTION, "--in", sample_build)
    assert rows[0]["n"]["value"] in table.output


def test_a_broken_query_names_the_place(sample_build: Path) -> None:
    answer = run("query", "SELECT * { ?s ?p", "--in", sample_build)
    assert answer.exit_code == 1
    assert "line 1" in answer.output


def test_an_unknown_person_brings_near_names(sample_build: Path) -> None:
    answer = run("query", "resignation-calls", "--param", "person=Keir Stamer", "--in", sample_build)
    assert answer.exit_code == 1
    assert "Keir Starmer" in answer.output


def test_the_shipped_queries_are_listed_with_what_they_answer() -> None:
    # Lines that begin with a blank tell the parameters of the query above them.
    lines = [line for line in run("query", "list").output.splitlines() if not line.startswith(" ")]
    assert len(lines) >= 12
    assert all(len(line.split()) > 4 for line in lines)


def test_export_lists_its_formats_and_writes_one(sample_build: Path, tmp_path: Path) -> None:
    listed = run("export", "list").output
    assert {"csv", "graphml", "gexf"} <= {line.split()[0] for line in listed.splitlines() if line}
    answer = run("export", "graphml", tmp_path / "g.graphml", "--in", sample_build)
    assert answer.exit_code == 0
    assert (tmp_path / "g.graphml").stat().st_size > 1000
    assert run("export", "no-such-format", tmp_path / "x", "--in", sample_build).exit_code == 2


def test_check_passes_on_a_build_and_finds_a_moved_quote(sample_build: Path, tmp_path: Path) -> None:
    assert run("check", sample_build).exit_code == 0


def test_a_build_is_changed_article_by_article(tmp_path: Path) -> None:
    def article(given: str, text: str) -> str:
        (tmp_path / f"{given}.jsonl").write_text(json.dumps({"id": given, "text": text, "date": "2021-09-15"}), "utf-8")
        return str(tmp_path / f"{given}.jsonl")

    out = tmp_path / "out"
    run("build", article("a", "Boris Johnson sacked Gavin Williamson."), "--out", out)

    def told() -> set[tuple[str, str, str]]:
        lines = map(json.loads, (out / "statements.jsonl").read_text("utf-8").splitlines())
        return {(s["subject"]["name"], s["relation"], s["object"]["name"]) for s in lines}

    sacked, backed = ("Gavin Williamson", "sacked_by", "Boris Johnson"), ("Priti Patel", "supports", "Boris Johnson")
    assert "1 added" in run("add", article("b", "Priti Patel backed Boris Johnson."), "--in", out).output
    assert told() == {sacked, backed}
    again = run("add", article("b", "Priti Patel praised Boris Johnson."), "--in", out)
    assert "replace it instead" in " ".join(again.output.split())
    assert "1 replaced" in run("replace", article("b", "Priti Patel praised Boris Johnson."), "--in", out).output
    assert told() == {sacked, ("Priti Patel", "praises", "Boris Johnson")}
    assert "1 removed" in run("remove", "b", "--in", out).output
    assert told() == {sacked}
    answer = run(
        "correct", "change", "--in", out, "--match", "relation=sacked_by",
        "--set", "subject=person:Robert Jenrick", "--by", "J. Doe", "--reason", "the other one",
    )  # fmt: skip
    assert "1 corrected" in answer.output
    assert told() == {("Robert Jenrick", "sacked_by", "Boris Johnson")}
    assert run("correct", "undo", "--in", out).exit_code == 2
    assert run("correct", "reject", "--in", out, "--match", "subject=Nobody").exit_code == 1


def test_evaluate_prints_the_figures(sample_build: Path, tmp_path: Path) -> None:
    line = json.loads((sample_build / "statements.jsonl").read_text("utf-8").splitlines()[0])
    gold = {
        "id": line["article"],
        "entities": [],
        "statements": [
            {"subject": line["subject"]["name"], "relation": line["relation"], "object": line["object"]["name"]}
        ],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n", "utf-8")
    answer = run("evaluate", tmp_path / "gold.jsonl", sample_build)
    assert answer.exit_code == 0
    assert "strict" in answer.output


def test_a_query_file_that_is_not_there_is_named(sample_build: Path) -> None:
    answer = run("query", "mine.rq", "--in", sample_build)
    assert answer.exit_code == 1
    assert "mine.rq: no such file" in answer.output


def test_one_word_of_a_name_brings_the_name(sample_build: Path) -> None:
    for word in ("Kier", "Starmer", "starmr"):
        answer = run("query", "resignation-calls", "--param", f"person={word}", "--in", sample_build)
        assert "did you mean Keir Starmer" in answer.output


def test_the_list_of_queries_tells_their_parameters() -> None:
    lines = run("query", "list").output.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("edge "))
    assert "--param person=" in lines[at + 1]
    assert lines[at + 1].endswith("(required)")


def test_tables_are_whole_and_fit(sample_build: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """In a file a row is one line with IRIs cut short; a narrow terminal gets the values below one another."""
    piped = run("query", "resignation-calls", "--in", sample_build).output
    assert any("Anas Sarwar" in line and "statement:" in line for line in piped.splitlines())
    assert "…" not in piped
    rows = [{"name": "Keir Starmer", "quote": "one word after another " * 5, "no": None, "iri": "https://x.org/id/p/1"}]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    print_rows(["name", "quote", "no", "iri"], rows, {"p": "https://x.org/id/p/"})
    out = capsys.readouterr().out
    assert "quote: " + rows[0]["quote"].strip() in out
    assert "iri: p:1" in out
    assert "no:" not in out


def test_no_rows_is_said(sample_build: Path) -> None:
    answer = run("query", "resignation-calls", "--param", "from=2050", "--in", sample_build)
    assert answer.exit_code == 0
    assert "no rows" in answer.output


def test_a_port_in_use_is_an_error(sample_build: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = run("serve", sample_build, "--port", taken.getsockname()[1])
    assert answer.exit_code == 1
    assert "cannot listen on 127.0.0.1" in answer.output
