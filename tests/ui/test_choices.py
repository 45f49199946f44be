"""Notices of the pages' own parameters, in so many words."""

from types import SimpleNamespace

import pytest

from ui import choices


@pytest.fixture
def page(monkeypatch):
    """What a page shows for these parameters: its notices and its state."""

    def opened(**query):
        said = []
        st = SimpleNamespace(
            session_state={},
            query_params=query,
            warning=lambda text, icon: said.append(text),
            number_input=lambda label, low, high, default, **more: st.session_state.get(more["key"], default),
        )
        monkeypatch.setattr(choices, "st", st)
        return said, st.session_state

    return opened


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("1", "2", "3"), ["Layer: expected one of 1, 2, 3, got `9`. You see 1."]),
        (("1",), ["Layer: expected 1, got `9`. You see 1."]),
        (("1", "9"), []),
    ],
)
def test_a_choice_that_is_not_there(page, options, said):
    notices, state = page(layer="9")
    choices.repair("Layer", "layer", options, "1")
    assert notices == said
    assert state == ({"layer": "1"} if said else {})


@pytest.mark.parametrize(
    ("text", "shown", "said"),
    [
        ("2", 5, []),
        ("0", 5, ["Row: expected a whole number from 2 to 7, got `0`. You see 5."]),
        ("8", 5, ["Row: expected a whole number from 2 to 7, got `8`. You see 5."]),
        ("2.5", 5, ["Row: expected a whole number from 2 to 7, got `2.5`. You see 5."]),
        ("x", 5, ["Row: expected a whole number from 2 to 7, got `x`. You see 5."]),
    ],
)
def test_a_number_that_is_none(page, text, shown, said):
    notices, state = page(row=text)
    assert choices.whole_number("Row", "row", 2, 7, 5) == shown
    assert notices == said
    assert state == ({"row": 5} if said else {})


@pytest.mark.parametrize(
    ("text", "is_whole"), [("2", True), ("7", True), ("7.0", True), ("8", False), ("1", False)]
)
def test_both_limits_are_whole_numbers_that_fit(page, text, is_whole):
    notices, _ = page(row=text)
    choices.whole_number("Row", "row", 2, 7, 5)
    assert (notices == []) == is_whole
