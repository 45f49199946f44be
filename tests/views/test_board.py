"""The host's board: bars, shares, ties, nobody and four hundred, and room for the given tables."""

from itertools import pairwise

import pytest

from tests.expected import settings_of
from tests.markup import elements
from ui.draw.given import GAP
from ui.names.numbers import short
from ui.questions.given import Given
from ui.questions.polls import OTHER, RIGHT, codes_of, kinds_of_answers, poll_at, poll_of, tally
from ui.state.rooms.rooms import Board, Vote
from ui.views.classroom.board import (
    MOST_BARS,
    count_markup,
    first_vote,
    question_markup,
    rows_of,
    told_markup,
    votes_markup,
)
from ui.views.classroom.fitting import LEGIBLE, fitted, has_gap
from ui.views.classroom.results import counts_csv

SUM = poll_of("sum.1?")
MISTAKES = ["0.276", "0.381", "0.184", "0.0963", "−0.289", "0.232", "−0.646", "0.105", "−0.0925"]


def vote(answers: dict[str, int], number: int = 1, asked: str = "sum.1?", phase: str = "shown") -> Vote:
    return Vote(f"{number:06x}", number, asked, phase, answers)


def shown(*votes: Vote, is_shown: bool = True):
    return elements(votes_markup(poll_of(votes[-1].asked), votes, is_shown))


def counts_in(page) -> list[int]:
    return [int(each.attributes["data-count"]) for each in page if "bp-vote" in each.classes]


def test_four_hundred_answers_are_all_in_the_bars():
    answers = {"0.289": 150, "7": 11} | {text: 60 - 7 * n for n, text in enumerate(MISTAKES)}
    page = shown(vote(answers))
    assert len(counts_in(page)) == MOST_BARS
    assert sum(counts_in(page)) == sum(answers.values())
    shares = [each.value for each in page if "bp-vote" in each.classes]
    assert sum(shares) == pytest.approx(1)
    (last,) = (each for each in page if each.attributes.get("data-kind") == OTHER)
    assert last is [each for each in page if "bp-votes-row" in each.classes][-1]


@pytest.mark.parametrize(("kinds", "others", "bars"), [(7, 0, 8), (6, 1, 8), (7, 1, 8), (8, 0, 8), (2, 0, 3)])
def test_as_many_bars_as_are_read(kinds, others, bars):
    answers = {"0.289": 1} | dict.fromkeys(MISTAKES[:kinds], 2) | ({"7": others} if others else {})
    page = shown(vote(answers))
    assert len(counts_in(page)) == bars
    assert sum(counts_in(page)) == sum(answers.values())
    is_cut = kinds + (others > 0) > MOST_BARS - 1
    assert any(each.attributes.get("data-kind") == OTHER for each in page) == (is_cut or others > 0)


def test_with_equal_counts_the_first_vote_decides_and_the_right_answer_stays_first():
    rows = rows_of(SUM, [tally(SUM, {"0.381": 3, "0.276": 1}), tally(SUM, {"0.276": 2, "0.381": 2})])
    assert [(each.kind.key == RIGHT, each.counts) for each in rows] == [
        (True, (0, 0)),
        (False, (3, 2)),
        (False, (1, 2)),
    ]


def test_nobody_has_answered():
    page = shown(vote({}))
    assert counts_in(page) == [0]
    assert [each.value for each in page if "bp-vote" in each.classes] == [0]
    told = elements(told_markup(SUM, vote({})))
    assert not [each for each in told if "bp-is-wrong" in each.classes]


def test_both_votes_have_one_scale():
    page = shown(vote({"0.289": 10, "0.276": 10}), vote({"0.289": 4, "0.276": 1}, 2))
    styles = [each.attributes["style"] for each in page if "bp-vote-bar" in each.classes]
    assert styles == ["--share:0.6250", "--share:1.0000", "--share:0.6250", "--share:0.2500"]
    parts = [each.classes for each in page if each.classes & {"bp-vote-bar", "bp-vote-count"}]
    assert parts == [{"bp-vote-bar"}, {"bp-vote-count"}] * 4
    looks = [each.classes & {"bp-is-first", "bp-is-last"} for each in page if "bp-vote" in each.classes]
    assert looks == [{"bp-is-first"}, {"bp-is-last"}] * 2


def test_the_first_of_several_votes_on_a_question_is_beside_the_last():
    asked = ["sum.1?", "path.1?", "sum.1?", "sum.1.choice?", "sum.1?"]
    votes = tuple(vote({}, n + 1, text) for n, text in enumerate(asked))
    board = Board(votes, 0)
    assert [first_vote(board, each) for each in votes] == [None, None, None, votes[2], votes[2]]
    legend = [each.text for each in shown(votes[2], votes[4]) if each.attributes.get("data-vote")]
    assert legend == ["first vote: no answers", "third vote: no answers"]


