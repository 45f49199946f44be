"""The ledger, tables and figures of the page "Derivative paths" against the core."""

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from backprop import numerical_derivative, training_step
from backprop.study.full_paths import full_paths, path_count
from backprop.study.paths import ledger, nudge
from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from tests.scenes import SceneAt, read_scene
from ui.names.numbers import signed
from ui.state.data import SPECIES
from ui.state.parameters import real
from ui.views.paths.choice import PathChoice
from ui.views.paths.enumeration import enumeration_markup
from ui.views.paths.figures import gradient_row_figure, path_terms_figure
from ui.views.paths.finder import find_flower, finder_link
from ui.views.paths.knock_out import knocked_out_step
from ui.views.paths.ledger_svg import ledger_svg, scale_of
from ui.views.paths.output import output_markup
from ui.views.paths.rules import rule_cards, unit_table, verdict
from ui.views.paths.scenes import nudge_scene
from ui.views.paths.special_units import cancelling_markup, dead_unit_markup
from ui.views.paths.update import gradient_changes, row_comparison, update_costs, update_sentence

MARKS = [*"①②③④⑤⑥⑦⑧⑨⑩", *(f"({number})" for number in range(11, 17))]
FIRST = {"flower": 83, "seed": 41}
CHOICES = [
    (FIRST, 1, 4, ()),
    (FIRST, 1, 4, (1,)),
    ({"flower": 7, "seed": 5, "hidden": "6-4-2", "act": "tanh", "out": "sigmoid"}, 2, 3, (0, 1)),
    ({"flower": 120, "hidden": "5-4-3", "seed": 8}, 1, 1, (0, 3)),
    ({"hidden": "3-1", "out": "identity"}, 1, 0, ()),
    ({"hidden": "16-16-16-16", "act": "sigmoid", "out": "sigmoid-squared"}, 1, 15, (15,)),
    ({"hidden": "1", "act": "identity"}, 1, 0, (0, 1, 2)),
]


@pytest.fixture(params=CHOICES, ids=str)
def choice(request):
    link, layer, unit, dropped = request.param
    return PathChoice(settings_of(**link), layer, unit, dropped)


@pytest.fixture
def step(choice):
    return step_of(choice.settings)


def terms_of(choice, step):
    return step.vjp(choice.above, choice.activation).path_terms


def masked_step(choice, step):
    mask = np.ones(terms_of(choice, step).shape)
    for k in choice.dropped:
        mask[k, choice.unit] = 0
    return training_step(
        step.config,
        step.params,
        step.tape["x"],
        step.tape["y"],
        choice.settings.learning_rate,
        keep_paths={(choice.above, choice.activation): mask},
    )


def misleading_path(choice, step):
    """The path whose product is farthest from the sum of all."""
    terms = terms_of(choice, step)[:, choice.unit]
    return max(range(len(terms)), key=lambda k: abs(terms[k] - terms.sum()))


def numbers(markup, attribute="data-cell"):
    return {key: element.value for key, element in by_attribute(markup, attribute).items()}


def test_ledger_shows_every_factor_product_and_running_total(choice, step):
    book = ledger(step, choice.layer, choice.unit, choice.dropped)
    markup = ledger_svg(choice, book, None)
    shown = numbers(markup, "data-ledger")
    terms = terms_of(choice, step)[:, choice.unit]
    upstream = step.cotangent(choice.above)
    running = 0.0
    for k, term in enumerate(terms):
        assert shown[f"upstream:{k}"] == upstream[k]
        assert shown[f"weight:{k}"] == step.params.weights[choice.layer][k, choice.unit]
        assert shown[f"product:{k}"] == term
        assert (f"running:{k}" in shown) == (k not in choice.dropped)
        if k not in choice.dropped:
            running += term
            assert shown[f"running:{k}"] == pytest.approx(running, rel=1e-12, abs=1e-15)
    assert shown["total"] == pytest.approx(running, rel=1e-12, abs=1e-15)
    rows = by_attribute(markup, "data-path")
    assert [int(k) for k, row in rows.items() if "bp-dropped" in row.classes] == list(choice.dropped)


