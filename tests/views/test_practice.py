"""Practice: the questions, what they say, and what is left blank."""

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from backprop import MLPConfig, Params, loss_and_gradients, training_step
from backprop.practice import Quantity, problem
from tests.expected import settings_of, step_of, table_of
from tests.markup import by_attribute, elements
from ui.draw.given import given_tables
from ui.names.numbers import as_typed, short
from ui.names.symbols import circled
from ui.names.timeline import timeline
from ui.names.typed import Typed
from ui.questions.answers import Reading, remarks, verdict_of
from ui.questions.catalogue import (
    KINDS,
    RULE,
    batch_of,
    batch_rows,
    count_of,
    kinds_of,
    new_view,
    question_at,
    question_key,
)
from ui.questions.choices import choices_of
from ui.questions.given import given_of
from ui.questions.questions import question, question_for
from ui.questions.quiz import stage_questions
from ui.questions.words.choices import SINGLE, SINGLE_RULE, TOTAL, Choice
from ui.state.own import read_network, write_network
from ui.state.parameters import LEVELS
from ui.state.recording import recorded_step
from ui.views.practice.choice import PracticeChoice
from ui.views.practice.feedback import error_markup, verdict_markup
from ui.views.practice.score import score_markup, subject_markup, tolerance_markup
from ui.views.practice.sequence import length_of, other_network, sequence
from ui.views.practice.session import AT_ONCE, MOST_RECORDS, NOT_YET, WITH_HELP, Attempt, Progress, Record
from ui.views.practice.tab import read, written
from ui.views.practice.workings_table import ALL, LAST_TERM, NOTHING, SUM, working_table

VIEWS = [
    {},
    {"act": "tanh", "hidden": "6-5", "out": "sigmoid", "flower": 3},
    {"act": "sigmoid", "hidden": "3", "out": "sigmoid-squared", "flower": 60},
    {"act": "identity", "out": "identity", "lr": 0.5},
    {"hidden": "16-16-16-16"},
    {"hidden": "1", "flower": 60},
    {"hidden": "none", "bias": "none"},
    {"hidden": "3-2", "act": "tanh-relu", "out": "tanh", "err": "mean", "bias": "fixed"},
]


@pytest.fixture(params=VIEWS, ids=str)
def view(request):
    return settings_of(**request.param)


def text_of(markup: str) -> str:
    return elements(f"<div>{markup}</div>")[0].text


# --- questions of the stage ------------------------------------------------------------------------------


def test_every_stop_asks_for_a_number_that_stands_in_the_stage(view):
    step = step_of(view)
    asked = {stop.id: question_for(step, stop) for stop in timeline(step.config)}
    assert asked["x"] is None
    assert asked["after"] is None
    for stop, found in asked.items():
        if found is None:
            continue
        assert found.stop == stop
        if found.table.endswith(":after") and found.table[0] in "Wb":
            shown = np.atleast_2d(step.params_after[found.table.split(":")[0]])[found.row, found.column]
        else:
            shown = table_of(step, found.table)[found.row, found.column]
        assert found.problem.right == pytest.approx(shown, rel=1e-9, abs=1e-12)
    for layer in range(1, step.config.depth):
        assert asked[f"{layer}.II"] is not None or step.config.layer_sizes[layer + 1] == 1


def test_paths_that_give_the_same_number_share_a_sentence():
    """Softmax on a wide network: many dead units above, so many paths of 0."""
    step = step_of(settings_of(hidden="16-16"))
    (stop,) = [stop for stop in timeline(step.config) if stop.id == "1.II"]
    question = question_for(step, stop)
    zero = [each for each in question.wrong if each.mistake == "one_path" and each.value == 0]
    off = int((step.tape["z2"] <= 0).sum())
    assert len(zero) == 1
    assert off > 1
    assert sum(circled(k) in zero[0].sentence for k in range(16)) >= off


