"""Which language a text is in, offline: by its function words, and only where they do not tell by a trained model."""

import re
from functools import lru_cache
from typing import Any

from graphbuild.errors import GraphbuildError

# Characters looked at; more changes nothing on news.
SAMPLE = 2000
# Words of English alone, and common ones that some other language has too.
_ENGLISH = frozenset(
    "the and that with from this they said were been would could which who their there these about because his she than its".split()
)
_COMMON = frozenset(
    "a an of to in on at by as is was are be it he or for not but have has had will her after over".split()
)
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:  # it unpacks to a temporary file of 100 MB
        raise GraphbuildError(f"language: the model of py3langid cannot be unpacked: {error}") from error


def language_of(text: str) -> str:
    """ISO 639-1 code of the language of a text; "" when it is too short or too mixed to tell.

    Function words settle ordinary English at once (0.2 ms); py3langid, whose model takes a second and 100 MB to
    load, is asked about the rest only. Raises GraphbuildError when the model cannot be loaded.
    """
    sample = text[:SAMPLE]
    words = _WORD.findall(sample.lower())
    english = sum(word in _ENGLISH for word in words)
    common = sum(word in _COMMON for word in words)
    if english >= 2 and english >= 0.04 * len(words) and english + common >= 0.2 * len(words):
        return "en"
    letters = sum(len(word) for word in words)
    latin = sum(c < "\u0250" for word in words for c in word)
    if letters < (60 if 2 * latin > letters else 15):
        return ""
    code, probability = _model().classify(sample)
    return str(code) if probability > 0.8 else ""
