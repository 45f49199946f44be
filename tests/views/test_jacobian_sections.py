"""Texts and scenes of the Jacobians page against the core."""

import numpy as np
import pytest

from backprop.study.routes import Routes, diagonal_route, is_needed, route_cost, weight_routes
from tests.expected import settings_of, step_of
from tests.scene_numbers import read_scene
from tests.scenes import SceneAt
from ui.names.equations import mathml
from ui.names.symbols import symbol
from ui.names.timeline import timeline
from ui.steps import describe
from ui.views.jacobians.matrices import fits_all_blocks
from ui.views.jacobians.rules import (
    default_key,
    diagonal_is_wrong,
    key_of,
    kind_of,
    rule,
    walkthrough_step,
)
from ui.views.jacobians.scenes import jacobian_scene, routes_scene, strip_scene
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


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        (0.0, "0, exactly the same"),
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


# --- scenes ------------------------------------------------------------------------------------------


def scene_of(text: str) -> SceneAt:
    return SceneAt(read_scene(text), None)


def routes_of(settings, key: str, layer: int = 1) -> SceneAt:
    return scene_of(routes_scene(settings, *key.split("-"), layer))


def test_strip_has_every_jacobian_once_and_marks_the_chosen_one(settings, step):
    (strip,) = scene_of(strip_scene(settings, default_key(step))).parts("Strip")
    thumbnails = {each["key"]: each for each in strip["thumbnails"]}
    assert list(thumbnails) == [key_of(v) for v in step.vjp_steps]
    assert [key for key, each in thumbnails.items() if each["is_current"]] == [default_key(step)]
    for key, each in thumbnails.items():
        vjp_step = step.vjp(*key.split("-"))
        paths = vjp_step.paths
        assert each["is_marked"] == (paths > 1)
        assert each["href"].startswith("jacobians?")
        assert f"jacobian={key}" in each["href"]
        assert each["notes"] == [str(vjp_step.jacobian.shape), f"{paths} path{'s' if paths > 1 else ''}"]


def test_each_number_that_is_not_zero_has_a_square_in_its_place(settings, step):
    (strip,) = scene_of(strip_scene(settings, "")).parts("Strip")
    for vjp_step, each in zip(step.vjp_steps, strip["thumbnails"], strict=True):
        squares, jacobian = each["squares"], vjp_step.jacobian
        assert squares["shape"] == [*(jacobian.shape if jacobian.ndim > 1 else (1, jacobian.size))]
        drawn = np.zeros(jacobian.size)
        for shade, places in squares["places"].items():
            drawn[places] = int(shade)
        largest = np.abs(jacobian).max() or 1.0
        shades = np.minimum(4, 1 + np.floor(4 * np.abs(jacobian) / largest)) * np.sign(jacobian)
        np.testing.assert_array_equal(drawn, shades.ravel())


def test_a_strip_of_the_largest_network_is_small():
    assert len(strip_scene(settings_of(hidden="16-16-16-16"), "z5-a4")) < 40_000


def test_every_number_of_every_jacobian_has_its_place_and_what_it_belongs_to(settings, step):
    for vjp_step in step.vjp_steps:
        scene = scene_of(jacobian_scene(settings, vjp_step.output, vjp_step.wrt, 0))
        jacobian, large = vjp_step.jacobian, scene.large
        rows = [f"{vjp_step.output}:{k}" for k in range(len(large["rows"]))]
        assert large["row_links"] == rows
        if jacobian.ndim == 3:
            shown = jacobian if fits_all_blocks(vjp_step) else jacobian[:1]
            assert {block["link"] for block in large["blocks"]} == {f"{vjp_step.wrt}:{{row}}:{{column}}"}
        else:
            shown = np.atleast_2d(jacobian)
            assert large["column_links"] == [f"{vjp_step.wrt}:{j}" for j in range(shown.shape[1])]
        assert scene.entries() == {
            f"cell=jacobian:{':'.join(map(str, place))}": value for place, value in np.ndenumerate(shown)
        }


def test_a_gradient_stands_there_by_both_routes(settings, step):
    for layer in range(1, step.config.depth + 1):
        scene, routes = routes_of(settings, default_key(step), layer), weight_routes(step, layer)
        assert scene.large["row_links"] == [f"z{layer}:{i}" for i in range(len(routes.full))]
        assert {block["link"] for block in scene.large["blocks"]} == {f"W{layer}:{{row}}:{{column}}"}
        shown = {name: value for name, value in scene.entries().items() if f"=W{layer}-" in name}
        assert shown == {
            f"route=W{layer}-{route}:{i}:{j}": value
            for route, values in (("full", routes.full), ("shortcut", routes.shortcut))
            for (i, j), value in np.ndenumerate(values[:, :10])
        }


def test_output_matrix_has_both_routes_the_wrong_one_for_softmax_and_the_measured_one(settings, step):
    entries = routes_of(settings, default_key(step)).entries()
    last = step.config.depth
    for route, apart in (("full", 1e-12), ("shortcut", 1e-12), ("numeric", 1e-6)):
        shown = [entries[f"route=output:{route}:{k}"] for k in range(3)]
        np.testing.assert_allclose(shown, step.cotangent(f"z{last}"), rtol=1e-9, atol=apart)
    is_softmax = step.config.output_activation == "softmax"
    diagonal = [value for key, value in entries.items() if key.startswith("route=output:diagonal:")]
    assert diagonal == (diagonal_route(step).tolist() if is_softmax else [])
    paths = step.vjp(f"a{last}", f"z{last}").paths
    assert ("total derivative" if paths > 1 else "one path each") in output_sentence(step)