# --- which questions there are ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "missing"),
    [
        ({}, set()),
        ({"act": "identity"}, {"slope"}),
        ({"act": "identity", "out": "identity"}, {"slope"}),
        ({"act": "identity", "out": "sigmoid"}, set()),
        ({"lr": 0}, {"update"}),
    ],
    ids=str,
)
def test_kinds_that_make_no_sense_are_not_offered(link, missing):
    assert set(KINDS) - set(kinds_of(settings_of(**link))) == missing


def test_what_is_nothing_but_rounding_is_not_asked():
    link = {"taken": 200, "lr": 0.05, "act": "identity", "out": "identity", "hidden": "4"}
    learned = settings_of(**link)
    assert set(kinds_of(learned)) == {"forward", "mean", "rule"}
    asked = {question and question["table"] for question in json.loads(stage_questions(learned))}
    assert asked == {None, "z1:value", "a1:value", "z2:value", "a2:value", "z2/a1:jacobian"}
    before = settings_of(**link | {"taken": 40})
    assert {"sum", "gradient"} < set(kinds_of(before))


@pytest.mark.parametrize(
    ("link", "value", "hint"),
    [
        (
            {"hidden": "2", "act": "identity", "out": "identity", "flower": 60, "seed": 5},
            "13.4",
            "begins with 13.",
        ),
        ({}, "1.08", "begins with 1.0."),
        ({"hidden": "2", "edit": "b2_1_1000"}, "1000", "is 1000."),
    ],
    ids=str,
)
def test_the_last_hint_is_the_number_but_for_its_last_digit(link, value, hint):
    step = step_of(settings_of(**link))
    assert short(step.loss_before) == value
    cost = question(step, problem(step, Quantity("cost", step.config.depth, ())))
    assert cost.hints[-1] == f"It {hint}"


XOR = write_network(
    read_network(
        "X = [[0, 0], [0, 1], [1, 0], [1, 1]]\nY = [0, 1, 1, 0]\nW1 = [[1, 2], [3, -1]]\nW2 = [[1, -2]]"
    )
)


def test_a_mean_is_over_the_observations_given():
    view = settings_of(data="own", own=XOR, hidden="2", act="tanh", out="sigmoid", obs=3, bias="none")
    kinds = kinds_of(view)
    assert "mean" in kinds
    assert "sum" not in kinds  # one output, one path
    asked = question_at(view, "mean", 1)
    quantity, X, Y = asked.problem.quantity, [[1, 0], [1, 1], [0, 0], [0, 1]], [[1], [0], [0], [1]]
    _, gradients = loss_and_gradients(view.config, recorded_step(view).params, X, Y)
    assert asked.problem.right == pytest.approx(gradients[f"W{quantity.layer}"][quantity.index], rel=1e-12)
    assert asked.observations == tuple(f"observation {n}" for n in (3, 4, 1, 2))
    assert "the mean over 4 observations?" in asked.prompt
    assert "flower" not in " ".join([asked.prompt, *asked.hints, *(each.sentence for each in asked.wrong)])
    following = new_view(view, "gradient")
    assert (following.obs, following.seed) == (4, view.seed)


def test_the_textbook_has_no_batch():
    assert "mean" not in kinds_of(replace(settings_of(), data="textbook", hidden=(2,), activation="sigmoid"))


def test_a_question_is_determined_by_its_number(view):
    for kind in kinds_of(view):
        numbers = range(1, count_of(view, kind) + 1)
        prompts = [question_at(view, kind, number).prompt for number in numbers]
        assert [question_at(view, kind, number).prompt for number in numbers] == prompts
        assert len(set(prompts)) == len(prompts) >= 1
        assert len({question_key(view, kind, number) for number in numbers}) == len(prompts)


