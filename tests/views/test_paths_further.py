"""What stands below on Derivative paths: the nudge, units that are off, paths that cancel, full paths."""
# ruff: noqa: E501 - a sentence on one line can be searched for

import numpy as np
import pytest

from backprop.study.full_paths import path_count
from backprop.study.paths import nudge
from tests.expected import settings_of, step_of
from tests.markup import elements
from tests.scene_numbers import read_scene
from tests.scenes import SceneAt
from tests.views.path_views import LEARNED, NO_WEIGHTS, chosen
from ui.names.numbers import as_typed, percent, short, signed
from ui.views.paths.enumeration import enumeration_markup
from ui.views.paths.finder import find_flower, finder_link
from ui.views.paths.nudge import nudge_scene
from ui.views.paths.special_units import cancelling_markup, dead_unit_markup


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
        f"{signed(total[0])}. In the sum, {percent(share[0])} is lost."
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


def test_all_that_is_said_of_the_full_paths():
    deep = enumeration_markup(chosen({"hidden": "2-1"}))
    assert texts(deep)[1:] == [
        "Each layer more multiplies the paths by its number of units, while backpropagation only adds one more matrix: "
        "sum first, then pass on. Both counts start from a known ∂C/∂z of the last layer.",
    ]
