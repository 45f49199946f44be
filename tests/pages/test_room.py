"""What everybody in a room of the class sees, and the secret that nobody but its host sees."""

import re
from html import unescape
from time import monotonic

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from tests.markup import elements
from tests.pages.helpers import open_app
from ui.questions.polls import codes_of, poll_of
from ui.questions.tasks import Sentence
from ui.questions.words.choices import Choice
from ui.state.rooms import words as refusals
from ui.state.rooms.codes import code_of
from ui.state.rooms.room import MOST_CHANGES, Round
from ui.state.rooms.rooms import rooms
from ui.state.settings import settings_of
from ui.views.classroom import looking, memory, participant, words
from ui.views.classroom.board import question_markup
from ui.views.classroom.results import counts_csv, set_link

SECRET = "0123456789abcdef"
CODE = code_of(SECRET)
OWN = "0123456789ab"
SUM = "What is ∂C/∂a14, the sum over all 3 paths?"
CHANGE = "You can change it until the host closes."
LOST = words.LOST


class Host:
    """Who controls the room, without a page."""

    def __init__(self):
        rooms().enter(CODE, SECRET, monotonic())

    @property
    def vote(self):
        return rooms().board(CODE, SECRET, monotonic()).current

    def ask(self, asked: str) -> None:
        rooms().ask(CODE, SECRET, asked, self.vote.key if self.vote else "", monotonic())

    def close(self) -> None:
        rooms().close(CODE, SECRET, self.vote.key, monotonic())

    def show(self) -> None:
        rooms().show(CODE, SECRET, self.vote.key, monotonic())


@pytest.fixture(autouse=True)
def no_rooms():
    rooms.cache_clear()


@pytest.fixture
def host() -> Host:
    return Host()


def enter(**more: str | int) -> AppTest:
    return open_app("class", room=CODE, **more)


def said(app: AppTest) -> list[str]:
    """The texts of the page, one for each block, without styles and what is given."""
    assert not app.exception
    assert not app.main.markdown
    html = "".join(each.proto.body for each in app.get("html") if not each.proto.body.startswith("<style"))
    html = re.sub(r'<div class="bp-given">.*</div>|<p class="bp-context">[^\n]*?</p>', "", html)
    assert html.count(f'<p class="bp-lost">{LOST}</p>') == 1
    blocks = re.sub(r"<(h1|p|li|div|ul)\b[^>]*>", "\n", html.replace(f'<p class="bp-lost">{LOST}</p>', ""))
    return [
        unescape(re.sub(r"<[^>]*>", "", line)) for line in blocks.split("\n") if re.sub(r"<[^>]*>", "", line)
    ]


def type_in(app: AppTest, text: str) -> list[str]:
    (field,) = [*app.main.text_input, *app.main.text_area]
    field.set_value(text)
    app.button(key="room_send").click().run()
    return said(app)


def choose(app: AppTest, label: str) -> list[str]:
    (button,) = [each for each in app.main.button if re.sub(r"^\S+ (✓ )?", "", plain(each.label)) == label]
    button.click().run()
    return said(app)


def plain(label: str) -> str:
    """A button's label as Markdown shows it."""
    return re.sub(r"\\(.)", r"\1", label)


def given(app: AppTest) -> int:
    """How many numbers there are to work it out from."""
    return sum(each.proto.body.count("data-value=") for each in app.get("html"))


def labels(app: AppTest) -> list[str]:
    return [plain(button.label) for button in app.main.button]


# --- the states of the page ----------------------------------------------------------------------------


def test_where_there_is_no_room_one_waits_for_it():
    app = enter()
    assert said(app) == [f"There is no room {CODE} here", words.LOOK_AGAIN]
    host = Host()
    app.run()
    assert said(app) == ["You are in the room", "The question comes here."]
    host.ask("sum.1?")
    app.run()
    assert said(app) == [SUM]
    assert not app.sidebar.children