def test_bars_end_where_the_running_total_is(choice, step):
    book = ledger(step, choice.layer, choice.unit, choice.dropped)
    scale = scale_of(book, None)
    bars = by_attribute(ledger_svg(choice, book, None), "data-bar")
    before = 0.0
    for k, product in enumerate(book.products):
        bar = bars[str(k)].attributes
        left = float(bar["x"])
        assert left == pytest.approx(scale.x(min(before, before + product)), abs=0.01)
        if abs(scale.x(product) - scale.x(0)) > 1:
            assert float(bar["width"]) == pytest.approx(abs(scale.x(product) - scale.x(0)), abs=0.01)
        before = book.running[k]
    assert min(float(b.attributes["x"]) for b in bars.values()) >= 660
    assert max(float(b.attributes["x"]) + float(b.attributes["width"]) for b in bars.values()) <= 991


def test_scale_does_not_move_when_paths_are_knocked_out():
    step = step_of(settings_of(**FIRST))
    scales = {scale_of(ledger(step, 1, 4, dropped), 0.7) for dropped in ((), (0,), (1, 2), (0, 1, 2))}
    assert len(scales) == 1


def test_cards_compare_right_yours_single_and_numeric(choice, step):
    markup = rule_cards(choice)
    shown = numbers(markup, "data-rule")
    yours = masked_step(choice, step)
    numeric, _ = numerical_derivative(step.config, step.tape, choice.activation)
    assert shown["right"] == step.cotangent(choice.activation)[choice.unit]
    expected = yours.cotangent(choice.activation)[choice.unit]
    assert shown["yours"] == pytest.approx(expected, rel=1e-12, abs=1e-15)
    one = misleading_path(choice, step)
    assert shown["single"] == terms_of(choice, step)[one, choice.unit]
    assert f"Single path: {MARKS[one]} alone" in markup
    assert shown["numeric"] == numeric[choice.unit]
    after = numbers(markup, "data-after")
    assert after["right"] == step.loss_after
    assert after["yours"] == pytest.approx(yours.loss_after, rel=1e-14)
    assert markup.count("✗") == sum(
        abs(shown[key] - shown["numeric"]) > 1e-6 for key in ("right", "yours", "single")
    )
    assert "✓" in markup.split("data-rule")[1]


def test_unit_table_has_every_unit(choice, step):
    markup = unit_table(choice)
    shown = numbers(markup)
    numeric, judged = numerical_derivative(step.config, step.tape, choice.activation)
    for unit, right in enumerate(step.cotangent(choice.activation)):
        single = terms_of(choice, step)[misleading_path(choice, step), unit]
        assert shown[f"right:{unit}"] == right
        assert shown[f"single:{unit}"] == single
        assert judged[unit] == (f"numeric:{unit}" in shown)
        if judged[unit]:
            assert shown[f"numeric:{unit}"] == numeric[unit]
            assert shown[f"right-error:{unit}"] == abs(right - numeric[unit])
            assert shown[f"single-error:{unit}"] == abs(single - numeric[unit])
    links = [e for e in elements(markup) if e.tag == "a"]
    assert len(links) == len(numeric)
    assert [i for i, link in enumerate(links) if "aria-current" in link.attributes] == [choice.unit]


def test_update_tables_are_those_of_the_masked_step(choice, step):
    yours = masked_step(choice, step)
    shown = numbers(update_costs(choice) + gradient_changes(choice))
    assert shown["before:yours"] == step.loss_before
    assert shown["after:right"] == step.loss_after
    assert shown["after:yours"] == pytest.approx(yours.loss_after, rel=1e-14)
    assert shown["change:yours"] == shown["after:yours"] - step.loss_before
    for layer in range(1, choice.layer + 1):
        off = np.abs(yours.gradients[f"W{layer}"] - step.gradients[f"W{layer}"]).max()
        assert shown[f"off:W{layer}"] == pytest.approx(off, rel=1e-12, abs=1e-15)
        assert shown[f"largest:W{layer}"] == np.abs(step.gradients[f"W{layer}"]).max()
    right, mine = row_comparison(choice)
    np.testing.assert_array_equal(right, step.gradients[f"W{choice.layer}"][choice.unit])
    np.testing.assert_allclose(mine, yours.gradients[f"W{choice.layer}"][choice.unit], rtol=1e-12, atol=1e-15)
    if not choice.dropped:
        assert "Knock out a path" in update_sentence(choice)


