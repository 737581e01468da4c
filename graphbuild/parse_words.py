"""Part of speech, morphology and lemma from a table of words that is filled as words are met.

spaCy's attribute ruler matches some 180 patterns against every token, and its lemmatizer works out every lemma; together
that is a quarter of the parse. What they say of a word depends on the word, its tag and at most its dependency label,
but for the few patterns that look at the words around it. So both are asked once for each of these, and a text in which
one of those few patterns matches is given to them whole: the annotations are the same, token for token.
"""

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

_NAME = "word_table"
# What a pattern may ask of a single token so that the word and its tag answer it.
_OF_THE_WORD = frozenset(
    """ORTH TEXT LOWER TAG SHAPE PREFIX SUFFIX LENGTH IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_UPPER IS_TITLE IS_PUNCT
    IS_SPACE IS_BRACKET IS_QUOTE IS_CURRENCY IS_STOP LIKE_NUM LIKE_URL LIKE_EMAIL""".split()
)
# Words remembered at once; more are forgotten together, so that memory stays flat.
_ROOM = 20_000
_Row = tuple[int, int, int, int, int]


class WordTable:
    """A pipeline component that stands for an attribute ruler followed by a lemmatizer."""

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self.vocab, self.ruler, self.lemmatizer = ruler.vocab, ruler, lemmatizer
        self._around = Matcher(self.vocab)
        self._labels = {0}
        entries: Any = ruler.patterns  # typed too widely to be gone through
        for number, pattern in enumerate(p for entry in entries for p in entry["patterns"]):
            labels = _labels_asked(pattern)
            if labels is None:
                self._around.add(str(number), [pattern])
            else:
                self._labels.update(self.vocab.strings.add(label) for label in labels)
        self._rows: dict[tuple[int, int, int], _Row] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a tagged and parsed Doc."""
        if not len(doc) or self._around(doc, allow_missing=True, as_spans=False):
            return self.lemmatizer(self.ruler(doc))
        rows, labels = self._rows, self._labels
        if len(rows) > _ROOM:
            rows.clear()
        tokens = doc.to_array([ORTH, TAG, DEP]).tolist()
        # No pattern tells labels apart that none of them names.
        keys = [(word, tag, label if label in labels else 1) for word, tag, label in tokens]
        new = {key: token for key, token in zip(keys, tokens, strict=True) if key not in rows}
        if new:
            rows.update(zip(new, self._ask(list(new.values())), strict=True))
        values = [
            row if (row := rows[key])[4] else (*row[:4], token[2]) for key, token in zip(keys, tokens, strict=True)
        ]
        table: Any = np.array(values, dtype=np.uint64)  # what from_array asks for, typed as thinc's own arrays
        doc.from_array([TAG, POS, MORPH, LEMMA, DEP], table)
        return doc

    def _ask(self, tokens: list[list[int]]) -> list[_Row]:
        """Tag, part of speech, morphology, lemma and label (0 where it stays) of words that stand alone."""
        text = self.vocab.strings
        words, tags, labels = ([text[value] for value in column] for column in zip(*tokens, strict=True))
        doc = Doc(self.vocab, words=words, tags=tags, heads=list(range(len(words))), deps=labels)
        if len(words) > 1 and self._around(doc, allow_missing=True, as_spans=False):
            return [row for token in tokens for row in self._ask([token])]
        before = doc.to_array(DEP).tolist()
        rows = self.lemmatizer(self.ruler(doc)).to_array([TAG, POS, MORPH, LEMMA, DEP]).tolist()
        return [(*row[:4], row[4] if row[4] != was else 0) for row, was in zip(rows, before, strict=True)]


def _labels_asked(pattern: Iterable[Mapping[str, Any]]) -> list[str] | None:
    """The dependency labels that a pattern names, or None when it asks more than a word, its tag and its label."""
    tokens = list(pattern)
    if len(tokens) != 1 or not set(tokens[0]) <= _OF_THE_WORD | {"DEP"}:
        return None
    asked = tokens[0].get("DEP", [])
    if isinstance(asked, str):
        return [asked]
    if isinstance(asked, Mapping):
        return [label for labels in asked.values() for label in labels] if set(asked) <= {"IN", "NOT_IN"} else None
    return list(asked)


@Language.factory(_NAME)
def _make(nlp: Language, name: str) -> WordTable:
    return WordTable(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))  # type: ignore[arg-type]  # checked below


def use_word_table(nlp: Language) -> None:
    """Let a WordTable stand for a pipeline's attribute ruler and lemmatizer, where they are spaCy's own that go by rules
    or a list, one after the other and after the parser; another pipeline is left as it is."""
    names = nlp.pipe_names
    if ("attribute_ruler", "lemmatizer") not in itertools.pairwise(names) or "parser" not in names:
        return
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer):
        return
    if lemmatizer.overwrite or lemmatizer.mode not in ("rule", "lookup"):
        return
    nlp.add_pipe(_NAME, after="lemmatizer")
    nlp.select_pipes(disable=["attribute_ruler", "lemmatizer"])
