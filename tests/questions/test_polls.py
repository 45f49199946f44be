"""What a class can be asked, understood by itself, and what its bars are called."""

import pytest

from backprop.practice import CHAIN_MISTAKES, MISTAKES
from ui.questions.polls import codes_of, kinds_of_answers, poll_at, poll_of
from ui.questions.words.polls import MOST_IN_A_NAME, NAMES
from ui.state.settings import settings_of

VIEWS = ["", "hidden=none", "hidden=4-3&act=sigmoid&seed=3", "hidden=16-16&flower=51", "data=textbook"]


def test_every_mistake_has_a_short_name_of_its_own_kind():
    assert {*NAMES} == {*MISTAKES, *CHAIN_MISTAKES}
    assert all(len(name) <= MOST_IN_A_NAME and not name.endswith(".") for name in NAMES.values())


@pytest.mark.parametrize("view", VIEWS)
def test_names_of_bars_are_read_from_the_back_row(view):
    settings = settings_of(view)
    for code in codes_of(settings):
        poll = poll_at(settings, code)
        names = [each.name for each in kinds_of_answers(poll)]
        assert len({*names}) == len(names), code
        assert poll.asked
        assert all(len(name) < 100 for name in names)
        of_numbers = [each.name for each in kinds_of_answers(poll) if each.value is not None]
        assert all(len(name.partition(": ")[2]) <= MOST_IN_A_NAME for name in of_numbers), code


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_offered_twice_and_all_of_it_says_of_what(view):
    settings = settings_of(view)
    polls = [poll_at(settings, code) for code in codes_of(settings)]
    own = [(each.asked.prompt, each.context, each.options) for each in polls]
    assert len({*own}) == len(own)
    for each in polls:
        says_all = each.code in ("stop.1a", "stop.2a", "stop.9c")
        assert bool(each.context) != says_all, each.code


def test_a_question_that_a_picture_explains_in_the_lesson_is_explained():
    promise = poll_of("stop.8c?").context
    assert "with η = 0.1. The sum of all squared derivatives is 2.78" in promise
    assert promise.endswith("a change of C by −η · 2.78 = −0.278.")
    assert "D has their ∂C/∂z, A their a¹" in poll_of("stop.9a?").context
    assert "u = (x, y)" in poll_of("stop.3a?").context
    assert "2 → 2 → 3 → 2 units, tanh" in poll_of("stop.10b?").context
    off = next(f"rule.{n}?" for n in range(1, 7) if "is off here" in poll_of(f"rule.{n}?").asked.prompt)
    assert "z¹₁ = " in poll_of(off).context
