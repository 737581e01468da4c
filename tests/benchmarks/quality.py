"""The quality gate: precision, recall and F1 on the annotated sample articles, with a floor for every figure.

    python tests/benchmarks/quality.py           # the table beside the floors; status 1 when one is missed
    python tests/benchmarks/quality.py --raise   # lift the floors to what is reached now; never lowers one

The sample was looked at while rules were written: the gate finds what a change breaks, it does not measure accuracy on
unseen news. To lower a floor, edit floors.json and give the reason under "lowered"; to change the annotations, put
their new hash there, so that neither happens by the way.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import graphbuild
from graphbuild.evaluate import Score, evaluate_files
from graphbuild.pipeline import build

HERE = Path(__file__).parent
GOLD, FLOORS = HERE / "gold.jsonl", HERE / "floors.json"


def gold_hash() -> str:
    """SHA-256 of the annotations."""
    return hashlib.sha256(GOLD.read_bytes()).hexdigest()


def measure(folder: Path | None = None) -> Score:
    """The score of a build of the bundled sample; builds it when no folder is given."""
    if folder is not None:
        return evaluate_files(GOLD, folder)
    with tempfile.TemporaryDirectory() as out:
        build([Path(graphbuild.__file__).with_name("sample")], out)
        return evaluate_files(GOLD, Path(out))


def figures(score: Score) -> dict[str, float]:
    """Overall precision, recall, F1 and modal F1, and F1 of each relation, rounded down to two decimals."""
    p, r, f = score.figures("strict")
    found = {"precision": p, "recall": r, "f1": f, "modal f1": score.figures("modal")[2]}
    for name, counts in sorted(score.relations.items()):
        total = counts["predicted"] + counts["gold"]
        found[name] = 2 * counts["right"] / total if total else 0.0
    return {name: int(value * 100 + 1e-9) / 100 for name, value in found.items()}


def shortfalls(found: dict[str, float], floors: dict[str, Any]) -> list[str]:
    """One sentence for every figure below its floor."""
    return [
        f"{name}: {found.get(name, 0.0):.2f} is below the floor of {floor:.2f}"
        for name, floor in floors["floors"].items()
        if found.get(name, 0.0) < floor
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="The quality gate on the annotated sample.")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is reached now")
    lift = parser.parse_args().lift
    floors = json.loads(FLOORS.read_text("utf-8"))
    if floors["gold"] != gold_hash():
        print(f"{GOLD.name} is not the file that the floors were set for; put {gold_hash()} into {FLOORS.name}")
        return 1
    found = figures(measure())
    for name, value in found.items():
        print(f"{name:18} {value:.2f}  floor {floors['floors'].get(name, 0.0):.2f}")
    missed = shortfalls(found, floors)
    print("\n".join(missed))
    if lift and not missed:
        floors["floors"] = {k: max(v, floors["floors"].get(k, 0.0)) for k, v in found.items()}
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
