"""Results of the lab, made up."""

import numpy as np

from backprop import MLPConfig
from backprop.arrays import read_only
from backprop.study.rules import RULES
from ui.views.lab.runs import LabPlan, LabResult, RuleRun

NAMES = tuple(rule.name for rule in RULES)
ERRORS = {"total": 1e-9, "single": 0.6, "diagonal": 1.2, "last": 0.9, "biases": 1.0}
NORMAL = {"total": 0.95, "single": 0.89, "last": 0.87, "diagonal": 0.66, "biases": 0.4}
CONFIG = MLPConfig((4, 5, 3))


def run_of(accuracy, cost=None, diverged=None, error=0.5, start=0.3, peak=1.1) -> RuleRun:
    """Three points of a curve: the start, the middle, the end."""
    if diverged is not None:
        return RuleRun(np.array([1.1, np.inf, np.inf]), np.array([start, 0.0, 0.0]), diverged, error)
    final = 1 - accuracy if cost is None else cost
    costs, accuracies = np.array([1.1, peak, final]), np.array([start, start, accuracy])
    return RuleRun(read_only(costs), read_only(accuracies), None, error)


def result_of(finals, asked=None, lr=0.1, **more) -> LabResult:
    """A result with these final accuracies: a number, or one for each seed, or a RuleRun for each."""
    table = {name: list(value) if isinstance(value, list) else [value] for name, value in finals.items()}
    seeds = max(map(len, table.values()))
    done = {}
    for name, values in table.items():
        values = values * seeds if len(values) == 1 else values
        done[name] = tuple(
            value if isinstance(value, RuleRun) else run_of(value, error=ERRORS[name], **more)
            for value in values
        )
    plan = LabPlan(CONFIG, lr, 2, 859, asked or seeds, 1)
    return LabResult(plan, tuple(range(859, 859 + seeds)), done)
