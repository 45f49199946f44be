"""Texts, strip and tables of the Jacobians page against the core."""

import itertools
import re

import numpy as np
import pytest

from backprop.study.routes import Routes, diagonal_route, pass_cost, route_cost
from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from ui.names.equations import mathml
from ui.names.symbols import symbol
from ui.names.timeline import timeline
from ui.steps import describe
from ui.views.jacobians.route_tables import in_and_out, output_comparison, pass_ledger, weights_comparison
from ui.views.jacobians.rules import diagonal_is_wrong, kind_of, rule, walkthrough_step
from ui.views.jacobians.strip import default_key, jacobian_strip, key_of
from ui.views.jacobians.words import badge, difference_in_words, meaning, output_sentence, weights_sentence

VIEWS = [
    {},
    {"flower": 7, "seed": 5, "hidden": "6-1-2", "act": "tanh", "out": "sigmoid"},
    {"hidden": "1", "out": "identity"},
    {"hidden": "16-16-16-16", "act": "sigmoid", "out": "sigmoid-squared"},
]


@pytest.fixture(params=VIEWS, ids=str)
def settings(request):
    return settings_of(**request.param)


@pytest.fixture
def step(settings):
    return step_of(settings)


def test_badge_agrees_with_the_columns_of_the_jacobian(step):
    for vjp_step in step.vjp_steps:
        filled = np.count_nonzero(vjp_step.jacobian.reshape(max(vjp_step.upstream.size, 1), -1), axis=0).max()
        if filled > 1:
            assert badge(vjp_step) == f"{vjp_step.paths} paths summed: total derivative"
            assert filled <= vjp_step.paths
        elif vjp_step.paths == 1:
            assert badge(vjp_step) == "1 path: single-variable chain rule"


def test_kinds_of_figure_1():
    step = step_of(settings_of())
    kinds = {key_of(v): kind_of(step, v) for v in step.vjp_steps}
    assert kinds == {
        "C-a2": "cost",
        "a2-z2": "dense",
        "z2-W2": "weights",
        "z2-b2": "bias",
        "z2-a1": "input",
        "a1-z1": "elementwise",
        "z1-W1": "weights",
        "z1-b1": "bias",
        "z1-x": "input",
    }


def test_every_jacobian_has_a_rule_and_a_meaning(step):
    for vjp_step in step.vjp_steps:
        assert "<math" in mathml(rule(step, vjp_step))
        assert 20 < len(meaning(step, vjp_step)) < 260
    assert len({rule(step, v) for v in step.vjp_steps}) == len(step.vjp_steps)


def test_links_lead_to_the_step_that_shows_this_jacobian(step):
    stops = {stop.id: stop for stop in timeline(step.config)}
    for vjp_step in step.vjp_steps:
        step_id = walkthrough_step(step, vjp_step)
        if vjp_step.wrt == "x":
            assert step_id is None
            continue
        shown = str(describe(step, stops[step_id]).rows)
        if vjp_step.wrt.startswith("b") or vjp_step.output == "C":
            assert f"{vjp_step.wrt}:" in shown
        else:
            assert f"{vjp_step.output}/{vjp_step.wrt}:jacobian" in shown


def meaning_of(key: str, **view) -> str:
    step = step_of(settings_of(**view))
    return meaning(step, step.vjp(*key.split("-")))


