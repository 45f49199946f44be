"""The page's controls, rules, chart and notes."""

from collections.abc import Sequence

from backprop.differences import TOLERANCE
from ui.names.numbers import as_typed, counted, every, percent, short
from ui.names.symbols import circled, symbol
from ui.state.data import FLOWERS
from ui.views.lab.runs import LabPlan, LabResult
from ui.views.lab.summary import LEVEL, LEVEL_COST, REACHED, REACHED_COST, RuleSummary, ranked


def lead(given: int) -> str:
    """`given` observations, or 0 for irises."""
    what = f"your network on {every(given, 'observation')}" if given else "iris"
    return f"Train {what} by the right chain rule and by wrong ones: predict their order, then run. The dangerous mistake is the one that still learns. Its curve looks fine; a gradient check catches it at once."


def epochs(given: int) -> str:
    mean = (
        f"the mean gradient of {every(given, 'observation')}"
        if given > 1
        else "the gradient of the only observation"
    )
    return f"Full batch: one step an epoch, with {mean}."


ONLY_ONE = "This network has nothing to get wrong: no value reaches the cost by more than one path, and no bias learns. Choose a hidden layer, or softmax, to compare chain rules."
"""Where every wrong rule is the right one."""


def level_text(by_cost: bool) -> str:
    return (
        f"no more than {percent(LEVEL_COST)} of the starting cost apart"
        if by_cost
        else f"no more than {LEVEL} flowers apart"
    )


def prediction(by_cost: bool) -> str:
    return (
        f"Your prediction: choose the rules in order, {'lowest cost' if by_cost else 'most accurate'} first"
    )


FIRST_THE_BEST = "First the best, then the next …"
LAST_LEFT_OUT = "The last one may be left out."
PREDICT = "Predict and run"
NO_PREDICTION = "Run without a prediction"

STOP = "Stop, keep the finished seeds"
ANEW = "Hide the results and predict anew"

WHAT_EACH_KEEPS = "What each rule keeps"
IN_NUMBERS = "The same in numbers"

COST_PANEL = "Cost, log scale"

SUM_OVER_PATHS = "The sum over paths in the walkthrough →"


def accuracy_panel(plan: LabPlan) -> str:
    return f"Accuracy on {every(plan.observations, 'observation') if plan.own else f'the {FLOWERS} flowers'}"


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
        "biases": f"as the rule above, and none into {W} either" if last > 1 else f"no path into {W}",
    }
    return texts[name]


def what_learns(name: str, plan: LabPlan) -> str:
    """Which parameters get a gradient under a rule."""
    W, b = symbol(f"W{plan.config.depth}"), symbol(f"b{plan.config.depth}")
    last = f"{W} and {b} alone" if plan.config.bias == "learned" else f"{W} alone"
    everything = "all layers" if plan.config.depth > 1 else "all parameters"
    return {"last": last, "biases": f"{b} alone"}.get(name, everything)


def how_it_runs(plan: LabPlan) -> tuple[str, ...]:
    """What happens when the reader presses Run."""
    each = "each " if plan.epochs > 1 else ""
    mean = f"the mean gradient of {every(plan.observations, 'observation' if plan.own else 'flower')}"
    if plan.observations == 1:
        mean = "the gradient of the only observation"
    return (
        f"Every rule starts from the same weights: {seeds_text(plan.all_seeds)}.",
        "Before the first step its gradient is checked against the numerical derivative.",
        f"Then it takes {counted(plan.epochs, 'step')} with η = {as_typed(plan.learning_rate)}, {each}with {mean}.",
    )


def seeds_text(seeds: Sequence[int]) -> str:
    """Such as seed 859, or seeds 859 to 868."""
    return f"seed {seeds[0]}" if len(seeds) == 1 else f"seeds {seeds[0]} to {seeds[-1]}"


def rules_note(plan: LabPlan) -> str:
    config, names = plan.config, {rule.name for rule in plan.rules}
    if "diagonal" in names and "last" in names:
        last = "The last two keep" if "biases" in names else "The last one keeps"
        drop = "they drop" if "biases" in names else "it drops"
        return f"{last} the whole softmax Jacobian: {drop} the sums over paths between layers."
    if "diagonal" in names:
        return "Without a hidden layer the sum at softmax is the only one over paths."
    if config.depth > 1 and "single" not in names:
        return "Behind every hidden unit is one path, so one path alone is the right rule and is not on the list."
    return f"With {config.output_activation} outputs the Jacobian at the output is diagonal, so the rule “diagonal softmax” is the right rule and is not on the list."


def stopped_sentence(result: LabResult) -> str:
    done, seeds = len(result.seeds), result.plan.seeds
    if not done:
        return "Stopped before the first seed was finished. Continue to see results."
    return f"Stopped, with {done} of {seeds} seeds finished."


def bands(seeds: int) -> str:
    return f"lines: median of {seeds} seeds; bands: the middle half of them" if seeds > 1 else "one seed"


def curves_alt(rules: tuple[RuleSummary, ...], k: int, tells_classes: bool = True) -> str:
    ends = "; ".join(f"{rule_title(rule.name, k)} {_end(rule)}" for rule in ranked(rules))
    seeds = rules[0].seeds
    which = "one seed" if seeds == 1 else f"median of {seeds} seeds"
    drawn = "accuracy and cost" if tells_classes else "the cost"
    order = "By cost" if rules[0].by_cost else "By accuracy, then by cost"
    return f"Curves of {drawn} over the epochs, {which}. {order}: {ends}."


def _end(rule: RuleSummary) -> str:
    if rule.is_gone:
        return "diverges"
    if rule.by_cost:
        return f"ends at cost {short(rule.cost)}"
    return f"ends at {accuracy_text(rule.accuracy)} and cost {short(rule.cost)}"


def columns(plan: LabPlan, several: bool) -> list[str]:
    spread = " (median, lowest to highest)" if several else ""
    reached = f"ended at {percent(REACHED)} or more"
    if plan.own:
        reached = f"cost down to {percent(REACHED_COST)}"
    accuracy = [f"accuracy{spread}"] if plan.tells_classes else []
    return ["rule", *accuracy, f"cost{spread}", reached, "diverged", "gradient check at the start"]


def table_note(result: LabResult) -> str:
    plan, seeds = result.plan, seeds_text(result.seeds).capitalize()
    data = every(plan.observations, "observation") if plan.own else f"all {FLOWERS} flowers"
    return " ".join(
        (
            f"{seeds}, {counted(plan.epochs, 'epoch')}, η = {as_typed(plan.learning_rate)}, full batch, {data}, from {'random' if plan.own else 'the'} initial weights.",
            f"Order: by {'cost' if plan.own else 'accuracy, then by cost'}; rules {level_text(bool(plan.own))} end level.",
            f"A diverged training counts as {'accuracy 0 and ' if plan.tells_classes else ''}cost ∞.",
            f"Gradient check: largest difference from the numerical derivative over all parameters and seeds, as a share of the largest derivative; ✗ above {short(TOLERANCE)}.",
        )
    )