@pytest.mark.parametrize("code", ["sum.1", "sum.1.choice", "stop.3a", "stop.8c", "update.1", "mean.1"])
def test_before_they_are_shown_votes_do_not_tell_which_is_right(code):
    poll = poll_of(f"{code}?")
    kinds = kinds_of_answers(poll)
    texts = poll.options or [repr(each.value) for each in kinds if each.value is not None]
    page = shown(vote(dict.fromkeys(texts, 1), asked=f"{code}?"), is_shown=False)
    assert not [each for each in page if each.classes & {"bp-is-right", "bp-is-told", "bp-tick"}]
    names = [each.text for each in page if each.tag == "p" and "bp-legend" not in each.classes]
    if poll.options:
        assert names == [f"{letter} {text}" for letter, text in zip("ABCDEF", texts, strict=False)]
    else:
        values = sorted(each.value for each in kinds if each.value is not None)
        assert [each for each in map(short, values) if each in names] == [
            each for each in names if each != OTHER
        ]


def test_what_nobody_has_typed_is_not_told_before_it_is_shown():
    page = shown(vote({"0.276": 2, "0.2": 1, "7": 1}), is_shown=False)
    names = [each.text for each in page if each.tag == "p" and "bp-legend" not in each.classes]
    assert (names, counts_in(page)) == (["0.276", "other"], [2, 2])
    assert counts_in(shown(vote({}), is_shown=False)) == []


HEIGHT = 29
"""Hundredths of a wide screen's width that two lines to choose from leave."""


@pytest.mark.parametrize("hidden", ["5", "8", "16", "16-16", "none"])
def test_tables_are_read_from_the_back_row_and_have_what_is_asked_for(hidden):
    view = settings_of(hidden=hidden)
    polls = [poll_at(view, code) for code in codes_of(view)]
    for poll in polls:
        shown, size = fitted(poll.given, poll.units, HEIGHT, poll.note)
        assert size >= LEGIBLE, poll.code
        assert (hidden == "5") <= (shown == poll.given)  # what has room is whole
        for part, whole in zip(shown, poll.given, strict=True):
            assert numbers_in(part).items() <= numbers_in(whole).items()
            for names, all_names in zip(part[2:], whole[2:], strict=True):
                assert {*names} >= poll.units & {*all_names}
                assert (GAP in names) == (not {*names} >= {*all_names})
                assert (GAP, GAP) not in pairwise(names)
    is_cut = [has_gap(fitted(poll.given, poll.units, HEIGHT)[0]) for poll in polls]
    assert any(is_cut) == (hidden in ("8", "16", "16-16"))


def numbers_in(given: Given) -> dict[tuple[str, str], float]:
    """By the names of row and column."""
    _, values, rows, columns = given
    names = [(row, column) for row in rows for column in columns]
    return {name: x for name, x in zip(names, values.flat, strict=True) if GAP not in name}


@pytest.mark.parametrize(
    ("answers", "present", "said"),
    [
        (31, 40, "31 of 40 have answered"),
        (3, 1, "3 of 3 have answered"),
        (0, 1, "0 of 1 has answered"),
        (0, 0, "0 answers"),
        (1000, 1200, "1,000 of 1,200 have answered"),
    ],
)
def test_how_many_have_answered(answers, present, said):
    (counted, *_) = elements(count_markup(answers, present))
    assert counted.text == said


def test_what_can_be_chosen_has_letters_and_what_is_long_a_line_of_its_own():
    for code, is_long in (("sum.1.choice?", False), ("stop.3a?", True)):
        poll = poll_of(code)
        page = elements(question_markup(poll))
        (offered,) = (each for each in page if "bp-offered" in each.classes)
        assert ("bp-is-long" in offered.classes) == is_long
        items = [each.text for each in page if each.tag == "li"]
        assert items == [f"{letter}{text}" for letter, text in zip("ABCDEF", poll.options, strict=False)]
    assert not [each for each in elements(question_markup(SUM)) if each.tag in ("ol", "li")]


def test_what_people_type_is_text():
    asked = "stop.10d?"
    poll = poll_of(asked)
    page = shown(vote({"<img src=x onerror=alert(1)>": 1, "\n\n# big\n\n": 1}, asked=asked))
    assert [each.tag for each in page if each.tag in ("img", "h2")] == []
    assert "<script" not in question_markup(poll)


def test_counts_as_a_file():
    board = Board(
        (
            vote({"0.289": 2, "0.276": 1, "7": 1}),
            vote({"0.289": 4}, 2, "sum.1.choice?"),
            vote({"=1+1": 2, 'He said "sum", twice': 1}, 3, "stop.10d?"),
        ),
        0,
    )
    lines = counts_csv(board).splitlines()
    assert lines[0] == "vote,code,question,answer,kind,remark,count"
    assert lines[1] == '1,sum.1,"What is ∂C/∂a¹₄, the sum over all 3 paths?",0.289,right,,2'
    assert [line for line in lines if ",path ③ alone," in line and line.endswith(",1")]
    assert next(line.split(",")[1] for line in lines if line.startswith("2,")) == "sum.1.choice"
    assert lines[-2].startswith("3,stop.10d,")
    assert lines[-2].endswith(",'=1+1,,,2")
    assert lines[-1].endswith('"He said ""sum"", twice",,,1')
    assert sum(int(line.rpartition(",")[2]) for line in lines[1:]) == 4 + 4 + 3
