"""Arrays as JSON and CSV: they come back as the core has them."""

import csv
import io
import json

import numpy as np
import pytest

from tests.expected import settings_of
from tests.export.files import LINK, VIEWS
from ui.export.arrays import BYTES_A_ROW, arrays_csv, arrays_json, arrays_of, count_numbers
from ui.export.notebook import notebook_text
from ui.state.recording import recorded_step


def expected_arrays(step) -> dict[tuple[str, str], np.ndarray]:
    """Every array of a step by its name and kind, read from the core's records one by one."""
    depth = step.config.depth
    letters = "Wbza" if step.config.has_biases else "Wza"
    names = ["x", "y", "C", *(f"{letter}{n}" for n in range(1, depth + 1) for letter in letters)]
    arrays = {(name, "value"): step.tape[name] for name in names}
    for vjp in step.vjp_steps:
        arrays[f"{vjp.output}/{vjp.wrt}", "jacobian"] = vjp.jacobian
        arrays[f"{vjp.output}/{vjp.wrt}", "path_terms"] = vjp.path_terms
    for name in ("x", *(f"{letter}{n}" for n in range(1, depth + 1) for letter in "za")):
        arrays[name, "cotangent"] = step.cotangent(name)
    for name, gradient in step.gradients.items():
        arrays[name, "gradient"] = gradient
        if name[0] == "b" and step.config.bias == "fixed":
            continue
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
    assert len(rows) == count_numbers(settings)
    if len(rows) > 60:
        assert len(text) == pytest.approx(len(rows) * BYTES_A_ROW, rel=0.15)


def test_axes_say_what_an_index_counts():
    axes = {(a.array, a.kind): a.axes for a in arrays_of(recorded_step(settings_of()))}
    assert axes["z1/W1", "jacobian"] == ("z1", "z1", "x")
    assert axes["z2/a1", "path_terms"] == ("z2", "a1")
    assert axes["W2", "gradient"] == ("z2", "a1")
    assert axes["C", "value"] == ()


def test_no_file_has_a_minus_zero():
    for view in ({"hidden": "1", "flower": 3, "edit": "x_1_2"}, {"lr": 0}):
        settings = settings_of(**view)
        for text in (arrays_csv(settings), arrays_json(settings, LINK), notebook_text(settings, LINK)):
            assert "-0.0," not in text
            assert "-0.0]" not in text
            assert "-0.0\n" not in text
