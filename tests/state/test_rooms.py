"""A room of a class, without waiting: votes, what it takes, how long it is there."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from threading import Barrier

import pytest

from tests.state.room_class import ASKED, SECRETS, Class, named, refused
from ui.state.rooms import words
from ui.state.rooms.brought import read_rounds, write_rounds
from ui.state.rooms.codes import code_of
from ui.state.rooms.room import (
    CLOSED,
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


@pytest.fixture
def room() -> Class:
    return Class()


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
