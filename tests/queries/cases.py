"""What each shipped query answers on the hand-made graph."""

# name, parameters, columns that are checked, rows
CASES: list[tuple[str, dict[str, str], tuple[str, ...], list[tuple[object, ...]]]] = [
    (
        "resignation-calls",
        {},
        ("date", "caller_name", "target_name", "articles", "outlets", "families"),
        [
            ("2016-06-26", "Hilary Benn", "Jeremy Corbyn", 1, 1, 1),
            ("2026-02-09", "Anas Sarwar", "Keir Starmer", 3, 3, 2),  # one of the three is a copy
            ("2026-02-11", "Ian Blackford", "Keir Starmer", 1, 1, 1),
        ],
    ),
    ("resignation-calls", {"person": "Jeremy Corbyn"}, ("caller_name",), [("Hilary Benn",)]),
    ("resignation-calls", {"caller": "ian blackford"}, ("target_name",), [("Keir Starmer",)]),
    ("resignation-calls", {"party": "SCOTTISH national party"}, ("caller_name",), [("Ian Blackford",)]),
    ("resignation-calls", {"from": "2026", "to": "2026-02-10"}, ("caller_name",), [("Anas Sarwar",)]),
    ("resignation-calls", {"from": "2017", "to": "2025"}, ("caller_name",), []),
    # Watson's denied and Starmer's possible resignation are no resignations.
    ("resignations-per-day", {}, ("date", "people", "names"), [("2016-06-26", 1, "Heidi Alexander")]),
    ("resignations-per-day", {"party": "Labour", "post": "shadow cabinet"}, ("people",), [(1,)]),
    ("resignations-per-day", {"party": "Green Party"}, ("people",), []),
    ("resignations-per-day", {"from": "2016-06-27"}, ("people",), []),
    (
        "backs-and-attacks",
        {"person": "Sir Keir Starmer"},
        ("subject_name", "standing", "relation_name", "articles", "outlets", "texts", "first", "last"),
        [
            ("Anas Sarwar", "attacks", "calls_to_resign", 3, 3, 2, "2026-02-09", "2026-02-11"),
            ("Anas Sarwar", "backs", "praises", 1, 1, 1, "2026-02-09", "2026-02-09"),
            ("Ian Blackford", "attacks", "calls_to_resign", 1, 1, 1, "2026-02-11", "2026-02-11"),
        ],
    ),
    ("backs-and-attacks", {"relation": "supports"}, ("subject_name",), [("Tom Watson",)]),
    ("backs-and-attacks", {"person": "Keir Starmer", "to": "2026-02-10"}, ("articles",), [(2,), (1,)]),
    (
        "contradictions",
        {},
        ("subject_name", "relation_name", "object_name", "polarity", "according_to", "first"),
        [
            ("Boris Johnson", "favours", "withdrawal agreement", "positive", None, "2019-10-17"),
            ("Boris Johnson", "opposes", "withdrawal agreement", "positive", None, "2018-11-15"),
            ("Tom Watson", "supports", "Jeremy Corbyn", "negative", "Hilary Benn", "2016-06-28"),
            ("Tom Watson", "supports", "Jeremy Corbyn", "positive", None, "2016-06-26"),
        ],
    ),
    ("contradictions", {"person": "Theresa May"}, ("subject_name",), []),
    ("contradictions", {"relation": "supports"}, ("polarity",), [("negative",), ("positive",)]),
    (
        "positions",
        {"issue": "WITHDRAWAL"},
        ("date", "name", "position", "policy"),
        [
            ("2018-11-15", "Boris Johnson", "opposes", "withdrawal agreement"),
            ("2018-11-15", "Theresa May", "favours", "withdrawal agreement"),
            ("2019-10-17", "Boris Johnson", "favours", "withdrawal agreement"),
        ],
    ),
    ("positions", {"person": "Sian Berry"}, ("position", "policy"), [("calls_for", "people's vote")]),
    ("positions", {"person": "Boris Johnson", "to": "2018"}, ("position",), [("opposes",)]),
    (
        "party-hostility",
        {},
        ("month", "attacker", "attacked", "attacks", "articles"),
        [
            ("2016-06", "Labour Party", "Labour Party", 2, 2),
            ("2018-11", "Conservative Party", "Conservative Party", 1, 1),
            ("2018-11", "Labour Party", "Conservative Party", 1, 1),
            ("2019-10", "Labour Party", "Conservative Party", 1, 1),  # by the party, not a member
            ("2026-02", "Labour Party", "Labour Party", 1, 3),
            ("2026-02", "Scottish National Party", "Labour Party", 1, 1),
        ],
    ),
    ("party-hostility", {"party": "Scottish National Party"}, ("month",), [("2026-02",)]),
    ("party-hostility", {"from": "2018", "to": "2018-12"}, ("month",), [("2018-11",), ("2018-11",)]),
    (
        "changed-side",
        {},
        ("name", "about", "before", "before_first", "after", "changed"),
        [
            ("Tom Watson", "Jeremy Corbyn", "backed", "2016-06-26", "attacked", "2016-06-28"),
            ("Anas Sarwar", "Keir Starmer", "backed", "2025-07", "attacked", "2026-02-09"),
        ],
    ),
    ("changed-side", {"person": "Jeremy Corbyn"}, ("name",), [("Tom Watson",)]),
    ("changed-side", {"from": "2020"}, ("name",), [("Anas Sarwar",)]),
    (
        "changed-party",
        {"person": "Christian Wakeford"},
        ("date", "act", "party_name"),
        [("2022-01-19", "joins", "Labour Party"), ("2022-01-19", "leaves", "Conservative Party")],
    ),
    ("changed-party", {"party": "Conservative Party"}, ("name", "act"), [("Christian Wakeford", "leaves")]),
    (
        "offices",
        {"person": "Hilary Benn"},
        ("act", "post_name", "date", "until", "by", "articles"),
        [
            ("holds_role", "MP for Leeds Central", "2016-06-26", "2016-06-28", "", 2),
            ("sacked_by", "shadow foreign secretary", "2016-06-26", "2016-06-26", "Jeremy Corbyn", 1),
        ],
    ),
    ("offices", {"post": "Prime Minister"}, ("name", "modality"), [("Keir Starmer", "possible")]),
    (
        "article",
        {"article": "scotland-3"},
        ("start", "end", "subject_name", "relation_name", "object_name", "modality", "confidence"),
        [
            (0, 44, "Anas Sarwar", "calls_to_resign", "Keir Starmer", "actual", 0.9),
            (45, 90, "Ian Blackford", "calls_to_resign", "Keir Starmer", "actual", 0.9),
            (91, 137, "Keir Starmer", "resigns_from", "prime minister", "possible", 0.9),
        ],
    ),
    (
        "edge",
        {"person": "Anas Sarwar", "object": "Keir Starmer", "relation": "calls_to_resign"},
        ("published", "outlet", "quotation", "start", "end"),
        [
            ("2026-02-09", "The Herald", "Anas Sarwar said Sir Keir Starmer should resign.", 0, 48),
            ("2026-02-10", "The Scotsman", "Anas Sarwar said Sir Keir Starmer should resign.", 0, 48),
            ("2026-02-11", "The Telegraph", "Anas Sarwar has told Sir Keir Starmer to go.", 0, 44),
        ],
    ),
    (
        "edge",
        {"person": "Tom Watson", "object": "Jeremy Corbyn", "from": "2016-06-28"},
        ("relation_name", "polarity", "according_to"),
        [("criticises", "positive", None), ("supports", "negative", "Hilary Benn")],
    ),
    (
        "allies",
        {"person": "Theresa May"},
        ("hops", "standing", "name", "via"),
        [
            (1, "rival", "Boris Johnson", "Theresa May"),
            (1, "rival", "Jeremy Corbyn", "Theresa May"),
            (2, "ally", "Hilary Benn", "Jeremy Corbyn"),
            (2, "both", "Tom Watson", "Jeremy Corbyn"),
        ],
    ),
    ("allies", {"person": "Theresa May", "hops": "1"}, ("name",), [("Boris Johnson",), ("Jeremy Corbyn",)]),
    (
        "quoted-on",
        {"person": "Hilary Benn"},
        ("speaker_name", "about_name", "statements", "denials", "articles", "outlets"),
        [
            ("Hilary Benn", "Tom Watson", 2, 2, 1, 1),
            ("Hilary Benn", "Jeremy Corbyn", 1, 1, 1, 1),
            ("Hilary Benn", "Shadow Cabinet", 1, 1, 1, 1),
        ],
    ),
]
