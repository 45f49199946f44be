"""The host of a class: what is on the projector, from the way in to the second vote, by its buttons."""

import json
from time import monotonic

import pytest
from streamlit.testing.v1 import AppTest

from tests.markup import Element, elements
from tests.pages.helpers import open_app
from ui.questions.polls import NEARLY, OTHER, codes_of, kinds_of_answers, poll_of
from ui.state.rooms import words as refusals
from ui.state.rooms.codes import code_of
from ui.state.rooms.rooms import rooms
from ui.state.settings import settings_of
from ui.views.classroom import controls, words

SECRET = "abcdefghijklmnop"
CODE = code_of(SECRET)
SET = "sum.1-stop.8b.choice-stop.10d"
FIRST = ["0.289"] * 3 + ["0.276"] * 4 + ["7"]
SECOND = ["0.289"] * 6 + ["0.276", "−0.289"]

OFFERED = dict(zip("ABCDEF", poll_of("sum.1.choice?").options, strict=False))
LETTERS = {text: letter for letter, text in OFFERED.items()}


@pytest.fixture(autouse=True)
def no_rooms(monkeypatch):
    rooms.cache_clear()
    monkeypatch.setattr(controls, "PAUSE", 0.0)


def open_host(**more: str | int) -> AppTest:
    return open_app("class", room=CODE, host=SECRET, **more)


def answer(*texts: str) -> None:
    """Each text from a browser of its own, which is in the room."""
    for number, text in enumerate(texts):
        seen = rooms().look(CODE, f"{number:012x}", monotonic())
        rooms().answer(CODE, seen.key, f"{number:012x}", text, monotonic())


def press(app: AppTest, name: str) -> AppTest:
    button = app.button(key=f"host_{name}")
    assert not button.disabled, name
    button.click().run()
    assert not app.exception
    return app


def label_of(app: AppTest, name: str) -> str:
    return app.button(key=f"host_{name}").label


def are_off(app: AppTest) -> set[str]:
    return {each.key.removeprefix("host_") for each in app.main.button if each.disabled}


def board(app: AppTest) -> list[Element]:
    return elements("".join(each.proto.body for each in app.get("html")))


def with_class(app: AppTest, name: str) -> list[Element]:
    return [each for each in board(app) if name in each.classes]


def text_of(app: AppTest, name: str) -> str:
    (found,) = with_class(app, name)
    return found.text


def bars(app: AppTest) -> dict[str, list[int]]:
    """The counts of all votes by what stands beside the bars."""
    found: dict[str, list[int]] = {}
    is_row = False
    for each in board(app):
        if is_row:
            found[each.text] = counts = []
        if "bp-vote" in each.classes:
            counts.append(int(each.attributes["data-count"]))
        is_row = "bp-votes-row" in each.classes
    return found


def test_two_votes_on_a_question_from_the_code_to_what_is_right():
    app = open_host(ask=SET)
    assert text_of(app, "bp-room-code") == CODE
    assert (label_of(app, "next"), are_off(app)) == ("Ask", {"again", "turn", "up", "code"})
    assert with_class(app, "bp-room-present")[0].text == "0 here"

    press(app, "next")
    assert text_of(app, "bp-prompt") == "What is ∂C/∂a14, the sum over all 3 paths?"
    assert text_of(app, "bp-context").startswith("The network: 4 → 5 → 3 units")
    assert len(with_class(app, "bp-given")) == 1
    assert (label_of(app, "next"), are_off(app)) == ("Close", {"again", "turn", "up"})
    answer(*FIRST)
    for name in ("a", "b"):
        rooms().look(CODE, name * 12, monotonic())
    app.run()
    assert text_of(app, "bp-counted") == "8 of 10 have answered"
    assert bars(app) == {}

    press(app, "next")
    assert label_of(app, "next") == "Show"
    assert text_of(app, "bp-closed") == "Closed"
    # Looked at before the talk: by number, and nothing tells which is right.
    press(app, "turn")
    assert bars(app) == {"0.276": [4], "0.289": [3], "other": [1]}
    assert not with_class(app, "bp-is-right")
    assert not with_class(app, "bp-tick")
    assert not with_class(app, "bp-told")
    press(app, "turn")
    assert bars(app) == {}

    press(app, "again")
    answer(*SECOND)
    app.run()
    assert text_of(app, "bp-counted") == "8 of 10 have answered"
    press(app, "next")
    press(app, "down")  # a clicker's key does the same as the button
    assert text_of(app, "bp-legend") == "first vote: 8 answerssecond vote: 8 answers"
    assert bars(app) == {
        "✓ 0.289": [3, 6],
        "0.276 path ③ alone": [4, 1],
        "−0.289 wrong sign": [0, 1],
        "other": [1, 0],
    }
    shares = [float(each.attributes["data-value"]) for each in with_class(app, "bp-vote")]
    assert shares == [3 / 8, 6 / 8, 4 / 8, 1 / 8, 0, 1 / 8, 1 / 8, 0]
    told = text_of(app, "bp-told")
    assert told.startswith("1 answer: 0.276That is path ③ alone. All 3 paths through z2 count")
    assert "A nudge measures +0.289, so +0.276 is off by −0.0130." in told
    assert told.endswith("That is the total derivative.")

    press(app, "turn")  # to the tables, to work it out together
    assert len(with_class(app, "bp-given")) == 1
    press(app, "next")
    assert text_of(app, "bp-prompt").startswith("What is dC/dw142")


