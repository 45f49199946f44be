"""What the page "Derivative paths" and the overview say, whole sentences, against what the core computes."""
# ruff: noqa: E501 - a sentence on one line can be searched for

import numpy as np
import pytest

from backprop import numerical_derivative
from backprop.practice import interesting
from backprop.study.full_paths import path_count
from backprop.study.paths import nudge, single_path_mask, step_with_paths
from backprop.study.telling import telling_path, telling_unit
from tests.expected import settings_of, step_of
from tests.markup import elements
from tests.scenes import SceneAt, read_scene
from ui.names.numbers import as_typed, percent, short, signed
from ui.names.symbols import symbol
from ui.state.settings import lab_link
from ui.steps.thesis import thesis_note, thesis_of, thesis_sentence, why_path, why_unit
from ui.views.paths.choice import PathChoice
from ui.views.paths.enumeration import enumeration_markup
from ui.views.paths.finder import find_flower, finder_link
from ui.views.paths.knock_out import cost_texts, knocked_out_step, same_cost, single_path
from ui.views.paths.nudge import nudge_scene
from ui.views.paths.scenes import paths_scene
from ui.views.paths.special_units import cancelling_markup, dead_unit_markup
from ui.views.paths.update import gradient_pair, update_scene, update_sentence

MARKS = [*"①②③④⑤⑥⑦⑧⑨⑩", *(f"({number})" for number in range(11, 17))]
ALL_OFF = "~".join(f"b1_{unit}_-1000" for unit in range(1, 6))
LEARNED = {"taken": 200, "lr": 0.05, "out": "identity", "act": "identity"}
NO_WEIGHTS = "W2_1_1_0~W2_2_1_0~W2_3_1_0"


def chosen(link, layer=1, unit=0, dropped=()):
    return PathChoice(settings_of(**link), layer, unit, tuple(dropped))


def texts(markup, tag="p"):
    return [element.text for element in elements(markup) if element.tag == tag]


def rows_of(markup, class_="bp-table"):
    """Every row of the tables of a class as a list of texts."""
    rows, inside = [], False
    for element in elements(markup):
        if element.tag == "table":
            inside = class_ in element.classes
        elif not inside:
            continue
        elif element.tag == "tr":
            rows.append([])
        elif element.tag in ("td", "th"):
            rows[-1].append(element.text)
    return rows


def at(choice):
    """The scene of the page where its reader is."""
    scene = read_scene(paths_scene(choice.settings, choice.layer))
    return SceneAt(scene, [str(choice.unit + 1)], choice.dropped)


def verdict(choice):
    return at(choice).said("verdict")


def cards(choice):
    """Title, number and what is said of it, for each card."""
    scene = at(choice)
    (part,) = scene.parts("Cards")
    told = [(scene.said_of_sum(card["title"]), *scene.judged(card)) for card in part["cards"]]
    return [(title, "–" if value is None else signed(value), said) for title, value, said in told]


def units(choice):
    """The table of units, as texts."""
    scene = at(choice)
    return scene.rows(*scene.parts("Table"))


def units_note(choice):
    scene = at(choice)
    return scene.sentence(scene.parts("Words")[-1])


def update(choice):
    return SceneAt(read_scene(update_scene(choice)), None)


def costs(choice):
    scene = update(choice)
    return scene.rows(scene.parts("Table")[0])


def gradients(choice):
    scene = update(choice)
    return scene.rows(scene.parts("Table")[1])


def near_a_kink():
    """A link whose a¹₁ feeds a ReLU that sits at its kink."""
    step = step_of(settings_of(hidden="5-4"))
    z = step.params.weights[1][0] @ step.tape["a1"]
    return {"hidden": "5-4", "edit": f"b2_1_{-float(z)!r}"}


# --- one choice of unit and path ---------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("act", ["relu", "tanh"])
def test_overview_and_paths_show_the_same_unit_the_same_path_and_the_same_number(seed, act):
    rng = np.random.default_rng(seed)
    settings = settings_of(flower=int(rng.integers(150)), seed=int(rng.integers(999)), act=act)
    step = step_of(settings)
    thesis = thesis_of(step)
    terms = step.vjp("z2", "a1").path_terms
    assert thesis.unit == telling_unit(step, step.vjp("z2", "a1"))
    of_unit = terms[:, thesis.unit].tolist()
    assert thesis.single == max(range(3), key=lambda k: abs(of_unit[k] - sum(of_unit)))
    choice = PathChoice(settings, 1, thesis.unit)
    mark, number = MARKS[thesis.single], signed(of_unit[thesis.single])
    assert cards(choice)[2][:2] == (f"Single path: {mark} alone", number)
    total = signed(sum(of_unit))
    assert thesis_sentence(thesis) == (
        f"Path {mark}, the one that misleads most, says {number}. The sum of all 3 paths is {total}, and the "
        "numeric slope agrees."
    )
    assert verdict(choice) == (
        f"{mark} alone, the one that misleads most, would say {number} where the truth is {total}. Knock a "
        "path out and watch the sum leave the dashed line."
    )
    assert units(choice)[0][3] == f"{mark} alone"
    masked = step_with_paths(step, single_path_mask(step.config, 1, thesis.single))
    assert update(choice).numbers()["cell=after:single"] == masked.loss_after
    assert costs(choice)[3][0] == f"{mark} alone, for all 5 units"


