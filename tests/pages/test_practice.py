"""The practice page, run from app.py by several links, against the core."""

import pytest

from backprop.practice import judge
from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app
from ui.practice.catalogue import KINDS, kinds_of, question_at
from ui.stage.steps import find_step
from ui.typed import read_number

LINKS = [
    {},
    {"kind": "slope", "level": "sum", "q": 2},
    {"kind": "gradient", "act": "tanh", "hidden": "6-5", "out": "sigmoid", "level": "all"},
    {"kind": "forward", "hidden": "16-16-16-16", "act": "sigmoid", "q": 7},
    {"kind": "mean", "flower": 3, "level": "nothing"},
    {"kind": "update", "act": "identity", "out": "identity", "q": 99},
]


def asked_by(link):
    settings = settings_of(**{key: value for key, value in link.items() if key not in ("kind", "q", "level")})
    return settings, question_at(settings, link.get("kind", "sum"), int(link.get("q", 1)))


def answer(app, text: str):
    app.main.text_input[0].set_value(text)
    return app.button(key="practice_submit").click().run()


def text_of(app) -> str:
    return elements(f"<div>{markup_of(app)}</div>")[0].text


def score(app) -> dict[str, str]:
    return {key: cell.text for key, cell in by_attribute(markup_of(app), "data-score").items()}


def button_keys(app) -> set[str]:
    return {button.key for button in app.main.button}


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_a_link_gives_the_question_and_the_right_answer_is_taken(link):
    settings, asked = asked_by(link)
    app = open_app("practice", **link)
    assert not app.warning
    plain = text_of(app).translate(str.maketrans("", "", "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"))
    assert asked.prompt.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")) in plain
    assert "✓ Right" not in plain
    answer(app, f"{asked.problem.right:.6g}".replace(".", ",").replace("-", "−"))
    assert "✓ Right" in text_of(app)
    assert not app.exception
    cells = by_attribute(markup_of(app), "data-working")
    shown = [cell.value for cell in cells.values() if "data-value" in cell.attributes]
    assert min(abs(value - asked.problem.right) for value in shown) <= 1e-12 * max(
        1, abs(asked.problem.right)
    )
    (href,) = [e.attributes["href"] for e in elements(markup_of(app)) if "data-app-link" in e.attributes]
    assert href == settings.link("walkthrough", step=find_step(settings.config, asked.stop))


def test_mistakes_are_named_and_the_right_terms_are_shown():
    _, asked = asked_by({})
    app = open_app("practice")
    terms = step_of(settings_of()).vjp("z2", "a1").path_terms[:, asked.problem.quantity.index[0]]
    answer(app, f"{terms[2]:.4f}")
    assert "That is path ③ alone." in text_of(app)
    assert by_attribute(markup_of(app), "data-working")["total:0"].value == asked.problem.right
    assert score(app) == {"sum:at_once": "0", "sum:with_help": "0", "sum:not_yet": "1"}
    answer(app, f"{-asked.problem.right:.4f}")
    assert "the sign is wrong" in text_of(app)
    answer(app, f"{asked.problem.right:.4f}")
    assert "✓ Right" in text_of(app)
    assert score(app) == {"sum:at_once": "0", "sum:with_help": "1", "sum:not_yet": "0"}


def test_an_answer_that_is_not_recognised_brings_the_next_hint():
    _, asked = asked_by({})
    assert not judge(asked.problem, 77.0).mistakes
    app = open_app("practice")
    for count in (1, 2, 3):
        answer(app, "77")
        assert "none of the usual mistakes" in text_of(app)
        hints = [e for e in elements(markup_of(app)) if e.tag == "li"]
        assert len(hints) == count
    assert by_attribute(markup_of(app), "data-working")["total:0"].text == "?"
    app.button(key="practice_reveal").click().run()
    assert by_attribute(markup_of(app), "data-working")["total:0"].value == asked.problem.right
    assert score(app)["sum:not_yet"] == "1"


def test_nearly_costs_nothing():
    app = open_app("practice")
    for text in ("0.3", "0.29"):
        answer(app, text)
        assert f"Nearly: give three digits. You gave {text}." in text_of(app)
        assert [e for e in elements(markup_of(app)) if e.tag == "li"] == []
        assert by_attribute(markup_of(app), "data-working")["total:0"].text == "?"
        assert score(app) == {}
    answer(app, "0.289")
    assert "✓ Right: 0.289" in text_of(app)
    assert score(app)["sum:at_once"] == "1"


def test_expressions_are_computed_and_shown_as_they_were_read():
    app = open_app("practice")
    answer(app, "0.202·(−0.458)")
    assert "✗ Not 0.202·(−0.458) = −0.0925That is path ① alone." in text_of(app)
    answer(app, "0.202·(−0.458) + 0.459·0.230 + 0.661·0.418")
    assert "✓ Right: 0.202·(−0.458) + 0.459·0.230 + 0.661·0.418 = 0.289" in text_of(app)


def test_hints_come_one_by_one_and_count_as_help():
    _, asked = asked_by({})
    app = open_app("practice")
    for count in (1, 2):
        app.button(key="practice_hint").click().run()
        assert len([e for e in elements(markup_of(app)) if e.tag == "li"]) == count
    answer(app, f"{asked.problem.right:.4f}")
    assert score(app)["sum:with_help"] == "1"


def test_next_goes_on_and_the_link_follows():
    app = open_app("practice", kind="gradient")
    _, second = asked_by({"kind": "gradient", "q": 2})
    app.button(key="practice_next").click().run()
    assert app.session_state["q"] == 2
    assert app.main.text_input[0].value == ""
    answer(app, f"{second.problem.right:.5g}")
    assert "✓ Right" in text_of(app)
    last = open_app("practice", q=99)
    last.button(key="practice_next").click().run()
    assert last.session_state["q"] == 1
    assert not last.warning


