"""What a class is offered to choose from, and which right number or mistake an answer is counted as."""

import random

import pytest

from tests.expected import settings_of
from tests.questions.polls import answers_to, polls_of
from tests.questions.students import questions_of, texts_of
from tests.texts.links import random_link
from tests.texts.test_every_text import shown
from ui.names.numbers import short
from ui.names.typed import read_number
from ui.questions.answers import verdict_of
from ui.questions.polls import (
    MOST_OPTIONS,
    NEARLY,
    OTHER,
    RIGHT,
    Poll,
    kind_of_answer,
    kinds_of_answers,
    most_telling,
    poll_at,
    poll_of,
    tally,
)
from ui.questions.questions import Question
from ui.questions.words import polls as words
from ui.questions.words.choices import Choice
from ui.state.recording import recorded_step
from ui.state.rooms.room import MOST_ASKED, MOST_WRITTEN, plain

RANDOM = random.Random("polls")
SETTINGS = [
    settings_of(),
    settings_of(hidden="16", act="tanh", lr=0),
    settings_of(hidden="1", out="identity", flower=60),
    settings_of(hidden="none", out="sigmoid"),
    settings_of(data="textbook", hidden="2", act="sigmoid", out="sigmoid-squared", lr=0.5),
    settings_of(
        hidden="3-4-2", err="mean", flower=97, lr=0, act="sigmoid"
    ),  # sums that are 0 but for rounding
    settings_of(hidden="5", lr=10, out="tanh", edit="x_2_-1000~y_2_-1000"),
    *(shown(random_link(RANDOM, "class")) for _ in range(6)),
]


def is_possible(settings) -> bool:
    try:
        recorded_step(settings)
    except ValueError:
        return False
    return True


@pytest.fixture(scope="module")
def polls() -> list[Poll]:
    return [poll for settings in SETTINGS if is_possible(settings) for poll in polls_of(settings)]


def test_a_room_can_keep_every_question_and_every_option(polls):
    assert len(polls) > 250
    for poll in polls:
        text = poll_of(poll.text).text
        assert text == poll_of(text).text == plain(text)
        assert len(text) <= MOST_ASKED
        for option in poll.options:
            assert option == plain(option)
            assert len(option) <= MOST_WRITTEN


def test_what_is_offered_is_right_once_and_else_a_mistake_each(polls):
    for poll in polls:
        if not poll.options:
            continue
        options, kinds = poll.options, [kind_of_answer(poll, option) for option in poll.options]
        assert len({*options}) == len({kind.key for kind in kinds}) == len(options)
        assert {kind.key for kind in kinds} <= {kind.key for kind in kinds_of_answers(poll)}
        assert [kind.key for kind in kinds].count(RIGHT) == 1
        assert all(kind.remark for kind in kinds if kind.key != RIGHT)
        if isinstance(poll.asked, Question):
            assert 3 <= len(options) <= MOST_OPTIONS
            right = poll.asked.problem.right
            assert [short(kind.value) for kind in kinds] == [*options]
            assert options[[kind.key for kind in kinds].index(RIGHT)] == short(right)
            values = [kind.value for kind in kinds]
            assert values == sorted(values)
            wrong = [abs(value) for value in values if value != right]
            assert all(value == 0 or value > 1e-12 * max(wrong) for value in wrong)


def test_a_typed_number_is_right_or_the_mistake_that_gives_it(polls):
    named = 0
    for poll in polls:
        if not isinstance(poll.asked, Question) or poll.options:
            continue
        right = poll.asked.problem.right
        assert kind_of_answer(poll, repr(right)).key == kind_of_answer(poll, short(right)).key == RIGHT
        for wrong in poll.asked.wrong:
            for text in (repr(wrong.value), short(wrong.value)):
                if verdict_of(poll.asked, read_number(text)).right:
                    continue  # such as −1315 for −1315.4, where −1310 is right and all this digits' worth
                kind = kind_of_answer(poll, text)
                assert wrong.sentence in kind.remark, (poll.text, text)
                assert short(kind.value) == short(wrong.value)
                named += 1
        assert kind_of_answer(poll, "123456789").key == OTHER
    assert named > 500


def test_what_a_student_computes_from_the_tables_is_right():
    checked = 0
    for settings in SETTINGS[:4]:
        computed = {asked.prompt: (asked, values) for asked, values in questions_of(settings)}
        for poll in polls_of(settings):
            if isinstance(poll.asked, Question) and not poll.options and poll.asked.prompt in computed:
                asked, values = computed[poll.asked.prompt]
                if asked.problem.quantity != poll.asked.problem.quantity:
                    continue
                for text in (text for value in values for text in texts_of(poll.asked, value)):
                    assert kind_of_answer(poll, text).key == RIGHT, (poll.text, text)
                    checked += 1
    assert checked > 100


def test_the_counts_of_a_vote_are_those_of_its_answers(polls):
    for poll in polls[::7]:
        answers = {text: place for place, text in enumerate(answers_to(poll), start=1)}
        counts = tally(poll, answers)
        assert sum(counts.values()) == sum(answers.values())
        known = {each.key for each in kinds_of_answers(poll)} or {RIGHT}
        assert {*counts} == known
        for text, count in answers.items():
            assert counts[kind_of_answer(poll, text).key] >= count
        telling = most_telling(poll, counts)
        named = [each for each in kinds_of_answers(poll) if each.remark and counts[each.key]]
        assert (telling in named) if named else telling is None
        if telling:
            assert counts[telling.key] == max(counts[each.key] for each in named)


def test_the_same_counts_are_counted_once(monkeypatch):
    poll = poll_at(settings_of(seed=77), "sum.1")
    first = tally(poll, {"0.1": 3})
    first.clear()  # one's own
    monkeypatch.setattr("ui.questions.polls.kinds_of_answers", None)
    assert tally(poll, {"0.1": 3})[OTHER] == 3


SUM = "sum.1?"


@pytest.mark.parametrize(
    ("text", "key"),
    [("0.289", RIGHT), ("0,2889", RIGHT), ("0.29", NEARLY), ("0.3", NEARLY), ("0.5", OTHER), ("1/3", OTHER)],
)
def test_kinds_of_typed_numbers(text, key):
    assert kind_of_answer(poll_of(SUM), text).key == key


def test_what_is_no_answer_is_refused():
    for text in ("", "x", "1/0"):
        with pytest.raises(ValueError, match=r"^(Type|Expected) a number"):
            kind_of_answer(poll_of(SUM), text)
    for text in ("", "0.2890", "0.5"):
        with pytest.raises(ValueError, match=f"^{words.NOT_OFFERED}$"):
            kind_of_answer(poll_of("sum.1.choice?"), text)
    for code in (
        "",
        "sum",
        "sum.0",
        "sum.999",
        "sum.x",
        "stop.1",
        "stop.99a",
        "step.9.IX",
        "sum.1.choice.choice",
    ):
        with pytest.raises(ValueError, match=r"^code: expected"):
            poll_at(settings_of(), code)
    with pytest.raises(ValueError, match=r"got 'x{30}'$"):
        poll_at(settings_of(), "x" * 40)
    assert isinstance(poll_of("rule.1.choice?").asked, Choice)
    assert poll_of("rule.1.choice?").code == "rule.1"
