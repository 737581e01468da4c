"""Body text of real news pages: precision and recall of its words against the text that a careful reader marks.

    python tests/benchmarks/cleaning.py PAGES            # the table, plain trafilatura beside graphbuild
    python tests/benchmarks/cleaning.py PAGES --lines    # and every line that is left out or kept wrongly

PAGES has index.jsonl with {"file", "gold", "title", "date", "source", "url"} a line, the pages, and their texts. Both
are measured on the same bytes in one run; words count as often as they occur. CPU time is for all pages.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trafilatura

from graphbuild.clean import clean_article
from graphbuild.model import Article
from graphbuild.read import read_articles


@dataclass(frozen=True)
class Score:
    """Words found, right and wanted over all pages, and CPU seconds."""

    right: int
    found: int
    wanted: int
    seconds: float

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.wanted


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def plain(page: Path) -> str:
    """The body text by trafilatura as it comes."""
    return trafilatura.extract(page.read_bytes()) or ""


def article_of(page: Path) -> Article:
    return clean_article(next(iter(read_articles([page]))))


def cleaned(page: Path) -> str:
    """The body text as graphbuild reads and cleans it."""
    article = article_of(page)
    text = article.text
    for passage in reversed(article.dropped):
        text = text[: passage.start] + text[passage.end :]
    return text


def index(pages: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (pages / "index.jsonl").read_text("utf-8").splitlines() if line.strip()]


def score(pages: Path, extract: Callable[[Path], str]) -> Score:
    """Precision and recall of the words that ``extract`` finds."""
    right = found = wanted = 0
    started = time.process_time()
    for row in index(pages):
        gold, text = words((pages / row["gold"]).read_text("utf-8")), words(extract(pages / row["file"]))
        right += (gold & text).total()
        found += text.total()
        wanted += gold.total()
    return Score(right, found, wanted, time.process_time() - started)


def metadata(pages: Path) -> dict[str, float]:
    """Share of the pages whose title, date and outlet are those of the index."""
    rows = [(row, article_of(pages / row["file"])) for row in index(pages)]
    return {f: sum(getattr(a, f) == row[f] for row, a in rows) / len(rows) for f in ("title", "date", "source", "url")}


def main() -> int:
    parser = argparse.ArgumentParser(description="Body text of real news pages.")
    parser.add_argument("pages", type=Path)
    parser.add_argument("--lines", action="store_true", help="list what is left out or kept wrongly")
    options = parser.parse_args()
    print(f"{'':22} precision recall   CPU s")
    for name, extract in (("trafilatura", plain), ("graphbuild", cleaned)):
        s = score(options.pages, extract)
        print(f"{name:22} {s.precision:9.3f} {s.recall:6.3f} {s.seconds:7.1f}")
    print("  ".join(f"{field} {share:.2f}" for field, share in metadata(options.pages).items()))
    if options.lines:
        for row in index(options.pages):
            gold = " ".join((options.pages / row["gold"]).read_text("utf-8").split())
            article = article_of(options.pages / row["file"])
            gone = [(p.start, p.end) for p in article.dropped]
            for match in re.finditer(r"[^\n]+", article.text):
                kept = not any(start <= match.start() < end for start, end in gone)
                if kept != (" ".join(match.group().split()) in gold):
                    print(f"{row['file'][:24]:24} {'kept' if kept else 'left out'}: {match.group()[:140]}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
