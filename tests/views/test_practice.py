"""What Practice leaves blank, what it asks in a row, and what it says."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements, text_of
from tests.questions.views import every_view
from ui.draw.given import given_tables
from ui.names.numbers import as_typed
from ui.names.typed import Typed
from ui.questions.answers import Reading
from ui.questions.catalogue import (
    count_of,
    kinds_of,
    question_at,
    question_key,
)
from ui.questions.given import given_of
from ui.state.recording import recorded_step
from ui.views.practice.feedback import error_markup, verdict_markup
from ui.views.practice.sequence import length_of, other_network, sequence
from ui.views.practice.workings_table import ALL, LAST_TERM, NOTHING, SUM, working_table


@every_view
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


@every_view
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