def test_without_cookies_a_page_whose_room_is_elsewhere_says_so(monkeypatch):
    monkeypatch.setattr(looking, "_LOOK", lambda **_: {"look": looking.AWAY})
    assert said(enter()) == [f"There is no room {CODE} here", words.AWAY]
    at_host = open_app("class", room=CODE, host=SECRET)
    assert words.AWAY in "".join(each.proto.body for each in at_host.get("html"))


def test_two_people_and_two_rounds_with_a_typed_number(host):
    host.ask("sum.1?")
    one, other = enter(), enter()
    assert [type_in(one, text)[1:] for text in (" 0,276 ", "1/4", "−0.289")] == [
        [f"You answered 0.276. {CHANGE}"],
        [f"You answered 1/4 = 0.250. {CHANGE}"],
        [f"You answered −0.289. {CHANGE}"],
    ]
    assert type_in(other, "0.289") == [SUM, f"You answered 0.289. {CHANGE}"]
    assert host.vote.answers == {"-0.289": 1, "0.289": 1} or host.vote.answers == {"−0.289": 1, "0.289": 1}
    host.close()
    one.run()
    assert said(one) == [SUM, "Closed. You answered −0.289."]
    assert (given(one), given(other)) == (3 + 3 * 5, 3 + 3 * 5)
    assert not one.main.text_input
    assert not one.main.button
    late = enter()
    assert said(late) == [SUM, "Closed. You gave no answer."]
    host.show()
    for app in (one, other, late):
        app.run()
    answer = (
        "∂C/∂a14 = 0.289. a14 reaches the cost through every z2k: multiply along each path, then add up all "
        "of them. That is the total derivative."
    )
    assert said(one) == [
        SUM,
        "✗ Not −0.289",
        "The size is right, but the sign is wrong.",
        "Measured by a nudge: +0.289. Yours, −0.289, is off by −0.578, 200\xa0% of it.",
        answer,
    ]
    assert said(other) == [SUM, "✓ Right: 0.289", answer]
    assert said(late) == [SUM, "You gave no answer.", answer]
    assert given(one) == 0
    host.ask("sum.1?")  # once more, after they have talked
    one.run()
    assert said(one) == [SUM]
    assert one.main.text_input[0].value == ""
    type_in(one, "0.289")
    assert host.vote.answers == {"0.289": 1}


def test_a_choice_is_a_button_for_each_option_and_the_chosen_one_is_marked(host):
    host.ask("sum.1.choice?")
    app = enter()
    assert labels(app) == ["**A** −0.646", "**B** −0.289", "**C** 0.276", "**D** 0.289"]
    assert choose(app, "0.276") == [SUM, f"You answered C: 0.276. {CHANGE}"]
    assert labels(app) == ["**A** −0.646", "**B** −0.289", "**C** ✓ 0.276", "**D** 0.289"]
    choose(app, "0.289")
    assert labels(app) == ["**A** −0.646", "**B** −0.289", "**C** 0.276", "**D** ✓ 0.289"]
    assert host.vote.answers == {"0.289": 1}
    # The same letters as on the board.
    offered = [(each.tag, each.text) for each in elements(question_markup(poll_of("sum.1.choice?")))]
    on_board = [text for kind, text in offered if kind == "li"]
    assert [re.sub(r"[*✓ ]", "", label) for label in labels(app)] == on_board
    host.show()
    app.run()
    assert said(app)[1] == "✓ Right: 0.289"
    assert labels(app) == []


def code_with(kind: type) -> str:
    return next(code for code in codes_of(settings_of("")) if isinstance(poll_of(f"{code}?").asked, kind))


def test_a_choice_of_sentences_says_what_is_wrong_with_the_chosen_one(host):
    code = code_with(Choice)
    asked = poll_of(f"{code}?").asked
    host.ask(f"{code}?")
    app = enter()
    wrong = next(option for option in asked.options if option != asked.right)
    letter = "ABCDEF"[asked.options.index(wrong)]
    assert choose(app, wrong)[1] == f"You answered {letter}: “{wrong}”. {CHANGE}"
    host.show()
    app.run()
    assert said(app)[1:3] == [f"✗ Not “{wrong}”", asked.remark(wrong)]
    assert said(app)[-1] == f"The answer: {asked.right}. {asked.principle}"


