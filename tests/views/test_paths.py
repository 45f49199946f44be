"""The scenes and tables of the page "Derivative paths" against the core."""

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from backprop import numerical_derivative, training_step
from backprop.study.full_paths import full_paths, path_count
from backprop.study.paths import nudge
from backprop.study.telling import telling_unit
from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from tests.scene_numbers import read_scene
from tests.scenes import SceneAt
from ui.names.numbers import short
from ui.state.own import read_network, write_network
from ui.state.parameters import real
from ui.views.paths.choice import PathChoice
from ui.views.paths.enumeration import enumeration_markup
from ui.views.paths.finder import find_flower, finder_link
from ui.views.paths.knock_out import knocked_out_step
from ui.views.paths.nudge import nudge_scene
from ui.views.paths.scenes import paths_scene
from ui.views.paths.special_units import cancelling_markup, dead_unit_markup
from ui.views.paths.update import row_comparison, update_scene, update_sentence

ONE_OUTPUT = write_network(read_network("x = 1 -0.5\ny = 0.25"))
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
    ({"hidden": "6-5", "act": "relu-sigmoid", "bias": "none", "out": "tanh"}, 2, 1, (0,)),
    ({"data": "own", "own": ONE_OUTPUT, "hidden": "3", "out": "identity", "bias": "fixed"}, 1, 2, (0,)),
]


@pytest.fixture(params=CHOICES, ids=str)
def choice(request):
    link, layer, unit, dropped = request.param
    return PathChoice(settings_of(**link), layer, unit, dropped)


@pytest.fixture
def step(choice):
    return step_of(choice.settings)


def terms_of(choice, step):
    return step.vjp(choice.above, choice.start).path_terms


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
        keep_paths={(choice.above, choice.start): mask},
    )


def misleading_path(choice, step):
    """The path whose product is farthest from the sum of all."""
    terms = terms_of(choice, step)[:, choice.unit]
    return max(range(len(terms)), key=lambda k: abs(terms[k] - terms.sum()))


def numbers(markup, attribute="data-cell"):
    return {key: element.value for key, element in by_attribute(markup, attribute).items()}


def at(choice) -> SceneAt:
    """The scene of the page where its reader is."""
    scene = read_scene(paths_scene(choice.settings, choice.layer))
    return SceneAt(scene, [str(choice.unit + 1)], choice.dropped)


def test_ledger_holds_every_factor_product_and_running_total(choice, step):
    scene, terms = at(choice), terms_of(choice, step)[:, choice.unit]
    shown, (ledger,) = scene.numbers(), scene.parts("Ledger")
    upstream, running = step.cotangent(choice.above), scene.running(ledger["sum"])
    numeric, judged = numerical_derivative(step.config, step.tape, choice.start)
    expected = 0.0
    for k, term in enumerate(terms):
        assert shown[f"ledger=upstream:{k}"] == upstream[k]
        assert shown[f"ledger=weight:{k}"] == step.params.weights[choice.layer][k, choice.unit]
        assert shown[f"ledger=product:{k}"] == term
        expected += term if k not in choice.dropped else 0
        assert running[k] == pytest.approx(expected, rel=1e-12, abs=1e-15)
        assert scene.at(ledger["terms"][k]["edge"]) == f"W{choice.layer + 1}:{k}:{choice.unit}"
    assert scene.at(ledger["sum"]["total"]) == step.cotangent(choice.start)[choice.unit]
    assert judged[choice.unit]
    assert shown["ledger=numeric"] == numeric[choice.unit]