@pytest.mark.parametrize(
    ("products", "path", "why"),
    [
        ([-0.07, -0.17, 0.28], 2, "the one that misleads most"),
        ([0.5, 0.5], 0, "one of the two that mislead most"),
        ([1.0, 0.25, 1.0, 0.25], 1, "one of the two that mislead most"),
        ([0.25, 0.25, 0.25], 0, "one of the three that mislead most"),
        ([0.0, 0.0, 0.0], 0, "like any other"),
        ([0.3], 0, "like any other"),
    ],
)
def test_the_path_that_misleads_most_and_why(products, path, why):
    assert telling_path(np.array(products)) == path
    assert why_path(np.array(products)) == why


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (
            {},
            "a¹₁ is shown: of the four units that are on and whose paths pull both ways, none has larger paths.",
        ),
        ({"hidden": "1"}, "a¹₁ is the only unit of its layer."),
        ({"hidden": "2-1"}, "a²₁ is the only unit of its layer."),
        (
            {"hidden": "2-2", "flower": 51},
            "a²₂ is the only unit that is on and whose paths pull both ways.",
        ),
        (
            {"act": "tanh"},
            "a¹₂ is shown: of the five units whose paths pull both ways, none has larger paths.",
        ),
        (
            {"act": "tanh", "edit": "b1_1_1000"},
            "a¹₂ is shown: of the four units that are not flat and whose paths pull both ways, none has larger "
            "paths.",
        ),
        (
            {"edit": ALL_OFF},
            "Every unit is off; a¹₂ is shown: of the five units whose paths pull both ways, none has larger "
            "paths.",
        ),
        (LEARNED, "a¹₁ stands for its layer, where all paths carry 0."),
    ],
    ids=str,
)
def test_the_overview_says_why_this_unit(link, said):
    step = step_of(settings_of(**link))
    thesis = thesis_of(step)
    assert thesis.reason == said
    assert thesis_note(thesis).startswith(said)


def test_the_reason_counts_the_units_and_names_the_one_that_is_taken():
    for flower in range(0, 150, 7):
        step = step_of(settings_of(flower=flower, hidden="4", seed=flower))
        vjp_step = step.vjp("z2", "a1")
        on, terms = step.tape["z1"] > 0, vjp_step.path_terms
        mixed = (terms.min(axis=0) < 0) & (terms.max(axis=0) > 0)
        said, unit = why_unit(step, vjp_step), telling_unit(step, vjp_step)
        assert f"a¹{'₁₂₃₄'[unit]} " in said
        wished = (on == on[unit]) & (mixed == mixed[unit])
        word = ["", "the only unit", "two", "three", "four"][int(wished.sum())]
        assert word in said
        assert ("both ways" in said) == mixed[unit]
        assert (" on " in said.replace(".", " ")) == (bool(on[unit]) and not on.all())
        assert said.startswith("Every unit is off") == (not on.any())
        assert abs(terms[:, unit]).sum() == abs(terms[:, wished]).sum(axis=0).max()


def test_a_number_that_stands_in_two_places_is_explained():
    step = step_of(settings_of())
    assert thesis_note(thesis_of(step)).endswith(
        f" {short(step.tape['a2'][0])} is both a²₁ and ∂C/∂z²₁: here ∂C/∂z² = a² − y, and y = 0 for setosa."
    )
    setosa = step_of(settings_of(flower=3))
    assert thesis_note(thesis_of(setosa)).endswith(
        f" {short(setosa.tape['a2'][1])} is both a²₂ and ∂C/∂z²₂: here ∂C/∂z² = a² − y, and y = 0 for versicolor."
    )
    for link in ({"out": "sigmoid-squared"}, {"data": "textbook", "hidden": "2", "out": "sigmoid-squared"}):
        thesis = thesis_of(step_of(settings_of(**link)))
        assert thesis_note(thesis) == thesis.reason