def test_a_question_is_the_same_wherever_it_asks_the_same_with_the_same_numbers():
    def key(kind: str = "sum", number: int = 1, **link) -> str:
        return question_key(settings_of(**link), kind, number)

    assert key() == key(lr=0.3) == key(edit="b2_1_0.0000001")
    # What was kept in a tab holds for the next version too.
    assert key() == "0270fac527670980"
    others = [
        key(number=2),
        key("update"),
        key("update", lr=0.3),
        key(flower=107),
        key(seed=5),
        key(act="tanh"),
    ]
    assert len({key(), *others}) == 7
    weights = next(n for n in range(1, 7) if "dC/d" in question_at(settings_of(), RULE, n).prompt)
    assert key(RULE, weights) == key(RULE, weights, flower=107)
    off = next(n for n in range(1, 7) if "is off" in question_at(settings_of(), RULE, n).prompt)
    assert key(RULE, off) != key(RULE, off, flower=107)
    assert key("mean", flower=3) != key("mean", flower=53)


def test_the_batch_has_a_flower_of_each_species_and_begins_with_the_chosen_one():
    assert batch_rows(settings_of(flower=106)) == (106, 6, 56)
    X, Y = batch_of(settings_of(flower=106))
    assert Y.sum(axis=0).tolist() == [1, 1, 1]
    np.testing.assert_array_equal(X[0], step_of(settings_of(flower=106)).tape["x"])


def test_all_levels_of_all_questions_can_be_drawn(view):
    for kind in kinds_of(view):
        for number in range(1, min(9, count_of(view, kind) + 1)):
            asked = question_at(view, kind, number)
            if isinstance(asked, Choice):
                continue
            for level in LEVELS:
                elements(working_table(asked, view.config, level))
            elements(given_tables(given_of(asked, recorded_step(view))))


def test_a_sequence_has_no_question_twice_and_begins_with_a_sum_that_needs_all_its_terms(view):
    length = length_of(view)
    for marks in ("2" * length, "0" * length, "200120x0210120"[:length]):
        asked = sequence(view, marks)
        keys = [question_key(each.settings, each.kind, each.number) for each in asked]
        assert len(asked) == len(set(keys)) == length <= 12
        for place, (one, next_one) in enumerate(pairwise(asked[:-1])):
            assert one.kind != next_one.kind or next_one.is_again or len(kinds_of(view)) < 3, place
            assert sequence(view, marks[: place + 1]) == asked[: place + 2]
        assert asked[-1].settings == other_network(view) != view
        for place in range(3, length - 1):
            missed = asked[place - 3]
            if marks[place - 3] == "0" and not missed.is_again and asked[place].is_again:
                assert asked[place].kind == missed.kind
        if "sum" in kinds_of(view):
            has_zeros = [
                0 in [term.product for term in question_at(view, "sum", number).problem.terms]
                for number in range(1, count_of(view, "sum") + 1)
            ]
            first = next(each for each in asked if each.kind == "sum")
            assert has_zeros[first.number - 1] is all(has_zeros)


def test_the_mistakes_of_the_list_are_known_to_practice():
    """C8: the mean of the paths, δ·w for δ·a, one factor alone, forgot − y."""
    view = settings_of()
    asked = [question_at(view, kind, n + 1) for kind in kinds_of(view) for n in range(count_of(view, kind))]
    known = {each.mistake for one in asked if not isinstance(one, Choice) for each in one.wrong}
    assert known >= {"paths_averaged", "weight_for_input", "upstream_forgotten", "weights_forgotten"}
    assert known >= {"target_forgotten", "input_forgotten"}


# --- what is left blank ----------------------------------------------------------------------------------


def blanks(markup: str) -> set[str]:
    return {key for key, cell in by_attribute(markup, "data-working").items() if cell.text == "?"}


def test_levels_of_a_sum():
    view = settings_of()
    asked = question_at(view, "sum", 1)
    full = working_table(asked, view.config, NOTHING)
    cells = by_attribute(full, "data-working")
    terms = step_of(view).vjp("z2", "a1").path_terms[:, asked.problem.quantity.index[0]]
    assert [cells[f"product:{k}"].value for k in range(3)] == terms.tolist()
    assert cells["total:0"].value == asked.problem.right
    assert blanks(full) == set()
    assert blanks(working_table(asked, view.config, LAST_TERM)) == {"product:2", "total:0"}
    products = {f"product:{k}" for k in range(3)}
    assert blanks(working_table(asked, view.config, SUM)) == products | {"total:0"}
    assert working_table(asked, view.config, ALL) == ""


