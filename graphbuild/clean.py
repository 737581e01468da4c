"""Marks what is left of a page around the story in extracted text: sign-ups, link lists, captions, stray last lines.

Nothing is cut: each passage goes into ``Article.dropped`` with its reason, and offsets go on counting the stored text.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

import yaml

from graphbuild.model import Article, Dropped
from graphbuild.ontology import ontologies_dir

_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_NAME = re.compile(r"\b[A-Z][a-zé'’-]+(?: [A-Z][a-zé'’-]+)*")


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = yaml.safe_load((ontologies_dir() / "english" / "boilerplate.yaml").read_text("utf-8"))
    return rules


@lru_cache(maxsize=4)
def _any(key: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in _rules()[key]), re.I)


def clean_article(article: Article) -> Article:
    """The article with its boilerplate lines marked as dropped."""
    lines = [(m.start(), m.end(), m.group().strip()) for m in _LINE.finditer(article.text) if m.group().strip()]
    dropped = []
    block = False
    for start, end, line in lines:
        prose = bool(_SENTENCE_END.search(line)) and len(line.split()) > 8
        if _any("block_headers").match(line) and len(line.split()) <= 6:
            block, reason = True, "heading of a list of links"
        elif len(_any("phrases").findall(line)) >= (2 if prose else 1):
            reason = "sign-up, advert or navigation"
        elif block and not prose and len(line.split()) <= 20:
            reason = "link below a heading"
        else:
            block = False
            continue
        dropped.append(Dropped(start, end, reason))
    stray = _stray_last_line(lines, {d.start for d in dropped})
    if stray is not None:
        dropped.append(stray)
    return replace(article, dropped=tuple(sorted(dropped, key=lambda d: d.start))) if dropped else article


def _stray_last_line(lines: list[tuple[int, int, str]], gone: set[int]) -> Dropped | None:
    """A last paragraph that shares no name with the rest and speaks of no politics is from another story."""
    kept = [line for line in lines if line[0] not in gone]
    if len(kept) < 4:
        return None
    start, end, text = kept[-1]
    rest = " ".join(line for _, _, line in kept[:-1])
    names = {name for name in _NAME.findall(text)[1:] if len(name) > 3}
    if not names or any(word in rest for name in names for word in name.split()) or _any("politics").search(text):
        return None
    return Dropped(start, end, "last paragraph of another story: no name in common")