def test_a_tiny_derivative_is_not_taken_for_a_minus_y():
    step = step_of(settings_of(out="sigmoid-squared", edit="b2_1_-300~b2_2_-300~b2_3_300"))
    assert np.allclose(step.cotangent("z2"), step.tape["a2"] - step.tape["y"], rtol=1e-9, atol=1e-12)
    thesis = thesis_of(step)
    assert thesis_note(thesis) == thesis.reason


def test_what_the_lowest_probability_has_left_over_is_0():
    thesis = thesis_of(
        step_of(settings_of(act="sigmoid", out="sigmoid-squared", flower=9, edit="b2_1_-1000"))
    )
    assert thesis.products[0] == 0
    both_flat = {"hidden": "2", "act": "sigmoid", "flower": 36, "edit": "b1_1_-1000~b1_2_-1000"}
    assert update_sentence(chosen(both_flat, unit=1, dropped=[1])) == (
        "a¹₂ is flat: its slope is 0, so row 2 of dC/dW¹ is 0 with or without ②, and the update is the same."
    )


SURE = {"edit": "b2_1_-300~b2_2_-100~b2_3_100"}
"""The outputs that should be 0 are below 10⁻⁴⁰, far apart, and the third is 1 but for rounding."""


@pytest.mark.parametrize("out", ["softmax", "sigmoid", "sigmoid-squared"])
def test_what_is_below_the_rounding_of_the_sum_misleads_nobody(out):
    link = SURE | {"out": out}
    upstream = step_of(settings_of(**link)).cotangent("z2")
    assert (upstream[:2] != 0).all()
    assert abs(upstream).max() < 1e-15
    assert thesis_sentence(thesis_of(step_of(settings_of(**link)))) == (
        "Learned to the last digit: every path carries 0 but for rounding, and so does their sum."
    )
    assert verdict(chosen(link)).startswith("This flower is learned to the last digit: ")
    deep = enumeration_markup(chosen(link | {"hidden": "4-5", "edit": SURE["edit"].replace("b2", "b3")}))
    assert "None of 15 paths carries anything" in deep


def test_wrong_outputs_that_let_nothing_back_are_not_told_as_learned():
    link = {"hidden": "3", "out": "sigmoid-squared", "edit": "b2_1_1000~b2_2_1000~b2_3_1000"}
    step = step_of(settings_of(**link))
    assert step.loss_before == pytest.approx(1)
    assert thesis_sentence(thesis_of(step)) == (
        "The outputs are saturated: ∂C/∂z² is 0 but for rounding, so every path carries 0, and so does their sum."
    )
    assert verdict(chosen(link)) == (
        "The outputs are saturated: ∂C/∂z² is nothing but rounding, and so is what the paths carry, so one alone "
        "says the same as the sum, 0."
    )
    assert [
        bool(interesting(step, kind)) for kind in ("cost", "cost_slope", "path_sum", "weight_gradient")
    ] == [*(True, True, False, False)]
    met = step_of(settings_of(**link | {"edit": "b2_1_-1000~b2_2_-1000~b2_3_1000"}))
    assert thesis_sentence(thesis_of(met)).startswith("Learned to the last digit: ")
    assert not interesting(met, "cost_slope")


def test_the_lab_opens_with_the_path_that_the_page_speaks_of():
    settings = settings_of()
    assert lab_link(settings, 2) == settings.link("chain_rule_lab", lab_path=3)
    for flower in (106, 51, 3):
        choice = chosen({"flower": flower})
        href = lab_link(choice.settings, single_path(choice))
        assert href.endswith(f"lab_path={MARKS.index(verdict(choice)[0]) + 1}")
        assert href in [at(choice).at(link["href"]) for link in at(choice).parts("Link")]
    narrow = settings_of(hidden="5-16-2")  # the lab has but two paths: as many as the narrowest layer
    assert lab_link(narrow, 1) == narrow.link("chain_rule_lab", lab_path=2)
    assert lab_link(narrow, 2) == narrow.link("chain_rule_lab")


def test_the_overview_where_nothing_is_carried():
    assert thesis_sentence(thesis_of(step_of(settings_of(**LEARNED)))) == (
        "Learned to the last digit: every path carries 0 but for rounding, and so does their sum."
    )
    edit = "~".join(f"W2_{k}_{j}_0" for k in (1, 2, 3) for j in range(1, 6))
    assert thesis_sentence(thesis_of(step_of(settings_of(edit=edit)))) == (
        "Every path carries 0 here, so one alone says the same as the sum."
    )


