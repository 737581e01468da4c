"""The pattern-driven extractor: the wordings of ontologies/english/, one file a relation, over the parse.

events looks up the patterns of each trigger word; slots fills their arguments; phrase_objects those that are policies.
"""
