"""What the lab says in words. No Streamlit."""

import numpy as np

from backprop.rules import TOLERANCE
from ui.data import FLOWERS
from ui.lab.runs import LabPlan, LabResult
from ui.lab.summary import RuleSummary, pairs_right, ranked, summaries, wins
from ui.numbers import percent, short
from ui.paths.marks import circled
from ui.stage.names import symbol

GOOD = 0.8
"""A rule whose median accuracy is below has not learned iris."""

FLOWERS_LEVEL = 2
"""Rules whose median accuracies are no more than so many flowers apart end level."""

RISE = 1.5
"""A cost that grows to so many times what it was at the start shows too long a step."""

SKIP = "skip"


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


def _quoted(name: str, k: int = 0) -> str:
    """A rule's title within a sentence."""
    return f"“{rule_title(name, k)}”"


def what_it_keeps(name: str, plan: LabPlan) -> str:
    """Which paths count for a rule."""
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
    first, last = plan.all_seeds[0], plan.all_seeds[-1]
    seeds = f"seed {first}" if first == last else f"seeds {first} to {last}"
    return (
        f"Every rule starts from the same weights: {seeds}.",
        "Before the first step its gradient is checked against the numerical derivative.",
        f"Then it takes {plan.epochs} step{'s' if plan.epochs > 1 else ''} with η = {plan.learning_rate:g}, "
        f"each with the mean gradient of all {FLOWERS} flowers.",
    )


def accuracy_text(share: float) -> str:
    """Such as 95.3 %."""
    return percent(share, 1)


def verdict(result: LabResult) -> str:
    """What the numbers say of right and wrong rules."""
    rules = summaries(result)
    total, wrong = rules[0], ranked(rules[1:])[0]
    said = _order_sentence(result, total, wrong)
    gone = [rule for rule in rules if rule.diverged]
    if gone:
        said += f" Diverged: {_listed([_divergence(result, rule) for rule in gone])}."
    return said


def _order_sentence(result: LabResult, total: RuleSummary, wrong: RuleSummary) -> str:
    best = ranked((total, wrong))[0]
    wrong_name = _quoted(wrong.name, result.plan.k)
    right, other = accuracy_text(total.accuracy), accuracy_text(wrong.accuracy)
    over = _over(result)
    if best.accuracy < GOOD:
        name = "the total derivative" if best is total else wrong_name
        began = accuracy_text(best.start_accuracy)
        return (
            f"No rule learns iris here: the best, {name}, goes from {began} to "
            f"{accuracy_text(best.accuracy)} {over}, so accuracy cannot tell right from wrong; "
            f"{_check(total, wrong, wrong_name, wrong_name)}."
        )
    gap = round((total.accuracy - wrong.accuracy) * FLOWERS, 6)
    if abs(gap) <= FLOWERS_LEVEL:
        return (
            f"The total derivative ({right}) and {wrong_name} ({other}, wrong) end level {over}, so accuracy "
            f"does not give the mistake away; {_check(total, wrong, wrong_name)}."
        )
    if gap < 0:
        return (
            f"A wrong rule comes first: {wrong_name} ends at {other}, the total derivative at {right} "
            f"{over}; {_check(total, wrong, wrong_name, 'the wrong one')}, and {_why_behind(result, total)}."
        )
    first = f"The total derivative comes first with {right} {over}"
    exception = _exception(result, total, wrong)
    if wrong.accuracy < GOOD:
        return f"{first}, and no wrong rule learns iris: the best, {wrong_name}, ends at {other}{exception}."
    return (
        f"{first}, but {wrong_name} still learns and reaches {other}{exception}: a curve that falls proves "
        f"nothing, and {_check(total, wrong, wrong_name)}."
    )


def _over(result: LabResult) -> str:
    seeds = result.seeds
    return f"(seed {seeds[0]} alone)" if len(seeds) == 1 else f"(median of {len(seeds)} seeds)"