# --- the verdict --------------------------------------------------------------------------------------


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


# --- cards and the table of units ---------------------------------------------------------------------


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


# --- the update ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (
            chosen({}),
            "Row 1 of dC/dW¹ is ∂C/∂z¹₁ times the layer's inputs, and entry 1 of dC/db¹ is ∂C/∂z¹₁ itself, so a "
            "wrong ∂C/∂a¹₁ spoils both. Knock out a path above and compare.",
        ),
        (
            chosen({}, unit=1, dropped=[0]),
            "a¹₂ is off: its slope is 0, so row 2 of dC/dW¹ is 0 with or without ①, and the update is the same. "
            "Choose a unit that is on.",
        ),
        (
            chosen({"edit": ALL_OFF}, dropped=[0, 1]),
            "a¹₁ is off: its slope is 0, so row 1 of dC/dW¹ is 0 with or without ① and ②, and the update is the "
            "same.",
        ),
        (
            chosen({"act": "tanh", "edit": "b1_1_1000"}, dropped=[1]),
            "a¹₁ is flat: its slope is 0, so row 1 of dC/dW¹ is 0 with or without ②, and the update is the same. "
            "Choose a unit that is not flat.",
        ),
        (
            chosen({"hidden": "2-2", "flower": 51}, unit=1, dropped=[0]),
            "What you knocked out adds up to 0, so row 2 of dC/dW¹ is exactly right, and so is all of the update.",
        ),
        (
            chosen({"lr": 0}, dropped=[2]),
            "Row 1 of dC/dW¹ is wrong, and so is entry 1 of dC/db¹; the other rows stay right. With η = 0 there "
            "is no update, so there are no costs to compare.",
        ),
        (
            chosen({"lr": 10, "flower": 60}, unit=2, dropped=[0, 1]),
            "Row 3 of dC/dW¹ is wrong, and so is entry 3 of dC/db¹; the other rows stay right. After one update "
            "both costs are as good as 0: nothing to compare.",
        ),
        (
            chosen({"hidden": "2-1"}, dropped=[0]),
            "Row 1 of dC/dW¹ is wrong, and so is entry 1 of dC/db¹; the other row stays right. After one update "
            "the cost is 1.08, against 1.06 with all paths.",
        ),
        (
            chosen({"hidden": "1"}, dropped=[0]),
            "Row 1 of dC/dW¹ is wrong, and so is entry 1 of dC/db¹. The cost after one update is the same.",
        ),
        (
            chosen({"edit": "x_1_0~x_2_0~x_3_0~x_4_0~b1_1_0.5", "act": "tanh"}, dropped=[2]),
            "Entry 1 of dC/db¹ is wrong; row 1 of dC/dW¹ is 0 either way, since the layer's inputs are all 0; the "
            "other rows stay right.",
        ),
        (
            chosen({"hidden": "16-16-16-16"}, 3, 11, [10, 12]),
            "Row 12 of dC/dW³ is wrong, and so is entry 12 of dC/db³; the other rows stay right. The layers below "
            "inherit the error: it reaches 19 of the 32 units there. One update may be lucky (cost 1.34, against "
            "1.68 with all paths): the slope is wrong all the same.",
        ),
        (
            chosen({"hidden": "5-4", "act": "tanh"}, 2, 0, [0]),
            "Row 1 of dC/dW² is wrong, and so is entry 1 of dC/db²; the other rows stay right. The layer below "
            "inherits the error: it reaches all 5 units there.",
        ),
        (
            chosen({"hidden": "5-4", "edit": f"{ALL_OFF}~b2_1_1"}, 2, 0, [0]),
            "Entry 1 of dC/db² is wrong; row 1 of dC/dW² is 0 either way, since the layer's inputs are all 0; the "
            "other rows stay right. The error goes no further down.",
        ),
    ],
    ids=str,
)
def test_update_sentence(choice, said):
    assert update_sentence(choice).startswith(said)


def test_counted_units_below_are_those_whose_gradient_is_wrong():
    choice = chosen({"hidden": "16-16-16-16"}, 3, 11, [10, 12])
    right, yours = step_of(choice.settings), knocked_out_step(choice)
    wrong = [abs(yours.gradients[b] - right.gradients[b]) > 1e-12 for b in ("b1", "b2")]
    assert sum(int(w.sum()) for w in wrong) == 19