@pytest.mark.parametrize("kind", ["path", "slope", "gradient"])
def test_levels_of_a_single_product(kind):
    view = settings_of()
    asked = question_at(view, kind, 1)
    assert blanks(working_table(asked, view.config, NOTHING)) == set()
    assert blanks(working_table(asked, view.config, LAST_TERM)) == {"product:0"}
    assert blanks(working_table(asked, view.config, SUM)) == {"factor:0:0", "factor:0:1", "product:0"}


def test_what_was_known_before_is_never_blank():
    """The old weight, and the bias of a weighted sum, cannot be worked out."""
    view = settings_of()
    update = question_at(view, "update", 1)
    assert blanks(working_table(update, view.config, SUM)) == {"product:1", "total:0"}
    forward = next(
        q
        for n in range(1, count_of(view, "forward") + 1)
        if (q := question_at(view, "forward", n)).prompt[8] == "z"
    )
    last_input = len(forward.problem.terms) - 2
    assert blanks(working_table(forward, view.config, LAST_TERM)) == {f"product:{last_input}", "total:0"}


@pytest.mark.parametrize("kind", ["sum", "path", "slope", "gradient", "update", "forward", "mean"])
def test_with_everything_blank_the_factors_can_be_found(view, kind):
    if kind not in kinds_of(view):
        return
    step = recorded_step(view)
    for number in range(1, min(5, count_of(view, kind) + 1)):
        asked = question_at(view, kind, number)
        html = given_tables(given_of(asked, step))
        known = [e.value for e in elements(html) if "data-value" in e.attributes] + [-view.learning_rate]
        quantity = asked.problem.quantity
        # A softmax Jacobian and f′ follow from a; all other factors are there to be read.
        derived = view.config.activation(quantity.layer) == "softmax" or quantity.kind == "through_activation"
        factors = [x for term in asked.problem.terms for x in term.factors[: 1 if derived else 2]]
        for factor in factors:
            assert min(abs(factor - value) for value in known) <= 1e-12 * max(1, abs(factor))


def test_given_matrices_have_the_colours_and_the_gaps_of_all_others():
    view = settings_of()
    step = recorded_step(view)
    upstream, W = step.cotangent("z2"), step.params["W2"]
    found = elements(given_tables(given_of(question_at(view, "sum", 1), step)))
    cells = [cell for cell in found if "data-value" in cell.attributes]
    shares = [*(abs(upstream) / abs(upstream).max()), *(abs(W) / abs(W).max()).ravel()]
    assert [cell.attributes["style"] for cell in cells] == [f"--share:{share:.3f}" for share in shares]
    signs = ["bp-pos" if cell.value > 0 else "bp-neg" for cell in cells]
    assert [cell.attributes["class"] for cell in cells] == signs
    heads = [cell.text for cell in found if cell.tag == "th"]
    assert heads == ["z21", "z22", "z23", "\u00a0", "a11", "a12", "a13", "a14", "a15", "z21", "z22", "z23"]


# --- choices ---------------------------------------------------------------------------------------------


def test_choices_say_what_is_wrong(view):
    for choice in choices_of(step_of(view)):
        assert choice.options.count(choice.right) == 1
        assert len(choice.remarks) == len(choice.options) - 1
        assert len(set(choice.options)) == len(choice.options) >= 3
        for option in choice.options:
            assert verdict_of(choice, option).right is (option == choice.right)
            if option != choice.right:
                assert remarks(choice, option)[0]


def choice_with(step, words: str) -> Choice:
    return next(choice for choice in choices_of(step) if words in choice.prompt)