def _check(total: RuleSummary, wrong: RuleSummary, wrong_name: str, caught: str = "it") -> str:
    """What the gradient check says of both, at the start."""
    if total.caught:
        return f"even the right rule is {short(total.error)} off in the gradient check at these starts"
    if not wrong.caught:
        return f"at these starts the gradient check finds {wrong_name} right as well"
    seeds = len(wrong.final_costs)
    where = "" if wrong.caught == seeds else f" from {wrong.caught} of {seeds} seeds"
    return f"the gradient check catches {caught} before the first epoch{where} (off by {_share(wrong.error)})"


def _why_behind(result: LabResult, total: RuleSummary) -> str:
    rate = f"η = {result.plan.learning_rate:g}"
    peak = float(total.costs.median.max())
    if peak > RISE * total.start_cost:
        height = "without limit" if np.isinf(peak) else f"from {short(total.start_cost)} to {short(peak)}"
        return f"{rate} is too long a step for the right gradient, whose cost rose {height} on the way"
    if len(result.seeds) == 1:
        return "one seed can be luck: take more"
    return f"a right gradient says which way is down, not who is ahead after {_epochs(result.plan)}"


def _exception(result: LabResult, total: RuleSummary, wrong: RuleSummary) -> str:
    """Seeds in which the better wrong rule won all the same."""
    count = wins(wrong, total)
    return f", and more than the right rule in {count} of {len(result.seeds)} seeds" if count else ""


def _epochs(plan: LabPlan) -> str:
    return "1 epoch" if plan.epochs == 1 else f"{plan.epochs} epochs"


def _divergence(result: LabResult, rule: RuleSummary) -> str:
    return f"{_quoted(rule.name, result.plan.k)} from {rule.diverged} of {len(result.seeds)} seeds"


def _share(error: float) -> str:
    """An error of the check as a share of the largest derivative."""
    return f"{percent(error)} of the largest derivative" if error >= 0.01 else short(error)


def _listed(parts: list[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def control_sentence(result: LabResult) -> str:
    """What training the hidden layers is worth, beside leaving them as they began."""
    rules = {rule.name: rule for rule in summaries(result)}
    last, single, total = rules["last"], rules["single"], rules["total"]
    gain, gap = single.accuracy - last.accuracy, total.accuracy - last.accuracy
    k = result.plan.k
    return (
        f"{_quoted('last')} is the control: its hidden layers stay as they began, and it ends at "
        f"{accuracy_text(last.accuracy)}. To train them too adds {_points(gap)} by the right rule, "
        f"{_points(gain)} by {_quoted('single', k)}."
    )


def _points(share: float) -> str:
    points = round(100 * share, 1)
    sign = "+" if points > 0 else "−" if points < 0 else "±"
    return f"{sign}{abs(points):.1f} percentage points"


def prediction_sentence(order: tuple[str, ...], result: LabResult) -> str:
    """How the reader's order compares with the outcome; empty where none was given."""
    if not order:
        return ""
    rules, k = summaries(result), result.plan.k
    right, pairs = pairs_right(order, rules)
    if right == pairs:
        return f"Your order was right: all {pairs} pairs of rules."
    places = {rule.name: place for place, rule in enumerate(ranked(rules), start=1)}
    off = {name: places[name] - guess for guess, name in enumerate(order, start=1)}
    name = max(off, key=lambda name: abs(off[name]))
    return (
        f"Your order has {right} of {pairs} pairs of rules right. Furthest off: {_quoted(name, k)}, which "
        f"you put {_place(order.index(name) + 1)} and which came {_place(places[name])}."
    )


def _place(place: int) -> str:
    return ("first", "second", "third", "fourth", "fifth")[place - 1]


def stopped_sentence(result: LabResult) -> str:
    """What there is of a comparison that was stopped."""
    done, seeds = len(result.seeds), result.plan.seeds
    if not done:
        return "Stopped before the first seed was finished. Continue to see results."
    return f"Stopped, with {done} of {seeds} seeds finished."


def passes(rule: RuleSummary) -> bool:
    """Whether the gradient check finds nothing, from any seed."""
    return rule.error <= TOLERANCE