@pytest.mark.parametrize(
    ("link", "dropped", "said"),
    [
        ({"lr": 10, "out": "identity", "act": "identity"}, [2], "η = 10 is too large to compare costs: even the right update takes the cost from {} to {}, this one to {}."),
        ({}, [0], "After one update the cost is {2}, against {1} with all paths."),
        ({}, [2], "One update may be lucky (cost {2}, against {1} with all paths): the slope is wrong all the same."),
    ],
)  # fmt: skip
def test_costs_after_one_update_are_compared_where_they_can_be(link, dropped, said):
    choice = chosen(link, dropped=dropped)
    if said.startswith("One"):  # whichever single path is lucky
        right = step_of(choice.settings).loss_after
        choice = next(
            c for k in range(3) for c in [chosen(link, 1, 3, [k])] if knocked_out_step(c).loss_after < right
        )
    if said.startswith("After"):
        right = step_of(choice.settings).loss_after
        choice = next(
            c for k in range(3) for c in [chosen(link, 1, 3, [k])] if knocked_out_step(c).loss_after > right
        )
    right, wrong = step_of(choice.settings), knocked_out_step(choice)
    costs = cost_texts(right.loss_before, right.loss_after, wrong.loss_after)
    assert update_sentence(choice).endswith(said.format(*costs))


def test_costs_are_told_apart_unless_they_differ_by_rounding():
    assert cost_texts(1.08135, 1.08135 * (1 + 1e-15), 0.8) == ("1.08", "1.08", "0.800")
    assert cost_texts(1.0813, 1.0814) == ("1.0813", "1.0814")
    assert cost_texts(1e-97, 2e-106) == ("1.00e−97", "2.00e−106")
    assert same_cost(0.0, 0.0)
    assert same_cost(1e6, 1e6 + 1e-7)
    assert not same_cost(1.0, 1.0 + 1e-11)


def test_table_of_costs():
    assert costs(chosen({}, dropped=[1]))[0] == [
        "one update with",
        "cost before",
        "cost after",
        "change",
    ]
    assert [row[0] for row in costs(chosen({}, dropped=[0, 1]))[1:]] == [
        "all paths",
        "yours, without ① and ②",
        "③ alone, for all 5 units",
    ]
    assert costs(chosen({}))[2][0] == "yours, all kept"
    still = costs(chosen({"lr": 0}, dropped=[1]))[1:]
    assert [row[1:] for row in still] == [["1.08", "1.08", "0"]] * 3
    step, yours = step_of(settings_of()), knocked_out_step(chosen({}, dropped=[1]))
    assert costs(chosen({}, dropped=[1]))[2][3] == signed(yours.loss_after - step.loss_before)


def test_gradient_table_of_two_layers():
    choice = chosen({"hidden": "5-4"}, 2, 0, [0])
    rows = gradients(choice)
    assert rows[0] == ["gradient", "largest entry", "largest error, your way"]
    step, yours = step_of(choice.settings), knocked_out_step(choice)
    assert rows[1:] == [
        [
            f"dC/d{symbol(name)}",
            short(abs(step.gradients[name]).max()),
            short(abs(yours.gradients[name] - step.gradients[name]).max()),
        ]
        for name in ("W2", "b2", "W1", "b1")
    ]


# --- nudging ------------------------------------------------------------------------------------------


def nudged(choice, epsilon):
    return SceneAt(read_scene(nudge_scene(choice)), epsilon)


def nudge_said(choice, epsilon):
    (said,) = nudged(choice, epsilon).parts("Words")
    return nudged(choice, epsilon).at(said["text"])


def nudge_table(choice):
    table = nudged(choice, 0.1).parts("Table")[0]
    return table


@pytest.mark.parametrize("epsilon", [0.1, -0.4])
@pytest.mark.parametrize("link", [{}, {"flower": 60, "act": "tanh", "out": "sigmoid"}])
def test_nudge_sentence(link, epsilon):
    choice = chosen(link)
    step = step_of(choice.settings)
    moved, half = nudge(step, 1, 0, epsilon), nudge(step, 1, 0, epsilon / 2)
    assert nudge_said(choice, epsilon) == (
        f"You move a¹₁ by {as_typed(epsilon)}. The ledger predicts ΔC = ε · ∂C/∂a¹₁ = "
        f"{signed(epsilon * step.cotangent('a1')[0])}; the cost really moves by {signed(moved.total)}. The "
        f"remainder, {signed(moved.remainder)}, is curvature: at ε/2 it is {signed(half.remainder)}, "
        f"{percent(half.remainder / moved.remainder)} of that; ε² alone would leave 25\u00a0%."
    )