def test_meanings_of_figure_1():
    assert [
        meaning_of(key) for key in ("C-a2", "a2-z2", "z2-W2", "z2-b2", "z2-a1", "a1-z1", "z1-W1", "z1-x")
    ] == [
        "How the cost reacts to each output. C is one number, so this Jacobian is one row: each a²ⱼ has one "
        "direct path.",
        "Softmax divides by a sum over all z, so every z moves every probability: there are no zeros, and "
        "each z has three paths to the cost. Keep only the diagonal and you lose all but one of them.",
        "A weight wᵢⱼ feeds zᵢ and no other sum, so block k has a¹ in row k and zeros elsewhere: one path "
        "from each weight to its z. All these numbers are known since the forward pass.",
        "Each bias is added to its own z: the identity. So dC/db² is ∂C/∂z².",
        "This is W² itself, dense: column j says how a¹ⱼ moves each of the three sums above it, and each of "
        "them is a path to the cost.",
        "Each a¹ⱼ reads its own z¹ⱼ and no other: a diagonal, one path each. 1 of 5 units is off: 0 on the "
        "diagonal, so nothing flows back through it.",
        "A weight wᵢⱼ feeds zᵢ and no other sum, so block k has x in row k and zeros elsewhere: one path "
        "from each weight to its z. All these numbers are known since the forward pass.",
        "This is W¹ itself, dense: column j says how xⱼ moves each of the five sums above it, and each of "
        "them is a path to the cost. Nothing is trained here; it tells how the flower itself moves the cost.",
    ]


def test_meanings_with_one_unit():
    off = {"hidden": "1", "seed": 5}
    assert meaning_of("a1-z1", **off) == (
        "There is one unit: a¹₁ reads z¹₁, one number and one path. The only unit is off: 0 on the "
        "diagonal, so nothing flows back through it."
    )
    assert meaning_of("a1-z1", hidden="1", act="tanh") == (
        "There is one unit: a¹₁ reads z¹₁, one number and one path."
    )
    assert meaning_of("z1-W1", **off) == (
        "A weight wᵢⱼ feeds zᵢ and no other sum, so with one unit there is one block, and it is x: one path "
        "from each weight to its z. All these numbers are known since the forward pass."
    )
    assert meaning_of("z1-x", **off) == (
        "This is W¹ itself, with one row: each xⱼ has one path, because there is one unit above it. Nothing "
        "is trained here; it tells how the flower itself moves the cost."
    )
    step = step_of(settings_of())
    assert meaning(step, step.vjp("z1", "x"), "example").endswith(
        "it tells how the example itself moves the cost."
    )
    assert "Nothing" not in meaning_of("z2-a1", **off)


def test_units_that_are_off_are_counted():
    for seed in range(40):
        for hidden in ("1", "2", "5"):
            step = step_of(settings_of(seed=seed, hidden=hidden))
            off, count = int((step.tape["z1"] <= 0).sum()), len(step.tape["z1"])
            said = meaning(step, step.vjp("a1", "z1"))
            expected = {
                0: "",
                count: {1: "The only unit is", 2: "Both units are"}.get(count, "All 5 units are"),
            }
            lead = expected.get(off, f"{off} of {count} units {'is' if off == 1 else 'are'}")
            assert (f" {lead} off: 0 on the diagonal" in said) == (off > 0), said
            assert (" off" in said) == (off > 0)
            assert said.endswith("through it." if off == 1 else "through them.") or not off
    assert "off" not in meaning_of("a1-z1", act="tanh")


def test_zeros_that_rounding_leaves_in_a_softmax_are_owned_up_to():
    step = step_of(settings_of(edit="b2_1_1000"))
    jacobian = step.vjp("a2", "z2").jacobian
    zeros = int((jacobian == 0).sum())
    assert zeros
    assert f"there are no zeros but by rounding, which leaves {zeros} here, and each z" in meaning_of(
        "a2-z2", edit="b2_1_1000"
    )


def held(text: str) -> str:
    return text.split("; ", 1)[1].split(". The outer")[0]


