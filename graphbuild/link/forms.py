"""Forms of personal names: the one that an article shows its people under, slips in well-known names, headlines read as
one name."""

from rapidfuzz import fuzz

from graphbuild.link.gazetteer import fold
from graphbuild.model import Entity


def own_form(entity: Entity, forms: list[str]) -> str:
    """The name to show a known person under in an article that writes the full name in ``forms`` only.

    The known name, unless the article's full names all have another given name: "Bob Menendez" is "Robert Menendez"
    where the article calls him so. Of several forms the fullest.

    >>> own_form(Entity("person/bob-menendez", "Bob Menendez", PERSON), ["Robert Menendez"])
    'Robert Menendez'
    >>> own_form(Entity("person/boris-johnson", "Boris Johnson", PERSON), ["Alexander Boris Johnson"])
    'Boris Johnson'
    """
    known = fold(entity.name).split()
    told = [(set(words), form) for form in forms if len(words := fold(form).split()) > 1]
    if not told or any(words <= set(known) or set(known) <= words for words, _ in told):
        return entity.name
    alike = [form for words, form in told if fold(form).split()[-1] == known[-1]]
    return max(alike, key=lambda form: (len(form.split()), len(form), form)) if alike else entity.name


def slip_of(name: str, known: str) -> bool:
    """Whether a full name is a well-known one but for a letter in its given name: "Hilary Clinton", "Frankin Pierce".

    >>> slip_of("Hilary Clinton", "Hillary Clinton"), slip_of("Jon Smith", "John Smith")
    (True, False)
    """
    a, b = fold(name).split(), fold(known).split()
    if len(a) != 2 or len(b) != 2 or a[1] != b[1] or min(len(a[0]), len(b[0])) < 6 or a[0][0] != b[0][0]:
        return False
    return fuzz.ratio(a[0], b[0]) >= 88


def without_headlines(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Names without those that are two names and the words between: the headline "Bernie Sanders Burns Hillary Clinton".

    >>> without_headlines([(0, 4), (0, 1), (3, 4)])
    [(0, 1), (3, 4)]
    """
    kept = []
    for first, last in spans:
        inside = [s for s in spans if first <= s[0] < s[1] <= last and s != (first, last)] if last - first > 2 else []
        if not any(a[1] < b[0] - 1 for a in inside for b in inside):
            kept.append((first, last))
    return kept
