"""The page's controls, rules, chart and notes. No Streamlit."""

from collections.abc import Sequence

from backprop import MLPConfig
from backprop.check import TOLERANCE
from ui.names.numbers import as_typed, counted, percent, short
from ui.names.symbols import circled, symbol
from ui.state.data import FLOWERS
from ui.views.lab.runs import LabPlan, LabResult
from ui.views.lab.summary import LEVEL, REACHED, RuleSummary, ranked

LEAD = "Train iris by the right chain rule and by wrong ones: predict their order, then run. The dangerous mistake is the one that still learns. Its curve looks fine; a gradient check catches it at once."

LEVEL_TEXT = f"no more than {LEVEL} flowers apart"


ON_IRIS = "The lab trains on iris, since one example is not enough: with the sidebar's hidden layers, activation, output and η."


PREDICTION = "Your prediction: choose the rules in order, most accurate first"
FIRST_THE_BEST = "First the best, then the next …"
LAST_LEFT_OUT = "The last one may be left out."
PREDICT = "Predict and run"
NO_PREDICTION = "Run without a prediction"

STOP = "Stop, keep the finished seeds"
ANEW = "Hide the results and predict anew"

WHAT_EACH_KEEPS = "What each rule keeps"
IN_NUMBERS = "The same in numbers"

ACCURACY_PANEL, COST_PANEL = "Accuracy on the 150 flowers", "Cost, log scale"

SUM_OVER_PATHS = "The sum over paths in the walkthrough →"


def no_prediction(skip: str, names: Sequence[str], got: str) -> str:
    return f"Prediction: expected {skip}, or {', '.join(names)} in any order with - between them, got {got}. Predict anew."


def rank_all(rules: int) -> str:
    return f"Rank all {rules} rules, best first; the last may be left out."


def rule_title(name: str, k: int = 0) -> str:
    """Such as Single path ②."""
    titles = {
        "total": "Total derivative",
        "single": f"Single path {circled(k)}",
        "diagonal": "Diagonal softmax",
        "last": "Last layer only",
        "biases": "Output biases only",
    }
    return titles[name]


def accuracy_text(share: float) -> str:
    return percent(share, 1)


def what_it_keeps(name: str, plan: LabPlan) -> str:
    last = plan.config.depth
    a, z, W = symbol(f"a{last}"), symbol(f"z{last}"), symbol(f"W{last}")
    texts = {
        "total": "every path, summed: the right rule",
        "single": f"from a hidden unit only the path through unit {plan.k + 1} of the next layer",
        "diagonal": f"of ∂{a}/∂{z} only the diagonal, as if each output had but its own z",
        "last": "no path from any hidden unit, so nothing is summed over paths there",
        "biases": f"as the rule above, and none into {W} either",
    }
    return texts[name]


def what_learns(name: str, plan: LabPlan) -> str:
    """Which parameters get a gradient under a rule."""
    W, b = symbol(f"W{plan.config.depth}"), symbol(f"b{plan.config.depth}")
    return {"last": f"{W} and {b} alone", "biases": f"{b} alone"}.get(name, "all layers")


def how_it_runs(plan: LabPlan) -> tuple[str, ...]:
    """What happens when the reader presses Run."""
    return (
        f"Every rule starts from the same weights: {seeds_text(plan.all_seeds)}.",
        "Before the first step its gradient is checked against the numerical derivative.",
        f"Then it takes {counted(plan.epochs, 'step')} with η = {as_typed(plan.learning_rate)}, {'each ' if plan.epochs > 1 else ''}with the mean gradient of all {FLOWERS} flowers.",
    )


def seeds_text(seeds: Sequence[int]) -> str:
    """Such as seed 859, or seeds 859 to 868."""
    return f"seed {seeds[0]}" if len(seeds) == 1 else f"seeds {seeds[0]} to {seeds[-1]}"


def rules_note(config: MLPConfig) -> str:
    if config.is_dense(config.depth):
        return "The last two keep the whole softmax Jacobian: they drop the sums over paths between layers."
    return f"With {config.output_activation} outputs the Jacobian at the output is diagonal, so the rule “diagonal softmax” is the right rule and is not on the list."


def stopped_sentence(result: LabResult) -> str:
    done, seeds = len(result.seeds), result.plan.seeds
    if not done:
        return "Stopped before the first seed was finished. Continue to see results."
    return f"Stopped, with {done} of {seeds} seeds finished."


def bands(seeds: int) -> str:
    return f"lines: median of {seeds} seeds; bands: the middle half of them" if seeds > 1 else "one seed"


def curves_alt(rules: tuple[RuleSummary, ...], k: int) -> str:
    ends = "; ".join(f"{rule_title(rule.name, k)} {_end(rule)}" for rule in ranked(rules))
    seeds = rules[0].seeds
    which = "one seed" if seeds == 1 else f"median of {seeds} seeds"
    return f"Curves of accuracy and cost over the epochs, {which}. By accuracy, then by cost: {ends}."


def _end(rule: RuleSummary) -> str:
    if rule.is_gone:
        return "diverges"
    return f"ends at {accuracy_text(rule.accuracy)} and cost {short(rule.cost)}"


def columns(several: bool) -> list[str]:
    spread = " (median, lowest to highest)" if several else ""
    reached = f"ended at {percent(REACHED)} or more"
    return ["rule", f"accuracy{spread}", f"cost{spread}", reached, "diverged", "gradient check at the start"]


def table_note(result: LabResult) -> str:
    plan, seeds = result.plan, seeds_text(result.seeds).capitalize()
    return " ".join(
        (
            f"{seeds}, {counted(plan.epochs, 'epoch')}, η = {as_typed(plan.learning_rate)}, full batch, all {FLOWERS} flowers, from the initial weights.",
            f"Order: by accuracy, then by cost; rules {LEVEL_TEXT} end level.",
            "A diverged training counts as accuracy 0 and cost ∞.",
            f"Gradient check: largest difference from the numerical derivative over all parameters and seeds, as a share of the largest derivative; ✗ above {short(TOLERANCE)}.",
        )
    )
