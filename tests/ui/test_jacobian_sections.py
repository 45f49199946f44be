"""Texts, strip and tables of the Jacobians page against the core."""

import numpy as np
import pytest

from backprop.routes import pass_cost, route_cost
from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from ui.equations import mathml
from ui.jacobian_strip import default_key, jacobian_strip, key_of
from ui.jacobian_texts import badge, kind_of, meaning, rule, walkthrough_step
from ui.route_tables import in_and_out, output_comparison, output_sentence, pass_ledger, weights_comparison
from ui.stage.content import describe
from ui.stage.steps import timeline

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
        "a2-z2": "softmax",
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


def test_units_that_are_off_are_counted():
    step = step_of(settings_of())
    assert "1 of 5 units is off" in meaning(step, step.vjp("a1", "z1"))
    assert "off" not in meaning(*(lambda s: (s, s.vjp("a1", "z1")))(step_of(settings_of(act="tanh"))))


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