def test_what_the_jacobian_of_the_weights_holds():
    assert weights_sentence(step_of(settings_of()), 2) == (
        "∂z²/∂W² has 45 entries; 15 can differ from 0, and they hold only 5 different numbers (0 is one), "
        "those of a¹. The outer product needs one multiplication a weight, and no sum."
    )
    assert held(weights_sentence(step_of(settings_of(hidden="1")), 1)) == (
        "all 4 of them can differ from 0, and they hold 4 different numbers, those of x"
    )
    assert held(weights_sentence(step_of(settings_of(hidden="1", act="tanh")), 2)) == (
        "3 can differ from 0, and all 3 of them hold the same number, 0.277, that of a¹"
    )
    assert weights_sentence(step_of(settings_of(hidden="1-1", act="tanh")), 2).startswith(
        "∂z²/∂W² has 1 entry; it can differ from 0, and it is the number of a¹."
    )
    assert held(weights_sentence(step_of(settings_of(hidden="2-1", act="tanh")), 2)) == (
        "both of them can differ from 0, and they hold 2 different numbers, those of a¹"
    )


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("hidden", ["16-16-16-16", "5", "1-16", "2-2"])
def test_different_numbers_are_counted_in_the_array(hidden, seed):
    step = step_of(settings_of(hidden=hidden, seed=seed, edit="x_1_0.659~x_2_0" if seed % 3 == 0 else ""))
    for layer in range(1, step.config.depth + 1):
        jacobian = step.vjp(f"z{layer}", f"W{layer}").jacobian
        units = np.arange(len(jacobian))
        numbers = set(jacobian[units, units].ravel().tolist())  # those that can differ from 0
        said = weights_sentence(step, layer)
        assert said.startswith(f"∂z{symbol(f'z{layer}')[1:]}/∂{symbol(f'W{layer}')} has {jacobian.size:,} ")
        if "different" in said:
            assert f" {len(numbers)} different numbers" in said
            assert ("(0 is one)" in said) == (0.0 in numbers)
            assert ("only" in said) == (len(numbers) < jacobian[units, units].size)
        else:
            assert len(numbers) == 1


def test_strip_has_every_jacobian_once_and_marks_the_chosen_one(settings, step):
    links = by_attribute(jacobian_strip(settings, step, default_key(step)), "data-jacobian")
    assert list(links) == [key_of(v) for v in step.vjp_steps]
    assert [key for key, e in links.items() if "aria-current" in e.attributes] == [default_key(step)]
    for key, element in links.items():
        paths = step.vjp(*key.split("-")).paths
        assert ("bp-dense" in element.classes) == (paths > 1)
        assert element.attributes["href"].startswith("jacobians?")
        assert f"jacobian={key}" in element.attributes["href"]


def test_strip_draws_a_square_for_every_number_that_is_not_zero(settings, step):
    shapes = [e for e in elements(jacobian_strip(settings, step, "")) if "bp-shade" in e.classes]
    for sign, compare in (("bp-pos", np.greater), ("bp-neg", np.less)):
        drawn = sum(e.attributes["d"].count("M") for e in shapes if sign in e.classes)
        assert drawn == sum(compare(v.jacobian, 0).sum() for v in step.vjp_steps)


def test_output_table_has_both_routes_and_the_wrong_one_for_softmax(step):
    cells = by_attribute(output_comparison(step), "data-route")
    last = step.config.depth
    for route in ("full", "shortcut"):
        shown = [cells[f"output:{route}:{k}"].value for k in range(3)]
        np.testing.assert_allclose(shown, step.cotangent(f"z{last}"), rtol=1e-9, atol=1e-12)
    assert ("output:diagonal:0" in cells) == (step.config.output_activation == "softmax")
    paths = step.vjp(f"a{last}", f"z{last}").paths
    assert ("total derivative" if paths > 1 else "one path each") in output_sentence(step)


def test_weights_table_says_what_each_route_needs(step):
    for layer in range(1, step.config.depth + 1):
        m, n = step.params[f"W{layer}"].shape
        texts = [e.text for e in elements(weights_comparison(step, layer)) if e.tag == "td"]
        assert texts == [f"{m * m * n:,}", f"{m * m * n:,}", "0", f"{m * n:,}"]
        (note,) = by_attribute(weights_comparison(step, layer), "data-difference").values()
        assert float(note.attributes["data-difference"]) <= 1e-12
        assert "disagree" not in note.text