def test_rules_follow_the_network():
    relu, tanh = step_of(settings_of()), step_of(settings_of(act="tanh", out="sigmoid", hidden="3-2"))
    alone = [choice.prompt for choice in choices_of(step_of(settings_of(hidden="none")))]
    assert alone == [
        "Which rule gives ∂C/∂z¹₁ from ∂C/∂a¹? The output is softmax.",
        "Which rule gives dC/dw¹₁₁ from ∂C/∂z¹?",
    ]
    assert choice_with(relu, "∂C/∂a¹").right == TOTAL
    assert choice_with(relu, "The output is softmax").right == TOTAL
    assert choice_with(tanh, "The output is sigmoid").right == SINGLE
    assert choice_with(relu, "dC/dw").right == SINGLE
    assert choice_with(relu, "How many products").right == "3"
    assert choice_with(tanh, "full paths").right == "6"
    narrow = step_of(settings_of(hidden="4-1"))
    assert choice_with(narrow, "How many full paths").right == "3"


def one_output_step():
    """One path behind each of two hidden units, which the app's own data never have."""
    config = MLPConfig((1, 2, 1), "identity", "identity", "squared_error")
    params = Params((np.array([[1.0], [2.0]]), np.array([[0.5, -3.0]])), (np.zeros(2), np.zeros(1)))
    return training_step(config, params, [1.0], [0.5], 0.1)  # a² = −5.5, ∂C/∂z² = −6


def test_with_one_output_nothing_is_summed():
    step = one_output_step()
    rule = choice_with(step, "∂C/∂a¹")
    assert (rule.prompt, rule.right) == ("Which rule gives ∂C/∂a¹₂ from ∂C/∂z²?", SINGLE)
    assert rule.remark(TOTAL) == "z² has one entry, so there is one path, and nothing to add up."
    assert rule.hints == ("How many sums z²ₖ does a¹₂ enter?", "It enters one.")
    assert rule.principle == SINGLE_RULE
    count = choice_with(step, "How many products")
    assert (count.options, count.right) == (("1", "2", "3"), "1")
    assert count.remark("2") == "Count the units of layer 2."
    assert count.principle == "There is one path for each unit of the next layer: here 1."
    asked = question(step, problem(step, Quantity("path_sum", 1, (1,))))
    assert asked.prompt == "What is ∂C/∂a¹₂?"
    assert asked.wording.principle == "a¹₂ reaches the cost through z²₁ alone: one path, one product."
    said = {each.mistake: (each.value, each.sentence) for each in asked.wrong}
    assert said["upstream_forgotten"] == (-3, "That is w²₁₂ alone: multiply it by ∂C/∂z²₁.")
    assert "one_path" not in said


def test_the_sum_of_the_targets_is_named_where_it_is_not_1():
    said = {}
    for y in ("0.5", "0.01"):  # beside y₂ = 0.99
        view = settings_of(data="textbook", hidden="3", out="softmax", edit=f"y_1_{y}")
        step = recorded_step(view)
        asked = question(step, problem(step, Quantity("path_sum", 2, (1,))))
        said[y] = (
            asked.wording.formula.split(" = ")[-1],
            asked.wording.principle.rpartition("cross-entropy ")[2],
        )
        a, target = step.tape["a2"][1], step.tape["y"]
        assert asked.problem.right == pytest.approx(a * target.sum() - target[1])
    assert said == {
        "0.5": ("a²₂ · Σ y − y₂", "it comes out as a · Σ y − y."),
        "0.01": ("a²₂ − y₂", "it comes out as a − y."),
    }


def test_the_unit_that_is_off():
    step = step_of(settings_of())
    choice = choice_with(step, "is off")
    units = [int(option.removeprefix("unit ")) - 1 for option in choice.options]
    off = [unit for unit in units if step.tape["z1"][unit] <= 0]
    assert [choice.right] == [f"unit {unit + 1}" for unit in off]
    assert not any("is off" in each.prompt for each in choices_of(step_of(settings_of(act="tanh"))))


# --- what is said ----------------------------------------------------------------------------------------


def test_errors_are_text_not_markup():
    markup = error_markup("Expected a number, got “<b>x</b>”.")
    assert [element.tag for element in elements(markup)] == ["p"]
    assert text_of(markup) == "Expected a number, got “<b>x</b>”."


def verdict_text(asked, value: float, digits: int = 17, unit: float = 0.0) -> str:
    return text_of(verdict_markup(asked, Reading(Typed(value, digits, unit), as_typed(value))))


