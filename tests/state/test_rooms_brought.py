"""What browsers bring of a room to a process that has not heard of it; codes and names."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.state.room_class import ASKED, Class, named, refused
from ui.state.rooms import words
from ui.state.rooms.brought import MOST_NUMBER, is_name, read_rounds, write_rounds
from ui.state.rooms.codes import LENGTH, LETTERS, code_of, is_secret, new_name, new_secret, read_code
from ui.state.rooms.room import (
    CLOSED,
    MOST_ASKED,
    MOST_PEOPLE,
    MOST_ROUNDS,
    MOST_WRITTEN,
    OPEN,
    SHOWN,
    Round,
)


@pytest.fixture
def room() -> Class:
    return Class()


def vote_with(**answers: str) -> dict[str, Round]:
    return {
        "0000aa": Round(
            "0000aa", 1, ASKED, answers={named(int(key[1:])): text for key, text in answers.items()}
        )
    }


def test_what_the_host_brings_is_there_once_however_often(room):
    other = Class()
    first = other.ask()
    other.answer(first, named(1), "0.3")
    other.show(first)
    second = other.ask("sum.2?")
    other.answer(second, named(1), "0.5")
    brought = read_rounds(write_rounds(other.kept))
    assert [*brought.values()] == [*other.kept]
    for _ in range(2):
        room.learn(brought)
        assert room.kept == other.kept
    room.answer(second, named(2), "0.6")
    room.answer(second, named(1), "0.7")
    room.learn(brought)  # what is here is newer
    assert room.answers == {named(1): "0.7", named(2): "0.6"}
    assert brought[second].answers == {named(1): "0.5"}  # a copy, not the same
    room.kept[-1].answers.clear()
    assert len(room.answers) == 2


def test_two_windows_of_the_host_bring_what_each_has(room):
    room.learn(vote_with(_1="1", _2="2"))
    room.learn(vote_with(_2="3", _4="4"))
    assert room.answers == {named(1): "1", named(2): "2", named(4): "4"}
    room.learn({"0000aa": replace(vote_with()["0000aa"], phase=CLOSED)})
    assert room.look().phase == CLOSED
    room.learn(vote_with(_5="5"))  # it is closed: neither open again nor more answers
    assert (room.look().phase, len(room.answers)) == (CLOSED, 3)


def test_rounds_are_in_their_order_whoever_brings_them(room):
    rounds = {f"0000a{n}": Round(f"0000a{n}", n, ASKED, SHOWN) for n in range(1, 4)}
    room.learn({key: rounds[key] for key in ("0000a3", "0000a1")})
    room.learn(rounds)
    assert [vote.number for vote in room.board.votes] == [1, 2, 3]
    many = {f"{n:06x}": Round(f"{n:06x}", n, ASKED, SHOWN) for n in range(10, 10 + MOST_ROUNDS)}
    room.learn(many)
    assert [vote.number for vote in room.board.votes] == [*range(10, 10 + MOST_ROUNDS)]
    with refused(words.many_rounds(MOST_ROUNDS)):
        room.ask()


def test_two_bring_no_more_people_than_a_round_takes(room):
    room.learn(vote_with(**{f"_{n}": "1" for n in range(MOST_PEOPLE - 1)}))
    room.learn(vote_with(**{f"_{n}": "2" for n in range(MOST_PEOPLE, 2 * MOST_PEOPLE)}))
    assert Counter(room.answers.values()) == {"1": MOST_PEOPLE - 1, "2": 1}


def test_a_browser_gets_its_own_name_back(room):
    key = room.ask()
    room.answer(key, "new", "0.3")
    room.rooms.rename(room.code, "new", "own")
    assert room.answers == {"own": "0.3"}
    room.answer(key, "newer", "0.4")
    room.rooms.rename(room.code, "newer", "own")  # what it answered first stays, and counts once
    assert room.answers == {"own": "0.3"}
    room.rooms.rename(room.code, "nobody", "somebody")
    room.rooms.rename("ABCDEF", "own", "somebody")
    assert room.answers == {"own": "0.3"}


WRONG = {
    "no list": lambda rows: {"rounds": rows},
    "nothing": lambda rows: None,
    "a text": lambda rows: "rounds",
    "not a row": lambda rows: [*rows, None],
    "too short a row": lambda rows: [rows[0][:4]],
    "too long a row": lambda rows: [[*rows[0], 0]],
    "twice": lambda rows: rows * 2,
    "too many": lambda rows: [[f"{n:06x}", 1, ASKED, OPEN, {}] for n in range(MOST_ROUNDS + 1)],
}
WRONG_CELLS = {
    0: (None, 1, "", "0000AA", "0000aag", "0000a", ["0000aa"]),
    1: (None, True, 1.0, float("nan"), 0, -1, MOST_NUMBER + 1, 10**30, "1"),
    2: (None, 1, [ASKED], "x" * (MOST_ASKED + 1), "sum.1?\ud800", "sum.1?\u202e"),
    3: (None, "", "OPEN", 1, [OPEN], {}),
    4: (
        None,
        [],
        "{}",
        {"": "1"},
        {named(1) + "0": "1"},
        {"A" * 12: "1"},
        {1: "1"},
        {named(1): ""},
        {named(1): " "},
        {named(1): 1},
        {named(1): None},
        {named(1): ["1"]},
        {named(1): "x" * (MOST_WRITTEN + 1)},
        {named(1): "\ud800"},
        {named(1): "a\x00"},
        {named(n): "1" for n in range(MOST_PEOPLE + 1)},
    ),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_rounds_that_no_page_has_kept_are_refused(change):
    rows = write_rounds(vote_with(_1="0.3").values())
    assert read_rounds(rows)
    with pytest.raises(ValueError, match=r"^rounds: expected what the host's page has kept$"):
        read_rounds(change(rows))


@pytest.mark.parametrize("place", WRONG_CELLS)
def test_a_forged_part_of_a_round_is_refused(place):
    (row,) = write_rounds(vote_with(_1="0.3").values())
    for cell in WRONG_CELLS[place]:
        with pytest.raises(ValueError, match=r"^rounds: "):
            read_rounds([[*row[:place], cell, *row[place + 1 :]]])
    limits = (
        ("ffffff",),
        (1, MOST_NUMBER),
        ("x" * MOST_ASKED, ""),
        (CLOSED, SHOWN),
        ({}, {named(2): "x" * MOST_WRITTEN}),
    )
    for cell in limits[place]:
        assert read_rounds([[*row[:place], cell, *row[place + 1 :]]])


def test_of_a_forged_nest_nothing_is_taken():
    nest: list = []
    for _ in range(100_000):
        nest = [nest]
    for value in (nest, [[nest] * 5], [["0000aa", 1, ASKED, OPEN, {named(1): nest}]]):
        with pytest.raises(ValueError, match=r"^rounds: "):
            read_rounds(value)


def test_a_code_follows_from_the_secret_and_from_nothing_else():
    secrets = [new_secret() for _ in range(5)]
    codes = [code_of(secret) for secret in secrets]
    assert len({*secrets}) == len({*codes}) == 5
    assert all(len(code) == LENGTH and {*code} <= {*LETTERS} for code in codes)
    assert code_of("0123456789abcdef") == "KZKJXY"  # of links that are about
    assert all(map(is_secret, secrets))
    for text in ("", "0" * 15, "0" * 17, "0" * 15 + "é", "0" * 15 + "/", "0" * 16 + "\n"):
        assert not is_secret(text)
        with pytest.raises(ValueError, match=r"^secret: ") as wrong:
            code_of(text)
        assert not text or text not in str(wrong.value)  # it may be nearly one


def test_a_code_is_read_as_people_type_it():
    assert {read_code(text) for text in ("KFMQXD", "kfmqxd", " kfm qxd\n", "KFM-QXD")} == {"KFMQXD"}
    for text in (
        "",
        "KFMQX",
        "KFMQXDA",
        "KFMQX0",
        "KFMQXI",
        "KFMQXO",
        "KFMQXß",
        "ＫＦＭＱＸＤ",
        "\ud800FMQXD",
    ):
        with pytest.raises(ValueError, match=r"^code: expected six letters"):
            read_code(text)


def test_names_tell_browsers_apart():
    names = {new_name() for _ in range(100)}
    assert len(names) == 100
    assert all(map(is_name, names))
    assert not any(map(is_name, ("", "0" * 11, "0" * 13, "G" * 12, "0" * 12 + "\n", 0, None, ["0" * 12])))