@pytest.mark.parametrize("link", [{}, {"edit": "y_1_0.5~y_3_0.5", "bias": "none"}], ids=str)
def test_without_a_hidden_layer_the_paths_lead_through_softmax(link):
    """The wrong rule is then the diagonal alone, and auto takes the z of which that tells least."""
    settings = settings_of(hidden="none", **link)
    step = step_of(settings)
    softmax, truth = step.vjp("a1", "z1"), step.cotangent("z1")
    scene, diagonal = read_scene(paths_scene(settings, 1)), np.diag(softmax.path_terms)
    auto = int(np.abs(diagonal - truth).argmax())
    assert SceneAt(scene, ["auto"]).numbers() == SceneAt(scene, [str(auto + 1)]).numbers()
    for unit in range(3):
        choice = PathChoice(settings, 1, unit, (1,))
        there = SceneAt(scene, [str(unit + 1)], choice.dropped)
        shown = there.numbers()
        for k in range(3):
            assert shown[f"ledger=upstream:{k}"] == softmax.upstream[k]
            assert shown[f"ledger=weight:{k}"] == softmax.jacobian[k, unit]
            assert shown[f"ledger=product:{k}"] == softmax.path_terms[k, unit]
            assert shown[f"cell=single:{k}"] == diagonal[k]
        (cards,) = there.parts("Cards")
        told = {card["name"]: there.judged(card) for card in cards["cards"]}
        yours = masked_step(choice, step)
        assert told["right"][0] == truth[unit]
        assert told["yours"][0] == pytest.approx(yours.cotangent("z1")[unit], abs=1e-15)
        assert told["single"][0] == diagonal[unit]
        assert [card[1][0] for card in told.values()][:1] == ["✓"]
        assert (told["single"][1][0] == "✓") == bool(np.isclose(diagonal[unit], truth[unit]))
        numbers = SceneAt(read_scene(update_scene(choice)), None).numbers()
        assert numbers["cell=after:yours"] == pytest.approx(yours.loss_after, rel=1e-14)
        only = {("a1", "z1"): np.eye(3)}
        tape, rate = step.tape, settings.learning_rate
        single = training_step(step.config, step.params, tape["x"], tape["y"], rate, keep_paths=only)
        assert numbers["cell=after:single"] == pytest.approx(single.loss_after, rel=1e-14)
        assert ("cell=off:b1" in numbers) == step.config.has_biases


def test_auto_is_the_unit_that_tells_most(choice, step):
    scene = read_scene(paths_scene(choice.settings, choice.layer))
    unit = telling_unit(step, step.vjp(choice.above, choice.start))
    auto, told = SceneAt(scene, ["auto"]), SceneAt(scene, [str(unit + 1)])
    assert auto.numbers() == told.numbers()
    assert list(auto.texts()) == list(told.texts())
    count = step.config.layer_sizes[choice.layer]
    assert scene["control"]["positions"] == [["auto"], *([str(j + 1)] for j in range(count))]


def test_cards_compare_right_yours_single_and_numeric(choice, step):
    scene = at(choice)
    (cards,) = scene.parts("Cards")
    shown = {card["name"]: scene.judged(card) for card in cards["cards"]}
    numeric, _ = numerical_derivative(step.config, step.tape, choice.start)
    yours = masked_step(choice, step).cotangent(choice.start)[choice.unit]
    one = misleading_path(choice, step)
    expected = {
        "right": step.cotangent(choice.start)[choice.unit],
        "yours": pytest.approx(yours, rel=1e-12, abs=1e-15),
        "single": terms_of(choice, step)[one, choice.unit],
        "numeric": numeric[choice.unit],
    }
    assert {name: value for name, (value, _) in shown.items()} == expected
    for name in ("right", "yours", "single"):
        value, said = shown[name]
        is_wrong = abs(value - numeric[choice.unit]) > 1e-6
        assert said == f"{'✗' if is_wrong else '✓'} error {short(abs(value - numeric[choice.unit]))}"
    assert scene.at(cards["cards"][2]["title"]) == f"Single path: {MARKS[one]} alone"


def test_table_and_matrix_have_every_unit(choice, step):
    scene = at(choice)
    shown, entries = scene.numbers(), scene.entries()
    terms, sums = terms_of(choice, step), step.cotangent(choice.start)
    numeric, judged = numerical_derivative(step.config, step.tape, choice.start)
    for unit, right in enumerate(sums):
        single = terms[misleading_path(choice, step), unit]
        assert shown[f"cell=right:{unit}"] == entries[f"cell=sum:0:{unit}"] == right
        assert [entries[f"cell=term:{k}:{unit}"] for k in range(len(terms))] == terms[:, unit].tolist()
        assert shown[f"cell=single:{unit}"] == single
        assert judged[unit] == (f"cell=numeric:{unit}" in shown)
        if judged[unit]:
            assert shown[f"cell=numeric:{unit}"] == numeric[unit]
            assert shown[f"cell=right-error:{unit}"] == abs(right - numeric[unit])
            assert shown[f"cell=single-error:{unit}"] == abs(single - numeric[unit])
    marked = [scene.at(part["marked"]) for part in (*scene.parts("Matrix"), *scene.parts("Table"))]
    assert marked == [choice.unit] * 2


