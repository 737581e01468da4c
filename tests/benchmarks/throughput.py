"""Words a second of a whole build beside bare nlp.pipe, the share of each stage, peak memory, and copies found.

    python tests/benchmarks/throughput.py [--articles 300] [--sizes 100,1000,6000] [--memory-only]

Bare is the same model as spaCy loads it, over the paragraphs of every article, in the same run; "every article" is a build
with --any-topic, which parses the same paragraphs; a build reads, cleans, parses,
links, extracts, makes the graph, and writes store, Turtle and page. Model and gazetteer are loaded before the clocks
start, for both. Each line gives wall seconds and the processor seconds of the process, which other work on the machine
disturbs less; of several workers only the wall tells. Articles are those of ../shared/bulk where that is there, else
the bundled sample repeated under new ids. Aims: a build with one worker at least 0.85 of bare, two workers 1.6 times
one when both cores are free, memory at 6,000 articles at most 1.2 times that at 600, 10,000 articles looked through for
copies in a minute.
"""

import argparse
import gzip
import itertools
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy

import graphbuild
from graphbuild.clean import clean_article
from graphbuild.duplicates import families
from graphbuild.link import load_gazetteer
from graphbuild.model import Article
from graphbuild.parse import load_model, paragraphs
from graphbuild.pipeline import build
from graphbuild.read import read_articles

BULK = Path(__file__).parents[3] / "shared" / "bulk" / "news_6000.jsonl.gz"
SAMPLE = Path(graphbuild.__file__).with_name("sample") / "articles.jsonl"


def records() -> Iterator[dict[str, Any]]:
    """Articles without end, each with an id of its own."""
    for round_ in itertools.count():
        with gzip.open(BULK, "rt", encoding="utf-8") if BULK.is_file() else SAMPLE.open(encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                yield record | {"id": f"{record['id']}-{round_}" if round_ else record["id"]}


def write(path: Path, count: int) -> Path:
    """A file of so many articles."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(r) + "\n" for r in itertools.islice(records(), count))
    return path


def bare(source: Path) -> dict[str, Any]:
    """Words, wall and processor seconds of nlp.pipe alone over the paragraphs that a build parses."""
    nlp = spacy.load(load_model().meta["lang"] + "_" + load_model().meta["name"])
    texts = [text for a in read_articles([source]) for _, text in paragraphs(clean_article(a, any_topic=True))]
    wall, processor = time.perf_counter(), time.process_time()
    for _ in nlp.pipe(texts):
        pass
    return {
        "words": sum(len(t.split()) for t in texts),
        "wall": time.perf_counter() - wall, "processor": time.process_time() - processor,
    }  # fmt: skip


def built(source: Path, workers: int, any_topic: bool) -> dict[str, Any]:
    """The same of a build, with the seconds of each stage and the peak of the memory of this process."""
    load_model()
    load_gazetteer()
    with tempfile.TemporaryDirectory() as folder:
        wall, processor = time.perf_counter(), time.process_time()
        report = build([source], folder, workers=workers, any_topic=any_topic)
        return {
            "wall": time.perf_counter() - wall, "processor": time.process_time() - processor,
            "stages": report.stages, "articles": report.articles - report.off_topic, "statements": report.statements,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }  # fmt: skip


def apart(what: str, source: Path, workers: int = 1, any_topic: bool = False) -> dict[str, Any]:
    """One measure in a process of its own."""
    command = [sys.executable, __file__, "--measure", what, "--source", str(source), "--workers", str(workers)]
    command += ["--any-topic"] if any_topic else []
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def variants(count: int) -> Iterator[Article]:
    """Articles of which a good third are others' texts with words changed, a line added or the end cut."""
    chance, texts = random.Random(3), records()
    originals: list[Article] = []
    for number in range(count):
        if number % 5 < 3 or not originals:
            record = next(texts)
            article = Article(
                f"{number}", record["text"], date=record.get("date") or "", source=record.get("source") or ""
            )
            originals.append(article)
            yield article
            continue
        words = chance.choice(originals).text.split(" ")
        for _ in range(len(words) // 60):
            words[chance.randrange(len(words))] = "another"
        yield Article(f"{number}", "A report.\n" + " ".join(words[: max(30, len(words) * 9 // 10)]))


def copies(count: int) -> None:
    articles = list(variants(count))
    wall, processor = time.perf_counter(), time.process_time()
    found = families(articles)
    print(
        f"\ncopies: {count} articles, {time.perf_counter() - wall:.1f} s wall, {time.process_time() - processor:.1f} s "
        f"processor; {len(found)} articles in {len(set(found.values()))} families"
    )


def throughput(folder: Path, count: int) -> None:
    source = write(folder / "articles.jsonl", count)
    base = apart("bare", source)
    words = base["words"]
    print(
        f"\n{'':24}{'words/s':>9}{'wall s':>9}{'cpu s':>9}{'of bare, wall':>15}{'of bare, cpu':>14}   ({count} articles)"
    )
    print(f"{'bare nlp.pipe':24}{words / base['wall']:9.0f}{base['wall']:9.1f}{base['processor']:9.1f}")
    runs = {
        (any_topic, workers): apart("build", source, workers, any_topic)
        for any_topic in (False, True)
        for workers in (1, 2)
    }
    for (any_topic, workers), run in runs.items():
        cpu = f"{base['processor'] / run['processor']:14.2f}" if workers == 1 else ""
        name = f"{'every article' if any_topic else 'build'}, workers {workers}"
        print(
            f"{name:24}{words / run['wall']:9.0f}{run['wall']:9.1f}{run['processor']:9.1f}"
            f"{base['wall'] / run['wall']:15.2f}{cpu}   ({run['articles']} read)"
        )
    for any_topic, name in ((False, "build"), (True, "every article")):
        one, two = runs[any_topic, 1], runs[any_topic, 2]
        print(f"{name}: two workers are {one['wall'] / two['wall']:.2f} times one")
        total = sum(one["stages"].values())
        shares = sorted(one["stages"].items(), key=lambda item: -item[1])
        print("share of each stage: " + ", ".join(f"{stage} {seconds / total:.1%}" for stage, seconds in shares))


def memory(folder: Path, sizes: list[int]) -> None:
    print(f"\n{'articles':>9}{'peak MB':>9}{'statements':>12}")
    for size in sizes:
        run = apart("build", write(folder / f"{size}.jsonl", size))
        print(f"{size:9}{run['megabytes']:9.0f}{run['statements']:12}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=300)
    options.add_argument("--sizes", default="100,600,1000,6000")
    options.add_argument("--copies", type=int, default=10_000)
    options.add_argument("--measure", choices=("bare", "build"), help=argparse.SUPPRESS)
    options.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    options.add_argument("--any-topic", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.measure:
        bare_asked = given.measure == "bare"
        print(json.dumps(bare(given.source) if bare_asked else built(given.source, given.workers, given.any_topic)))
        return
    print("articles of ../shared/bulk" if BULK.is_file() else "the bundled sample, repeated")
    with tempfile.TemporaryDirectory() as folder:
        if given.articles:
            throughput(Path(folder), given.articles)
        if given.copies:
            copies(given.copies)
        if given.sizes:
            memory(Path(folder), [int(size) for size in given.sizes.split(",")])


if __name__ == "__main__":
    main()