def test_a_sentence_is_taken_as_it_is_written_and_shown_beside_the_model(host):
    code = code_with(Sentence)
    host.ask(f"{code}?")
    app = enter()
    text = '<b onmouseover=alert(1)>Paths & "sums"</b>'
    assert type_in(app, f"{text}\n\n\u202eadd up.") == [
        said(app)[0],
        f"You answered “{text} add up.” {CHANGE}",
    ]
    assert host.vote.answers == {f"{text} add up.": 1}
    assert "&lt;b onmouseover" in app.get("html")[1].proto.body
    host.show()
    app.run()
    asked = poll_of(f"{code}?").asked
    assert said(app)[1:2] == [f"Yours: {text} add up."]
    assert said(app)[2:] == [*map(flat, (f"A model answer: {asked.model}", words.POINTS, *asked.points))]
    assert "<b" not in app.get("html")[1].proto.body.replace("<br", "")


# --- one's own diagnosis -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("0.289", ["✓ Right: 0.289"]),
        ("0.29", ["Nearly: give three digits. You gave 0.29."]),
        ("0.5", ["✗ Not 0.5", "That is not it, and none of the usual mistakes either."]),
        ("<i>", []),
        ("1/0", []),
        ("x" * 70, []),
    ],
)
def test_what_a_typed_number_is(host, typed, verdict):
    host.ask("sum.1?")
    app = enter()
    after = type_in(app, typed)
    if not verdict:
        assert after[1].startswith(("Expected a number", "Expected"))
        assert host.vote.answers == {}
        app.run()
        assert said(app) == [SUM]  # told once
        type_in(app, "")
        assert said(app)[1] == refusals.NOTHING
    host.show()
    app.run()
    assert said(app)[1 : 1 + len(verdict)] == verdict


@pytest.mark.parametrize("code", ["sum.1", "slope.1", "update.1", "forward.1"])
def test_each_mistake_that_has_a_name_is_told_to_who_has_made_it(host, code):
    poll = poll_of(f"{code}?")
    host.ask(f"{code}?")
    for each in poll.asked.wrong[:4]:
        app = enter()
        type_in(app, repr(each.value))
    host.show()
    for each in poll.asked.wrong[:4]:
        markup = participant.reveal_markup(poll, repr(each.value))
        assert unescape(re.sub(r"<[^>]*>", "", markup)).startswith("✗ Not ")
        assert any(
            plain_text(other.sentence) in plain_text(markup)
            for other in poll.asked.wrong
            if near(other, each)
        )
        if poll.measured is not None:
            assert "Measured by a nudge: " in markup


def near(one, other) -> bool:
    return abs(one.value - other.value) < 0.01 * abs(other.value) + 1e-9


FLAT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ⱼₖᵢ", "01234567890123456789jki")


def flat(text: str) -> str:
    """Raised and lowered digits as the page has them, in elements of their own."""
    return text.translate(FLAT)


