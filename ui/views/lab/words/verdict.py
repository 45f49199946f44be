"""What the numbers say: of right and wrong rules, and of the reader's prediction."""

from collections.abc import Sequence

import numpy as np

from ui.names.numbers import as_typed, counted, every, listed, percent, short
from ui.state.cache import kept
from ui.views.lab.runs import LabResult
from ui.views.lab.summary import REACHED_COST, RuleSummary, lead, predicted_pairs, ranked, summaries, wins
from ui.views.lab.words.page import accuracy_text, level_text, rule_title

GOOD = 0.8
"""A rule whose median accuracy is below has not learned iris; of others REACHED_COST decides."""

RISE = 1.5
"""A cost that grows to so many times what it was at the start shows too long a step."""


def _quoted(rule: RuleSummary, result: LabResult) -> str:
    """A rule within a sentence."""
    return "the total derivative" if rule.name == "total" else f"“{rule_title(rule.name, result.plan.k)}”"


def verdict(result: LabResult) -> str:
    """What the numbers say of right and wrong rules."""
    rules = kept(summaries, result)
    total, *wrong = rules
    if result.plan.learning_rate == 0:
        return _no_step(result, total, wrong)
    said = (
        _every_rule_diverges(result, rules) if all(rule.is_gone for rule in rules) else _order(result, rules)
    )
    gone = [rule for rule in rules if rule.diverged]
    if gone and not all(rule.diverged == rule.seeds for rule in rules):
        named = [f"{_quoted(rule, result)} {_from_seeds(rule.diverged, rule.seeds)}" for rule in gone]
        said += f" Diverged: {listed(named)}."
    return said


def _no_step(result: LabResult, total: RuleSummary, wrong: Sequence[RuleSummary]) -> str:
    return f"With η = 0 no rule takes a step: after {counted(result.plan.epochs, 'epoch')} each one is where it began, at {_figure(total)} {_over(result)}. There is nothing to rank, but {_check(result, total, wrong, 'every wrong rule')}."


def _every_rule_diverges(result: LabResult, rules: Sequence[RuleSummary]) -> str:
    total, *wrong = rules
    of_all = all(rule.diverged == rule.seeds for rule in rules)
    seeds = _from_seeds(total.seeds, total.seeds) if of_all else "from at least half of its seeds"
    return f"Every rule diverges {seeds}: steps of {_rate(result)} are too long here, by the right rule as by the wrong ones. There is nothing to rank, but {_check(result, total, wrong, 'every wrong rule')}."


def _order(result: LabResult, rules: Sequence[RuleSummary]) -> str:
    total, wrong = rules[0], ranked(tuple(rules[1:]))
    best = ranked(tuple(rules))[0]
    if not _has_learned(best):
        return _nobody_learns(result, best, rules)
    ahead = [rule for rule in wrong if lead(rule, total) > 0]
    if ahead:
        return _wrong_ahead(result, total, ahead)
    level = [rule for rule in wrong if lead(rule, total) == 0]
    if level:
        return _level(result, total, level)
    return _right_first(result, total, [rule for rule in wrong if lead(wrong[0], rule) == 0])


def _nobody_learns(result: LabResult, best: RuleSummary, rules: Sequence[RuleSummary]) -> str:
    total, *wrong = rules
    level = [rule for rule in ranked(tuple(rules)) if lead(best, rule) == 0]
    names = listed([_with_accuracy(rule, result) for rule in level])
    apart, measure = level_text(best.by_cost), _measure(best)
    ended = f"the best, {names}, end level, {apart}"
    if len(level) == len(rules):
        low, high = map(_figure, (level[0], level[-1]) if best.by_cost else (level[-1], level[0]))
        more = "" if low == high else f" to {high.removeprefix('cost ')}"
        ended = f"{every(len(rules), 'rule')} end level, {apart}, at {low}{more}"
    elif len(level) == 1:
        ended = f"the best, {_quoted(best, result)}, {_way(best)}"
    doubt = "" if level == [total] else f", so {measure} cannot tell right from wrong"
    check = _check(result, total, wrong, "every wrong rule")
    none = f"none {_goal(best)}"
    return f"No rule learns {_what(result)} here ({none}): {ended} {_over(result)}{doubt}; {check}."


