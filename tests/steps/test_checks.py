"""What pages write where a numeric slope stands."""

import json
import subprocess
import sys

import numpy as np
import pytest

from backprop.differences import REASONS, STEP, jacobian_difference
from tests.server import ROOT
from ui.names.numbers import short, signed
from ui.state.recording import gradient_checks, recorded_step
from ui.state.settings import Settings
from ui.steps.checks import not_judged, slope_check
from ui.steps.payload import stage_payload

CHECK_IN_JAVASCRIPT = """
const { checkText } = await import("./ui/views/walkthrough/js/check.js");
const { tables, entries } = JSON.parse(await new Response(Deno.stdin.readable).text());
console.log(JSON.stringify(entries.map(([name, entry]) => checkText(tables[name], entry))));
"""


def settings_of(edit=""):
    return Settings(60, 0, 0.1, (5,), "relu", "softmax", edit=edit)


def test_the_slope_of_every_unit_is_the_derivative():
    check = slope_check(settings_of(), "a1")
    cotangent = recorded_step(settings_of()).cotangent("a1")
    assert [*map(signed, check.numeric)] == [*map(signed, cotangent)]
    assert not_judged(check, 0) == ""


def test_what_is_not_judged_says_why():
    """z¹₂ lies at the kink; its unit's weights cannot be judged, and what comes after it can."""
    settings = settings_of(f"x_1_0~x_2_0~x_3_0~x_4_0~b1_2_{5 * STEP}")
    for name, index in (("b1", 1), ("z1", [1])):
        text = not_judged(slope_check(settings, name), index)
        assert text == "not judged: a ReLU input lies too near 0, its kink", name
    assert not_judged(slope_check(settings, "a1"), 1) == ""
    assert not_judged(slope_check(settings, "W1"), (0, 3)) == ""


def test_a_saturated_network_is_judged():
    """The cost once stood still at a floor, and the right rule was marked wrong."""
    settings = settings_of("b2_1_750")
    check = slope_check(settings, "a1")
    cotangent = recorded_step(settings).cotangent("a1")
    assert check.judged.all()
    assert [*map(signed, check.numeric)] == [*map(signed, cotangent)]


KINK = f"x_1_0~x_2_0~x_3_0~x_4_0~b1_2_{5 * STEP}"


def stage_texts(settings, entries):
    """What the stage's check line says of these entries: pairs of a table and {row, col, block}."""
    said = {"tables": json.loads(stage_payload(settings))["tables"], "entries": entries}
    command = [sys.executable, "-m", "deno", "eval", CHECK_IN_JAVASCRIPT]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True, input=json.dumps(said)
    )
    return json.loads(done.stdout)


def expected_text(analytic, numeric, reason):
    if reason:
        return f"numeric derivative not judged: {REASONS[reason]}"
    difference = abs(analytic - numeric)
    mark = "✓" if difference <= 1e-6 * max(1, abs(numeric)) else "✗"
    return f"{mark} numeric derivative {signed(numeric)}, difference {short(difference)}"


@pytest.mark.parametrize("edit", ["", KINK, "b2_1_750", "x_1_1000~W1_1_1_1000~W2_2_1_1000", "b2_1_-800"])
def test_the_stage_says_of_every_derivative_what_the_core_found(edit):
    settings = settings_of(edit)
    step, checks = recorded_step(settings), gradient_checks(settings)
    entries, expected = [], []
    for vjp in step.vjp_steps:
        kind = "gradient" if vjp.wrt[0] in "Wb" else "cotangent"
        check = checks[vjp.wrt]
        shape = (1, *vjp.cotangent.shape) if vjp.cotangent.ndim == 1 else vjp.cotangent.shape
        arrays = [array.reshape(shape) for array in (check.analytic, check.numeric, check.reasons)]
        for row, col in np.ndindex(shape):
            entries.append((f"{vjp.wrt}:{kind}", {"row": row, "col": col, "block": 0}))
            expected.append(expected_text(*(array[row, col].item() for array in arrays)))
        if vjp.output == "C":
            continue
        difference = jacobian_difference(step.tape, vjp.output, vjp.wrt)
        for index in np.ndindex(vjp.jacobian.shape):
            block, row, col = index if len(index) == 3 else (0, *index)
            if block != row and len(index) == 3:
                continue
            entries.append((f"{vjp.output}/{vjp.wrt}:jacobian", {"row": row, "col": col, "block": block}))
            arrays = (vjp.jacobian, difference.values, difference.reasons)
            expected.append(expected_text(*(array[index].item() for array in arrays)))
    assert stage_texts(settings, entries) == expected
    assert not any(text.startswith("✗") for text in expected)
    unjudged = {text for text in expected if "not judged" in text}
    assert bool(unjudged) == bool(edit)


def test_zeros_of_a_block_are_checked_too_and_values_are_not():
    entries = [
        ("z1/W1:jacobian", {"row": 0, "col": 2, "block": 1}),
        ("z1:value", {"row": 0, "col": 0, "block": 0}),
        ("z2/a1:path_terms", {"row": 0, "col": 0, "block": 0}),
    ]
    assert stage_texts(settings_of(KINK), entries) == ["✓ numeric derivative 0, difference 0", "", ""]
