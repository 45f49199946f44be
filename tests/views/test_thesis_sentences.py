"""What the overview and Derivative paths say of one path against the sum: the same unit, path and number."""
# ruff: noqa: E501 - a sentence on one line can be searched for

import numpy as np
import pytest

from backprop.practice import interesting
from backprop.study.paths import single_path_mask, step_with_paths
from backprop.study.telling import telling_path, telling_unit
from tests.expected import settings_of, step_of
from tests.views.path_views import ALL_OFF, LEARNED, MARKS, at, cards, chosen, costs, units, update, verdict
from ui.names.numbers import short, signed
from ui.state.settings import lab_link
from ui.steps.thesis import thesis_note, thesis_of, thesis_sentence, why_path, why_unit
from ui.views.paths.choice import PathChoice
from ui.views.paths.enumeration import enumeration_markup
from ui.views.paths.knock_out import single_path
from ui.views.paths.update import update_sentence


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
