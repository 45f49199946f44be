import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.names.numbers import apart, as_typed, count_word, counted, every, exact, percent, short, signed

ROOT = Path(__file__).parents[2]
TABLE = json.loads((ROOT / "tests/golden/numbers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("value", "text", "with_sign"), TABLE["numbers"])
def test_numbers(value, text, with_sign):
    assert [short(float(value)), signed(float(value))] == [text, with_sign]


@pytest.mark.parametrize(("share", "digits", "text"), TABLE["percents"])
def test_percents(share, digits, text):
    assert percent(float(share), digits) == text


@pytest.mark.parametrize(("value", "text"), TABLE["typed"])
def test_typed_numbers(value, text):
    assert as_typed(float(value)) == text


@pytest.mark.parametrize(("count", "noun", "text"), TABLE["counts"])
def test_counts_with_their_nouns(count, noun, text):
    assert counted(count, noun) == text


@given(st.floats(-1e300, 1e300))
def test_short_keeps_three_digits_and_exact_keeps_all(value):
    shown = float(short(value).replace("−", "-"))
    assert shown == pytest.approx(value, rel=0.0051, abs=5e-324)
    assert float(exact(value)) == value


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_what_is_not_finite_has_a_word(value):
    assert short(value) == {"inf": "∞", "-inf": "−∞", "nan": "undefined"}[str(value)]


def test_numbers_to_compare_get_the_digits_that_tell_them_apart():
    assert apart(1.2840, 1.1971) == ("1.28", "1.20")
    assert apart(1.08135, 1.08136) == ("1.08135", "1.08136")
    assert apart(0.5, 0.5) == ("0.500", "0.500")
    assert apart(1.0, 1.0 + 1e-15) == ("1", "1.00000000")


def test_typed_numbers_keep_their_digits():
    typed = [0.05, -1.2, 1e-5, 1e6, 0.1 + 0.2, -0.0, 123456.0]
    assert [as_typed(value) for value in typed] == ["0.05", "−1.2", "1e−5", "1e6", "0.3", "0", "123456"]


def test_counts():
    assert [counted(n, "flower") for n in (0, 1, 2, 12288)] == [
        "no flowers",
        "1 flower",
        "2 flowers",
        "12,288 flowers",
    ]
    assert [counted(n, "entry", "entries") for n in (1, 2)] == ["1 entry", "2 entries"]
    assert [every(n, "output") for n in (1, 2, 3)] == ["the only output", "both outputs", "all 3 outputs"]
    assert [count_word(n) for n in (0, 1, 3, 16)] == ["no", "one", "three", "16"]
