"""Who stands for what, who wins and who backs whom.

contests is the extractor of candidacies, over contest_passages (where an article tells of a contest), contest_names, field (who
stands in it), known_candidates, contestants, leaderships, running_mates and ballots. results and implied_results tell who
won, outcomes and seats who holds which seat thereby; backing who supports whom, polled what voters say, motions votes of
no confidence.
"""