def test_a_dead_unit_is_not_blamed_on_the_path():
    settings = settings_of(**FIRST)
    unit = int(np.flatnonzero(step_of(settings).tape["z1"] <= 0)[0])
    choice = PathChoice(settings, 1, unit, (0,))
    assert "is off" in update_sentence(choice)
    assert knocked_out_step(choice).loss_after == step_of(settings).loss_after


def test_the_nudge_scene_holds_what_is_measured_at_every_epsilon(choice, step):
    scene, row = read_scene(nudge_scene(choice, 0.123)), real("eps")
    assert len(row.positions) == 201
    assert scene["control"]["positions"] == sorted([*row.positions, 0.123])
    for epsilon in [*row.positions[::20], 0.01, 0.123]:
        shown = {key[5:]: value for key, value in SceneAt(scene, epsilon).numbers().items()}
        moved = nudge(step, choice.layer, choice.unit, epsilon)
        for k in range(len(moved.moves)):
            assert shown[f"move:{k}"] == moved.moves[k]
            assert shown[f"predicted:{k}"] == moved.predicted[k]
            assert measured_as(shown[f"measured:{k}"], moved.measured[k])
            assert measured_as(shown[f"curvature:{k}"], moved.measured[k] - moved.predicted[k])
        assert measured_as(shown["measured:total"], moved.total)
        assert measured_as(shown["remainder"], moved.remainder)
        if len(moved.moves) == 1:
            assert not {"predicted:sum", "measured:sum", "curvature:sum", "interaction"} & set(shown)
            continue
        assert shown["predicted:sum"] == moved.predicted.sum()
        assert measured_as(shown["measured:sum"], moved.measured.sum())
        assert measured_as(shown["curvature:sum"], moved.own_curvature)
        assert measured_as(shown["interaction"], moved.interaction)


def measured_as(shown: float, measured: float) -> bool:
    """The same bits, or 0 where rounding could have made it."""
    return shown == measured or (shown == 0 and abs(measured) < 1e-12)


def test_a_unit_that_does_not_matter_has_no_share():
    scene = read_scene(nudge_scene(PathChoice(settings_of(edit="W2_1_1_0~W2_2_1_0~W2_3_1_0"), 1, 0)))
    for epsilon in (-1.0, 0.1):
        assert set(SceneAt(scene, epsilon).numbers().values()) == {0}


def test_knock_outs_do_not_change_the_nudge():
    settings = settings_of(**FIRST)
    assert nudge_scene(PathChoice(settings, 1, 4, (1,))) == nudge_scene(PathChoice(settings, 1, 4))


def test_a_scene_of_16_paths_is_small():
    widest = settings_of(hidden="16-16", act="sigmoid", out="sigmoid-squared")
    assert len(nudge_scene(PathChoice(widest, 1, 15)).encode()) < 80_000


def test_dead_split_multiplies(choice, step):
    shown = numbers(dead_unit_markup(choice), "data-split")
    assert shown["cotangent"] == step.cotangent(choice.activation)[choice.unit]
    assert shown["through"] == step.cotangent(f"z{choice.layer}")[choice.unit]
    assert shown["cotangent"] * shown["slope"] == pytest.approx(shown["through"], rel=1e-12)


def test_cancelled_share(choice, step):
    terms = terms_of(choice, step)[:, choice.unit]
    if len(terms) == 1:
        assert cancelling_markup(choice) == "<p>With one path there is nothing to cancel.</p>"
        return
    (shown,) = by_attribute(cancelling_markup(choice), "data-cancelled")
    size = np.abs(terms).sum()
    assert float(shown) == pytest.approx(1 - abs(terms.sum()) / size if size else 0, abs=1e-12)


def step_settings(flower, seed, hidden):
    return settings_of(flower=flower, seed=seed, hidden=hidden)