def plain_text(markup: str) -> str:
    return flat(re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", markup))))


# --- what a browser knows ------------------------------------------------------------------------------


class Browser:
    """What memory.js tells a session: `kept` is what it has, whatever the session begins with."""

    def __init__(self, monkeypatch, kept=None):
        self.kept, self.mine = kept, None
        monkeypatch.setattr(participant, "remember", self.remember)

    def remember(self, room, mine):
        assert room == CODE
        self.mine = mine
        return self.kept and {"mine": self.kept}


def mine(key: str, answer: str, name: str = OWN) -> dict:
    return {"name": name, "key": key, "answer": answer}


def test_a_browser_that_comes_again_gets_its_answer_back_and_counts_once(host, monkeypatch):
    host.ask("sum.1?")
    first = Browser(monkeypatch)
    type_in(enter(), "0.3")
    assert first.mine["answer"] == "0.3"
    other = Browser(monkeypatch, first.mine)  # a reload, or another tab
    app = enter()
    assert said(app)[1] == f"You answered 0.3. {CHANGE}"
    assert (
        other.mine["name"] != first.mine["name"]
    )  # of the session; it is told to the page with the next look
    app.run()
    assert other.mine == first.mine
    type_in(app, "0.4")
    assert host.vote.answers == {"0.4": 1}
    Browser(monkeypatch)
    type_in(enter(), "0.4")
    assert host.vote.answers == {"0.4": 2}


@pytest.mark.parametrize(("session", "answers"), [(None, {"0.3": 1}), ("before the server went", {})])
def test_only_what_is_told_to_this_very_session_counts(host, monkeypatch, session, answers):
    host.ask("sum.1?")
    told = mine(host.vote.key, "0.3")

    def component(data, **_):
        return {"kept": {"session": session or data["session"], "mine": told}}

    monkeypatch.setattr(memory, "_MEMORY", component)
    enter()
    assert host.vote.answers == answers


def test_what_is_answered_before_the_browser_has_told_its_name_counts_for_it(host, monkeypatch):
    host.ask("sum.1?")
    browser = Browser(monkeypatch)
    app = enter()
    type_in(app, "0.3")
    browser.kept = mine("old", "7")
    app.run()
    assert said(app)[1] == f"You answered 0.3. {CHANGE}"
    type_in(app, "0.5")
    assert host.vote.answers == {"0.5": 1}


def test_an_answer_is_brought_along_to_a_room_that_lost_it(monkeypatch):
    browser = Browser(monkeypatch, mine("0000aa", "0.3"))
    app = enter()
    assert said(app) == [f"There is no room {CODE} here", words.NO_ROOM_YET]
    assert browser.mine == participant.NOTHING
    host = Host()
    app.run()
    assert said(app) == ["You are in the room", "The question comes here."]
    rooms().learn(CODE, SECRET, {"0000aa": Round("0000aa", 1, "sum.1?")}, monotonic())
    app.run()
    assert said(app)[1] == f"You answered 0.3. {CHANGE}"
    assert host.vote.answers == {"0.3": 1}
    type_in(app, "0.4")
    rooms.cache_clear()  # this server has forgotten the room: the session knows what is newer
    app.run()
    host = Host()
    rooms().learn(CODE, SECRET, {"0000aa": Round("0000aa", 1, "sum.1?")}, monotonic())
    app.run()
    assert host.vote.answers == {"0.4": 1}


@pytest.mark.parametrize("turn", ["close", "show", "ask"])
def test_an_answer_that_comes_too_late_is_not_brought(host, monkeypatch, turn):
    host.ask("sum.1?")
    key = host.vote.key
    host.close()
    if turn != "close":
        host.show()
    if turn == "ask":
        host.ask("sum.1?")
    Browser(monkeypatch, mine(key, "0.3"))
    enter()
    assert host.vote.answers == {}


NEST: list = []
for _ in range(5000):
    NEST = [NEST]
FORGED = [
    None,
    0,
    "x",
    [OWN],
    NEST,
    {},
    {"name": OWN},
    {"name": None, "key": "k", "answer": "1"},
    {"name": "x" * 10**6, "key": "k", "answer": "1"},
    {"name": OWN.upper(), "key": "k", "answer": "1"},
    {"name": OWN, "key": ["k"], "answer": "1"},
    {"name": OWN, "key": "k", "answer": {"1": 1}},
    {"name": OWN, "key": "k", "answer": float("nan")},
    {"name": OWN, "key": "k", "answer": "9" * 10**6},
    {"name": OWN, "key": "k", "answer": "\ud800"},
    {"name": OWN, "key": "k", "answer": "not a number"},
    {"name": OWN, "key": "k", "answer": "<script>"},
    dict.fromkeys(map(str, range(10_000)), 1),
]


@pytest.mark.parametrize("forged", FORGED, ids=[str(place) for place in range(len(FORGED))])
def test_what_no_page_has_kept_is_worth_nothing(host, monkeypatch, forged):
    host.ask("sum.1?")
    if isinstance(forged, dict) and forged.get("key") == "k":
        forged = forged | {"key": host.vote.key}
    Browser(monkeypatch, forged)
    app = enter()
    app.run()
    assert said(app) == [SUM]
    assert host.vote.answers == {}
    type_in(app, "0.3")
    assert host.vote.answers == {"0.3": 1}


def test_one_session_is_one_browser_whatever_it_tells(host, monkeypatch):
    host.ask("sum.1?")
    browser = Browser(monkeypatch)
    app = enter()
    for number in range(MOST_CHANGES):
        browser.kept = mine("", "", f"{number:012x}")
        type_in(app, f"0.{number + 1}")
    assert sum(host.vote.answers.values()) == 1
    assert type_in(app, "0.99")[1] == refusals.many_changes(MOST_CHANGES)
    assert host.vote.answers == {f"0.{MOST_CHANGES}": 1}


def test_an_answer_that_crosses_the_end_of_the_round_is_refused_in_a_sentence(host):
    host.ask("sum.1?")
    app = enter()
    host.close()
    assert type_in(app, "0.3")[1:] == [refusals.CLOSED, "Closed. You gave no answer."]
    host.show()
    host.ask("sum.2?")
    app.run()
    host.show()
    host.ask("sum.1.choice?")
    assert type_in(app, "0.3")[1] == refusals.OTHER_QUESTION
    rooms.cache_clear()
    app.main.button[0].click().run()
    assert said(app)[0] == f"There is no room {CODE} here"


# --- the link and the secret ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ({"flower": 999, "lr": "x", "own": "<b>"}, "You are in the room"),
        ({"host": "short"}, "You are in the room"),
        ({"host": "f" * 16}, "Class"),
    ],
)
def test_odd_links_to_a_room(host, link, title):
    app = enter(**link)
    text = " ".join(each.proto.body for each in app.get("html")) + " ".join(
        each.value for each in app.main.markdown
    )
    assert f">{title}</h1>" in text
    assert (refusals.NOT_YOURS in text) == (title == "Class")
    assert not app.exception