def test_nudge_sentence_without_a_remainder_with_a_kink_and_with_no_nudge():
    straight = nudge_said(chosen({"edit": "b2_1_750"}, unit=3), 0.1)
    assert straight.endswith(
        ". Nothing remains beyond rounding: as far as its digits tell, the cost is straight in this direction."
    )
    # A curve and a kink whose share of the cost is below its digits: neither may be called straight.
    edit = "b1_1_0.05~W1_1_1_0~W1_1_2_0~W1_1_3_0~W1_1_4_0~W2_1_1_-1~b2_1_0~W3_1_1_1e-15~W3_2_1_0~W3_3_1_0"
    kinked = chosen({"hidden": "1-1", "edit": edit, "out": "sigmoid-squared"})
    assert nudge(step_of(kinked.settings), 1, 0, -0.2).crosses
    assert nudge_said(kinked, -0.2).endswith("; the cost really moves by 0. Nothing remains beyond rounding.")
    choice = chosen({"hidden": "16-16-16-16"}, 3, 11)
    moved = nudge(step_of(choice.settings), 3, 11, 0.1)
    assert moved.crosses
    assert nudge_said(choice, 0.1).endswith(
        f" The remainder, {signed(moved.remainder)}, is curvature and a kink: a ReLU after it goes on or off on "
        "the way, which no slope can predict."
    )
    assert nudge_said(chosen({}), 0.0) == "With ε = 0 nothing moves. Drag the slider."
    still = nudged(chosen({}), 0.0)
    assert {still.text(cell) for cell in cells_of(nudge_table(chosen({})))} == {"0"}
    tiny = nudge_said(chosen({"out": "identity", "edit": "W2_1_1_1e-5~W2_2_1_0~W2_3_1_0"}), 0.2)
    assert tiny.endswith(", is curvature, hardly more than rounding.")


def cells_of(table):
    return [cell for row in table["rows"] for cell in row["cells"] if cell]


def test_head_and_rows_of_the_nudge():
    table = nudge_table(chosen({}))
    assert table["head"] == [
        "path",
        "Δz²ₖ = ε · w",
        "predicted share of ΔC",
        "measured, this path alone",
        "remainder",
    ]
    assert [(row["head"], row.get("role", "")) for row in table["rows"]] == [
        ("① z²₁ setosa", ""),
        ("② z²₂ versicolor", ""),
        ("③ z²₃ virginica", ""),
        ("sum over paths", "sum"),
        ("paths moving together", ""),
        ("ΔC, everything computed again", "result"),
    ]
    assert [[cell and cell["name"] for cell in row["cells"]] for row in table["rows"][2:]] == [
        ["move:2", "predicted:2", "measured:2", "curvature:2"],
        [None, "predicted:sum", "measured:sum", "curvature:sum"],
        [None, None, "interaction", None],
        [None, None, "measured:total", "remainder"],
    ]
    assert len(nudge_table(chosen({"hidden": "2-1"}))["rows"]) == 2
    learned, predicted = nudged(chosen(LEARNED), 0.1), cells_of(nudge_table(chosen(LEARNED)))
    assert {learned.text(cell) for cell in predicted if cell["name"].startswith("predicted")} == {"0"}


# --- units that are off, paths that cancel, flowers ---------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (chosen({}), "z11 is above 0, so ReLU has slope 1 and all of ∂C/∂a11 passes through: one path, one factor."),
        (
            chosen({}, unit=1),
            "z12 is not above 0, so ReLU is flat and the unit is off. The cost still depends on a12: ∂C/∂a12 is "
            "−0.163, the sum of 3 live paths. But nothing gets through to z12, so the unit's weights learn nothing "
            "from this flower.",
        ),
        (
            chosen({"hidden": "2-1"}, unit=1),
            "z12 is not above 0, so ReLU is flat and the unit is off. The cost still depends on a12: ∂C/∂a12 is "
            "−0.423, carried by its one live path. But nothing gets through to z12, so the unit's weights learn "
            "nothing from this flower.",
        ),
        (
            chosen({"edit": f"{NO_WEIGHTS}~b1_1_-1000"}),
            "z11 is not above 0, so ReLU is flat and the unit is off. Here ∂C/∂a11 is 0 as well.",
        ),
        (
            chosen({"act": "identity"}),
            "The identity has slope 1 everywhere: all of ∂C/∂a11 passes through, and no unit can be off.",
        ),
        (
            chosen({"act": "tanh", "edit": "b1_1_1000"}),
            "At z11 = +1000 tanh is so flat that its slope is 0 in the computer's numbers: nothing gets through to "
            "z11, as if the unit were off.",
        ),
        (
            chosen({"act": "sigmoid", "edit": "b1_1_36"}),
            "At z11 = +36.2 sigmoid is so flat that its slope is 0 in the computer's numbers: nothing gets through to "
            "z11, as if the unit were off.",
        ),
        (
            chosen({"act": "sigmoid"}),
            "sigmoid has no slope of exactly 0, as ReLU has where it is off: ∂C/∂a11 is scaled by 0.247, one path, "
            "one factor.",
        ),
    ],
    ids=str,
)  # fmt: skip
def test_sentence_about_a_dead_unit(choice, said):
    assert texts(dead_unit_markup(choice))[0] == said