def test_vectors_are_named_as_what_they_are():
    step = step_of(settings_of())

    def text(key: str) -> str:
        return re.sub("<[^>]*>", "", in_and_out(step.vjp(*key.split("-"))))

    assert text("C-a2") == "this row: ∂C/∂a2 = 0 0 −2.95"
    assert text("z2-a1").startswith("upstream: ∂C/∂z2 = +0.202 +0.459 −0.661times this: ∂C/∂a1 = +0.0409")
    assert "times this: dC/dW2 = +0.0643" in text("z2-W2")
    assert text("z2-W2").endswith("… 15 numbers")
    assert text("z2-b2").endswith("times this: dC/db2 = +0.202 +0.459 −0.661")
    assert text("z1-x").endswith("times this: ∂C/∂x = −0.378 −0.0355 −0.131 −0.588")


def test_output_sentences():
    assert output_sentence(step_of(settings_of())) == (
        "Softmax has a dense Jacobian, so ∂C/∂z² is a total derivative. With cross-entropy the sum over "
        "paths cancels down to a² − y. The diagonal alone gives nothing for the wrong classes."
    )
    assert output_sentence(step_of(settings_of(data="textbook"))).endswith(
        "The diagonal alone is not enough."
    )
    assert output_sentence(step_of(settings_of(out="sigmoid", hidden="2-2"))) == (
        "Sigmoid works entry by entry, so ∂a³/∂z³ is a diagonal: one path each. With binary cross-entropy "
        "the product of the two factors cancels down to a³ − y."
    )
    for out in ("identity", "sigmoid-squared"):
        assert output_sentence(step_of(settings_of(out=out))) == (
            "The output works entry by entry, so ∂a²/∂z² is a diagonal: one path each, and the "
            "single-variable chain rule is enough. Multiply entry by entry instead of writing the zeros down."
        )


def test_the_diagonal_alone_is_called_wrong_only_where_it_is():
    wrong = step_of(settings_of())
    assert diagonal_is_wrong(wrong)
    assert "wrong: the diagonal only" in output_comparison(wrong)
    right = step_of(settings_of(edit="b2_3_1000"))  # virginica is certain, and right
    np.testing.assert_allclose(diagonal_route(right), right.cotangent("z2"), atol=1e-300)
    assert "wrong" not in output_comparison(right) + output_sentence(right)
    assert output_sentence(right).endswith("The diagonal alone gives the same here, but for rounding.")


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        (0.0, "exactly the same"),
        (1e-13, "1.00e−13, which is rounding"),
        (2e-6, "2.00e−6, so they disagree"),
        (0.9e-9, "9.00e−10, which is rounding"),
        (1.1e-9, "1.10e−9, so they disagree"),
    ],
)
def test_results_of_both_routes_are_compared_in_their_own_size(apart, said):
    cost = route_cost(step_of(settings_of()).vjp("z2", "W2"))
    assert difference_in_words(Routes(np.array([1.0, apart]), np.array([1.0, 0.0]), cost)) == said
    large = Routes(np.array([1e6, 1e6 * apart]), np.array([1e6, 0.0]), cost)
    assert difference_in_words(large).endswith(said.split(", ")[-1])
    tiny = Routes(np.array([1e-16]), np.array([0.0]), cost)
    assert difference_in_words(tiny) == "1.00e−16, which is rounding"


def texts_of_rows(markup: str) -> list[list[str]]:
    rows = [e for e in elements(markup) if e.tag == "tr"]
    cells = [e.text for e in elements(markup) if e.tag in ("th", "td")]
    width = len(cells) // len(rows)
    return [cells[start : start + width] for start in range(0, len(cells), width)]