def test_the_verdict_names_every_mistake():
    asked = question_at(settings_of(), "sum", 1)
    one = asked.wrong[0]
    both = replace(asked, wrong=(one, replace(asked.wrong[1], range=one.range)))
    path = "That is path {} alone. All 3 paths through z2 count: add up their products."
    named = f"✗ Not −0.0924863Two mistakes give this number:{path.format('①')}{path.format('②')}"
    assert verdict_text(both, one.value) == named
    assert verdict_text(asked, one.value) == f"✗ Not −0.0924863{path.format('①')}"
    assert verdict_text(asked, 99.0) == ("✗ Not 99That is not it, and none of the usual mistakes either.")
    assert verdict_text(asked, 9.0, 1, 1.0) == "✗ Not 9That is not it."
    assert verdict_text(asked, 0.289) == "✓ Right: 0.289"
    assert verdict_text(asked, 0.29, 2, 0.01) == "Nearly: give three digits. You gave 0.29."
    assert verdict_markup(asked, Reading(None, error="Type a number.")) == ""


# --- the score -------------------------------------------------------------------------------------------


def record_of(*attempts: Attempt, **fields) -> Record:
    return Record("sum", attempts=dict(zip(LEVELS[1:], attempts, strict=False)), **fields)


def counted(right: bool = False, **fields) -> Record:
    """A record with one attempt, entered into the score."""
    record = record_of(Attempt(tries=1, solved=right), **fields)
    record.count(LAST_TERM, right)
    return record


def test_the_score_counts_a_question_once_and_corrects_itself():
    progress = Progress()
    record = progress.touch("q1", "sum")
    attempt = record.attempt(LAST_TERM)
    attempt.tries = 1
    record.count(LAST_TERM, right=False)
    assert progress.score()["sum"] == {AT_ONCE: 0, WITH_HELP: 0, NOT_YET: 1}
    attempt.tries = 2
    record.count(LAST_TERM, right=True)
    assert progress.score()["sum"] == {AT_ONCE: 0, WITH_HELP: 1, NOT_YET: 0}
    record.count(LAST_TERM, right=False)
    record.count(SUM, right=True)
    assert progress.score()["sum"] == {AT_ONCE: 0, WITH_HELP: 1, NOT_YET: 0}
    assert progress.streak("sum", LAST_TERM) == -1
    for name in ("q2", "q3"):
        progress.records[name] = counted(right=True)
    assert progress.score()["sum"] == {AT_ONCE: 2, WITH_HELP: 1, NOT_YET: 0}
    assert progress.streak("sum", LAST_TERM) == 2
    assert progress.streak("sum", SUM) == progress.streak("slope", LAST_TERM) == 0
    progress.records["q4"] = counted()
    assert progress.streak("sum", LAST_TERM) == -1


def test_what_was_shown_is_never_right():
    progress = Progress(records={"q1": counted(right=True, shown=True), "q2": Record("sum", shown=True)})
    assert progress.score() == {"sum": {AT_ONCE: 0, WITH_HELP: 0, NOT_YET: 1}}
    assert progress.shown() == 1
    assert progress.is_spoilt("q1")
    assert not progress.is_spoilt("q2")
    assert not progress.is_spoilt("q3")


def test_a_hint_at_any_level_is_help():
    record = record_of(Attempt(tries=1, solved=True), Attempt(hints=1))
    record.count(LAST_TERM, right=True)
    assert record.result == WITH_HELP


@pytest.mark.parametrize(
    ("earlier", "later", "result"),
    [
        (counted(right=True), counted(), AT_ONCE),
        (counted(right=True), counted(right=True), AT_ONCE),
        (counted(right=True), counted(shown=True), AT_ONCE),
        (counted(), counted(right=True), WITH_HELP),
        (record_of(Attempt(hints=1)), counted(right=True), WITH_HELP),
        (counted(shown=True), counted(right=True), NOT_YET),
        (Record("sum", shown=True), counted(right=True), NOT_YET),
        (record_of(Attempt()), counted(right=True), AT_ONCE),
        (counted(), Record("sum"), NOT_YET),
        (Record("sum"), counted(), NOT_YET),
        (Record("sum"), Record("sum"), ""),
    ],
)
def test_what_was_done_before_and_after_a_reload_is_one(earlier, later, result):
    assert later.after(earlier).result == result
    assert later.after(earlier).shown is (earlier.shown or later.shown)


