"""What the lab says of a comparison, for results made up."""

from dataclasses import replace

import numpy as np
import pytest

from backprop import MLPConfig
from tests.expected import XOR, own_link
from tests.markup import elements
from tests.views.lab_results import CONFIG, ERRORS, NAMES, NORMAL, result_of, run_of
from ui.views.lab.markup import table_markup
from ui.views.lab.runs import LabPlan, LabResult
from ui.views.lab.summary import predicted_pairs, ranked, summaries
from ui.views.lab.words.page import (
    curves_alt,
    how_it_runs,
    rule_title,
    stopped_sentence,
    what_it_keeps,
    what_learns,
)
from ui.views.lab.words.verdict import control_sentence, prediction_sentence, verdict


def test_the_normal_case_warns_of_the_wrong_rule_that_learns():
    assert verdict(result_of(NORMAL | {"total": [0.95] * 4, "last": 0.86})) == (
        "The total derivative comes first with 95.0\u00a0% (median of 4 seeds), but “Single path ②” still "
        "learns and reaches 89.0\u00a0%: to learn proves nothing, and the gradient check catches "
        "it before the first epoch (off by 60\u00a0% of the largest derivative)."
    )


def test_wrong_rules_that_are_level_are_named_together():
    assert verdict(result_of(NORMAL | {"total": 0.97, "single": 0.88, "last": 0.89})) == (
        "The total derivative comes first with 97.0\u00a0% (seed 859 alone), but “Last layer only” and "
        "“Single path ②” still learn and reach 89.0\u00a0% and 88.0\u00a0%: to learn proves nothing, and the "
        "gradient check catches them before the first epoch (off by 60\u00a0% to 90\u00a0% of the largest "
        "derivative)."
    )
    assert verdict(result_of(NORMAL | {"single": 0.79, "last": 0.78})) == (
        "The total derivative comes first with 95.0\u00a0% (seed 859 alone), and no wrong rule learns iris "
        "(reaches 80\u00a0%): the best, “Single path ②” and “Last layer only”, end level at 79.0\u00a0% and "
        "78.0\u00a0%."
    )


def test_an_unusual_seed_is_told():
    said = verdict(result_of(NORMAL | {"total": [0.95, 0.7, 0.95], "single": [0.89, 0.89, 0.9], "last": 0.8}))
    assert "reaches 89.0\u00a0%, ahead of the right rule in 1 of 3 seeds: to learn" in said


def test_rules_that_end_level_are_not_ranked():
    assert verdict(result_of(NORMAL | {"single": 0.95 - 2 / 150})) == (
        "The total derivative (95.0\u00a0%) and “Single path ②” (93.7\u00a0%, wrong) end level, no more than "
        "2 flowers apart (seed 859 alone), so accuracy does not give the mistake away; the gradient check "
        "catches it before the first epoch (off by 60\u00a0% of the largest derivative)."
    )
    said = verdict(result_of(NORMAL | {"single": 0.94, "last": 0.96}))
    assert said.startswith(
        "The total derivative (95.0\u00a0%), “Last layer only” (96.0\u00a0%, wrong) and “Single path ②” "
        "(94.0\u00a0%, wrong) end level, "
    )
    assert "the gradient check catches them before" in said
    assert "level" not in verdict(result_of(NORMAL | {"single": 0.95 - 3 / 150}))


def test_a_wrong_rule_that_wins_is_said_to_win():
    finals = NORMAL | {"last": [0.98, 0.97, 0.99], "total": 0.9}
    assert verdict(result_of(finals)) == (
        "A wrong rule ends ahead: “Last layer only” (98.0\u00a0%); the total derivative ends at 90.0\u00a0% "
        "(median of 3 seeds); the gradient check catches the wrong one before the first epoch (off by "
        "90\u00a0% of the largest derivative), and a right gradient says which way is down, not who is ahead "
        "after 2 epochs."
    )
    assert verdict(result_of(NORMAL | {"last": 0.98})).endswith("one seed can be luck: take more.")
    said = verdict(result_of(finals | {"total": [run_of(0.9, error=1e-9, peak=240)] * 3}, lr=10))
    assert said.endswith(
        "η = 10 is too long a step for the right gradient, whose cost rose from 1.10 to 240 on the way."
    )
    assert "too long" not in verdict(result_of(finals | {"total": [run_of(0.9, error=1e-9, peak=1.65)] * 3}))
    said = verdict(
        result_of(finals | {"biases": 0.97, "total": [run_of(0, diverged=1, error=1e-9)] * 3}, lr=10)
    )
    assert said == (
        "Wrong rules end ahead: “Last layer only” (98.0\u00a0%), “Output biases only” (97.0\u00a0%), “Single "
        "path ②” (89.0\u00a0%) and “Diagonal softmax” (66.0\u00a0%); the total derivative diverges (median "
        "of 3 seeds); the gradient check catches the wrong ones before the first epoch (off by 60\u00a0% to "
        "120\u00a0% of the largest derivative), and η = 10 is too long a step for the right gradient, whose "
        "cost rose without limit on the way. Diverged: the total derivative from all 3 seeds."
    )