def test_the_example_word_and_the_product_of_a_dead_unit():
    edited = texts(dead_unit_markup(chosen({"edit": "x_1_-1.1"}, unit=1)))
    assert edited[0].endswith("so the unit's weights learn nothing from this example.")
    step = step_of(settings_of())
    before, after = signed(step.cotangent("a1")[0]), signed(step.cotangent("z1")[0])
    assert (
        texts(dead_unit_markup(chosen({})))[1] == f"∂C/∂a11 · ∂a11/∂z11 = {before} × +1 = {after} = ∂C/∂z11"
    )


def test_sentence_about_cancelling():
    terms = step_of(settings_of()).vjp("z2", "a1").path_terms
    size, total = abs(terms).sum(axis=0), terms.sum(axis=0)
    share = 1 - abs(total) / size
    assert texts(cancelling_markup(chosen({})))[0] == (
        f"These paths cancel: without their signs they add up to {short(size[0])}, with them only to "
        f"{signed(total[0])}. {percent(share[0])} is lost in the sum."
    )
    assert texts(cancelling_markup(chosen({}, unit=2)))[0] == (
        f"Without their signs the paths of a13 add up to {short(size[2])}, with them to {signed(total[2])}: "
        f"{percent(share[2])} cancels."
    )
    assert texts(cancelling_markup(chosen({"edit": NO_WEIGHTS})))[0] == (
        "All paths of a11 carry 0 here: there is nothing to cancel."
    )
    one_way = step_of(settings_of(hidden="1"))
    assert texts(cancelling_markup(chosen({"hidden": "1"})))[0] == (
        f"All paths of a11 pull the same way, to {signed(one_way.cotangent('a1')[0])}: nothing cancels."
    )


def test_finder_link_says_what_it_leaves_behind():
    flower, unit = find_flower(chosen({}), "dead")
    assert texts(finder_link(chosen({}), "dead")) == [f"Find a dead unit: flower {flower}, a¹{'₁₂₃₄₅'[unit]}"]
    assert texts(finder_link(chosen({"taken": 3}), "cancel"))[0].endswith(", before the steps you took")
    assert finder_link(chosen({"data": "textbook", "hidden": "2"}), "dead") == ""
    assert (
        "In this layer no other flower has paths that cancel by nine tenths. Try another seed."
        in finder_link(chosen({"hidden": "3-1"}), "cancel")
    )


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


# --- every full path ----------------------------------------------------------------------------------


def test_opening_of_the_full_paths():
    assert enumeration_markup(chosen({})) == ""
    assert texts(enumeration_markup(chosen({"hidden": "2-1"})))[0] == (
        "a11 has 1 · 3 = 3 paths to z3, and ∂C/∂z3 carries each on to the cost. Backpropagation never lists them: "
        "it sums at each unit, once, and uses that sum for all paths below."
    )
    assert texts(enumeration_markup(chosen({"hidden": "2-1"})), "h2") == [
        "Every full path from a11 to the cost"
    ]


@pytest.mark.parametrize(
    ("hidden", "layer", "every"),
    [("1-2", 1, None), ("2-1", 1, "both units"), ("5-2", 1, "all 5 units"), ("16-16-16-16", 1, "all 16 units")],
)  # fmt: skip
def test_counts_of_the_full_paths(hidden, layer, every):
    choice = chosen({"hidden": hidden}, layer)
    config = choice.settings.config
    rows = rows_of(enumeration_markup(choice), "bp-path-counts")
    assert rows[0] == [
        "from one unit of", "full paths", "multiplications, path by path", "backpropagation", "ratio",
    ]  # fmt: skip
    expected = []
    for below in range(config.depth - 1, 0, -1):
        count = path_count(config, below)
        ratio = f"{short(count.enumerated / count.shared)} ×"
        counts = [f"{number:,}" for number in (count.paths, count.enumerated, count.shared)]
        expected.append([f"hidden layer {below}", *counts, ratio])
    if every:
        count, units = path_count(config, layer), config.layer_sizes[layer]
        ratio = f"{short(count.enumerated_layer / count.shared_layer)} ×"
        numbers = (units * count.paths, count.enumerated_layer, count.shared_layer)
        expected.append([f"{every} of hidden layer {layer}", *(f"{number:,}" for number in numbers), ratio])
    assert rows[1:] == expected
    assert "e+" not in "".join(rows[-1])