def test_successes_lead_up_the_ladder_and_failures_down():
    app = open_app("practice")
    for number in (1, 2):
        assert "practice_harder" not in button_keys(app)
        answer(app, repr(asked_by({"q": number})[1].problem.right))
        if number == 1:
            app.button(key="practice_next").click().run()
    assert app.button(key="practice_harder").label == "Less help: leave the sum blank"
    app.button(key="practice_harder").click().run()
    assert (app.session_state["level"], app.session_state["q"]) == ("sum", 3)
    assert app.button(key="practice_hint").label == "Hint (1 of 3)"
    for number in (3, 4):
        assert "practice_easier" not in button_keys(app)
        answer(app, repr(-asked_by({"q": number})[1].problem.right))
        if number == 3:
            app.button(key="practice_next").click().run()
    assert app.button(key="practice_easier").label == "More help: only the last term blank"
    app.button(key="practice_easier").click().run()
    assert (app.session_state["level"], app.session_state["q"]) == ("last term", 5)


def test_a_worked_example_shows_all_and_does_not_count():
    app = open_app("practice", level="nothing")
    _, asked = asked_by({})
    assert by_attribute(markup_of(app), "data-working")["total:0"].value == asked.problem.right
    answer(app, repr(asked.problem.right))
    assert score(app) == {}
    assert app.button(key="practice_harder").label == "Less help: leave the last term blank"
    app.button(key="practice_harder").click().run()
    assert app.session_state["level"] == "last term"


def test_what_is_not_worth_asking_is_named():
    (kinds,) = [
        group for group in open_app("practice", lr=0, act="identity").main.button_group if group.key == "kind"
    ]
    assert kinds.help == "Nothing worth asking on this network and flower: slope, update."


@pytest.mark.parametrize("text", ["", "abc", "1/0", "1e999", "<b>1</b>", "`x`", "1,234.5"])
def test_what_is_no_number_gives_a_sentence_and_nothing_is_lost(text):
    app = open_app("practice")
    answer(app, text)
    (error,) = [e for e in elements(markup_of(app)) if "bp-field-error" in e.classes]
    with pytest.raises(ValueError, match=r"^(Type|Expected) ") as caught:
        read_number(text)
    assert error.text == str(caught.value)
    assert app.main.text_input[0].value == text
    assert score(app) == {}
    answer(app, repr(asked_by({})[1].problem.right))
    assert "✓ Right" in text_of(app)
    assert score(app)["sum:at_once"] == "1"


def test_choices():
    _, asked = asked_by({"kind": "rule"})
    app = open_app("practice", kind="rule")
    app.button(key="practice_submit").click().run()
    assert "Choose one of the answers." in text_of(app)
    (wrong,) = [option for option in asked.options if option != asked.right]
    app.main.radio[0].set_value(wrong)
    app.button(key="practice_submit").click().run()
    assert "one product is not enough" in text_of(app)
    app.main.radio[0].set_value(asked.right)
    app.button(key="practice_submit").click().run()
    assert "✓ Right: the total derivative" in text_of(app)
    assert score(app)["rule:with_help"] == "1"


@pytest.mark.parametrize(("act", "out"), [("relu", "softmax"), ("identity", "identity")])
def test_every_kind_that_is_offered_opens(act, out):
    kinds = kinds_of(settings_of(act=act, out=out))
    for kind in KINDS:
        app = open_app("practice", kind=kind, act=act, out=out)
        assert bool(app.warning) is (kind not in kinds)
        assert app.main.text_input or app.main.radio


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("kind", "sums", "What is asked: expected one of sum, path, slope,"),
        ("level", "0", "What is left blank: expected one of nothing, last term, sum, all"),
        ("q", "0", "Question: expected a whole number from 1 to 99"),
        ("q", "100", "Question: expected a whole number from 1 to 99"),
        ("q", "-1", "Question: expected a whole number from 1 to 99"),
        ("q", "9" * 5000, "Question: expected a whole number from 1 to 99"),
        ("q", "inf", "Question: expected a whole number from 1 to 99"),
        ("q", "1.5", "Question: expected a whole number from 1 to 99"),
        ("q", "<script>", "Question: expected a whole number from 1 to 99"),
    ],
)
def test_bad_links_give_a_notice_and_the_default(key, value, said):
    app = open_app("practice", **{key: value})
    (warning,) = app.warning
    assert warning.value.startswith(said)
    assert len(warning.value) < 200
    answer(app, repr(asked_by({})[1].problem.right))
    assert "✓ Right" in text_of(app)


def test_another_flower_is_another_question():
    app = open_app("practice")
    answer(app, repr(asked_by({})[1].problem.right))
    app.sidebar.number_input(key="flower").set_value(3).run()
    assert "✓ Right" not in text_of(app)
    answer(app, repr(asked_by({"flower": 3})[1].problem.right))
    assert "✓ Right" in text_of(app)
    assert score(app)["sum:at_once"] == "2"


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"data": "textbook", "hidden": "2"}, "Textbook example: x = (0.05, 0.1), targets y = (0.01, 0.99)."),
        ({"flower": 3, "edit": "y_1_0~y_2_1"}, "Flower 3, setosa: "),
        ({"flower": 3, "edit": "x_1_-1.25"}, "Edited: x<sub>1</sub> = −1.25."),
    ],
)
def test_it_says_what_is_asked_about(link, said):
    assert said in markup_of(open_app("practice", **link))