def test_what_belongs_together_has_one_name_and_picks_its_unit(choice):
    scene = at(choice)
    (ledger,), (matrix,), (table,) = map(scene.parts, ("Ledger", "Matrix", "Table"))
    paths = [f"path:{k}" for k in range(len(ledger["terms"]))]
    units = [f"unit:{j}" for j in range(len(table["rows"]))]
    assert [term["link"] for term in ledger["terms"]] == matrix["row_links"] == paths
    assert [row["link"] for row in table["rows"]] == matrix["column_links"] == units
    assert scene.at(ledger["unit_link"]) == units[choice.unit]
    nudge_rows = SceneAt(read_scene(nudge_scene(choice)), 0.1).parts("Table")
    assert [row["link"] for part in nudge_rows for row in part["rows"] if "link" in row] == paths
    options = [row["option"] for row in table["rows"]]
    assert options == matrix["options"]
    positions = scene.scene["control"]["positions"]
    assert [positions[option] for option in options] == [[str(j + 1)] for j in range(len(units))]
    assert scene.scene["switches"]["options"] == [str(k + 1) for k in range(len(paths))]


def test_update_is_that_of_the_masked_step(choice, step):
    yours, scene = masked_step(choice, step), SceneAt(read_scene(update_scene(choice)), None)
    shown, entries = scene.numbers(), scene.entries()
    assert shown["cell=before:yours"] == step.loss_before
    assert shown["cell=after:right"] == step.loss_after
    assert shown["cell=after:yours"] == pytest.approx(yours.loss_after, rel=1e-14)
    assert shown["cell=change:yours"] == shown["cell=after:yours"] - step.loss_before
    for layer in range(1, choice.layer + 1):
        off = np.abs(yours.gradients[f"W{layer}"] - step.gradients[f"W{layer}"]).max()
        assert shown[f"cell=off:W{layer}"] == pytest.approx(off, rel=1e-12, abs=1e-15)
        assert shown[f"cell=largest:W{layer}"] == np.abs(step.gradients[f"W{layer}"]).max()
    right, mine = row_comparison(choice)
    np.testing.assert_array_equal(right, step.gradients[f"W{choice.layer}"][choice.unit])
    np.testing.assert_allclose(mine, yours.gradients[f"W{choice.layer}"][choice.unit], rtol=1e-12, atol=1e-15)
    drawn = np.array(list(entries.values())).reshape(3, -1)
    np.testing.assert_array_equal(drawn, [right, mine, mine - right])
    if not choice.dropped:
        assert "Knock out a path" in update_sentence(choice)


def test_a_scene_of_16_units_with_16_paths_is_small():
    assert len(paths_scene(settings_of(hidden="16-16", act="tanh"), 1).encode()) < 70_000


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
    assert shown["cotangent"] == step.cotangent(choice.start)[choice.unit]
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
    assert finder_link(tanh, "dead") == ""  # none of its units can be off
    always_on = PathChoice(settings_of(edit="~".join(f"b1_{unit}_900" for unit in range(1, 6))), 1, 0)
    assert finder_link(always_on, "dead") == (
        '<p class="bp-note">No other flower has a unit in this layer that is off while its paths carry '
        "something.</p>"
    )
    assert find_flower(PathChoice(settings_of(hidden="3-1"), 1, 0), "cancel") is None


def test_full_paths_listed_and_summed(choice, step):
    markup = enumeration_markup(choice)
    shown = numbers(markup)
    paths = full_paths(step, choice.layer, choice.unit)
    count = path_count(step.config, choice.layer)
    if choice.layer == step.config.depth - 1:
        assert markup == ""
        return
    assert f"{count.paths:,}" in markup
    right = step.cotangent(choice.start)[choice.unit]
    assert shown["full:sum"] == pytest.approx(right, rel=1e-9, abs=1e-12)
    for k, term in enumerate(terms_of(choice, step)[:, choice.unit]):
        assert shown[f"full:{k}"] == pytest.approx(term, rel=1e-9, abs=1e-12)
        assert shown[f"term:{k}"] == term
    listed = {int(key[5:]): value for key, value in shown.items() if re.fullmatch(r"list:\d+", key)}
    assert all(paths.products[index] == value for index, value in listed.items())
    total = sum(listed.values()) + shown.get("list:rest", 0.0)
    assert total == pytest.approx(right, rel=1e-9, abs=1e-12)
    assert len(listed) <= 48
