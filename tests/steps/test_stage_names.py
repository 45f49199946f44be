"""Names in the stage's network, of its file, and how formulas are set."""

from html import escape

import pytest

from backprop import forward_pass
from tests.expected import own_link, settings_of, step_of
from tests.steps.stage_script import question, run_script
from ui.export.state import describe_state
from ui.export.walkthrough import standalone_html
from ui.names.equations import mathml
from ui.names.numbers import short
from ui.names.symbols import entries, entry_symbol, symbol
from ui.names.timeline import find_step, timeline
from ui.state.captions import file_name


@pytest.mark.parametrize(
    "view", [{}, {"hidden": "3-2", "act": "tanh", "out": "identity", "flower": 20}], ids=str
)
def test_the_network_names_the_derivative_it_shows_and_is_of_one_moment(view):
    settings = settings_of(**view)
    step, stops = step_of(settings), timeline(settings.config)
    after = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    (answer,) = run_script(question(settings, at=range(len(stops)), width=900))
    known: dict[str, str] = {}
    for stop, seen in zip(stops, answer["seen"], strict=True):
        for letter in "az":
            for layer in range(1, settings.config.depth + 1):
                if stop.label == f"∂C/∂{symbol(f'{letter}{layer}')}":
                    known[f"a{layer}"] = f"{letter}{layer}"
        for layer in range(1, settings.config.depth + 1):
            for unit, name in enumerate(entries(f"a{layer}", settings.config.layer_sizes[layer])):
                part = seen["parts"][f"a{layer}:{unit}"]
                if stop.id == "after":
                    value = short(float(after[f"a{layer}"][unit]))
                    assert (part["said"].split(", off")[0], part["number"]) == (
                        f"{name} new = {value}",
                        value,
                    )
                    assert part["derivative"] == ""
                elif f"a{layer}" in known:
                    of = known[f"a{layer}"]
                    slope = float(step.cotangent(of)[unit])
                    assert part["said"].endswith(f", ∂C/∂{symbol(of, unit)} = {short(slope)}")
                    assert part["derivative"] == f"∂C/∂{of[0]} {short(slope, plus=True)}"
                    assert part["number"] == short(float(step.tape[f"a{layer}"][unit]))
                else:
                    assert part["derivative"] == ""
        weights = (step.params_after if stop.id == "after" else step.params)["W1"]
        new = " new" if stop.id == "after" else ""
        assert seen["parts"]["W1:1:2"]["said"] == f"w¹₂₃{new} = {short(float(weights[1, 2]))}"


def test_where_columns_are_close_the_derivative_is_short_and_its_name_in_the_note():
    settings = settings_of(hidden="3-3-3-3")
    at = [find_step(settings.config, "4.II"), find_step(settings.config, "5.IV")]
    (answer,) = run_script(question(settings, at=at))
    step = step_of(settings)
    slope = short(float(step.cotangent("a4")[0]), plus=True)
    assert answer["seen"][0]["parts"]["a4:0"]["derivative"] == f"∂a {slope}"
    assert [seen["note"] for seen in answer["seen"]] == [
        "Network: units coloured by value, edges by weight, lit edges by their path term, "
        "below a unit ∂C/∂a or ∂C/∂z.",
        "Network: units coloured by value, edges by weight, below a unit ∂C/∂z.",
    ]


def test_an_example_of_a_book_is_no_flower():
    book = {"data": "textbook", "hidden": "2", "edit": "b1_1_-9"}
    settings = settings_of(**book)
    (answer,) = run_script(question(settings, at=[2]))
    assert answer["seen"][0]["parts"]["a1:0"]["said"] == "a¹₁ = 0, off for this example"


def test_a_name_without_room_is_said_in_full():
    names = "inputs = speed of the wind, rain\noutputs = umbrella needed\nx = 1 2\ny = 1"
    (answer,) = run_script(question(settings_of(**own_link(names), hidden="none"), at=[3]))
    parts = answer["seen"][0]["parts"]
    assert parts["x:0"]["said"] == "speed of the wind: x₁ = 1"
    assert parts["x:1"]["said"] == "x₂ = 2"
    assert parts["a1:0"]["said"].startswith("umbrella needed: a¹₁ = ")


@pytest.mark.parametrize("row", range(0, 16, 3))
@pytest.mark.parametrize("column", range(0, 16, 5))
def test_weights_are_spelled_alike_in_python_and_in_the_browser(row, column, sixteen):
    said = sixteen["seen"][0]["parts"][f"W2:{row}:{column}"]["said"]
    assert said.split(" = ")[0] == entry_symbol("W2", (row, column))


@pytest.fixture(scope="module")
def sixteen():
    (answer,) = run_script(question(settings_of(hidden="16-16"), at=[0]))
    return answer


def test_the_file_says_what_it_shows_in_its_title_and_name():
    settings = settings_of(flower=12, epoch=3, taken=2, edit="x_1_7", lr=0.05)
    said = ". ".join(("Backpropagation step by step", *describe_state(settings)))
    assert f"<title>{escape(said)}</title>" in standalone_html(settings)
    assert "after 3 epochs of training" in said
    assert (
        file_name(settings, "walkthrough", "html")
        == "walkthrough-flower12-seed859-5-relu-softmax-eta0.05-epoch3-taken2-edited.html"
    )


@pytest.mark.parametrize(
    ("latex", "markup"),
    [
        (
            r"y_k \ln a_k",
            "<msub><mi>y</mi><mi>k</mi></msub>{thin}<mi>ln</mi>{apply}{thin}<msub><mi>a</mi><mi>k</mi></msub>",
        ),
        (r"\ln (a)", "<mi>ln</mi>{apply}{open}<mi>a</mi>{close}"),
        (
            r"(1 - y) \ln (a)",
            "{open}<mn>1</mn><mo>&#x02212;</mo><mi>y</mi>{close}{thin}<mi>ln</mi>{apply}{open}<mi>a</mi>{close}",
        ),
        (
            r"= \max(0, z)",
            "<mo>&#x0003D;</mo><mi>max</mi>{apply}{open}<mn>0</mn><mo>&#x0002C;</mo><mi>z</mi>{close}",
        ),
        (r"\tanh z", "<mi>tanh</mi>{apply}{thin}<mi>z</mi>"),
        (r"C = -y", '<mi>C</mi><mo>&#x0003D;</mo><mo form="prefix">&#x02212;</mo><mi>y</mi>'),
        (r"a - y", "<mi>a</mi><mo>&#x02212;</mo><mi>y</mi>"),
        (
            r"\operatorname{relu}'(z)",
            "<msup><mi>relu</mi><mi>&#x02032;</mi></msup>{open}<mi>z</mi>{close}",
        ),
    ],
)
def test_functions_are_spaced_as_in_print(latex, markup):
    parts = {
        "thin": '<mspace width="0.167em" />',
        "apply": "<mo>&#x02061;</mo>",
        "open": '<mo stretchy="false">&#x00028;</mo>',
        "close": '<mo stretchy="false">&#x00029;</mo>',
    }
    assert f"<mrow>{markup.format(**parts)}</mrow></math>" in mathml(latex)
