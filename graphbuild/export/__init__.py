"""A built graph for other tools. An exporter takes the articles with their statements and a target path;
EXPORTERS lists them by the name of the format."""

from collections.abc import Callable, Sequence
from pathlib import Path

from graphbuild.export import tables
from graphbuild.export.html import write_page
from graphbuild.export.network import write_gexf, write_graphml
from graphbuild.model import Article, Statement

Build = Sequence[tuple[Article, Sequence[Statement]]]
EXPORTERS: dict[str, Callable[[Build, Path], None]] = {
    "csv": tables.write_csv_tables,
    "dna": tables.write_dna,
    "gexf": write_gexf,
    "graphml": write_graphml,
    "html": write_page,
}