def test_a_session_takes_over_the_one_before_once():
    before = Attempt("0.5", tries=2, hints=1)
    progress = Progress(records={"q2": counted(right=True)})
    progress.records["q2"].attempts[SUM] = Attempt(hints=1)
    earlier = {"q1": counted(right=True), "q2": record_of(before, result=NOT_YET, first=NOT_YET, level=SUM)}
    for _ in range(2):
        progress.take("0123456789abcdef", dict(earlier))
        assert list(progress.records) == ["q1", "q2"]
        assert progress.score()["sum"] == {AT_ONCE: 1, WITH_HELP: 1, NOT_YET: 0}
        assert progress.records["q2"].attempts == {
            LAST_TERM: Attempt("0.5", tries=3, hints=1, solved=True),
            SUM: Attempt(hints=1),
        }
        assert (progress.records["q2"].first, progress.records["q2"].level) == (NOT_YET, SUM)
    assert progress.taken == "0123456789abcdef"
    own = Progress()
    own.take(own.session, dict(earlier))
    assert not own.records
    emptied = Progress(records=dict(earlier))
    emptied.begin_anew()
    emptied.take("0123456789abcdef", dict(earlier))
    assert not emptied.records
    assert emptied.taken == "0123456789abcdef"


RECORDS = {
    "0270fac527670980": Record(
        "sum",
        WITH_HELP,
        False,
        NOT_YET,
        LAST_TERM,
        {LAST_TERM: Attempt("−0,25", 2, 1, True, True, False), SUM: Attempt(None, 0, 3, False, False, True)},
    ),
    "00000000000000ff": Record(RULE, "", True, "", "", {"": Attempt("the total derivative")}),
}


def test_what_a_tab_keeps_comes_back_as_it_was():
    assert read(written(RECORDS)) == RECORDS
    largest = Attempt("⁄" * 200, 9999, 9999, True, True, True)
    many = {
        f"{n:016x}": record_of(*[largest] * 3, result=NOT_YET, first=NOT_YET) for n in range(MOST_RECORDS)
    }
    assert read(written(many)) == many


TAMPERED = [
    ("0270fac527670980", "0270fac52767098"),
    ("0270fac527670980", "0270FAC527670980"),
    ('"sum",', '"product",'),
    ('"sum",', "[],"),
    ("with_help", "always"),
    ("false,", "0,"),
    ("last term", "first term"),
    (":[", ":[7,"),
    ('"−0,25"', "7"),
    ("−0,25", "1" * 201),
    ("−0,25", "\\ud800"),
    (",2,1,", ",-1,1,"),
    (",2,1,", ",2,10000,"),
    (",2,1,", ",2,true,"),
    (",2,1,", ",2.0,1,"),
    ("true,true", '1,"true"'),
    ("[[", "[" * 100_000),
    ("]]", ""),
]


@pytest.mark.parametrize(("part", "other"), TAMPERED, ids=range(len(TAMPERED)))
def test_what_a_tab_hands_over_is_checked(part, other):
    text = written(RECORDS)
    assert part in text
    with pytest.raises((ValueError, TypeError, RecursionError)):
        read(text.replace(part, other, 1))


@pytest.mark.parametrize("text", [None, 8, "", "7", "{}", "[7]", "[[]]", " " * 500_001 + "[]"])
def test_what_is_no_text_of_records_is_refused(text):
    with pytest.raises((ValueError, TypeError)):
        read(text)


def test_no_more_records_are_taken_than_are_kept():
    many = {f"{n:016x}": Record("sum") for n in range(MOST_RECORDS + 1)}
    with pytest.raises(ValueError, match="expected records"):
        read(written(many))