def test_no_rule_learns_is_no_victory():
    check = (
        "the gradient check catches every wrong rule before the first epoch (off by 60\u00a0% to 120\u00a0% "
    )
    assert verdict(result_of(dict.fromkeys(NAMES, 0.33) | {"last": 0.34})) == (
        "No rule learns iris here (none reaches 80\u00a0%): all 5 rules end level, no more than 2 flowers "
        "apart, at 33.0\u00a0% to 34.0\u00a0% (seed 859 alone), so accuracy cannot tell right from wrong; "
        f"{check}of the largest derivative)."
    )
    assert "apart, at 38.0\u00a0% (seed" in verdict(result_of(dict.fromkeys(NAMES, 0.38)))
    assert verdict(result_of(dict.fromkeys(NAMES, 0.33) | {"biases": 0.5})) == (
        "No rule learns iris here (none reaches 80\u00a0%): the best, “Output biases only”, goes from "
        f"30.0\u00a0% to 50.0\u00a0% (seed 859 alone), so accuracy cannot tell right from wrong; {check}of "
        "the largest derivative)."
    )
    assert verdict(result_of(dict.fromkeys(NAMES, 0.33) | {"total": 0.5, "last": 0.49})).startswith(
        "No rule learns iris here (none reaches 80\u00a0%): the best, the total derivative (50.0\u00a0%) and "
        "“Last layer only” (49.0\u00a0%), end level, no more than 2 flowers apart (seed 859 alone), so "
        "accuracy cannot"
    )
    assert verdict(result_of(dict.fromkeys(NAMES, 0.1) | {"total": 0.2})).startswith(
        "No rule learns iris here (none reaches 80\u00a0%): the best, the total derivative, falls from "
        f"30.0\u00a0% to 20.0\u00a0% (seed 859 alone); {check}"
    )
    assert "the total derivative, stays at 30.0\u00a0% (seed" in verdict(
        result_of(dict.fromkeys(NAMES, 0.1) | {"total": 0.3})
    )
    of_own = result_of({name: run_of(1.0, 0.5 + 0.001 * rank) for rank, name in enumerate(NAMES)})
    of_own = replace(of_own, plan=replace(of_own.plan, own=own_link(XOR)["own"]))
    assert (
        "all 5 rules end level, no more than 1\u00a0% of the starting cost apart, at cost 0.500 to 0.504"
        in (verdict(of_own))
    )


def test_wrong_rules_that_do_not_learn():
    said = verdict(result_of(NORMAL | {"single": 0.7, "last": 0.6}))
    assert said == (
        "The total derivative comes first with 95.0\u00a0% (seed 859 alone), and no wrong rule learns iris "
        "(reaches 80\u00a0%): the best, “Single path ②”, ends at 70.0\u00a0%."
    )


def test_without_a_step_there_is_nothing_to_rank():
    result = result_of(dict.fromkeys(NAMES, [0.38] * 3), lr=0, start=0.38)
    assert verdict(result) == (
        "With η = 0 no rule takes a step: after 2 epochs each one is where it began, at 38.0\u00a0% (median "
        "of 3 seeds). There is nothing to rank, but the gradient check catches every wrong rule before the "
        "first epoch (off by 60\u00a0% to 120\u00a0% of the largest derivative)."
    )
    worst_first = ("biases", "last", "diagonal", "single", "total")
    assert prediction_sentence(worst_first, result) == (
        "With η = 0 nobody learns, so there is nothing to rank: your order is neither right nor wrong."
    )
    assert control_sentence(result) == ""
    assert "bp-lab-control" not in table_markup(result)


def test_divergence_is_data():
    gone = run_of(0, diverged=1)
    result = result_of(NORMAL | {"diagonal": [gone, gone, run_of(0.66)]})
    assert verdict(result).endswith(" Diverged: “Diagonal softmax” from 2 of 3 seeds.")
    diagonal = {rule.name: rule for rule in summaries(result)}["diagonal"]
    assert (diagonal.cost, diagonal.accuracy, diagonal.diverged) == (np.inf, 0, 2)
    assert ranked(summaries(result))[-1].name == "diagonal"


