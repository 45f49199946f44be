"""What pages write where a numeric slope stands."""

from backprop.gradcheck import STEP
from ui.checks import not_judged, numeric_text, slope_check
from ui.numbers import signed
from ui.recording import recorded_step
from ui.settings import Settings


def settings_of(edit=""):
    return Settings(60, 0, 0.1, (5,), "relu", "softmax", edit=edit)


def test_a_slope_is_written_with_its_sign():
    check = slope_check(settings_of(), "a1")
    cotangent = recorded_step(settings_of()).cotangent("a1")
    assert [numeric_text(check, unit) for unit in range(5)] == [signed(value) for value in cotangent]
    assert not_judged(check, 0) == ""


def test_what_is_not_judged_says_why():
    """z¹₂ lies at the kink; its unit's weights cannot be judged, and what comes after it can."""
    settings = settings_of(f"x_1_0~x_2_0~x_3_0~x_4_0~b1_2_{5 * STEP}")
    for name, index in (("b1", 1), ("z1", [1])):
        text = numeric_text(slope_check(settings, name), index)
        assert text == "not judged: a ReLU input lies too near 0, its kink", name
        assert not_judged(slope_check(settings, name), index) == text
    assert not_judged(slope_check(settings, "a1"), 1) == ""
    assert not_judged(slope_check(settings, "W1"), (0, 3)) == ""


def test_a_saturated_network_is_judged():
    """FAULTS N5: the cost stood still at a floor, and the right rule was marked wrong."""
    settings = settings_of("b2_1_750")
    check = slope_check(settings, "a1")
    cotangent = recorded_step(settings).cotangent("a1")
    assert check.judged.all()
    assert [numeric_text(check, unit) for unit in range(5)] == [signed(value) for value in cotangent]
