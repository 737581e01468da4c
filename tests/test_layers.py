"""The layer law: who may import whom. Stages know nothing of each other; only pipeline.py puts them together."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "graphbuild"
# Lowest first; a module may import what is lower, and of its own layer what belongs to the same stage.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("model", "errors"),
    ("vocab",),
    ("wording", "ontology", "rdf", "rules", "records", "journal"),
    (
        "read",
        "clean",
        "duplicates",
        "parse",
        "discourse",
        "link",
        "extract",
        "graph",
        "store",
        "query",
        "validate",
        "corrections",
        "export",
    ),
    ("pipeline", "scale", "evaluate", "opened", "analysis", "entities"),
    ("update",),
    ("console",),
    ("cli_change", "cli_entities"),
    ("cli", "serve"),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
STAGES = LEVEL["read"]
RDF_LIBRARIES = {"rdflib", "pyoxigraph", "oxrdflib"}
# What the stages on texts share, below them: what parse.py hands on.
SHARED = {("discourse", "extract"), ("discourse", "link"), ("parse", "link"), ("parse", "extract")}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part_of(module: str) -> str:
    """The part of the package that a module belongs to: query_guard and query_worker are the stage query."""
    name = module.split(".")[1] if "." in module else ""
    return name if name in LEVEL else name.split("_")[0]


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, inside functions too, but not what only the type checker reads."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            yield node.module or ""
            if node.module == "graphbuild":
                yield from (f"graphbuild.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_has_a_layer(path):
    part = part_of(name_of(path))
    assert part == "" or part in LEVEL, f"{name_of(path)} is in no layer; see LAYERS"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_what_is_lower(path):
    here = part_of(name_of(path))
    if not here:
        return  # the package itself hands out its public names
    for module in imports(path):
        there = part_of(module) if module.startswith("graphbuild.") else ""
        if not there or there == here or there not in LEVEL:
            continue
        assert LEVEL[there] <= LEVEL[here], f"{name_of(path)} imports {module}, which is higher"
        if LEVEL[here] == STAGES:
            lower = LEVEL[there] < STAGES or (there, here) in SHARED
            assert lower, f"{name_of(path)} imports {module}; a stage does not import another"


@pytest.mark.parametrize("stage", ["extract", "link"])
def test_the_modules_of_a_stage_import_each_other_in_one_direction(stage):
    names = {name_of(path): path for path in MODULES if part_of(name_of(path)) == stage}
    below = {name: {m for m in imports(path) if m in names} for name, path in names.items()}
    for name in names:  # "from graphbuild.extract.syntax import grammar" imports the module grammar
        tree = ast.parse(names[name].read_text("utf-8"))
        froms = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and (n.module or "") in names]
        given = {f"{node.module}.{alias.name}": node.module for node in froms for alias in node.names}
        inner = {module for module in given if module in names}
        below[name] = (below[name] - {given[module] for module in inner}) | inner
    assert list(TopologicalSorter(below).static_order())  # raises CycleError, which names the modules


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_imports_both_spacy_and_an_rdf_library(path):
    roots = {module.partition(".")[0] for module in imports(path)}
    assert not ("spacy" in roots and roots & RDF_LIBRARIES)


def test_vague_module_names_are_not_used():
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "base", "core", "manager", "common", "misc"}


def test_the_law_is_tested_on_real_modules():
    assert {"graphbuild.graph", "graphbuild.store", "graphbuild.extract.patterns.events"} <= {
        name_of(path) for path in MODULES
    }
    assert "graphbuild.errors" in set(imports(PACKAGE / "vocab.py"))