def test_both_routes_to_the_weights_agree(settings, step):
    for layer in range(1, step.config.depth + 1):
        scene = routes_of(settings, default_key(step), layer)
        difference = scene.numbers()[f"difference=W{layer}"]
        assert difference == weight_routes(step, layer).difference <= 1e-12
        said = [scene.sentence(part) for part in scene.parts("Words") if "numbers" in part]
        assert len(said) == 2
        for sentence in said:
            assert sentence.startswith("Largest difference between full route and shortcut: ")
            assert "disagree" not in sentence


def test_what_goes_in_and_comes_out_is_named_and_has_all_its_digits(settings, step):
    for vjp_step in step.vjp_steps:
        scene = routes_of(settings, key_of(vjp_step))
        shown = {key: value for key, value in scene.entries().items() if key.startswith("vector=")}
        vectors = {"in": vjp_step.upstream, "out": vjp_step.cotangent} if vjp_step.upstream.ndim else {}
        assert shown == {
            f"vector={which}:0:{k}": value
            for which, array in vectors.items()
            if array.ndim == 1
            for k, value in enumerate(array.tolist())
        }


def product_texts(key: str, **view) -> list[str]:
    scene = routes_of(settings_of(**view), key)
    (product, *_) = scene.parts("Group")
    return [part["alt"] if part["part"] == "Matrix" else part["text"] for part in product["parts"]][:-1]


def test_vectors_are_named_as_what_they_are():
    assert product_texts("C-a2") == []
    assert product_texts("z2-a1") == [
        "upstream: ∂C/∂z² = +0.202, +0.459, −0.661.",
        "times this: ∂C/∂a¹ = +0.0409, −0.163, −0.147, +0.289, −0.254.",
    ]
    assert product_texts("z2-W2")[1:] == ["Times this: dC/dW², below by both routes."]
    assert product_texts("z2-b2")[1] == "times this: dC/db² = +0.202, +0.459, −0.661."
    assert product_texts("z1-x")[1] == "times this: ∂C/∂x = −0.378, −0.0355, −0.131, −0.588."


def output_rows(**view) -> list[str]:
    settings = settings_of(**view)
    (matrix,) = [m for m in routes_of(settings, "z2-a1").parts("Matrix") if "keys" in m["blocks"][0]]
    assert len(matrix["blocks"][0]["keys"]) == len(matrix["rows"])
    return matrix["rows"]


def test_the_rows_of_the_output():
    shortcut = "full: ∂C/∂a² · ∂a²/∂z²", "shortcut: a² − y"
    assert output_rows() == [*shortcut, "wrong: the diagonal only", "numeric slope"]
    assert output_rows(out="sigmoid") == [*shortcut, "numeric slope"]
    assert output_rows(out="identity")[1] == "shortcut: ∂C/∂a² * diagonal of ∂a²/∂z²"
    assert "numeric slope" not in output_rows(out="identity", edit="b2_1_1000")  # which cannot judge all


def test_the_diagonal_alone_is_called_wrong_only_where_it_is():
    assert diagonal_is_wrong(step_of(settings_of()))
    certain = {"edit": "b2_3_1000"}  # virginica is certain, and right
    right = step_of(settings_of(**certain))
    np.testing.assert_allclose(diagonal_route(right), right.cotangent("z2"), atol=1e-300)
    assert "wrong" not in str(output_rows(**certain)) + output_sentence(right)
    assert output_sentence(right).endswith("The diagonal alone gives the same here, but for rounding.")


def ledger_of(settings) -> list[list[str]]:
    scene = routes_of(settings, "z1-x")
    (table,) = scene.parts("Table")
    return [[row["head"], *map(scene.text, row["cells"])] for row in table["rows"]]


def test_the_whole_pass_of_figure_1_by_hand():
    assert ledger_of(settings_of()) == [
        ["∂C/∂a²", "3", "3", "0"],
        ["∂a²/∂z²", "9", "9", "9"],
        ["∂z²/∂W²", "45", "15", "15"],
        ["∂z²/∂b²", "9", "3", "0"],
        ["∂z²/∂a¹", "15", "15", "15"],
        ["∂a¹/∂z¹", "25", "5", "5"],
        ["∂z¹/∂W¹", "100", "20", "20"],
        ["∂z¹/∂b¹", "25", "5", "0"],
        ["∂z¹/∂x, not in the total", "20", "20", "20"],
        ["whole pass", "231", "75", "55"],
    ]
    note = (
        "No step needs ∂z¹/∂x: training stops at the parameters, and x is none. It is here because it is "
        "instructive, and the total leaves it out."
    )
    for out, more in (
        ("softmax", " By shortcut the total counts a² − y in place of ∂C/∂a² · ∂a²/∂z²."),
        ("identity", ""),
    ):
        said = [part["text"] for part in routes_of(settings_of(out=out), "z1-x").parts("Words")]
        assert said[-2:] == [note + more, "dC/dW¹ by both routes"]
    assert said[-3] == (
        "Through every entry of every Jacobian it takes 231 multiplications; by shortcut 58. "
        "Only 69 entries can differ from 0."
    )


def test_the_total_is_that_of_the_rows_but_for_x_and_the_output(settings, step):
    *rows, total = ledger_of(settings)
    assert len(rows) == len(step.vjp_steps)
    counts = {
        key_of(v): [int(text.replace(",", "")) for text in row[1:]]
        for v, row in zip(step.vjp_steps, rows, strict=True)
        if is_needed(v)
    }
    assert len(counts) == len(rows) - 1
    last = step.config.depth
    for key, row in counts.items():
        cost = route_cost(step.vjp(*key.split("-")))
        assert row == [cost.entries, cost.filled, cost.shortcut]
    if step.config.shortcut:  # a − y needs no product
        counts[f"a{last}-z{last}"][2] = 0
    assert total[1:] == [f"{sum(column):,}" for column in zip(*counts.values(), strict=True)]
