import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.numbers import count_word, exact, percent, short, signed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-1.0, "−1"),
        (0.7195192, "0.720"),
        (-0.0836, "−0.0836"),
        (0.00186, "0.00186"),
        (12.345, "12.3"),
        (1234.5, "1234"),
        (2.346e-7, "2.35e−7"),
        (-123456.7, "−1.23e5"),
    ],
)
def test_short(value, text):
    assert short(value) == text


@given(st.floats(-1e300, 1e300))
def test_short_keeps_three_digits_and_exact_keeps_all(value):
    shown = float(short(value).replace("−", "-"))
    assert shown == pytest.approx(value, rel=0.0051, abs=5e-324)
    assert float(exact(value)) == value


def test_percent():
    shown = [percent(0.024), percent(1.0), percent(0.9533, 1)]
    assert shown == ["2\u00a0%", "100\u00a0%", "95.3\u00a0%"]


def test_signs_and_words():
    assert [signed(v) for v in (0.5, 0.0, -0.5)] == ["+0.500", "0", "−0.500"]
    assert [count_word(n) for n in (1, 3, 16)] == ["one", "three", "16"]
