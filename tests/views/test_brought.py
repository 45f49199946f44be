"""What browsers bring to a room may be forged: of that nothing is taken, and nothing breaks."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.fuzz.links import link
from tests.fuzz.texts import odd_text
from ui.questions.polls import codes_of, is_readable, kind_of_answer, poll_at, poll_of, tally
from ui.questions.tasks import Sentence
from ui.state.rooms.brought import write_rounds
from ui.state.rooms.room import MOST_ASKED, MOST_ROUNDS, OPEN, plain
from ui.state.settings import Settings, settings_of
from ui.views.classroom.memory import brought_rounds

WHO = "0123456789ab"
CODES = codes_of(settings_of(""))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=30,
)
CELLS = (
    st.sampled_from(("0000aa", "0000ab")) | JSON,
    st.integers(-1, 10_001) | JSON,
    st.sampled_from(("sum.1?", "stop.7a?flower=3", "step.2.IV.choice?seed=5")) | JSON,
    st.sampled_from(("open", "closed", "shown")) | JSON,
    st.dictionaries(st.just(WHO) | st.text(max_size=12), st.just("0.3") | JSON, max_size=2) | JSON,
)
ROWS = st.lists(st.tuples(*CELLS).map(list) | JSON, max_size=3)
ODD = st.builds(lambda seed: odd_text(random.Random(seed)), st.integers(0, 5000))
QUERIES = st.builds(lambda seed: link(random.Random(seed)), st.integers(0, 5000))
CODE = st.sampled_from(CODES) | ODD
ASKED = st.builds("{}{}?{}".format, CODE, st.sampled_from(("", ".choice")), QUERIES | ODD)


def row(asked: str = "sum.1?", number: int = 1, **answers: str) -> list:
    return [
        f"{number:06x}",
        number,
        asked,
        OPEN,
        {f"{int(who[1:]):012x}": text for who, text in answers.items()},
    ]


@settings(max_examples=50)
@given(ROWS | JSON)
@example([row("sum.1?", a1="0.3")])
def test_of_whatever_a_host_brings_only_what_a_page_keeps_is_taken(value):
    found = brought_rounds(value)
    assert brought_rounds(write_rounds(found.values())) == found or not found
    for key, each in found.items():
        assert key == each.key
        poll = poll_of(each.asked)
        assert poll.text == each.asked == plain(each.asked)
        assert sum(tally(poll, dict.fromkeys(each.answers.values(), 1)).values()) == len(
            {*each.answers.values()}
        )


@settings(max_examples=60)
@given(ASKED)
@example("sum.1?data=own&own=AAAA")
@example("sum.٣?")
@example("stop.7a?" + "flower=3&" * 400)
def test_of_a_forged_question_nothing_but_its_code_and_settings_is_left(asked):
    for each in brought_rounds([row(asked)]).values():
        assert len(each.asked) <= MOST_ASKED
        assert poll_of(each.asked).text == each.asked


@given(st.text(max_size=300) | ODD, st.sampled_from(["sum.1", "sum.1.choice", *CODES]))
@example("", "stop.10d")
def test_any_text_is_an_answer_or_is_refused_in_a_sentence(text, code):
    poll = poll_at(settings_of(""), code)
    if is_readable(poll, text):
        assert kind_of_answer(poll, text).name
        assert sum(tally(poll, {text: 3}).values()) == 3
    elif isinstance(poll.asked, Sentence):
        assert text == ""  # which no room takes
    else:
        with pytest.raises(ValueError, match=r"^(Expected|Type|Choose) .*\.$"):
            kind_of_answer(poll, text)


def test_answers_that_nobody_could_give_are_left_out_and_the_others_stay():
    brought = [
        row("sum.1?", 1, a1="0.3", a2="<b>", a3="1/0", a4="0,3"),
        row("sum.1.choice?", 2, a1="0.3", a2=poll_of("sum.1.choice?").options[0]),
        row("stop.1z?", 3, a1="0.3"),
        row("sum.1?flower=3&flower=999", 4),
        row("sum.1?flower=3&lr=0.1&junk=1", 5),
    ]
    found = brought_rounds(brought)
    assert [(each.number, each.asked, [*each.answers.values()]) for each in found.values()][::-1] == [
        (1, "sum.1?", ["0.3", "0,3"]),
        (2, "sum.1.choice?", [poll_of("sum.1.choice?").options[0]]),
        (5, "sum.1?flower=3", []),
    ]


def test_a_forged_page_trains_no_forty_networks(monkeypatch):
    trained: list[Settings] = []

    def step(settings: Settings):
        trained.append(settings)
        raise ValueError("no step")

    monkeypatch.setattr("ui.questions.polls.recorded_step", step)
    long = [row(f"sum.1?hidden=16-16-16-16&epoch=500&batch=1&seed={n}", n) for n in range(1, MOST_ROUNDS + 1)]
    assert brought_rounds(long) == {}
    assert [each.seed for each in trained] == [MOST_ROUNDS]  # the last question is the one that is open
    trained.clear()
    short = [row(f"sum.1?epoch=10&seed={n}", n) for n in range(1, 21)]
    brought_rounds(short)
    assert len(trained) == 20
    same = [row("sum.1?hidden=16-16-16-16&epoch=500&batch=1", n) for n in range(1, 21)]
    trained.clear()
    brought_rounds(same)
    assert len(trained) == 20
