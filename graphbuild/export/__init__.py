"""A built graph for other tools. An exporter takes the folder of a build and a target path; EXPORTERS lists them by the
name of the format, and its first line of documentation is what `graphbuild export list` says."""

from collections.abc import Callable
from pathlib import Path

from graphbuild.export import rdf_files, tables
from graphbuild.export.html import write_page
from graphbuild.export.network import write_gexf, write_graphml
from graphbuild.records import read_build


def write_html_page(folder: Path, target: Path) -> None:
    """One page to explore the graph; --focus, --hops, --since, --until and --relation narrow it."""
    write_page(read_build(folder), target)


EXPORTERS: dict[str, Callable[[Path, Path], None]] = {
    "csv": tables.write_csv_tables,
    "dna": tables.write_dna,
    "gexf": write_gexf,
    "graphml": write_graphml,
    "html": write_html_page,
    "jsonld": rdf_files.write_jsonld,
    "nquads": rdf_files.write_nquads,
    "ntriples": rdf_files.write_ntriples,
    "parquet": tables.write_parquet,
    "rdf12": rdf_files.write_rdf12,
    "rdfxml": rdf_files.write_rdfxml,
    "statements": tables.write_statements,
    "trig": rdf_files.write_trig,
    "turtle": rdf_files.write_turtle_copy,
}