def test_the_whole_pass_of_figure_1_by_hand():
    ledger = pass_ledger(step_of(settings_of()))
    assert texts_of_rows(ledger) == [
        [
            "Jacobian",
            "shape",
            "paths",
            "entries",
            "can differ from 0",
            "multiplications, full",
            "… by shortcut",
        ],
        ["∂C/∂a2", "(3,)", "1", "3", "3", "3", "0"],
        ["∂a2/∂z2", "(3, 3)", "3", "9", "9", "9", "9"],
        ["∂z2/∂W2", "(3, 3, 5)", "1", "45", "15", "45", "15"],
        ["∂z2/∂b2", "(3, 3)", "1", "9", "3", "9", "0"],
        ["∂z2/∂a1", "(3, 5)", "3", "15", "15", "15", "15"],
        ["∂a1/∂z1", "(5, 5)", "1", "25", "5", "25", "5"],
        ["∂z1/∂W1", "(5, 5, 4)", "1", "100", "20", "100", "20"],
        ["∂z1/∂b1", "(5, 5)", "1", "25", "5", "25", "0"],
        ["∂z1/∂x, not in the total", "(5, 4)", "5", "20", "20", "20", "20"],
        ["whole pass", "", "", "231", "75", "231", "55"],
    ]
    note = (
        "No step needs ∂z1/∂x: training stops at the parameters, and x is none. It is here because it is "
        "instructive, and the total leaves it out."
    )
    (shown,) = [e.text for e in elements(ledger) if "bp-note" in e.classes]
    assert shown == f"{note} By shortcut the total counts a2 − y in place of ∂C/∂a2 · ∂a2/∂z2."
    (shown,) = [
        e.text for e in elements(pass_ledger(step_of(settings_of(out="identity")))) if "bp-note" in e.classes
    ]
    assert shown == note


def test_the_total_is_that_of_the_rows_but_for_x_and_the_output(step):
    *rows, total = texts_of_rows(pass_ledger(step))[1:]
    kept = [row for row in rows if "∂x" not in row[0]]
    assert len(kept) == len(rows) - 1
    for column in (3, 4, 5):
        assert number_in(total[column]) == sum(number_in(row[column]) for row in kept)
    shortcuts = [number_in(row[6]) for row in kept]
    last = step.config.depth
    if step.config.loss in ("cross_entropy", "binary_cross_entropy"):  # a − y needs no product
        shortcuts[1] = 0
        assert kept[1][0] == f"∂a{last}/∂z{last}"
    assert number_in(total[6]) == sum(shortcuts)


def number_in(text: str) -> int:
    return int(text.replace(",", ""))


def test_tables_of_both_routes():
    step = step_of(settings_of())
    assert texts_of_rows(tables_of(output_comparison(step))[0]) == [
        ["", "∂C/∂z21 setosa", "∂C/∂z22 versicolor", "∂C/∂z23 virginica"],
        ["full: ∂C/∂a2 · ∂a2/∂z2", "+0.202", "+0.459", "−0.661"],
        ["shortcut: a2 − y", "+0.202", "+0.459", "−0.661"],
        ["wrong: the diagonal only", "0", "0", "−0.661"],
    ]
    assert texts_of_rows(tables_of(weights_comparison(step, 1))[0]) == [
        ["", "entries of the Jacobian", "multiplications"],
        ["full route", "100", "100"],
        ["shortcut ∂C/∂z1 ⊗ x", "0", "20"],
    ]
    assert "shortcut ∂C/∂z2 ⊗ a1" in re.sub("<[^>]*>", "", weights_comparison(step, 2))
    plain = re.sub("<[^>]*>", "", output_comparison(step_of(settings_of(out="identity"))))
    assert "shortcut: ∂C/∂a2 * diagonal of ∂a2/∂z2" in plain


def tables_of(markup: str) -> list[str]:
    return re.findall("<table.*?</table>", markup)


def small_pictures(markup: str) -> list[str]:
    return re.findall("<svg.*?</svg>", markup)


