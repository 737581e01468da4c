"""What holds for one article, and what the extractors share of it.

arguments (head of a phrase -> entities), attribution (who says so), factuality (polarity and modality), dates,
antecedents and addressees (what "the plan" and "you" are), politics (who and what is political), context (holds them
all), statements (a relation that was found -> Statement).
"""