@pytest.mark.parametrize(
    ("link", "layer", "unit", "title", "rest"),
    [
        ({"hidden": "16-16-16-16", "act": "tanh"}, 1, 0, "The 24 largest of 12,288 paths", "the other 12,264 paths"),
        ({"hidden": "4-3", "act": "tanh"}, 1, 0, "All 9 paths, the largest first", None),
        ({"data": "textbook", "hidden": "2-1"}, 1, 0, "Both paths, the largest first", None),
        ({"hidden": "2-1", "edit": "b2_1_-1000"}, 1, 0, "None of 3 paths carries anything", "3 paths, all 0"),
        ({"hidden": "2-2", "flower": 51}, 1, 1, "The 3 of 6 paths that carry something, the largest first", "the other 3 paths, all 0"),
        ({"hidden": "2-1", "edit": "W3_1_1_0~W3_2_1_0"}, 1, 0, "The only one of 3 paths that carries something", "the other 2 paths, all 0"),
        ({"hidden": "2-1", "edit": "W3_2_1_0"}, 1, 0, "The 2 of 3 paths that carry something, the largest first", "the other path, 0"),
    ],
)  # fmt: skip
def test_titles_of_the_list_of_full_paths(link, layer, unit, title, rest):
    markup = enumeration_markup(chosen(link, layer, unit))
    assert texts(markup, "summary") == ["One term of the ledger is many full paths", title]
    heads = [element.text for element in elements(markup) if element.tag == "th"]
    others = [head for head in heads if "the other" in head or "all 0" in head]
    assert others == ([rest] if rest else [])


def test_rows_of_the_full_paths():
    choice = chosen({"hidden": "2-2", "flower": 51}, 1, 1)
    step = step_of(choice.settings)
    listed = rows_of(enumeration_markup(choice), "bp-full-paths")
    sums = [row for row in rows_of(enumeration_markup(choice), "bp-ledger") if row not in listed]
    assert sums[0] == ["starts through", "full paths", "their sum", "term of the ledger", "difference"]
    terms = step.vjp("z2", "a1").path_terms[:, 1]
    assert sums[1:] == [
        ["① z21", "3", signed(terms[0]), signed(terms[0]), "0"],
        ["② z22", "3", signed(terms[1]), signed(terms[1]), "0"],
        ["∂C/∂a12", "6", signed(terms.sum()), signed(terms.sum()), "0"],
    ]
    assert listed[0] == ["path", "∂C/∂z · w · slope · w · …", "product"]
    W3, W2, upstream = step.params.weights[2], step.params.weights[1], step.cotangent("z3")
    products = upstream * W3[:, 1] * W2[1, 1]
    for row, k in zip(listed[1:4], np.argsort(-abs(products)), strict=True):
        factors = " · ".join(map(signed, (upstream[k], W3[k, 1], 1.0, W2[1, 1])))
        assert row == [f"a12 → z22 → z3{k + 1} → C", factors, signed(products[k])]
    assert listed[-1] == ["sum", "", signed(terms.sum())]


# --- the ledger --------------------------------------------------------------------------------------


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


def test_gradients_that_differ_by_rounding_are_the_same():
    choice = chosen({"hidden": "16-16-16-16"}, 2, 3, [0, 1])
    right, yours = step_of(choice.settings), knocked_out_step(choice)
    noisy = 0
    for name in ("W2", "b2", "W1", "b1"):
        shown_right, shown_yours = gradient_pair(choice, name)
        np.testing.assert_array_equal(shown_right, right.gradients[name])
        off = abs(yours.gradients[name] - right.gradients[name])
        noisy += int(((off > 0) & (off < 1e-13)).sum())
        np.testing.assert_array_equal(shown_yours == shown_right, off < 1e-13)
        np.testing.assert_allclose(shown_yours, yours.gradients[name], atol=1e-13)
    assert noisy


def test_all_that_is_said_of_the_full_paths():
    deep = enumeration_markup(chosen({"hidden": "2-1"}))
    assert texts(deep)[1:] == [
        "Each layer more multiplies the paths by its number of units, while backpropagation only adds one more matrix: "
        "sum first, then pass on. Both counts start from a known ∂C/∂z of the last layer.",
    ]
