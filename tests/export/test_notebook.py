"""The notebook: it runs with NumPy alone, checks itself, and says what it is."""

import builtins
import json

import numpy as np
import pytest

from backprop import forward_pass
from backprop.noise import derivative_noise
from backprop.sgd import predicted_change
from tests.expected import settings_of
from tests.export.files import LINK, TEXTBOOK, VIEWS
from ui.export.notebook import notebook_text
from ui.names.timeline import timeline
from ui.state.recording import recorded_step
from ui.steps import describe

SATURATED = [
    {"edit": "x_1_900~W2_1_2_100~b2_1_-800", "act": "identity"},
    {"edit": "x_1_900~W2_1_2_100", "out": "sigmoid", "act": "identity", "lr": 0.001},
    {"edit": "b1_1_1000~b1_2_-1000", "act": "sigmoid", "out": "sigmoid-squared"},
    {"edit": "b2_1_1000"},
    {"edit": "b2_1_-1000~b2_2_1000", "out": "sigmoid"},
    {"edit": "W1_1_1_-1000~W1_2_1_1000~x_3_1000", "act": "tanh", "lr": 0},
    {"flower": 10, "seed": 0, "act": "identity", "lr": 10},
]
CONVERGED = [
    {"taken": 200, "lr": 10, "act": "sigmoid", "hidden": "2", "edit": "x_1_0~b1_1_1000", "flower": 133},
    {"taken": 200, "lr": 10, "act": "tanh", "hidden": "1", "flower": 19, "seed": 375},
    {"taken": 50, "lr": 10, "act": "sigmoid", "epoch": 0, "flower": 12, "seed": 15, "edit": "b2_1_0"},
    {"taken": 200, "lr": 0.05, "act": "identity", "out": "identity"},
    {"taken": 200, "lr": 10, "out": "sigmoid"},
]


def run_cells(notebook: dict) -> dict:
    """Run all code cells in one namespace that can import NumPy and nothing else."""

    def numpy_only(name, *args, **kwargs):
        # NumPy itself imports more while it works; that does not come from the notebook's cells.
        if args and args[0] and args[0].get("__name__") == "notebook":
            assert name == "numpy", f"the notebook imports {name}"
        return __import__(name, *args, **kwargs)

    namespace = {"__builtins__": vars(builtins) | {"__import__": numpy_only}, "__name__": "notebook"}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), namespace)
    return namespace


@pytest.mark.parametrize("view", [*VIEWS, *SATURATED, *CONVERGED], ids=str)
def test_notebook_runs_with_numpy_alone_and_gets_the_numbers_of_the_core(view):
    settings = settings_of(**view)
    step = recorded_step(settings)
    names = run_cells(json.loads(notebook_text(settings, LINK)))
    assert names["learning_rate"] == settings.learning_rate
    assert names["C"] == pytest.approx(step.loss_before, rel=1e-9, abs=1e-28)
    assert names["C_new"] == pytest.approx(step.loss_after, rel=1e-9, abs=1e-28)
    for name, gradient in step.gradients.items():
        np.testing.assert_allclose(names[f"dC_d{name}"], gradient, rtol=1e-9, atol=1e-12)
        is_moved = name[0] == "W" or settings.bias == "learned"
        assert (f"{name}_new" in names) == is_moved
        if is_moved:
            np.testing.assert_allclose(names[f"{name}_new"], step.params_after[name], rtol=1e-9, atol=1e-12)
    assert ("b1" in names) == (settings.bias != "none")


@pytest.mark.parametrize("view", [{}, TEXTBOOK, {"hidden": "16-16"}, VIEWS[6], VIEWS[8]], ids=str)
def test_notebook_fails_when_any_comparison_has_another_number(view):
    """Each line that computes something is made wrong in turn, and a comparison must fail at that cell."""
    notebook = json.loads(notebook_text(settings_of(**view), LINK))
    namespace = {}
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "same(" in source and "def same" not in source:
            result, _, rest = source.partition(" = ")
            if result.startswith("#"):
                result, _, rest = source.partition("\n")[2].partition(" = ")
            wrong = f"{result} = 1e-6 + {rest}"
            with pytest.raises(AssertionError):
                exec(wrong, dict(namespace))
        if cell["cell_type"] == "code":
            exec(source, namespace)


def code_cells(**view):
    cells = json.loads(notebook_text(settings_of(**view), LINK))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def numbers(array):
    """As a literal with every digit, and no −0."""
    return str((np.asarray(array) + 0.0).tolist())


