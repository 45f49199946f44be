"""What Derivative paths says above, beside and below its cards, against what the core computes."""
# ruff: noqa: E501 - a sentence on one line can be searched for

import pytest

from backprop import numerical_derivative
from backprop.study.telling import telling_path
from tests.expected import settings_of, step_of
from tests.markup import elements
from tests.views.path_views import LEARNED, MARKS, NO_WEIGHTS, at, cards, chosen, gradients, units, verdict
from ui.names.numbers import percent, short, signed
from ui.views.paths.enumeration import enumeration_markup
from ui.views.paths.special_units import cancelling_markup, dead_unit_markup
from ui.views.paths.update import update_sentence


def units_note(choice):
    scene = at(choice)
    return scene.sentence(scene.parts("Words")[-1])


def near_a_kink():
    """A link whose a¹₁ feeds a ReLU that sits at its kink."""
    step = step_of(settings_of(hidden="5-4"))
    z = step.params.weights[1][0] @ step.tape["a1"]
    return {"hidden": "5-4", "edit": f"b2_1_{-float(z)!r}"}


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (
            chosen({"hidden": "1", "out": "relu", "err": "mean", "flower": 120}),
            "∂C/∂z² is 0, since each output is off or meets its target, so every path carries 0, and one alone "
            "says the same as the sum.",
        ),
        (
            chosen({"hidden": "2-1"}),
            "Only z²₁ reads a¹₁, so there is one path and one product: here the single-variable chain rule is "
            "the whole truth. The unit of hidden layer 2 has 3 paths.",
        ),
        (
            chosen({"hidden": "2-1"}, dropped=[0]),
            "Without ① you are off by −0.227, 100\u00a0% of the true value.",
        ),
        (
            chosen({"hidden": "2-2", "flower": 51}, unit=1, dropped=[0]),
            "Path ① carries nothing here, so the sum is the same: luck, not a rule.",
        ),
        (
            chosen({"edit": NO_WEIGHTS}, dropped=[0, 2]),
            "Paths ① and ③ carry nothing here, so the sum is the same: luck, not a rule.",
        ),
        (chosen({"edit": NO_WEIGHTS}), "Every path carries 0 here, so one alone says the same as the sum."),
        (
            chosen({"edit": "W2_1_1_0"}),
            "② alone, the one that misleads most, would say −0.168 where the truth is +0.121. Knock out a path that "
            "carries something and watch the sum leave the dashed line.",
        ),
        (
            chosen(LEARNED),
            "This flower is learned to the last digit: what the paths carry is nothing but rounding, so one "
            "alone says the same as the sum, 0.",
        ),
        (
            chosen(LEARNED | {"edit": "x_1_0.5"}),
            "This example is learned to the last digit: what the paths carry is nothing but rounding, so one "
            "alone says the same as the sum, 0.",
        ),
        (
            chosen({}, dropped=[2]),
            "Without ③ you are off by −0.285, and the sign is wrong: the unit's weights would move the wrong "
            "way.",
        ),
        (
            chosen({}, unit=2, dropped=[0, 1, 2]),
            "Without ①, ② and ③ you are off by +0.147, 100\u00a0% of the true value.",
        ),
    ],
    ids=str,
)
def test_verdict(choice, said):
    assert verdict(choice) == said


def test_the_verdict_of_a_flat_unit_does_not_speak_of_its_weights():
    choice = chosen({"edit": "b1_1_-1000"}, dropped=[2])
    terms = step_of(choice.settings).vjp("z2", "a1").path_terms[:, 0]
    assert terms.sum() * terms[:2].sum() < 0
    assert verdict(choice) == f"Without ③ you are off by {signed(-terms[2])}, and the sign is wrong."


def test_paths_that_cancel_each_other_may_be_left_out():
    upstream = step_of(settings_of(edit=NO_WEIGHTS)).cotangent("z2")
    weights = 0.5, float(-0.5 * upstream[0] / upstream[1])
    edit = f"W2_1_1_{weights[0]!r}~W2_2_1_{weights[1]!r}~W2_3_1_0.25"
    # The weights change z², so they are put right until the two products cancel but for rounding.
    for _ in range(60):
        upstream = step_of(settings_of(edit=edit)).cotangent("z2")
        edit = f"W2_1_1_0.5~W2_2_1_{float(-0.5 * upstream[0] / upstream[1])!r}~W2_3_1_0.25"
    choice = chosen({"edit": edit}, dropped=[0, 1])
    terms = step_of(choice.settings).vjp("z2", "a1").path_terms[:, 0]
    assert abs(terms[:2]).min() > 0.01
    assert abs(terms[:2].sum()) < 1e-16
    assert verdict(choice) == "Paths ① and ② cancel here, so the sum is the same: luck, not a rule."
    assert update_sentence(choice) == (
        "What you knocked out adds up to 0, so row 1 of dC/dW¹ is exactly right, and so is all of the update."
    )
    assert {row[2] for row in gradients(choice)[1:]} == {"0"}


