"""The rooms of a class, without waiting: the time is passed in."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from threading import Barrier

import pytest

from ui.state.rooms import words
from ui.state.rooms.brought import MOST_NUMBER, is_name, read_rounds, write_rounds
from ui.state.rooms.codes import LENGTH, LETTERS, code_of, is_secret, new_name, new_secret, read_code
from ui.state.rooms.room import (
    CLOSED,
    MOST_ASKED,
    MOST_CHANGES,
    MOST_PEOPLE,
    MOST_ROUNDS,
    MOST_SEEN,
    MOST_WRITTEN,
    OPEN,
    PRESENT,
    SHOWN,
    Refused,
    Round,
    plain,
)
from ui.state.rooms.rooms import (
    MOST_ANSWERS,
    MOST_LEARNED,
    MOST_ROOMS,
    SILENCE,
    UNUSED,
    Room,
    Rooms,
    Seen,
    version_of,
)

ASKED = "sum.1?"
SECRETS = tuple(f"{number:016d}" for number in range(3))


class Class:
    """One room with its host, at a time that passes as told."""

    def __init__(self, rooms: Rooms | None = None, secret: str = SECRETS[0]):
        self.rooms, self.secret, self.code, self.now = rooms or Rooms(), secret, code_of(secret), 0.0
        self.rooms.enter(self.code, secret, self.now)

    def ask(self, asked: str = ASKED) -> str:
        current = self.board.current
        self.rooms.ask(self.code, self.secret, asked, current.key if current else "", self.now)
        return self.board.current.key

    def close(self, key: str) -> None:
        self.rooms.close(self.code, self.secret, key, self.now)

    def show(self, key: str) -> None:
        self.rooms.show(self.code, self.secret, key, self.now)

    def learn(self, rounds: dict[str, Round]) -> None:
        self.rooms.learn(self.code, self.secret, rounds, self.now)

    def answer(self, key: str, who: str, text: str) -> None:
        self.rooms.answer(self.code, key, who, text, self.now)

    def look(self, who: str = "somebody") -> Seen | None:
        return self.rooms.look(self.code, who, self.now)

    @property
    def board(self):
        return self.rooms.board(self.code, self.secret, self.now)

    @property
    def kept(self) -> tuple[Round, ...]:
        return self.rooms.kept(self.code, self.secret, self.now)

    @property
    def answers(self) -> dict[str, str]:
        return self.kept[-1].answers

    def next_round(self) -> str:
        """Ask, whatever is open."""
        if self.board.current and self.board.current.phase == OPEN:
            self.close(self.board.current.key)
        return self.ask()


def refused(sentence: str):
    return pytest.raises(Refused, match=f"^{sentence.replace('.', '[.]').replace('?', '[?]')}$")


def named(number: int) -> str:
    return f"{number:012x}"


@pytest.fixture
def room() -> Class:
    return Class()


# --- a vote --------------------------------------------------------------------------------------------


def test_a_vote_from_asking_to_showing(room):
    assert room.look() == Seen()
    first = room.ask()
    assert room.look("a") == Seen(first, ASKED, OPEN, "")
    room.answer(first, "a", "0.3")
    room.answer(first, "b", "0.3")
    room.answer(first, "c", "1/3")
    room.answer(first, "c", "0.2")  # in place of 1/3
    assert room.look("c") == Seen(first, ASKED, OPEN, "0.2")
    assert (room.board.current.count, room.board.current.answers) == (3, {"0.3": 2, "0.2": 1})
    room.close(first)
    with refused(words.CLOSED):
        room.answer(first, "a", "0.4")
    room.show(first)
    assert room.look("a") == Seen(first, ASKED, SHOWN, "0.3")
    second = room.ask("sum.2?")
    assert room.look("a") == Seen(second, "sum.2?", OPEN, "")
    with refused(words.OTHER_QUESTION):
        room.answer(first, "a", "0.4")
    assert [(vote.number, vote.phase, vote.count) for vote in room.board.votes] == [
        (1, SHOWN, 3),
        (2, OPEN, 0),
    ]


def test_the_host_turns_a_round_on_once_and_only_forward(room):
    with refused(words.OTHER_WINDOW):
        room.close("")
    first = room.ask()
    with refused(words.STILL_OPEN):
        room.ask()
    with refused(words.OTHER_WINDOW):  # another window, which has not seen the first
        room.rooms.ask(room.code, room.secret, ASKED, "", room.now)
    with refused(words.OTHER_WINDOW):
        room.show("other")
    room.close(first)
    with refused(words.ALREADY[CLOSED]):
        room.close(first)
    room.show(first)
    for turn, phase in ((room.show, SHOWN), (room.close, CLOSED)):
        with refused(words.ALREADY[phase]):
            turn(first)
    assert room.look().phase == SHOWN
    second = room.ask()
    room.show(second)  # an open round closes
    assert room.look().phase == SHOWN
    with refused(words.OTHER_WINDOW):
        room.close(first)


def test_only_the_host_controls_a_room(room):
    key, rooms = room.ask(), room.rooms
    for secret in ("", "é", SECRETS[1], room.secret.upper() + "0", room.code):
        for call, args in (
            (rooms.enter, ()),
            (rooms.board, ()),
            (rooms.kept, ()),
            (rooms.learn, ({},)),
            (rooms.ask, (ASKED, key)),
            (rooms.close, (key,)),
            (rooms.show, (key,)),
        ):
            with refused(words.NOT_YOURS):
                call(room.code, secret, *args, 0.0)
    for secret in ("", SECRETS[1], "0"):  # nor does one begin by that
        with refused(words.NOT_YOURS):
            rooms.enter("ABCDEF", secret, 0.0)
    assert rooms.look("ABCDEF", "a", 0.0) is None
    assert room.look() == Seen(key, ASKED, OPEN, "")


SAID = {
    words.OTHER_WINDOW: "Another window of the host has gone on meanwhile: "
    "this one shows now where the room is.",
    words.STILL_OPEN: "Close the question that is open, then ask the next one.",
    words.ALREADY[CLOSED]: "This question is closed already.",
    words.ALREADY[SHOWN]: "The answers are shown already.",
    words.OTHER_QUESTION: "That question is over: the one here is new.",
    words.CLOSED: "This question is closed: your last answer before that counts.",
    words.NOTHING: "Give an answer first.",
    words.NOT_YOURS: "This link does not belong to the host of the room. "
    "Take the one with which it was opened.",
    words.NO_ROOM: "The room is gone: wait until its host comes back.",
    words.MANY_ANSWERS: "This server has as many answers as it can hold.",
    words.CROWDED: "This server has as many rooms as it can hold. Try again in a few minutes.",
    words.many_rounds(40): "A room has at most 40 questions. Open another one.",
    words.too_long(240): "That is longer than 240 characters: say it shorter.",
    words.full(1000): "1,000 people have answered, and a room takes no more.",
    words.many_changes(20): "You have changed your answer 20 times: the last one counts.",
}


def test_each_refusal_has_its_sentence_and_each_limit_its_number():
    assert [*SAID] == [*SAID.values()]
    assert (MOST_ROUNDS, MOST_WRITTEN, MOST_PEOPLE, MOST_CHANGES) == (40, 240, 1000, 20)
    assert (PRESENT, UNUSED, SILENCE, MOST_SEEN) == (12, 10 * 60, 3 * 60 * 60, 2000)


# --- what a room takes ---------------------------------------------------------------------------------


def test_an_answer_is_one_line_of_ordinary_size(room):
    key = room.ask()
    for text in ("", "  \n ", "\x00", "\u202e", "\ud800"):
        with refused(words.NOTHING):
            room.answer(key, "a", text)
    with refused(words.too_long(MOST_WRITTEN)):
        room.answer(key, "a", "x" * (MOST_WRITTEN + 1))
    room.answer(key, "a", "x" * MOST_WRITTEN)
    room.answer(key, "a", "  \ud800a\x00b\r\n\n\u202ec \u2066\x85\u200d🌸 ")
    assert room.answers == {"a": "a b c \u200d🌸"}
    assert plain("e\u0301\u0302\u0303\u200e\u0304" * 9) == "e\u0301\u0302" * 9  # no pile of marks
    assert plain("<b>é</b> −0,5 ½") == "<b>é</b> −0,5 ½"


def test_one_browser_changes_its_answer_so_often(room):
    key = room.ask()
    for number in range(MOST_CHANGES):
        room.answer(key, "a", str(number))
        room.answer(key, "a", str(number))  # the same again is no change
    with refused(words.many_changes(MOST_CHANGES)):
        room.answer(key, "a", "last")
    room.answer(key, "b", "0.5")
    assert room.answers == {"a": str(MOST_CHANGES - 1), "b": "0.5"}
    room.rooms.rename(room.code, "a", "c")
    with refused(words.many_changes(MOST_CHANGES)):  # under another name neither
        room.answer(key, "c", "last")
    for who in ("d", "e"):
        for number in range(MOST_CHANGES // 2):
            room.answer(key, who, str(number))
    room.rooms.rename(room.code, "d", "e")
    with refused(words.many_changes(MOST_CHANGES)):  # both its names count
        room.answer(key, "e", "last")


def test_a_round_takes_so_many_people_and_a_room_so_many_rounds(room):
    key = room.ask()
    for number in range(MOST_PEOPLE):
        room.answer(key, named(number), "1")
    with refused(words.full(MOST_PEOPLE)):
        room.answer(key, "one more", "1")
    room.answer(key, named(0), "2")  # who is in may change
    assert room.board.current.answers == {"1": MOST_PEOPLE - 1, "2": 1}
    for _ in range(MOST_ROUNDS - 1):
        key = room.next_round()
    room.close(key)
    with refused(words.many_rounds(MOST_ROUNDS)):
        room.ask()
    assert len(read_rounds(write_rounds(room.kept))) == MOST_ROUNDS


def test_all_rooms_together_take_so_many_answers(monkeypatch):
    monkeypatch.setattr("ui.state.rooms.rooms.MOST_ANSWERS", 5)
    monkeypatch.setattr("ui.state.rooms.rooms.MOST_LEARNED", 2)
    assert MOST_LEARNED <= MOST_ANSWERS / 2
    one = Class()
    other = Class(one.rooms, SECRETS[1])
    brought = {"0000aa": Round("0000aa", 1, ASKED, answers={named(1): "1", named(2): "1"})}
    one.learn(brought)
    with refused(words.MANY_ANSWERS):
        other.learn({"0000bb": replace(brought["0000aa"], key="0000bb", answers={named(3): "1"})})
    key = other.ask()
    for number in range(3):
        other.answer(key, named(number), "1")
    for each, last in ((one, "0000aa"), (other, key)):
        with refused(words.MANY_ANSWERS):
            each.answer(last, "one more", "1")


def test_who_is_here_is_who_has_looked_lately(room):
    room.look("a")
    room.look("a")
    room.now = PRESENT - 1
    room.look("b")
    assert room.board.present == 2
    room.now = PRESENT
    assert room.board.present == 1
    room.rooms.rename(room.code, "b", "c")  # looks again by its own name
    room.look("c")
    assert room.board.present == 1


def test_so_many_names_are_noted_and_those_that_left_make_place(room):
    for number in range(MOST_SEEN + 5):
        room.look(named(number))
    assert room.board.present == MOST_SEEN
    room.now = 1.0
    room.look(named(7))
    room.now = PRESENT + 0.5
    room.look("new")
    assert room.board.present == 2
    assert {*room.rooms._rooms[room.code].seen} == {named(7), "new"}


# --- how long it is there ------------------------------------------------------------------------------


def test_a_room_is_forgotten_after_three_hours_of_silence():
    asks = (Class.look, lambda room: room.board, lambda room: room.answer(key, "a", "1"))
    for ask in asks:
        room = Class()
        key = room.ask()
        room.answer(key, "a", "1")
        for _ in range(3):  # each question counts from anew
            room.now += SILENCE
            ask(room)
        room.now += SILENCE + 1
        assert room.look() is None
        with refused(words.NO_ROOM):
            room.answer(key, "a", "1")
        with refused(words.NOT_YOURS):
            _ = room.board
        assert not room.rooms._rooms
        room.rooms.enter(room.code, room.secret, room.now)
        assert room.look() == Seen()


def filled() -> Rooms:
    rooms = Rooms()
    for number in range(MOST_ROOMS):
        code = f"{number:06d}"
        rooms._rooms[code] = Room(code, "", float(number))
    return rooms


def test_of_too_many_rooms_the_unused_and_then_the_silent_make_place():
    rooms = filled()
    for code, found in rooms._rooms.items():
        if code not in ("000003", "000005"):
            found.rounds.append(Round("0000aa", 1, ASKED))
    now = MOST_ROOMS + UNUSED
    for found in rooms._rooms.values():
        found.heard = max(found.heard, 10.0) if found.heard > 8 else found.heard
    for secret, gone in zip(SECRETS, ("000003", "000005", "000000"), strict=True):
        rooms.enter(code_of(secret), secret, now)
        assert gone not in rooms._rooms
        assert len(rooms._rooms) == MOST_ROOMS


def test_a_room_too_many_is_refused_while_others_are_in_use():
    rooms = filled()
    for found in rooms._rooms.values():
        found.heard = 100.0
    with refused(words.CROWDED):
        rooms.enter(code_of(SECRETS[0]), SECRETS[0], 100.0 + UNUSED)
    assert len(rooms._rooms) == MOST_ROOMS
    rooms.enter(code_of(SECRETS[0]), SECRETS[0], 101.0 + UNUSED)
    rooms.enter(code_of(SECRETS[0]), SECRETS[0], 102.0 + UNUSED)  # no new one
    assert len(rooms._rooms) == MOST_ROOMS


def test_silent_rooms_are_gone_once_another_is_opened():
    rooms = filled()
    rooms.enter(code_of(SECRETS[0]), SECRETS[0], SILENCE + 10.5)
    assert sorted(rooms._rooms)[:1] == ["000011"]
    assert len(rooms._rooms) == MOST_ROOMS - 10


# --- from one process to another -----------------------------------------------------------------------


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


# --- codes and names -----------------------------------------------------------------------------------


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


# --- all at once ---------------------------------------------------------------------------------------


def test_of_many_who_answer_at_once_everybody_counts_once():
    room, people, threads = Class(), 400, 8
    key, begin = room.ask(), Barrier(threads)

    def answer(thread: int) -> int:
        begin.wait()
        refusals = 0
        for number in Random(thread).sample(range(people), people):  # two sessions of each browser, and more
            try:
                room.answer(key, named(number), f"{number % 7}")
            except Refused:
                refusals += 1
            room.look(named(number))
        return refusals

    with ThreadPoolExecutor(threads) as pool:
        assert sum(pool.map(answer, range(threads))) == 0
    assert room.board.current.answers == Counter(f"{number % 7}" for number in range(people))
    assert room.board.present == people


def test_of_two_windows_that_go_on_at_once_one_does():
    for _ in range(20):
        room, begin = Class(), Barrier(4)

        def ask(number: int, room: Class = room, begin: Barrier = begin) -> bool:
            begin.wait()
            try:
                room.rooms.ask(room.code, room.secret, f"sum.{number}?", "", room.now)
            except Refused:
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(ask, range(4))) == 1
        assert len(room.board.votes) == 1


def test_a_version_says_what_somebody_sees_and_keeps_present_who_has_looked():
    """Of an answer too, since a process that has just been told of it knows more than its page."""
    store, secret = Rooms(), SECRETS[0]
    code = code_of(secret)
    assert store.glance(code, "who", 0) == "none"
    store.enter(code, secret, 0)
    versions = [store.glance(code, "who", 0)]
    store.look(code, "who", 0)
    store.ask(code, secret, ASKED, "", 1)
    key = store.look(code, "other", 1).key
    versions.append(store.glance(code, "who", 1))
    for text in ("0.2", "0.3"):
        store.answer(code, key, "who", text, 2)
        versions.append(store.glance(code, "who", 20))
    store.close(code, secret, key, 21)
    versions.append(store.glance(code, "who", 21))
    store.show(code, secret, key, 21)
    versions.append(store.glance(code, "who", 21))
    assert len(set(versions)) == len(versions)
    assert versions[-1] == version_of(store.look(code, "who", 21))
    assert not any(set(each) & set(" \n") for each in versions)
    for number in range(3):
        store.glance(code, f"stranger{number}", 21)
    assert store.board(code, secret, 21).present == 1