def test_what_is_said_of_the_score():
    kept = "Kept until you close this tab."
    assert text_of(score_markup({}, 0)) == (
        "Your scoreEach question counts once, and not as right if its answer was shown. "
        f"Worked examples do not count. {kept}"
    )
    score = {
        "update": {AT_ONCE: 0, WITH_HELP: 1, NOT_YET: 3},
        "sum": {AT_ONCE: 0, WITH_HELP: 0, NOT_YET: 1},
    }
    markup = score_markup(score, 0)
    assert text_of(markup) == (
        f"Your scoreat oncewith helpnot yetsum001update013Five questions so far, one of them right. {kept}"
    )
    assert {key: cell.text for key, cell in by_attribute(markup, "data-score").items()} == {
        f"{kind}:{result}": str(count) for kind in score for result, count in score[kind].items()
    }


@pytest.mark.parametrize(
    ("counts", "shown", "said"),
    [
        ((1, 0, 0), 0, "One question so far, right."),
        ((0, 1, 0), 0, "One question so far, right."),
        ((0, 0, 1), 0, "One question so far, not right yet."),
        ((0, 0, 1), 1, "One question so far, not right: its answer was shown."),
        ((1, 1, 0), 0, "Two questions so far, both right."),
        ((1, 0, 1), 0, "Two questions so far, one of them right."),
        ((0, 0, 2), 0, "Two questions so far, none of them right."),
        ((2, 1, 0), 0, "Three questions so far, all of them right."),
        (
            (1, 1, 2),
            1,
            "Four questions so far, two of them right. The answer of one was shown, "
            "so it does not count as right.",
        ),
        (
            (12, 1, 4),
            3,
            "17 questions so far, 13 of them right. The answers of three were shown, "
            "so they do not count as right.",
        ),
        ((198, 0, 2), 0, "Your last 200 questions, 198 of them right."),
    ],
)
def test_the_score_in_words(counts, shown, said):
    score = {"sum": dict(zip((AT_ONCE, WITH_HELP, NOT_YET), counts, strict=True))}
    assert f"{''.join(map(str, counts))}{said} Kept until you close this tab." in text_of(
        score_markup(score, shown)
    )


def test_who_is_asked_about_and_what_counts():
    def said(kind: str = "sum", **link) -> tuple[str, str]:
        view = settings_of(**link)
        choice = PracticeChoice(view, kind, 1, LAST_TERM)
        return text_of(subject_markup(choice)), text_of(tolerance_markup(question_at(view, kind, 1)))

    subject, counts = said()
    assert subject == (
        "Asked aboutFlower 106, virginica: sepal 4.9 × 2.5 cm, petal 4.5 × 1.7 cm."
        "4 → 5 → 3 units, relu, softmax output, cross-entropy"
    )
    assert counts == (
        "What counts as rightWhat the numbers shown give, to three digits. "
        "0,25, 2.5e−1, 1/4 and 0.5*0.5 are read as 0.25."
    )
    subject, counts = said(RULE, data="textbook", hidden="2", act="tanh", out="sigmoid-squared")
    assert subject == (
        "Asked aboutTextbook example: x = (0.05, 0.1), targets y = (0.01, 0.99)."
        "2 → 2 → 2 units, tanh, sigmoid output, squared error"
    )
    assert counts == ""


def test_old_records_are_forgotten_and_first_those_that_do_not_count():
    progress = Progress(records={"counted": counted()})
    for number in range(1000):
        progress.touch(str(number), "sum").attempt(SUM).tries = 1
    assert len(progress.records) == MOST_RECORDS
    assert progress.attempt("999", SUM).tries == 1
    assert progress.attempt("0", SUM).tries == 0
    assert progress.score()["sum"][NOT_YET] == 1
    for number in range(200):
        progress.records.pop(str(number), None)
        progress.touch(f"more {number}", "sum").count(SUM, right=False)
    assert "counted" not in progress.records
    assert progress.score()["sum"][NOT_YET] == MOST_RECORDS