@pytest.mark.parametrize(("count", "seeds"), [(1, "the only seed"), (2, "both seeds"), (3, "all 3 seeds")])
def test_when_every_rule_diverges_none_is_the_best(count, seeds):
    def gone(name):
        return run_of(0, diverged=1, error=ERRORS[name])

    everything = result_of({name: [gone(name)] * count for name in NAMES}, lr=10)
    assert verdict(everything) == (
        f"Every rule diverges from {seeds}: steps of η = 10 are too long here, by the right rule as by the "
        "wrong ones. There is nothing to rank, but the gradient check catches every wrong rule before the "
        "first epoch (off by 60\u00a0% to 120\u00a0% of the largest derivative)."
    )
    assert curves_alt(summaries(everything), 0).endswith(
        "By accuracy, then by cost: Total derivative diverges; Single path ① diverges; Diagonal softmax "
        "diverges; Last layer only diverges; Output biases only diverges."
    )
    assert prediction_sentence(NAMES[::-1], everything) == (
        "Your order is neither right nor wrong: the rules of all 10 pairs end level (no more than 2 flowers "
        "apart)."
    )


def test_when_some_seeds_survive_they_are_counted():
    runs = {name: [run_of(0, diverged=1, error=ERRORS[name])] * 2 + [run_of(0.4)] for name in NAMES}
    said = verdict(result_of(runs, lr=10))
    assert said.startswith(
        "Every rule diverges from at least half of its seeds: steps of η = 10 are too long"
    )
    assert said.endswith(
        " Diverged: the total derivative from 2 of 3 seeds, “Single path ②” from 2 of 3 seeds, “Diagonal "
        "softmax” from 2 of 3 seeds, “Last layer only” from 2 of 3 seeds and “Output biases only” from 2 of "
        "3 seeds."
    )


def test_a_check_that_finds_nothing_is_not_said_to_catch():
    blind = [run_of(0.92, error=1e-10), run_of(0.92, error=0.4)]
    assert verdict(result_of(NORMAL | {"single": blind})).endswith(
        "the gradient check catches “Single path ②” from 1 of 2 seeds before the first epoch (off by "
        "40\u00a0% of the largest derivative)."
    )
    blind = [run_of(0.92, error=1e-10)] * 2
    assert verdict(result_of(NORMAL | {"single": blind})).endswith(
        "at these starts the gradient check finds “Single path ②” right as well."
    )
    assert verdict(result_of(NORMAL | {"single": blind, "last": [run_of(0.915, error=0.004)] * 2})).endswith(
        "the gradient check catches “Last layer only” before the first epoch (off by 0.00400 of the largest "
        "derivative) and finds “Single path ②” right at these starts."
    )
    off = [run_of(0.95, error=1e-3)]
    assert verdict(result_of(NORMAL | {"total": off})).endswith(
        "even the right rule is 0.00100 of the largest derivative off in the gradient check at these starts."
    )


def test_the_prediction_is_compared_with_the_outcome():
    result = result_of(NORMAL | {"last": 0.85})
    best_first = ("total", "single", "last", "diagonal", "biases")
    assert prediction_sentence(best_first, result) == "Your order was right: all 10 pairs of rules."
    assert prediction_sentence(("total", "diagonal", "single", "last", "biases"), result) == (
        "Your order has 8 of 10 pairs of rules right. The clearest miss: you put “Diagonal softmax” "
        "(66.0\u00a0%) before “Single path ②” (89.0\u00a0%)."
    )
    assert prediction_sentence(best_first[::-1], result).startswith("Your order has 0 of 10 pairs")
    assert prediction_sentence((), result) == ""


def test_pairs_that_end_level_count_neither_way():
    result = result_of({"total": 0.95, "single": 0.94, "diagonal": 0.66, "last": 0.66, "biases": 0.4})
    level = "neither for nor against it (no more than 2 flowers apart)."
    for order in (
        ("total", "single", "diagonal", "last", "biases"),
        ("single", "total", "last", "diagonal", "biases"),
    ):
        assert prediction_sentence(order, result) == (
            "Your order was right: all 8 pairs of rules that can be ranked. 2 more end level and count "
            f"{level}"
        )
    assert prediction_sentence(("single", "diagonal", "total", "last", "biases"), result) == (
        f"Your order has 7 of 8 pairs of rules right. 2 more end level and count {level} The clearest miss: "
        "you put “Diagonal softmax” (66.0\u00a0%) before the total derivative (95.0\u00a0%)."
    )
    one = result_of({"total": 0.95, "single": 0.94, "last": 0.66, "biases": [run_of(0, diverged=1)]})
    assert prediction_sentence(("biases", "total", "single", "last"), one) == (
        f"Your order has 2 of 5 pairs of rules right. 1 more ends level and counts {level} The clearest "
        "miss: you put “Output biases only” (diverged) before the total derivative (95.0\u00a0%)."
    )