def test_where_no_slope_is_judged_there_is_no_dashed_line_to_speak_of():
    choice = chosen(near_a_kink())
    assert verdict(choice).endswith(" Knock out a path that carries something and watch the sum change.")
    (ledger,) = at(choice).parts("Ledger")
    assert "ledger=numeric" not in at(choice).numbers()
    assert "numeric slope" not in at(choice).alt(ledger)


def test_cards_of_the_default_view():
    step = step_of(settings_of())
    terms, numeric = (
        step.vjp("z2", "a1").path_terms[:, 0],
        numerical_derivative(step.config, step.tape, "a1")[0][0],
    )
    yours = terms[0] + terms[2]
    right = f"✓ error {short(abs(step.cotangent('a1')[0] - numeric))}"
    single = ("Single path: ③ alone", signed(terms[2]), f"✗ error {short(abs(terms[2] - numeric))}")
    slope = ("Numeric slope", signed(numeric), "a¹₁ moved by ±1e−6")
    assert cards(chosen({}, dropped=[1])) == [
        ("All 3 paths summed", signed(terms.sum()), right),
        ("Yours: without ②", signed(yours), f"✗ error {short(abs(yours - numeric))}"),
        single,
        slope,
    ]
    assert cards(chosen({}))[1] == ("Yours: nothing knocked out", signed(terms.sum()), right)
    assert cards(chosen({"hidden": "2-1"}))[0][0] == "The only path"
    assert cards(chosen({"hidden": "2-2"}))[0][0] == "Both paths summed"


def test_what_cannot_be_judged_is_neither_right_nor_wrong_and_says_why():
    choice = chosen(near_a_kink())
    assert [said for _, _, said in cards(choice)[:3]] == ["not judged"] * 3
    assert cards(choice)[3][1:] == ("–", "not judged: a ReLU input lies too near 0, its kink")
    row = units(choice)[1]
    assert row[2] == row[4] == "–"
    assert row[5] == "not judged: a ReLU input lies too near 0, its kink"
    assert units_note(choice) == "No numeric slope of this layer can be judged."


def test_a_small_error_is_an_error_and_one_that_the_slope_cannot_see_gets_no_mark():
    small = [
        said for _, _, said in cards(chosen({"edit": "W2_1_1_1e-7~W2_2_1_2e-7~W2_3_1_-1e-7"}, dropped=[0]))
    ]
    assert [said[0] for said in small[:3]] == ["✓", "✗", "✗"]
    assert all(float(said.split()[2].replace("−", "-")) < 1e-6 for said in small[:3])
    hidden = chosen({"edit": "W2_1_1_1e-11~W2_2_1_2e-11~W2_3_1_-1e-11"}, dropped=[0])
    assert [said.split()[0] for _, _, said in cards(hidden)[:3]] == ["✓", "error", "error"]
    row = units(hidden)[1]
    assert row[2].startswith("✓ ")
    assert row[4][0] not in "✓✗"
    assert "alone is wrong for all 5 units." in units_note(hidden)


def test_a_right_rule_is_not_marked_wrong_where_the_cost_is_large():
    assert not any("✗" in said for _, _, said in cards(chosen({"edit": "b2_1_750"}, unit=3))[:2])


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (chosen({}), "③ alone is wrong for all 5 units. Choose a unit by its row."),
        (chosen({"edit": NO_WEIGHTS}), "① alone is wrong for 4 of the 5 units. Choose a unit by its row."),
        (chosen({"hidden": "2-1"}), "① alone is right for both units. Choose a unit by its row."),
        (chosen({"hidden": "1"}), "② alone is wrong for the only unit."),
    ],
    ids=str,
)
def test_sentence_under_the_table_of_units(choice, said):
    first, *rest = said.split(". ", 1)
    if choice.settings.hidden == (1,):
        terms = step_of(choice.settings).vjp("z2", "a1").path_terms[:, 0]
        first = f"{MARKS[telling_path(terms)]} alone is wrong for the only unit"
    expected = f"{first}. The error is the distance to the numeric slope."
    assert units_note(choice) == " ".join([expected, *rest])


def test_units_that_cannot_be_judged_are_not_counted():
    step = step_of(settings_of(hidden="5-4"))
    weights = "~".join(f"W2_1_{j}_0" for j in (1, 2, 3, 4))
    z = step.params.weights[1][0, 4] * step.tape["a1"][4]
    choice = chosen({"hidden": "5-4", "edit": f"{weights}~b2_1_{-float(z)!r}"})
    judged = [row[5] for row in units(choice)[1:]]
    assert [text.startswith("not judged") for text in judged] == [False] * 4 + [True]
    assert "wrong for all 4 units that can be judged." in units_note(choice)