def _wrong_ahead(result: LabResult, total: RuleSummary, ahead: Sequence[RuleSummary]) -> str:
    one = len(ahead) == 1
    who = "A wrong rule ends ahead" if one else "Wrong rules end ahead"
    caught = "the wrong one" if one else "the wrong ones"
    return f"{who}: {listed([_with_accuracy(rule, result) for rule in ahead])}; the total derivative {_ends(total)} {_over(result)}; {_check(result, total, ahead, caught)}, and {_why_behind(result, total)}."


def _level(result: LabResult, total: RuleSummary, level: Sequence[RuleSummary]) -> str:
    names = [f"{_quoted(rule, result)} ({_figure(rule)}, wrong)" for rule in level]
    right = f"The total derivative ({_figure(total)})"
    return f"{listed([right, *names])} end level, {level_text(total.by_cost)} {_over(result)}, so {_measure(total)} does not give the mistake away; {_check(result, total, level, 'it' if len(level) == 1 else 'them')}."


def _right_first(result: LabResult, total: RuleSummary, best_wrong: Sequence[RuleSummary]) -> str:
    """The better wrong rules, level with each other, are all behind the right one."""
    reached = f"{_figure(total)} {_over(result)}"
    one = len(best_wrong) == 1
    names = listed([_quoted(rule, result) for rule in best_wrong])
    figures = listed([_figure(rule) for rule in best_wrong])
    exception = _exception(result, total, best_wrong[0]) if one else ""
    if not _has_learned(best_wrong[0]):
        ends = _ends(best_wrong[0]) if one else f"end level at {figures}"
        return f"The total derivative comes first with {reached}, and no wrong rule learns {_what(result)} ({_goal(total)}): the best, {names}, {ends}{exception}."
    learn = "learns and reaches" if one else "learn and reach"
    return f"The total derivative comes first with {reached}, but {names} still {learn} {figures}{exception}: to learn proves nothing, and {_check(result, total, best_wrong, 'it' if one else 'them')}."


def _figure(rule: RuleSummary) -> str:
    """What ranks a rule: its accuracy, or cost 0.0123."""
    return f"cost {short(rule.cost)}" if rule.by_cost else accuracy_text(rule.accuracy)


def _measure(rule: RuleSummary) -> str:
    return "the cost" if rule.by_cost else "accuracy"


def _has_learned(rule: RuleSummary) -> bool:
    return rule.cost <= REACHED_COST * rule.start_cost if rule.by_cost else rule.accuracy >= GOOD


def _goal(rule: RuleSummary) -> str:
    return (
        f"comes down to {percent(REACHED_COST)} of its starting cost"
        if rule.by_cost
        else f"reaches {percent(GOOD)}"
    )


def _what(result: LabResult) -> str:
    if not result.plan.own:
        return "iris"
    return "this observation" if result.plan.observations == 1 else "these observations"


def _over(result: LabResult) -> str:
    seeds = result.seeds
    return f"(seed {seeds[0]} alone)" if len(seeds) == 1 else f"(median of {len(seeds)} seeds)"


def _rate(result: LabResult) -> str:
    return f"η = {as_typed(result.plan.learning_rate)}"


def _ends(rule: RuleSummary) -> str:
    return "diverges" if rule.is_gone else f"ends at {_figure(rule)}"


def _with_accuracy(rule: RuleSummary, result: LabResult) -> str:
    return f"{_quoted(rule, result)} ({'diverged' if rule.is_gone else _figure(rule)})"


def _way(rule: RuleSummary) -> str:
    """Where a rule's accuracy, or its cost, went from the start to the end."""
    if rule.by_cost:
        began, ended = f"cost {short(rule.start_cost)}", short(rule.cost)
        if short(rule.start_cost) == ended:
            return f"stays at {began}"
        return f"{'rises' if rule.cost > rule.start_cost else 'goes'} from {began} to {ended}"
    began, ended = accuracy_text(rule.start_accuracy), accuracy_text(rule.accuracy)
    if began == ended:
        return f"stays at {ended}"
    return f"{'goes' if rule.accuracy > rule.start_accuracy else 'falls'} from {began} to {ended}"