def test_the_set_of_a_link_is_asked_in_its_order_and_by_its_ways():
    app = open_host(ask=SET)
    asked = []
    for _ in range(3):
        press(app, "next")
        asked.append(rooms().board(CODE, SECRET, monotonic()).current.asked)
        press(app, "next")
        press(app, "next")
    assert asked == ["sum.1?", "stop.8b.choice?", "stop.10d?"]
    (link,) = [each.value for each in app.main.code]
    assert link.endswith(f"class?ask={SET}")
    (radio,) = app.main.radio
    assert radio.options[:2] == [
        r"Link 1 · Sum over paths 1\: What is ∂C/∂a¹₄, the sum over all 3 paths?",
        r"Link 2 · Lesson 8b\: What is dC/dw¹₄₂, the gradient of the weight from x₂ to z¹₄?",
    ]
    assert radio.value == "stop.1a"  # the first that was not asked


def test_an_answer_is_chosen_unless_the_host_wants_it_typed():
    app = open_host()
    app.main.radio[0].set_value("stop.8b").run()
    app.main.button_group[0].set_value(words.TYPE).run()
    press(app, "next")
    assert rooms().board(CODE, SECRET, monotonic()).current.asked == "stop.8b?"
    assert not with_class(app, "bp-offered")
    press(app, "next")
    press(app, "next")
    app.main.radio[0].set_value("stop.7a").run()
    press(app, "next")
    offered = [each.text for each in board(app) if each.tag == "li"]
    assert offered == [f"{letter}{text}" for letter, text in OFFERED.items()]


def test_offered_numbers_keep_their_letters_and_those_that_nobody_took():
    app = open_host(ask="sum.1.choice")
    press(app, "next")
    answer("0.276", "0.276", "0.289")
    press(app, "next")
    press(app, "turn")
    taken = {"0.276": 2, "0.289": 1}
    assert bars(app) == {f"{letter} {text}": [taken.get(text, 0)] for letter, text in OFFERED.items()}
    press(app, "next")
    assert [*bars(app)][:2] == [f"{LETTERS['0.289']} ✓ 0.289", f"{LETTERS['0.276']} 0.276 path ③ alone"]


def test_a_typed_vote_and_a_chosen_one_stand_beside_each_other():
    app = open_host(ask="sum.1")
    press(app, "next")
    answer("0.28", "0.3", "0.289")
    press(app, "next")
    rooms().ask(
        CODE, SECRET, "sum.1.choice?", rooms().board(CODE, SECRET, monotonic()).current.key, monotonic()
    )
    answer("0.276", "0.289", "0.289")
    rooms().show(CODE, SECRET, rooms().board(CODE, SECRET, monotonic()).current.key, monotonic())
    app.run()
    assert not app.exception
    assert bars(app)[f"{LETTERS['0.289']} ✓ 0.289"] == [1, 2]
    assert sum(counts[0] for counts in bars(app).values()) == 3


def test_sentences_the_newest_first_and_the_model_only_once_they_are_shown():
    app = open_host(ask="stop.10d")
    press(app, "next")
    answer("One path.", "<b>Two</b> paths.", "=1+1")
    press(app, "next")
    assert not with_class(app, "bp-sentences")
    press(app, "turn")
    said = [each.text for each in board(app) if each.tag == "li"]
    assert said == ["=1+1", "<b>Two</b> paths.", "One path."]
    assert "model" not in "".join(each.text for each in board(app))
    press(app, "next")
    assert text_of(app, "bp-legend") == "3 sentences, the newest first"
    assert "A model answer: aⱼ goes" in text_of(app, "bp-told").replace("aj", "aⱼ")


