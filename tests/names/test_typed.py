import json
from math import isfinite
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.names.numbers import short
from ui.names.typed import MOST_CHARACTERS, parse_number, read_number, reading

ROOT = Path(__file__).parents[2]
TABLE = json.loads((ROOT / "tests/golden/typed.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "value", "digits", "unit", "is_expression"), TABLE["numbers"])
def test_numbers_as_people_type_them(text, value, digits, unit, is_expression):
    typed = read_number(text)
    assert repr(typed.value) == value
    assert (typed.digits, repr(typed.unit), typed.is_expression) == (digits, unit, is_expression)


@pytest.mark.parametrize(("text", "sentence"), TABLE["errors"])
def test_what_is_no_number_is_said_to_be_none(text, sentence):
    with pytest.raises(ValueError, match=r"^(Type|Expected) .*\.$") as caught:
        read_number(text)
    assert str(caught.value) == sentence


def test_an_expression_is_read_aloud():
    assert reading(" 0.5*0.578\u2009", 0.289) == "0.5*0.578 = 0.289"


@given(st.text(max_size=60) | st.text("0123456789.,eE+-−*/·()^ %", max_size=30))
def test_any_text_is_a_finite_number_or_one_sentence(text):
    said = ""
    try:
        value = parse_number(text)
    except ValueError as error:
        said, value = str(error), 0.0
    assert isfinite(value)
    assert not said or said.startswith(("Type a number", "Expected "))
    assert len(said) < 150


@given(st.floats(-1.79e308, 1.79e308))
def test_every_number_can_be_typed_and_what_is_shown_can_be_typed_again(value):
    assert parse_number(repr(value)) == value
    assert float(parse_number(short(value))) == pytest.approx(value, rel=0.0051, abs=5e-324)


def test_the_longest_text():
    assert parse_number("1" * MOST_CHARACTERS) == float("1" * MOST_CHARACTERS)
    with pytest.raises(ValueError, match=r"^Expected at most 200 characters, got 201\.$"):
        parse_number("1" * (MOST_CHARACTERS + 1))