@pytest.mark.parametrize(
    ("hidden", "key"), [("5", "z2-W2"), ("5", "z2-a1"), ("5", "C-a2"), ("1", "z1-W1"), ("16-16", "z2-W2")]
)
def test_small_pictures_have_each_number_in_its_place(hidden, key):
    """Frames lie side by side within the picture; each square lies in its own row, column and block."""
    settings = settings_of(hidden=hidden)
    step = step_of(settings)
    at = [key_of(v) for v in step.vjp_steps].index(key)
    picture = elements(small_pictures(jacobian_strip(settings, step, ""))[at])
    frames = [
        [float(e.attributes[name]) for name in ("x", "y", "width", "height")]
        for e in picture
        if "bp-frame" in e.classes
    ]
    jacobian = step.vjp(*key.split("-")).jacobian
    blocks = jacobian if jacobian.ndim == 3 else jacobian.reshape(1, -1, jacobian.shape[-1])
    _, rows, columns = blocks.shape
    assert len(frames) == len(blocks)
    size = frames[0][2] / columns
    assert size <= 11.01
    assert frames[0][3] == pytest.approx(size * rows, abs=0.1)
    left, right = frames[0][0], frames[-1][0] + frames[-1][2]
    assert left + right == pytest.approx(88, abs=0.1)
    assert 2 * frames[0][1] + frames[0][3] == pytest.approx(44, abs=0.1)
    fills_width, fills_height = left == pytest.approx(0, abs=0.1), frames[0][1] == pytest.approx(0, abs=0.1)
    assert fills_width or fills_height or size == pytest.approx(11)
    for (x, _, width, _), (following, *_) in itertools.pairwise(frames):
        assert following - x - width == pytest.approx(0.6 * size, abs=0.05)
    drawn = {}
    for path in (e for e in picture if "bp-shade" in e.classes):
        for x, y, side in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v", path.attributes["d"]):
            block = next(
                k for k, frame in enumerate(frames) if frame[0] - 0.01 <= float(x) < frame[0] + frame[2]
            )
            place = (
                block,
                round((float(y) - frames[block][1]) / size),
                round((float(x) - frames[block][0]) / size),
            )
            assert float(side) == pytest.approx(0.92 * size, abs=0.01)
            drawn[place] = ("bp-pos" in path.classes, float(path.attributes["fill-opacity"]))
    assert set(drawn) == {tuple(place) for place in np.argwhere(blocks != 0).tolist()}
    largest = np.abs(blocks).max()
    for place, (positive, shade) in drawn.items():
        assert positive == (blocks[place] > 0)
        assert shade == min(1 + int(4 * abs(blocks[place]) / largest), 4) / 4


def test_small_pictures_are_labelled_with_shape_and_paths():
    settings = settings_of()
    texts = [e.text for e in elements(jacobian_strip(settings, step_of(settings), "")) if e.tag == "a"]
    assert texts[:3] == ["∂C/∂a2(3,)1 path", "∂a2/∂z2(3, 3)3 paths", "∂z2/∂W2(3, 3, 5)1 path"]
    assert texts[-1] == "∂z1/∂x(5, 4)5 paths"


def test_ledger_adds_up(step):
    rows = [
        [e.text for e in elements(row) if e.tag == "td"]
        for row in pass_ledger(step)
        .split("<tbody>")[1]
        .split("</tbody>")[0]
        .replace("</tr>", "</tr>\n")
        .splitlines()
    ]
    *jacobians, total = [row for row in rows if row]
    assert len(jacobians) == len(step.vjp_steps)
    for row, vjp_step in zip(jacobians, step.vjp_steps, strict=True):
        cost = route_cost(vjp_step)
        assert [int(text.replace(",", "")) for text in row[1:]] == [
            vjp_step.paths,
            cost.entries,
            cost.filled,
            cost.full,
            cost.shortcut,
        ]
    cost = pass_cost(step)
    assert total[2:] == [f"{n:,}" for n in (cost.entries, cost.filled, cost.full, cost.shortcut)]


def test_vectors_in_and_out_have_all_their_digits(step):
    for vjp_step in step.vjp_steps:
        shown = by_attribute(in_and_out(vjp_step), "data-vector")
        for which, array in (("in", vjp_step.upstream), ("out", vjp_step.cotangent)):
            values = [e.value for key, e in shown.items() if key.startswith(f"{which}:")]
            expected = array.ravel()[:8] if array.ndim else []
            assert values == list(expected)