def test_the_code_fills_the_screen_at_any_time():
    app = open_host(ask=SET)
    press(app, "next")
    press(app, "code")
    assert with_class(app, "bp-room-present")
    assert label_of(app, "code") == "Back"
    press(app, "escape")
    assert not with_class(app, "bp-room-present")
    press(app, "code")
    press(app, "next")  # what comes next is seen
    assert text_of(app, "bp-closed") == "Closed"


def test_a_key_that_is_held_down_does_one_thing(monkeypatch):
    monkeypatch.setattr(controls, "PAUSE", 60.0)
    app = open_host()
    press(app, "next")
    press(app, "next")
    press(app, "next")
    assert (label_of(app, "next"), len(rooms().board(CODE, SECRET, monotonic()).votes)) == ("Close", 1)


@pytest.mark.parametrize("phase", ["close", "show"])
def test_another_window_of_the_host_has_gone_on(phase):
    app = open_host()
    press(app, "next")
    getattr(rooms(), phase)(CODE, SECRET, rooms().board(CODE, SECRET, monotonic()).current.key, monotonic())
    press(app, "next")
    assert text_of(app, "bp-refused") == refusals.ALREADY["closed"]
    press(app, "next")
    assert not with_class(app, "bp-refused")


def test_another_window_of_the_host_has_asked():
    one, other = open_host(), open_host()
    press(one, "next")
    press(other, "next")
    assert text_of(other, "bp-refused") == refusals.OTHER_WINDOW
    assert label_of(other, "next") == "Close"
    assert len(rooms().board(CODE, SECRET, monotonic()).votes) == 1


def test_a_room_that_the_server_has_lost_begins_again():
    app = open_host()
    press(app, "next")
    rooms.cache_clear()
    app.run()
    assert not app.exception
    assert with_class(app, "bp-room-present")
    press(app, "next")
    assert label_of(app, "next") == "Close"


def test_who_has_another_secret_is_told_so():
    app = open_app("class", room=CODE, host="ponmlkjihgfedcba")
    assert refusals.NOT_YOURS in "".join(each.text for each in board(app))
    assert not [each for each in app.main.button if each.key.startswith("host_")]


def test_a_network_without_questions_of_a_link_asks_its_own():
    app = open_host(ask="stop.99a-sum.500")
    assert app.main.radio[0].value == "stop.1a"


@pytest.mark.parametrize("typed", ["", "abc", "ABCDEI", "abcdefg", "ABC DE1"])
def test_a_wrong_code_is_said_to_be_one(typed):
    app = open_app("class")
    app.main.text_input(key="room_code").set_value(typed)
    app.button(key="room_go").click().run()
    assert [each.text for each in with_class(app, "bp-field-error")] == [words.NO_CODE]


def test_every_kind_of_answer_of_every_question_is_shown():
    """What is typed or chosen for each kind of answer is counted in a bar of that name."""
    app = open_host()
    for code in codes_of(settings_of("")):
        asked = f"{code}?"
        current = rooms().board(CODE, SECRET, monotonic()).current
        rooms().ask(CODE, SECRET, asked, current.key if current else "", monotonic())
        kinds = kinds_of_answers(poll_of(asked))
        texts = [
            each.name if each.value is None else repr(each.value)
            for each in kinds
            if each.key not in (NEARLY, OTHER)
        ]
        answer(*texts)
        rooms().show(CODE, SECRET, rooms().board(CODE, SECRET, monotonic()).current.key, monotonic())
        app.run()
        assert not app.exception
        if kinds:
            assert sum(counts[-1] for counts in bars(app).values()) == len(texts)
            assert len(bars(app)) <= 8


def test_a_page_that_is_new_keeps_every_round_and_then_what_can_change():
    app, keys = open_host(ask=SET), []
    for _ in range(3):
        rooms().ask(CODE, SECRET, "sum.1?", keys[-1] if keys else "", monotonic())
        keys = [each.key for each in rooms().kept(CODE, SECRET, monotonic())]
        rooms().show(CODE, SECRET, keys[-1], monotonic())
    assert sent_keys(app.run()) == keys[-2:]
    assert sent_keys(open_host(ask=SET)) == keys  # another browser of the host's


def sent_keys(app: AppTest) -> list[str]:
    """Of the rounds that the page is to keep."""
    (data,) = [
        json.loads(each.proto.json)
        for each in app.get("bidi_component")
        if each.proto.component_name == "backprop.room"
    ]
    return [key for key, *_ in data["rounds"]]