def test_every_line_of_a_softmax_notebook():
    step = recorded_step(settings_of(hidden="2", flower=3))
    shown = {
        name: numbers(array)
        for name, array in (
            *((variable.name, variable.value) for variable in step.tape.variables),
            *((f"d{vjp.output}_d{vjp.wrt}", vjp.jacobian) for vjp in step.vjp_steps),
            *((f"dC_d{vjp.wrt}", vjp.cotangent) for vjp in step.vjp_steps),
            *((f"{update.name}_new", update.after) for update in step.updates),
        )
    }

    def same(*names):
        return "".join(f"\nsame('{name}', {name}, np.array({shown[name]}))" for name in names)

    def pulled(output, wrt):
        return (
            f"dC_d{wrt} = dC_d{output} @ d{output}_d{wrt}\n"
            f"path_terms = dC_d{output}[:, None] * d{output}_d{wrt}  # one row for each path\n"
            f"same('the sum over paths', path_terms.sum(axis=0), dC_d{wrt}, np.abs(path_terms).max())"
        ) + same(f"dC_d{wrt}")

    def softmax(z, a):
        return (
            f"{a} = np.exp({z} - {z}.max()) / np.exp({z} - {z}.max()).sum()\n"
            f"{a} = np.maximum({a}, np.finfo(float).tiny)  # so that ln a and y / a stay finite"
        )

    def cost(z, a, C):
        return (
            f"# -(y * np.log({a})).sum(), with -ln a_k = ln(sum_i e^(z_i - z_k)), where no digit is lost\n"
            f"{C} = y @ np.logaddexp.reduce({z} - {z}[:, None], axis=1)"
        )

    def update(layer):
        names = (f"W{layer}", f"b{layer}")
        lines = [f"{name}_new = {name} - learning_rate * dC_d{name}" for name in names]
        return "\n".join(lines) + same(*(f"{name}_new" for name in names))

    after = code_cells(hidden="2", flower=3)[-1].splitlines()
    assert code_cells(hidden="2", flower=3)[1:-1] == [
        "\n".join(
            [f"{name} = np.array({shown[name]})" for name in ("x", "y", "W1", "b1", "W2", "b2")]
            + ["learning_rate = 0.1"]
        ),
        "z1 = W1 @ x + b1" + same("z1"),
        "a1 = np.maximum(0, z1)" + same("a1"),
        "z2 = W2 @ a1 + b2" + same("z2"),
        softmax("z2", "a2") + same("a2"),
        cost("z2", "a2", "C") + same("C"),
        "dC_da2 = -y / a2" + same("dC_da2"),
        "da2_dz2 = np.diag(a2) - np.outer(a2, a2)" + same("da2_dz2"),
        'dz2_dW2 = np.einsum("ki,j->kij", np.eye(3), a1)' + same("dz2_dW2"),
        pulled("a2", "z2"),
        "dC_dW2 = np.outer(dC_dz2, a1)" + same("dC_dW2"),
        "dC_db2 = dC_dz2" + same("dC_db2"),
        "dz2_da1 = W2" + same("dz2_da1"),
        pulled("z2", "a1"),
        "da1_dz1 = np.diag((z1 > 0) * 1.0)" + same("da1_dz1"),
        pulled("a1", "z1"),
        'dz1_dW1 = np.einsum("ki,j->kij", np.eye(2), x)' + same("dz1_dW1"),
        "dC_dW1 = np.outer(dC_dz1, x)\ndC_db1 = dC_dz1" + same("dC_dW1", "dC_db1"),
        update(2),
        update(1),
    ]
    assert after[:-3] == [
        "predicted_change = -learning_rate * ((dC_dW1 ** 2).sum() + (dC_db1 ** 2).sum() "
        "+ (dC_dW2 ** 2).sum() + (dC_db2 ** 2).sum())",
        "z1_new = W1_new @ x + b1_new",
        "a1_new = np.maximum(0, z1_new)",
        "z2_new = W2_new @ a1_new + b2_new",
        *softmax("z2_new", "a2_new").splitlines(),
        *cost("z2_new", "a2_new", "C_new").splitlines(),
    ]
    tape = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    assert after[-3:] == [
        f"same('predicted_change', predicted_change, np.array({predicted_change(step)}))",
        f"same('a2_new', a2_new, np.array({numbers(tape['a2'])}))",
        f"same('C_new', C_new, np.array({step.loss_after}))",
    ]


def test_lines_of_the_other_activations_and_costs():
    sigmoid = [
        "{a} = np.exp(-np.logaddexp(0, -{z}))  # 1 / (1 + np.exp(-{z})) that cannot overflow",
        "{a} = np.clip({a}, np.finfo(float).tiny, 1 - np.finfo(float).epsneg)  # never exactly 0 or 1",
    ]
    lines = [
        line for cell in code_cells(out="sigmoid", act="sigmoid", hidden="2") for line in cell.split("\n")
    ]
    for z, a in (("z1", "a1"), ("z2", "a2"), ("z1_new", "a1_new"), ("z2_new", "a2_new")):
        first = lines.index(sigmoid[0].format(a=a, z=z))
        assert lines[first + 1] == sigmoid[1].format(a=a, z=z)
    for z, a, C in (("z2", "a2", "C"), ("z2_new", "a2_new", "C_new")):
        first = lines.index(
            f"# -(y * np.log({a}) + (1 - y) * np.log(1 - {a})).sum(), from {z}, where no digit is lost"
        )
        assert lines[first + 1] == f"{C} = (y * np.logaddexp(0, -{z}) + (1 - y) * np.logaddexp(0, {z})).sum()"
    lines = [line for cell in code_cells(out="identity", act="tanh", hidden="2") for line in cell.split("\n")]
    for line in ("a1 = np.tanh(z1)", "a2 = z2.copy()", "C = 0.5 * ((a2 - y) ** 2).sum()"):
        assert line in lines


