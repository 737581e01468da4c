"""What people say of each other: criticises, praises, accuses, denies_claim_of, urges, calls_to_resign.

evaluation is the extractor; judgements, deeds, told_deeds and faultfinding tell what is blame and praise, spoken_demands
and resignation_demands what is asked, blame_of_rivals who is meant without being named; inquiries who looks into whom.
"""