def _check(result: LabResult, total: RuleSummary, wrong: Sequence[RuleSummary], together: str) -> str:
    """What the gradient check says at the start; `together` names the wrong rules if all are caught."""
    if total.caught:
        return f"even the right rule is {_share(total.error)} of the largest derivative off in the gradient check at these starts"
    caught = [rule for rule in wrong if rule.caught]
    missed = listed([_quoted(rule, result) for rule in wrong if not rule.caught])
    if not caught:
        return f"at these starts the gradient check finds {missed} right as well"
    seeds = total.seeds
    who = together
    if missed or any(rule.caught < seeds for rule in caught):
        seen = [f" {_from_seeds(rule.caught, seeds)}" if rule.caught < seeds else "" for rule in caught]
        who = listed([f"{_quoted(rule, result)}{from_}" for rule, from_ in zip(caught, seen, strict=True)])
    sizes = [rule.error for rule in caught]
    errors = " to ".join(dict.fromkeys((_share(min(sizes)), _share(max(sizes)))))
    said = (
        f"the gradient check catches {who} before the first epoch (off by {errors} of the largest derivative)"
    )
    return f"{said} and finds {missed} right at these starts" if missed else said


def _share(error: float) -> str:
    """An error of the check, a share of the largest derivative."""
    return percent(error) if error >= 0.01 else short(error)


def _why_behind(result: LabResult, total: RuleSummary) -> str:
    peak = float(total.costs.median.max())
    if peak > RISE * total.start_cost:
        height = "without limit" if np.isinf(peak) else f"from {short(total.start_cost)} to {short(peak)}"
        return (
            f"{_rate(result)} is too long a step for the right gradient, whose cost rose {height} on the way"
        )
    if len(result.seeds) == 1:
        return "one seed can be luck: take more"
    epochs = counted(result.plan.epochs, "epoch")
    return f"a right gradient says which way is down, not who is ahead after {epochs}"


def _exception(result: LabResult, total: RuleSummary, wrong: RuleSummary) -> str:
    """Seeds in which the better wrong rule won all the same."""
    count = wins(wrong, total)
    return f", ahead of the right rule in {count} of {len(result.seeds)} seeds" if count else ""


def _from_seeds(count: int, seeds: int) -> str:
    return f"from {every(seeds, 'seed') if count == seeds else f'{count} of {seeds} seeds'}"


def control_sentence(result: LabResult) -> str:
    """What training the hidden layers is worth, beside leaving them as they began; empty without a step."""
    if result.plan.learning_rate == 0:
        return ""
    rules = {rule.name: rule for rule in kept(summaries, result)}
    if "last" not in rules:
        return ""
    single = rule_title("single", result.plan.k)
    of_single = f", “{single}” {_ends(rules['single'])}" if "single" in rules else ""
    stays, are = "layers stay as they", "they are"
    if result.plan.config.depth == 2:
        stays, are = "layer stays as it", "it is"
    return f"“{rule_title('last')}” is the control: its hidden {stays} began, and it {_ends(rules['last'])}. Where {are} trained too, the right rule {_ends(rules['total'])}{of_single}."


def prediction_sentence(order: tuple[str, ...], result: LabResult) -> str:
    """How the reader's order compares with the outcome; empty where none was given."""
    if not order:
        return ""
    if result.plan.learning_rate == 0:
        return "With η = 0 nobody learns, so there is nothing to rank: your order is neither right nor wrong."
    pairs = predicted_pairs(order, kept(summaries, result))
    right, level = sum(ahead > 0 for ahead, *_ in pairs), sum(ahead == 0 for ahead, *_ in pairs)
    ranked_pairs, apart = len(pairs) - level, level_text(bool(result.plan.own))
    if not ranked_pairs:
        return f"Your order is neither right nor wrong: the rules of {every(len(pairs), 'pair')} end level ({apart})."
    more = ""
    if level:
        end = "1 more ends level and counts" if level == 1 else f"{level} more end level and count"
        more = f" {end} neither for nor against it ({apart})."
    if right == ranked_pairs:
        which = "" if not level else " that can be ranked"
        return f"Your order was right: {every(right, 'pair')} of rules{which}.{more}"
    _, first, then = min(pairs, key=lambda pair: pair[0])
    return f"Your order has {right} of {counted(ranked_pairs, 'pair')} of rules right.{more} The clearest miss: you put {_with_accuracy(first, result)} before {_with_accuracy(then, result)}."