def test_a_comparison_mentions_rounding_where_it_leaves_few_digits():
    assert "rounding=" not in "".join(code_cells()[1:])
    cells = code_cells(**CONVERGED[1])
    step = recorded_step(settings_of(**CONVERGED[1]))
    noise = derivative_noise(step)["z2"].max()
    assert f"dC_dz2, np.array({numbers(step.cotangent('z2'))}), rounding={noise:.0e})" in "".join(cells)


def test_wide_layers_compare_and_count_the_rows_that_are_not_zero():
    cell = next(cell for cell in code_cells(hidden="16-16") if cell.startswith("dz2_dW2"))
    step = recorded_step(settings_of(hidden="16-16"))
    on = 16 * np.count_nonzero(step.tape["a1"])
    assert cell.splitlines()[1:] == [
        "# 16 × 16 × 16 entries: block k has a1 in row k, and zeros elsewhere.",
        "same('dz2_dW2', dz2_dW2[range(16), range(16)], np.tile(a1, (16, 1)))",
        f"assert np.count_nonzero(dz2_dW2) == {on}",
    ]


def test_the_notebook_says_what_it_is():
    first, _, given = json.loads(notebook_text(settings_of(edit="x_1_2", taken=1), LINK))["cells"][:3]
    assert "".join(first["source"]) == (
        "# Backpropagation, every path of it\n\n"
        "- Flower 106, virginica, but x₁ as typed: x = (2, −1.28, 0.422, 0.659); "
        "the rest of x is standardised over all 150 flowers\n"
        "- Network 4-5-3: relu hidden units, softmax outputs, cross-entropy cost; learning rate η = 0.1\n"
        "- Parameters: initial ones of seed 859, then 1 update step on this observation\n"
        "- Edited: x₁ = 2\n"
        f"- [This view in the app]({LINK})\n\n"
        "Run the cells from top to bottom; they need NumPy and nothing else. After the two that define the "
        "check and what is given, each computes one step of the app's timeline and compares it with the "
        "numbers the app showed: no message means they agree. "
        "`dC_dz2` is ∂C/∂z², `dz2_da1` the Jacobian ∂z²/∂a¹."
    )
    cells = json.loads(notebook_text(settings_of(), LINK))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert ["same('" in lines for lines in code] == [False, False] + [True] * (
        len(timeline(settings_of().config)) - 1
    )
    assert "".join(given["source"]) == (
        "## What is given\n\nThe observation, its target, and all parameters, with every digit."
    )


@pytest.mark.parametrize("view", [{"hidden": "6-5"}, TEXTBOOK, *VIEWS[6:]], ids=str)
def test_each_step_has_its_title_place_sentence_and_formula(view):
    step = recorded_step(settings_of(**view))
    cells = json.loads(notebook_text(settings_of(**view), LINK))["cells"][4:]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    expected = []
    for stop in timeline(step.config)[1:]:
        content = describe(step, stop)
        place = stop.group if stop.numeral == "" else f"{stop.group}, step {stop.numeral}"
        expected.append(
            f"## {stop.label}: {content.title}\n\n*{place}.* {content.say}\n\n$${content.formula}$$"
        )
    assert texts == expected


def test_notebook_has_the_structure_of_format_4_5():
    notebook = json.loads(notebook_text(settings_of(), LINK))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert notebook["metadata"]["kernelspec"].keys() >= {"name", "display_name"}
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in notebook["cells"]:
        keys = {"cell_type", "id", "metadata", "source"}
        if cell["cell_type"] == "code":
            keys |= {"execution_count", "outputs"}
            assert cell["execution_count"] is None
            assert cell["outputs"] == []
        else:
            assert cell["cell_type"] == "markdown"
        assert cell.keys() == keys
        assert all(isinstance(line, str) for line in cell["source"])


def test_notebook_has_a_cell_for_every_step_of_the_timeline():
    text = notebook_text(settings_of(hidden="4-3"), LINK)
    headings = [
        line
        for cell in json.loads(text)["cells"]
        if cell["cell_type"] == "markdown"
        for line in cell["source"]
        if line.startswith("## ")
    ]
    # What is given; z, a three times and C; I to VI three times; three updates and the cost again.
    assert len(headings) == 1 + 7 + 18 + 4
    assert LINK in text
