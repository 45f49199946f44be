"""Exports: the files hold the core's numbers with every digit; the notebook runs, and finds a wrong one."""

import builtins
import csv
import io
import json

import numpy as np
import pytest

from tests.expected import settings_of
from ui.export import arrays_csv, arrays_json, file_name, notebook_text
from ui.export.arrays import BYTES_A_ROW, arrays_of, count_numbers
from ui.export.state import describe_state
from ui.recording import recorded_step

LINK = "https://example.org/walkthrough?flower=3"
TEXTBOOK = {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared", "lr": 0.5}
VIEWS = [
    {},
    TEXTBOOK,
    {"hidden": "16-16-16-16", "out": "identity", "lr": 0.001},
    {"hidden": "6-5", "act": "tanh", "out": "sigmoid", "flower": 3, "lr": 0.1234567891},
    {"epoch": 5, "taken": 2, "act": "sigmoid", "out": "sigmoid-squared"},
    {"edit": "W2_1_2_0.75~x_1_-3", "taken": 1},
]
SATURATED = [
    {"edit": "x_1_900~W2_1_2_100~b2_1_-800", "act": "identity"},
    {"edit": "x_1_900~W2_1_2_100", "out": "sigmoid", "act": "identity", "lr": 0.001},
    {"edit": "b1_1_1000~b1_2_-1000", "act": "sigmoid", "out": "sigmoid-squared"},
]


def expected_arrays(step) -> dict[tuple[str, str], np.ndarray]:
    """Every array of a step by its name and kind, read from the core's records one by one."""
    depth = step.config.depth
    names = ["x", "y", "C", *(f"{letter}{n}" for n in range(1, depth + 1) for letter in "Wbza")]
    arrays = {(name, "value"): step.tape[name] for name in names}
    for vjp in step.vjp_steps:
        arrays[f"{vjp.output}/{vjp.wrt}", "jacobian"] = vjp.jacobian
        arrays[f"{vjp.output}/{vjp.wrt}", "path_terms"] = vjp.path_terms
    for name in ("x", *(f"{letter}{n}" for n in range(1, depth + 1) for letter in "za")):
        arrays[name, "cotangent"] = step.cotangent(name)
    for name, gradient in step.gradients.items():
        arrays[name, "gradient"] = gradient
        arrays[name, "update"] = step.params_after[name] - step.params[name]
        arrays[name, "after"] = step.params_after[name]
    arrays["C", "after"] = np.asarray(step.loss_after)
    return arrays


def assert_same_arrays(found, step):
    expected = expected_arrays(step)
    assert found.keys() == expected.keys()
    for key, array in expected.items():
        if key[1] == "update":  # after − before has another rounding than −η times the gradient
            np.testing.assert_allclose(found[key], array, atol=1e-12)
        else:
            np.testing.assert_array_equal(found[key], array, err_msg=str(key))


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


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_json_round_trips_to_the_arrays_of_the_core(view):
    settings = settings_of(**view)
    document = json.loads(arrays_json(settings, LINK))
    arrays = {}
    for entry in document["arrays"]:
        array = np.array(entry["values"])
        assert list(array.shape) == entry["shape"]
        assert len(entry["axes"]) == array.ndim
        arrays[entry["array"], entry["kind"]] = array
    assert len(arrays) == len(document["arrays"])
    assert_same_arrays(arrays, recorded_step(settings))
    assert document["link"] == LINK
    assert document["settings"]["learning_rate"] == settings.learning_rate
    assert document["network"]["layer_sizes"] == list(settings.config.layer_sizes)
    assert len(document["inputs"]) == settings.config.layer_sizes[0]
    assert len(document["outputs"]) == settings.config.layer_sizes[-1]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_csv_round_trips_to_the_arrays_of_the_core(view):
    settings = settings_of(**view)
    step = recorded_step(settings)
    text = arrays_csv(settings)
    rows = list(csv.DictReader(io.StringIO(text)))
    arrays = {key: np.full(array.shape, np.nan) for key, array in expected_arrays(step).items()}
    for row in rows:
        index = tuple(int(row[f"index{axis}"]) for axis in range(3) if row[f"index{axis}"])
        array = arrays[row["array"], row["kind"]]
        assert np.isnan(array[index])
        array[index] = float(row["value"])
    assert_same_arrays(arrays, step)
    assert len(rows) == count_numbers(settings.config)
    assert len(text) == pytest.approx(len(rows) * BYTES_A_ROW, rel=0.15)


def test_axes_say_what_an_index_counts():
    axes = {(a.array, a.kind): a.axes for a in arrays_of(recorded_step(settings_of()))}
    assert axes["z1/W1", "jacobian"] == ("z1", "z1", "x")
    assert axes["z2/a1", "path_terms"] == ("z2", "a1")
    assert axes["W2", "gradient"] == ("z2", "a1")
    assert axes["C", "value"] == ()


@pytest.mark.parametrize("view", [*VIEWS, *SATURATED], ids=str)
def test_notebook_runs_with_numpy_alone_and_gets_the_numbers_of_the_core(view):
    settings = settings_of(**view)
    step = recorded_step(settings)
    names = run_cells(json.loads(notebook_text(settings, LINK)))
    assert names["learning_rate"] == settings.learning_rate
    assert names["C"] == pytest.approx(step.loss_before, rel=1e-9)
    assert names["C_new"] == pytest.approx(step.loss_after, rel=1e-9, abs=1e-300)
    for name, gradient in step.gradients.items():
        np.testing.assert_allclose(names[f"dC_d{name}"], gradient, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(names[f"{name}_new"], step.params_after[name], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("view", [{}, TEXTBOOK, {"hidden": "16-16"}], ids=str)
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


def test_state_is_described_with_its_training_steps_and_edits():
    assert describe_state(settings_of(epoch=5, taken=2, edit="x_1_1~b1_2_-3", flower=7)) == (
        "Flower 7, setosa, but x₁ as typed: x = (1, 0.769, −1.28, −1.31); "
        "the rest of x is standardised over the flowers of the training",
        "Network 4-5-3: relu hidden units, softmax outputs, cross-entropy cost; learning rate η = 0.1",
        "Parameters: initial ones of seed 859, after 5 epochs of training (split 1, batch size 16), "
        "then 2 update steps on this observation",
        "Edited before the steps taken: x₁ = 1, b¹₂ = −3",
    )
    assert describe_state(
        settings_of(epoch=1, taken=1, hidden="6-5", act="tanh", out="identity", lr=1e-5)
    ) == (
        "Flower 106, virginica: sepal 4.9 × 2.5 cm, petal 4.5 × 1.7 cm; "
        "x is standardised over the flowers of the training",
        "Network 4-6-5-3: tanh hidden units, identity outputs, squared error cost; learning rate η = 1e−5",
        "Parameters: initial ones of seed 859, after 1 epoch of training (split 1, batch size 16), "
        "then 1 update step on this observation",
    )
    assert describe_state(settings_of())[0].endswith("cm; x is standardised over all 150 flowers")
    assert describe_state(settings_of(edit="x_1_1~x_2_2~x_3_3~x_4_4"))[0] == (
        "Flower 106, virginica, but all inputs as typed: x = (1, 2, 3, 4)"
    )
    many = "~".join(f"W1_{unit}_{place}_{unit}" for unit in range(1, 6) for place in range(1, 5))
    assert describe_state(settings_of(edit=many))[3].endswith("w¹₃₃ = 3, w¹₃₄ = 3 and 8 more")
    assert describe_state(settings_of(**TEXTBOOK)) == (
        "Textbook example: x = (0.05, 0.1), targets y = (0.01, 0.99)",
        "Network 2-2-2: sigmoid hidden units, sigmoid outputs, squared error cost; learning rate η = 0.5",
        "Parameters: the textbook's",
    )
    assert (
        describe_state(settings_of(**TEXTBOOK | {"hidden": "3"}))[2] == "Parameters: initial ones of seed 859"
    )


@pytest.mark.parametrize(
    ("view", "name"),
    [
        ({"flower": 83, "seed": 41, "taken": 3}, "arrays-flower83-seed41-5-relu-softmax-taken3.csv"),
        ({"epoch": 9, "edit": "x_1_2"}, "arrays-flower106-seed859-5-relu-softmax-epoch9-edited.csv"),
        (TEXTBOOK, "arrays-textbook-2-sigmoid-sigmoid-squared.csv"),
        (TEXTBOOK | {"hidden": "3"}, "arrays-textbook-seed859-3-sigmoid-sigmoid-squared.csv"),
    ],
)
def test_file_names_say_what_is_in_them(view, name):
    assert file_name(settings_of(**view), "arrays", "csv") == name
