"""Every benchmark, one after the other, into one file.

python -m tests.benchmarks [--out output/benchmarks.txt] [--quick]
"""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# What to run, and how small with --quick.
RUNS = {
    "throughput.py": ["--articles", "40", "--sizes", "20,60", "--copies", "1000"],
    "quality.py": [], "store.py": ["--articles", "200", "--changes", "5"], "queries.py": [], "page.py": [],
}  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=Path, default=Path("output/benchmarks.txt"))
    options.add_argument("--quick", action="store_true", help="small sizes, to see that everything runs")
    given = options.parse_args()
    given.out.parent.mkdir(parents=True, exist_ok=True)
    failed = []
    with given.out.open("w", encoding="utf-8") as file:
        for name, small in RUNS.items():
            command = [sys.executable, str(HERE / name), *(small if given.quick else [])]
            run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            for out in (file, sys.stdout):
                out.write(f"== {name}\n{run.stdout}\n")
                out.flush()
            failed += [name] if run.returncode else []
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
