"""Grammar of one sentence: tokens of a dependency parse -> tokens.

grammar (what hangs on a word: voice, prepositions, coordination), participants (who does what to whom), light_verbs,
predication, governors (what a clause depends on), phrases (extent and wording of a phrase).
"""
