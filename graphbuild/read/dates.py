"""The publication date of an article: from its metadata, else its URL, its text, the name of its file; else unknown.

A date keeps the precision that is known, and a date that may be read in two ways keeps only what both readings share.
"""

import re
from datetime import UTC, date, datetime

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORDED = tuple(
    re.compile(_WEEKDAY + p + r"(?!\d)", re.I)
    for p in (
        rf"{_DAY}[\s-]+(?:of\s+)?{_MONTH}[\s,-]+{_YEAR}",
        rf"{_MONTH}\s+{_DAY}(?:\s*\([a-z]+\))?,?\s+{_YEAR}",
        rf"{_MONTH},?\s+{_YEAR}",
    )
)
_ISO = re.compile(_YEAR + r"(?:(?P<sep>[-/.])(?P<month>\d\d)(?:(?P=sep)(?P<day>\d\d))?)?(?![\d/.-])")
_COMPACT = re.compile(_YEAR + r"(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2" + _YEAR + r"(?!\d)")
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?$")

_LABEL = re.compile(
    r"^\W{0,3}(?:date|published|publication date|first published|posted|issued?(?: date)?|load-date)"
    r"(?:\s+(?:on|at))?\b\W{0,4}",
    re.I,
)
_AFTER = re.compile(
    r"[\s,.|(]*(?:(?:at\s+)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?\s*|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[A-Z]{2,4}\b|[+-]\d\d:?\d\d|[|,)]|updated?\b.*|last\b.*)*\s*$",
    re.I,
)
_DATELINE = re.compile(
    r"^[A-Z][A-Z .'’/-]{2,40}(?:,\s*[A-Z][A-Za-z. ]+)??,?\s+(?=\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_URL = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>\d\d?|[a-z]{3})/(?P<day>\d\d?)(?:/|$)", re.I),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>\d\d|[a-z]{3})(?:/|$)", re.I),
)
_NAMED = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")


def _iso(year: str, month: str | None = None, day: str | None = None) -> str:
    """ISO date at the precision given, "" when there is no such day."""
    if month is None:
        return year
    number = int(month) if month.isdigit() else next((i for i, m in enumerate(_MONTHS, 1) if month.lower()[:3] == m), 0)
    try:
        found = date(int(year), number, int(day or 1)).isoformat()
    except ValueError:
        return ""
    return found if day else found[:7]


def _groups(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return _iso(groups["year"], groups.get("month"), groups.get("day"))


def parse_date(text: str) -> str:
    """ISO 8601 date of a date in one of the usual forms, with or without a time; "" when it is none.

    >>> parse_date("Sun, 26 Jun 2016 09:14:00 GMT"), parse_date("June 2016"), parse_date("26/06/2016")
    ('2016-06-26', '2016-06', '2016-06-26')
    >>> parse_date("06/07/2016")  # the sixth of July or the seventh of June
    '2016'
    """
    text = text.strip()
    for pattern in (_ISO, _COMPACT, *_WORDED):
        match = pattern.match(text)
        if match:
            return _groups(match)
    match = _NUMBERS.match(text)
    if match:
        first, second = int(match.group(1)), int(match.group(3))
        if first > 12 or first == second:
            return _iso(match["year"], str(second), str(first))
        return _iso(match["year"], str(first), str(second)) if second > 12 else match["year"]
    match = _EPOCH.match(text)
    return datetime.fromtimestamp(int(match.group(1)), UTC).date().isoformat() if match else ""


def _leading_date(line: str, *, alone: bool) -> str:
    """The date that a line starts with, if whole to the day; with ``alone`` only a time and a zone may follow."""
    for pattern in (_ISO, *_WORDED[:2]):
        match = pattern.match(line)
        if match and match.groupdict().get("day") and (not alone or _AFTER.match(line, match.end())):
            return _groups(match)
    return ""


def is_date_line(line: str) -> str:
    """The date of a line that holds nothing else but a time, a weekday or a zone, else ""."""
    return _leading_date(line.strip(), alone=True)


def date_in_text(text: str) -> str:
    """The date that the first lines of an article state: after a label, alone on a line, or in a dateline."""
    for line in text[:800].split("\n")[:8]:
        line = line.strip()
        label = _LABEL.match(line)
        found = _leading_date(line[label.end() :], alone=False) if label else is_date_line(line)
        dateline = _DATELINE.match(line) if not found else None
        if dateline:
            found = _leading_date(line[dateline.end() :], alone=False)
        if found:
            return found
    return ""


def date_in_url(url: str) -> str:
    """The date in the path of a web address, else ""."""
    for pattern in _URL:
        match = pattern.search(url)
        found = _groups(match) if match else ""
        if found:
            return found
    return ""


def find_date(text: str, name: str = "", url: str = "") -> str:
    """The date in the address, in the first lines of the text, or in the file name, in this order; else ""."""
    named = _NAMED.search(name)
    return date_in_url(url) or date_in_text(text) or (_iso(*named.groups()) if named else "")