def sent(app: AppTest) -> dict[str, bytes]:
    """All that a page sends to its browser but the address, by the kind of element and its key or place."""
    found: dict[str, bytes] = {}
    nodes = [app._tree]
    for node in nodes:
        nodes += getattr(node, "children", {}).values()
        if isinstance(proto := getattr(node, "proto", None), Message):
            key = getattr(proto, "id", "").rpartition("-")[2]
            found[f"{node.type} {key or len(found)}"] = proto.SerializeToString()
    return found


def test_the_secret_is_nowhere_but_in_the_hosts_own_link(host, caplog):
    host.ask("sum.1?")
    app = open_app("class", room=CODE, host=SECRET, ask="sum.1-sum.2")
    found = sent(app)
    for key in ("open_share", "open_export"):
        app.sidebar.button(key=key).click().run()
        found |= sent(app)
        assert not app.exception
    assert sum(CODE.encode() in each for each in found.values()) >= 3
    # The browser of the host keeps its way back.
    assert [key for key, each in found.items() if SECRET.encode() in each] == ["bidi_component own_room"]
    assert app.query_params["host"] in (SECRET, [SECRET])
    everybody = sent(enter())
    assert not [key for key, each in everybody.items() if SECRET.encode() in each]
    assert SECRET not in caplog.text


def test_the_counts_and_the_link_to_take_along_have_no_secret(host):
    host.ask("sum.1?")
    host.close()
    board = rooms().board(CODE, SECRET, monotonic())
    texts = (counts_csv(board), *set_link(settings_of(""), board)[:1])
    assert all(SECRET not in text and CODE not in text for text in texts)
