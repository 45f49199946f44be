"""Predict a number of a recorded step: the right value, the typical mistakes, and which of them were made."""

from backprop.practice.batch_means import Batch, batch_of
from backprop.practice.chain import CHAIN_MISTAKES, chain_problem
from backprop.practice.checking import check, explained
from backprop.practice.choosing import (
    has_interesting_means,
    interesting,
    interesting_kinds,
    interesting_means,
)
from backprop.practice.comparing import Answer, Checked, Finding
from backprop.practice.following import delta_kind, quantities_of, slope_kind
from backprop.practice.formulas import FORMULAS, Quantity, Term, terms_of
from backprop.practice.judging import Problem, Verdict, WrongValue, is_taken_for, judge, mean_problem, problem
from backprop.practice.mistakes import MISTAKES, UPDATES, Mistake
from backprop.practice.spans import Range, shown
from backprop.practice.workings import Workings, mean_workings, workings_of

__all__ = [
    "CHAIN_MISTAKES",
    "FORMULAS",
    "MISTAKES",
    "UPDATES",
    "Answer",
    "Batch",
    "Checked",
    "Finding",
    "Mistake",
    "Problem",
    "Quantity",
    "Range",
    "Term",
    "Verdict",
    "Workings",
    "WrongValue",
    "batch_of",
    "chain_problem",
    "check",
    "delta_kind",
    "explained",
    "has_interesting_means",
    "interesting",
    "interesting_kinds",
    "interesting_means",
    "is_taken_for",
    "judge",
    "mean_problem",
    "mean_workings",
    "problem",
    "quantities_of",
    "shown",
    "slope_kind",
    "terms_of",
    "workings_of",
]