@pytest.mark.parametrize("hidden", ["5", "6-4"])
@pytest.mark.parametrize("seed", [41, 3])
def test_found_flowers_are_what_they_are_said_to_be(hidden, seed):
    choice = PathChoice(settings_of(seed=seed, hidden=hidden), 1, 0)
    flower, unit = find_flower(choice, "dead")
    step = step_of(settings_of(seed=seed, hidden=hidden, flower=flower))
    assert flower != choice.settings.flower
    again, _ = find_flower(PathChoice(step_settings(flower, seed, hidden), 1, unit), "dead")
    assert again != flower
    assert step.tape["z1"][unit] <= 0
    assert step.cotangent("a1")[unit] != 0
    assert step.cotangent("z1")[unit] == 0
    flower, unit = find_flower(choice, "cancel")
    terms = step_of(settings_of(seed=seed, hidden=hidden, flower=flower)).vjp("z2", "a1").path_terms[:, unit]
    assert abs(terms.sum()) <= 0.1 * np.abs(terms).sum()
    link = next(e for e in elements(finder_link(choice, "cancel")) if e.tag == "a").attributes["href"]
    query = {key: value[0] for key, value in parse_qs(urlsplit(link).query).items()}
    assert (query["flower"], query["unit"], query.get("hidden", "5")) == (str(flower), str(unit + 1), hidden)


def test_nothing_is_found_where_there_is_nothing():
    tanh = PathChoice(settings_of(act="tanh"), 1, 0)
    assert find_flower(tanh, "dead") is None
    assert finder_link(tanh, "dead") == (
        '<p class="bp-note">No other flower has a unit in this layer that is off while its paths carry '
        "something.</p>"
    )
    assert find_flower(PathChoice(settings_of(hidden="3-1"), 1, 0), "cancel") is None


def test_full_paths_listed_and_summed(choice, step):
    markup = enumeration_markup(choice)
    shown = numbers(markup)
    paths = full_paths(step, choice.layer, choice.unit)
    count = path_count(step.config, choice.layer)
    assert f"{count.paths:,}" in markup
    if choice.layer == step.config.depth - 1:
        assert "full:0" not in shown
        return
    right = step.cotangent(choice.activation)[choice.unit]
    assert shown["full:sum"] == pytest.approx(right, rel=1e-9, abs=1e-12)
    for k, term in enumerate(terms_of(choice, step)[:, choice.unit]):
        assert shown[f"full:{k}"] == pytest.approx(term, rel=1e-9, abs=1e-12)
        assert shown[f"term:{k}"] == term
    listed = {int(key[5:]): value for key, value in shown.items() if re.fullmatch(r"list:\d+", key)}
    assert all(paths.products[index] == value for index, value in listed.items())
    total = sum(listed.values()) + shown.get("list:rest", 0.0)
    assert total == pytest.approx(right, rel=1e-9, abs=1e-12)
    assert len(listed) <= 48


def test_output_table(choice, step):
    shown = numbers(output_markup(choice.settings))
    last = step.config.depth
    a, y = step.tape[f"a{last}"], step.tape["y"]
    numeric, _ = numerical_derivative(step.config, step.tape, f"z{last}")
    for k in range(3):
        expected = step.cotangent(f"z{last}")[k]
        assert shown[f"output:full:{k}"] == pytest.approx(expected, rel=1e-9, abs=1e-12)
        assert shown[f"output:numeric:{k}"] == numeric[k]
        if step.config.output_activation == "softmax":
            assert shown[f"output:diagonal:{k}"] == pytest.approx(-y[k] * (1 - a[k]), rel=1e-12)
            assert shown[f"output:shortcut:{k}"] == a[k] - y[k]
    assert ("output:diagonal:0" in shown) == (step.config.output_activation == "softmax")
    assert shown["output:full:error"] < 1e-6