def test_two_flowers_are_level_and_three_are_not():
    two, three = (
        predicted_pairs(("last", "total"), summaries(result_of(NORMAL | {"last": 0.95 + flowers / 150})))
        for flowers in (2, 3)
    )
    assert [pair[0] for pair in two + three] == [0, 3]
    backwards = predicted_pairs(("total", "last"), summaries(result_of(NORMAL | {"last": 0.95 + 3 / 150})))
    assert [(pair[0], pair[1].name, pair[2].name) for pair in backwards] == [(-3, "total", "last")]


def test_cost_breaks_ties_of_accuracy_in_the_table():
    rules = summaries(result_of(NORMAL | {"last": run_of(0.95, cost=0.01)}))
    assert [rule.name for rule in ranked(rules)][:2] == ["last", "total"]


def test_the_control_sentence_follows_the_numbers():
    assert control_sentence(result_of(NORMAL | {"single": [run_of(0, diverged=1)]})) == (
        "“Last layer only” is the control: its hidden layer stays as it began, and it ends at 87.0\u00a0%. "
        "Where it is trained too, the right rule ends at 95.0\u00a0%, “Single path ②” diverges."
    )
    deep = replace(result_of(NORMAL), plan=LabPlan(MLPConfig((4, 5, 4, 3)), 0.1, 200, 859, 3, 1))
    assert control_sentence(deep) == (
        "“Last layer only” is the control: its hidden layers stay as they began, and it ends at 87.0\u00a0%. "
        "Where they are trained too, the right rule ends at 95.0\u00a0%, “Single path ②” ends at 89.0\u00a0%."
    )


def test_what_happens_on_run_is_told_in_the_right_number():
    plan = LabPlan(CONFIG, 0.05, 200, 859, 3, 0)
    assert how_it_runs(plan) == (
        "Every rule starts from the same weights: seeds 859 to 861.",
        "Before the first step its gradient is checked against the numerical derivative.",
        "Then it takes 200 steps with η = 0.05, each with the mean gradient of all 150 flowers.",
    )
    plan = replace(plan, epochs=1, seeds=1)
    assert how_it_runs(plan)[0].endswith("weights: seed 859.")
    assert how_it_runs(plan)[2] == (
        "Then it takes 1 step with η = 0.05, with the mean gradient of all 150 flowers."
    )


def test_the_note_below_the_table_states_its_thresholds():
    said = table_markup(result_of(NORMAL, lr=0.05))
    said = "".join(e.text for e in elements(said) if "bp-note" in e.classes)
    assert said.endswith(
        "Seed 859, 2 epochs, η = 0.05, full batch, all 150 flowers, from the initial weights. Order: by "
        "accuracy, then by cost; rules no more than 2 flowers apart end level. A diverged training counts as "
        "accuracy 0 and cost ∞. Gradient check: largest difference from the numerical derivative over all "
        "parameters and seeds, as a share of the largest derivative; ✗ above 1.00e−6."
    )
    one_epoch = LabResult(replace(result_of(NORMAL).plan, epochs=1), (859,), result_of(NORMAL).runs)
    assert "Seed 859, 1 epoch, η" in table_markup(one_epoch)
    assert "Seeds 859 to 860, 2 epochs" in table_markup(result_of(NORMAL | {"total": [0.9, 0.95]}))


def test_a_stopped_comparison_says_what_there_is():
    three = result_of(NORMAL, asked=3)
    assert stopped_sentence(three) == "Stopped, with 1 of 3 seeds finished."
    assert stopped_sentence(LabResult(three.plan, (), dict.fromkeys(NAMES, ()))) == (
        "Stopped before the first seed was finished. Continue to see results."
    )


def test_every_rule_is_described():
    plan = LabPlan(CONFIG, 0.1, 1, 4, 1, 1)
    assert [(what_it_keeps(name, plan), what_learns(name, plan)) for name in NAMES] == [
        ("every path, summed: the right rule", "all layers"),
        ("from a hidden unit only the path through unit 2 of the next layer", "all layers"),
        ("of ∂a²/∂z² only the diagonal, as if each output had but its own z", "all layers"),
        ("no path from any hidden unit, so nothing is summed over paths there", "W² and b² alone"),
        ("as the rule above, and none into W² either", "b² alone"),
    ]
    assert [rule_title(name, 0) for name in NAMES] == [
        "Total derivative",
        "Single path ①",
        "Diagonal softmax",
        "Last layer only",
        "Output biases only",
    ]