def test_notes_of_the_table_of_units():
    flags = [row[7] for row in units(chosen({}))[1:]]
    terms, off = step_of(settings_of()).vjp("z2", "a1").path_terms, step_of(settings_of()).tape["z1"] <= 0
    shares = 1 - abs(terms.sum(axis=0)) / abs(terms).sum(axis=0)
    assert flags == [
        ", ".join(["off"] * bool(off[j]) + [f"{percent(shares[j])} cancels"] * bool(shares[j] >= 0.8))
        for j in range(5)
    ]
    assert units(chosen({"act": "tanh", "edit": "b1_1_1000"}))[1][7].startswith("flat, ")
    largest = [row[6] for row in units(chosen({"edit": NO_WEIGHTS}))[1:]]
    assert largest[0] == "all 0"
    terms = step_of(settings_of(edit=NO_WEIGHTS)).vjp("z2", "a1").path_terms
    k = abs(terms[:, 1]).argmax()
    assert largest[1] == f"{MARKS[k]} {signed(terms[k, 1])}"
    assert units(chosen({}))[0] == [
        "unit", "all paths", "error", "③ alone", "error", "numeric slope", "largest path", "note",
    ]  # fmt: skip


def test_a_learned_flower_shows_no_rounding_noise():
    choice = chosen(LEARNED)
    for markup in (
        cancelling_markup(choice),
        dead_unit_markup(choice),
        enumeration_markup(chosen(LEARNED | {"hidden": "4-3"})),
    ):
        carried = [e.text for e in elements(markup) if e.tag in ("td", "p") and "cost" not in e.text]
        assert not [text for text in carried if "e−1" in text]
    rows = [*cards(choice), *units(choice), *gradients(choice)]
    assert not [text for row in rows for text in row if "e−1" in text]


def ledger_of(choice):
    (ledger,) = at(choice).parts("Ledger")
    return ledger


def test_labels_of_the_ledger():
    scene, ledger = at(chosen({}, dropped=[1])), ledger_of(chosen({}))
    heads = [scene.at(head) for head in ledger["heads"]]
    assert heads == ["∂C/∂z²ₖ", "w²ₖ₁", "product", "total so far", "each path added to the total"]
    assert ledger["legend"] == ["positive", "negative: w of a line, product of a bar"]
    assert [(term["name"], term["note"]) for term in ledger["terms"]] == [
        ("① z²₁", "setosa"),
        ("② z²₂", "versicolor"),
        ("③ z²₃", "virginica"),
    ]
    assert scene.at(ledger["unit"]) == "a¹₁"
    numeric = numerical_derivative(step_of(settings_of()).config, step_of(settings_of()).tape, "a1")[0][0]
    assert scene.text(ledger["truth"]) == f"numeric slope {signed(numeric)}"


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (chosen({}), "Sum of 3 paths: ∂C/∂a¹₁"),
        (chosen({"hidden": "2-1"}), "The only path: ∂C/∂a¹₁"),
        (chosen({"hidden": "2-1"}, dropped=[0]), "No path left: ∂C/∂a¹₁, your way"),
        (chosen({}, dropped=[0, 1]), "Sum of 1 of 3 paths: ∂C/∂a¹₁, your way"),
    ],
    ids=str,
)
def test_label_of_the_sum(choice, said):
    assert at(choice).said_of_sum(ledger_of(choice)["total"]) == said


def test_marks_of_sixteen_paths():
    choice = chosen({"hidden": "16-16-16-16"}, 3, 11, [0, 10, 15])
    assert at(choice).scene["switches"]["texts"] == MARKS
    assert [term["name"].split()[0] for term in ledger_of(choice)["terms"]] == MARKS
    assert verdict(choice).startswith("Without ①, (11) and (16) you are off by ")


def test_the_ledger_for_people_who_cannot_see_it():
    choice = chosen({"hidden": "2-2", "flower": 51}, unit=1, dropped=[0])
    step = step_of(choice.settings)
    upstream, weights = step.cotangent("z2"), step.params.weights[1][:, 1]
    total, numeric = upstream[1] * weights[1], numerical_derivative(step.config, step.tape, "a1")[0][1]
    assert at(choice).alt(ledger_of(choice)) == (
        f"The paths of a¹₂ to the cost: path 1, {signed(upstream[0])} times {signed(weights[0])} = 0, knocked out; "
        f"path 2, {signed(upstream[1])} times {signed(weights[1])} = {signed(total)}. Sum {signed(total)}. The "
        f"numeric slope is {signed(numeric)}."
    )