def test_path_terms_figure_has_the_sums_under_the_terms(choice, step):
    figure = path_terms_figure(step, choice.above, choice.activation, choice.unit)
    z = np.array(figure["data"][0]["z"])
    np.testing.assert_array_equal(z[:-1], terms_of(choice, step))
    np.testing.assert_allclose(z[:-1].sum(axis=0), z[-1], rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(z[-1], step.cotangent(choice.activation))
    box = figure["layout"]["shapes"][-1]
    assert (box["x0"] + box["x1"]) / 2 == choice.unit
    assert figure["layout"]["shapes"][0]["y0"] == len(z) - 1.5


def test_gradient_row_figure(choice, step):
    right, yours = row_comparison(choice)
    figure = gradient_row_figure(choice.layer, choice.unit, right, yours)
    np.testing.assert_array_equal(figure["data"][0]["z"], [right, yours, yours - right])
    assert len(figure["layout"]["xaxis"]["ticktext"]) == len(right)


def test_verdict_says_how_far_off():
    settings = settings_of(**FIRST)
    terms = step_of(settings).vjp("z2", "a1").path_terms[:, 4]
    assert f"off by {signed(-terms[1])}" in verdict(PathChoice(settings, 1, 4, (1,)))
    unit, k = np.argwhere(
        np.sign(step_of(settings).cotangent("a1"))
        * (step_of(settings).cotangent("a1") - step_of(settings).vjp("z2", "a1").path_terms)
        < 0
    )[0][::-1]
    assert "the sign is wrong" in verdict(PathChoice(settings, 1, int(unit), (int(k),)))
    assert "single-variable chain rule is the whole truth" in verdict(
        PathChoice(settings_of(hidden="3-1"), 1, 0)
    )


# --- figures ------------------------------------------------------------------------------------------


def test_names_in_the_figure_of_path_terms():
    figure = path_terms_figure(step_of(settings_of()), "z2", "a1", 3)
    layout, hover = figure["layout"], str(figure["data"][0])
    assert layout["title"]["text"].startswith(
        "Path terms ∂C/∂z<sup>2</sup><sub>k</sub> · ∂z<sup>2</sup><sub>k</sub>/∂a<sup>1</sup><sub>j</sub>"
    )
    assert layout["yaxis"]["ticktext"] == [
        *(f"z<sup>2</sup><sub>{k + 1}</sub> {name}" for k, name in enumerate(SPECIES)),
        "sum = ∂C/∂a<sup>1</sup>",
    ]
    assert layout["xaxis"]["ticktext"] == [f"a<sup>1</sup><sub>{j}</sub>" for j in range(1, 6)]
    line, box = layout["shapes"]
    assert [line[key] for key in ("x0", "x1", "y0", "y1")] == [-0.5, 4.5, 2.5, 2.5]
    assert [box[key] for key in ("x0", "x1", "y0", "y1")] == [2.51, 3.49, -0.49, 3.49]
    assert "sum of the column = ∂C/∂a" in hover
    softmax = path_terms_figure(step_of(settings_of()), "a2", "z2", None)["layout"]
    assert softmax["yaxis"]["ticktext"][2:] == [
        "a<sup>2</sup><sub>3</sub> virginica",
        "sum = ∂C/∂z<sup>2</sup>",
    ]
    assert softmax["xaxis"]["ticktext"][0] == "z<sup>2</sup><sub>1</sub> setosa"
    assert len(softmax["shapes"]) == 1
    hidden = path_terms_figure(step_of(settings_of(hidden="5-4")), "z2", "a1", 0)["layout"]["yaxis"][
        "ticktext"
    ]
    assert hidden[:4] == [f"z<sup>2</sup><sub>{k}</sub>" for k in range(1, 5)]


def test_names_in_the_figure_of_a_gradient_row():
    right, yours = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 0.0, 3.0, 4.5])
    figure = gradient_row_figure(1, 2, right, yours)
    assert figure["layout"]["title"]["text"].startswith("Row 3 of dC/dW<sup>1</sup>")
    assert figure["layout"]["yaxis"]["ticktext"] == ["all paths", "your way", "error"]
    assert figure["layout"]["xaxis"]["ticktext"] == [
        "x<sub>1</sub> sepal<br>length",
        "x<sub>2</sub> sepal<br>width",
        "x<sub>3</sub> petal<br>length",
        "x<sub>4</sub> petal<br>width",
    ]
    (line,) = figure["layout"]["shapes"]
    assert [line[key] for key in ("x0", "x1", "y0", "y1")] == [-0.5, 3.5, 1.5, 1.5]
    second = gradient_row_figure(2, 0, right[:2], yours[:2])
    assert second["layout"]["xaxis"]["ticktext"] == ["a<sup>1</sup><sub>1</sub>", "a<sup>1</sup><sub>2</sub>"]
    assert figure["layout"]["height"] == second["layout"]["height"] + 18
    assert figure["layout"]["margin"]["t"] == second["layout"]["margin"]["t"] + 18
    assert "all paths, towards the weight of x" in str(figure["data"][0])
