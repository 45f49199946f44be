"""The stage's payload against the core: tables, timeline, written-out entries and NumPy lines."""

import json
import re
from decimal import Decimal, localcontext
from pathlib import Path

import numpy as np
import pytest

from backprop.differences import difference_quotient
from tests.expected import CHAIN, NEURON, THREE_TWO_ONE, XOR, own_link, settings_of, step_of, table_of
from ui.draw.bundle import bundle
from ui.names.timeline import find_step, timeline
from ui.steps.payload import stage_payload

ROOT = Path(__file__).resolve().parents[2]

VIEWS = [
    {},
    {"flower": 0, "seed": 3, "act": "tanh", "hidden": "6-5"},
    {"flower": 133, "out": "sigmoid", "hidden": "3"},
    {"flower": 7, "out": "sigmoid-squared", "act": "sigmoid"},
    {"flower": 60, "out": "identity", "act": "identity", "hidden": "4-4-4-4", "lr": 0.01},
    {"hidden": "16-16-16-16"},
    {"hidden": "5-1", "edit": "x_1_7~x_3_-2"},
    {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared", "lr": 0},
    {"edit": "b2_1_1000"},
    {"edit": "b2_1_1000~y_1_.5~y_3_.4999999", "lr": 10},
    {"edit": "b2_1_1000~b2_3_-1000", "out": "sigmoid", "epoch": 20},
    {"edit": "b1_1_1000~b1_2_-1000", "act": "sigmoid", "hidden": "2-1", "taken": 3},
    {"edit": "b1_1_-9~b1_2_-9~b1_3_-9~b1_4_-9~b1_5_-9", "out": "identity"},
    {"hidden": "none", "edit": "y_1_.5"},
    {"hidden": "none", "out": "relu", "err": "sum", "bias": "none"},
    {"hidden": "3-2", "act": "relu-tanh", "out": "tanh", "err": "mean", "bias": "fixed", "lr": 0.5},
    {"act": "sigmoid", "bias": "none"},
    own_link(CHAIN, out="sigmoid-squared"),
    own_link(NEURON, out="softmax"),
    own_link(XOR, hidden="2", act="tanh", out="sigmoid", obs=3),
    own_link(THREE_TWO_ONE, out="identity", bias="fixed", err="mean"),
]


@pytest.fixture(params=VIEWS, ids=str)
def settings(request):
    return settings_of(**request.param)


@pytest.fixture
def payload(settings):
    return json.loads(stage_payload(settings))


@pytest.fixture
def step(settings):
    return step_of(settings)


def test_every_table_holds_the_numbers_of_the_core(payload, step):
    for name, table in payload["tables"].items():
        if name.startswith("x:") and name != "x:value":
            continue  # what x is made of, which the core does not know
        expected = table_of(step, name)
        if "blocks" in table:
            row = np.array(table["row"])
            rows = len(table["rows"])
            shown = np.einsum("ki,j->kij", np.eye(rows), row)
        else:
            shown = np.array(table["values"])
        np.testing.assert_array_equal(shown, expected, err_msg=name)
        assert len(table["cols"]) == expected.shape[-1], name


def test_numeric_derivatives_agree_where_judged(payload, settings):
    checked = 0
    for name, table in payload["tables"].items():
        if "blocks" in table:
            difference = np.abs(np.array(table["numeric"]) - np.array(table["row"]))
            np.testing.assert_array_less(difference, 1e-5, err_msg=name)
            assert table["numericElsewhere"] == 0
        elif "numeric" in table:
            assert np.shape(table["numeric"]) == np.shape(table["values"]), name
            judged = np.array(table.get("notJudged", np.full(np.shape(table["values"]), ""))) == ""
            difference = np.abs(np.array(table["values"]) - np.array(table["numeric"]))[judged]
            size = np.maximum(1, np.abs(table["numeric"]))[judged]
            np.testing.assert_array_less(difference / size, 1e-5, err_msg=name)
            checked += judged.sum()
    assert checked > (20 if settings.data != "own" else 4)


def test_what_rounding_leaves_where_a_target_is_met_is_no_numeric_derivative():
    text = "x = 1\ny = 1\nW1 = 1\nb1 = 0.3\nW2 = 1\nb2 = -0.3"
    settings = settings_of(**own_link(text, act="identity", out="identity"))
    assert difference_quotient(settings.config, step_of(settings).tape, "W1").values.any()
    tables = json.loads(stage_payload(settings))["tables"]
    slopes = [
        table["numeric"] for name, table in tables.items() if name.endswith((":cotangent", ":gradient"))
    ]
    assert slopes
    assert not any(np.any(slope) for slope in slopes)


def test_every_table_on_show_is_in_the_payload(payload):
    for step in payload["steps"]:
        shown = [item for row in step["rows"] for item in row if isinstance(item, dict)]
        names = {item["table"] for item in shown} | {item["below"] for item in shown if "below" in item}
        assert names <= payload["tables"].keys()
        assert set(step["results"]) <= names, step["id"]


def test_numpy_lines_compute_what_the_core_computed(payload, step):
    names = {"np": np, "x": step.tape["x"], "y": step.tape["y"]} | dict(step.params.items())
    for stop in payload["steps"]:
        exec(stop["numpy"], names)
    for vjp in step.vjp_steps:
        if vjp.wrt == "x":
            continue
        symbol = f"dC_d{vjp.wrt}"
        np.testing.assert_allclose(names[symbol], vjp.cotangent, atol=1e-12, err_msg=symbol)
    moved = {update.name for update in step.updates}
    assert moved == {name for name, _ in step.params.items() if f"{name}_new" in names}
    for name in moved:
        np.testing.assert_allclose(names[f"{name}_new"], step.params_after[name], atol=1e-12)
    assert names["C"] == pytest.approx(step.loss_before, rel=1e-12)


def evaluate(tokens, payload, indices):
    """Value of a written-out entry: its tokens as an arithmetic expression; None where it only says why."""
    why = []

    def text(token):
        if isinstance(token, str):
            return token
        if "cell" in token:
            name, row, column = token["cell"]
            values = payload["tables"][name]["values"]
            return f"({Decimal(values[indices.get(row, row)][indices.get(column, column)])})"
        if "each" in token:
            return "".join(map(text, token["of"][indices[token["each"]]]))
        if "since" in token:
            why.append(token)
            return ""
        if "equal" in token:
            left, right = (indices[letter] for letter in token["equal"])
            branch = token["then"] if left == right else token["else"]
            return "".join(text(inner) for inner in branch)
        terms = []
        for number in range(token["count"]):
            indices[token["sum"]] = number
            terms.append("".join(text(inner) for inner in token["tokens"]))
        return " + ".join(f"({term})" for term in terms)

    expression = "".join(text(token) for token in tokens)
    if why:
        return None
    for shown, python in {"−": "-", "·": "*", "½": "0.5", "²": "**2", "ln": "log"}.items():
        expression = expression.replace(shown, python)
    expression = re.sub(r"log (\S+)", r"log(\1)", expression)
    # Decimal, since exp(1000) is no float
    expression = re.sub(r"\d+\.?\d*(E[+-]?\d+)?", lambda number: f"Decimal('{number[0]}')", expression)
    functions = {"exp": Decimal.exp, "log": Decimal.ln, "tanh": decimal_tanh, "max": max, "Decimal": Decimal}
    with localcontext(prec=40):
        return float(eval(expression, functions))


def decimal_tanh(z):
    up, down = z.exp(), (-z).exp()
    return (up - down) / (up + down)


def test_written_out_entries_have_the_value_of_their_cell(payload, settings):
    for stop in payload["steps"]:
        for name, tokens in stop["results"].items():
            table = payload["tables"][name]
            if "blocks" in table:
                continue
            for row, values in enumerate(table["values"]):
                for column, value in enumerate(values):
                    got = evaluate(tokens, payload, {"i": row, "j": column, "k": 0})
                    if got is not None:
                        assert got == pytest.approx(value, rel=1e-9, abs=1e-9), (name, row, column)


def test_paths_on_the_badge_are_those_of_the_core(payload, step):
    by_id = {stop["id"]: stop for stop in payload["steps"]}
    last = step.config.depth
    for layer in range(1, last + 1):
        paths = step.vjp(f"a{layer}", f"z{layer}").paths
        assert by_id[f"{layer}.{'IV'}"]["paths"] == paths
        if layer < last:
            assert by_id[f"{layer}.II"]["paths"] == step.config.layer_sizes[layer + 1]


def test_timeline_has_every_step_in_order():
    ids = [stop.id for stop in timeline(settings_of(hidden="5").config)]
    roman = ["I", "II", "III", "IV", "V", "VI"]
    assert ids == (
        ["x", "z1", "a1", "z2", "a2", "C"]
        + [f"2.{numeral}" for numeral in roman]
        + [f"1.{numeral}" for numeral in roman]
        + ["update.2", "update.1", "after"]
    )
    assert len(timeline(settings_of(hidden="4-4-4-4").config)) == 1 + 10 + 1 + 5 * 6 + 5 + 1


def test_find_step_names_what_it_does_not_know():
    config = settings_of().config
    assert timeline(config)[find_step(config, "1.II")].label == "∂C/∂a¹"
    with pytest.raises(ValueError, match=r"step_id: expected one of x, z1, .* got '7\.II'"):
        find_step(config, "7.II")


def test_payload_of_figure_1_is_small():
    assert len(stage_payload(settings_of())) < 150_000


@pytest.mark.parametrize(
    "entry", ["shell/library.js", "draw/js/component.js", "views/walkthrough/js/standalone.js"]
)
def test_bundle_is_one_module(entry):
    text = bundle(ROOT / "ui" / entry)
    assert "import {" not in text
    assert text.count("export ") == text.count("export default") <= 1


def test_bundle_leaves_out_imports_and_the_comments_that_begin_a_line(tmp_path):
    (tmp_path / "one.js").write_text(
        "/** One. @param {number} a */\nexport function one(a) {\n"
        "  /**\n   * a ** b\n   */\n  const b = 2; // two\n"
        "  return /** @type {number} */ (a ** b); /* kept */\n}\n"
        "export class Two {\n  /** @type {3} */ three;\n}\n"
    )
    (tmp_path / "two.js").write_text(
        '/** @import { Four } from "./four.d.ts" */\nimport {\n  one,\n  Two,\n} from "./one.js";\n'
        "\n/** The default. */\nexport default one(Two);\n"
    )
    assert bundle(tmp_path / "two.js") == (
        "function one(a) {\n  const b = 2; // two\n"
        "  return /** @type {number} */ (a ** b); /* kept */\n}\nclass Two {\n  three;\n}\n\n"
        "export default one(Two);\n"
    )


def test_bundle_refuses_a_name_that_stands_twice(tmp_path):
    (tmp_path / "one.js").write_text("export function draw() {}\nconst place = 1;\n")
    (tmp_path / "two.js").write_text(
        'import { draw } from "./one.js";\nclass Place {}\nlet place = draw();\n'
    )
    with pytest.raises(ValueError, match=r"two\.js: expected every top-level name once, got twice: place"):
        bundle(tmp_path / "two.js")
