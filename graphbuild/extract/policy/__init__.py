"""Stances on policies: favours, opposes, calls_for.

policies tells which words a stance is about, enactments the bills and laws that an article names, policy_labels how a policy
is named. stances, told_stances, oughts, verdicts, platforms and sides find who takes which; divisions reads reports of votes.
"""
