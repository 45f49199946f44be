"""Practice in the app: answers, hints, levels, links."""

import pytest

from backprop.practice import judge
from tests.expected import settings_of, step_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app, page_text
from tests.pages.practice_app import answer, asked_by, button_keys, choose, score
from ui.names.timeline import find_step
from ui.names.typed import read_number
from ui.questions.catalogue import KINDS, kinds_of
from ui.questions.words.choices import AVERAGED, SINGLE

LINKS = [
    {},
    {"kind": "slope", "level": "sum", "q": 2},
    {"kind": "gradient", "act": "tanh", "hidden": "6-5", "out": "sigmoid", "level": "all"},
    {"kind": "forward", "hidden": "16-16-16-16", "act": "sigmoid", "q": 7},
    {"kind": "mean", "flower": 3, "level": "nothing"},
    {"kind": "update", "act": "identity", "out": "identity", "q": 4},
]


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_a_link_gives_the_question_and_the_right_answer_is_taken(link):
    settings, asked = asked_by(link)
    app = open_app("practice", **link)
    assert not app.warning
    plain = page_text(app).translate(str.maketrans("", "", "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"))
    assert asked.prompt.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")) in plain
    assert "✓ Right" not in plain
    answer(app, f"{asked.problem.right:.6g}".replace(".", ",").replace("-", "−"))
    assert "✓ Right" in page_text(app)
    assert not app.exception
    cells = by_attribute(markup_of(app), "data-working")
    shown = [cell.value for cell in cells.values() if "data-value" in cell.attributes]
    assert min(abs(value - asked.problem.right) for value in shown) <= 1e-12 * max(
        1, abs(asked.problem.right)
    )
    links = [e.attributes["href"] for e in elements(markup_of(app)) if "data-app-link" in e.attributes]
    code = f"{link.get('kind', 'sum')}.{link.get('q', 1)}"
    assert links == [
        settings.link("walkthrough", step=find_step(settings.config, asked.stop)),
        settings.link("class", ask=code),
    ]


def test_mistakes_are_named_and_the_right_terms_are_shown_after_the_second():
    _, asked = asked_by({})
    app = open_app("practice")
    terms = step_of(settings_of()).vjp("z2", "a1").path_terms[:, asked.problem.quantity.index[0]]
    answer(app, f"{terms[2]:.4f}")
    assert "That is path ③ alone." in page_text(app)
    assert by_attribute(markup_of(app), "data-working")["total:0"].text == "?"
    assert "practice_reveal" not in button_keys(app)
    answer(app, f"{-asked.problem.right:.4f}")
    assert "the sign is wrong" in page_text(app)
    assert by_attribute(markup_of(app), "data-working")["total:0"].value == asked.problem.right
    assert score(app) == {"sum:at_once": "0", "sum:with_help": "0", "sum:not_yet": "1"}
    answer(app, f"{asked.problem.right:.4f}")
    assert "✓ Right" in page_text(app)
    assert score(app) == {"sum:at_once": "0", "sum:with_help": "0", "sum:not_yet": "1"}
    assert "Its answer was shown before, so it does not count as right." in page_text(app)


def test_a_mistake_mended_at_the_second_try_is_right_with_help():
    _, asked = asked_by({})
    app = open_app("practice")
    answer(app, f"{-asked.problem.right:.4f}")
    answer(app, f"{asked.problem.right:.4f}")
    assert score(app) == {"sum:at_once": "0", "sum:with_help": "1", "sum:not_yet": "0"}


def test_an_answer_that_is_not_recognised_brings_the_next_hint():
    _, asked = asked_by({})
    assert not judge(asked.problem, 77.0).mistakes
    app = open_app("practice")
    for count in (1, 2, 3):
        answer(app, "77")
        assert "none of the usual mistakes" in page_text(app)
        hints = [e for e in elements(markup_of(app)) if e.tag == "li"]
        assert len(hints) == count
    assert by_attribute(markup_of(app), "data-working")["total:0"].text == "?"
    app.button(key="practice_reveal").click().run()
    assert by_attribute(markup_of(app), "data-working")["total:0"].value == asked.problem.right
    assert score(app)["sum:not_yet"] == "1"
    answer(app, repr(asked.problem.right))
    assert "✓ Right" in page_text(app)
    assert "Its answer was shown before, so it does not count as right." in page_text(app)
    assert "One question so far, not right: its answer was shown. Kept until" in page_text(app)
    assert score(app) == {"sum:at_once": "0", "sum:with_help": "0", "sum:not_yet": "1"}


def test_an_answer_that_was_right_before_it_was_shown_counts():
    _, asked = asked_by({})
    app = open_app("practice")
    answer(app, "77")
    answer(app, repr(asked.problem.right))
    assert score(app)["sum:with_help"] == "1"
    assert "shown before" not in page_text(app)
    answer(app, "77")
    assert score(app) == {"sum:at_once": "0", "sum:with_help": "1", "sum:not_yet": "0"}


def test_a_worked_example_of_the_same_question_shows_its_answer():
    _, asked = asked_by({})
    app = open_app("practice", level="nothing")
    choose(app, "level", "sum")
    answer(app, repr(asked.problem.right))
    assert "Its answer was shown before, so it does not count as right." in page_text(app)
    assert score(app) == {"sum:at_once": "0", "sum:with_help": "0", "sum:not_yet": "1"}


def test_a_question_counts_once_at_all_levels_and_wherever_it_is_asked():
    _, asked = asked_by({})
    app = open_app("practice")
    once = {"sum:at_once": "1", "sum:with_help": "0", "sum:not_yet": "0"}
    for _ in range(2):
        answer(app, repr(asked.problem.right))
        assert score(app) == once
    choose(app, "level", "sum")
    assert "✓ Right" not in page_text(app)
    answer(app, "77")
    answer(app, repr(asked.problem.right))
    assert score(app) == once
    choose(app, "level", "last term")
    app.sidebar.text_input(key="lr").set_value("0.2").run()  # of no account here
    assert "✓ Right" in page_text(app)
    answer(app, repr(asked.problem.right))
    assert score(app) == once


def test_a_second_level_is_a_second_try():
    _, asked = asked_by({})
    app = open_app("practice", level="sum")
    answer(app, "77")
    choose(app, "level", "last term")
    assert "✗" not in page_text(app)
    answer(app, repr(asked.problem.right))
    assert score(app) == {"sum:at_once": "0", "sum:with_help": "1", "sum:not_yet": "0"}


def test_nearly_costs_nothing():
    app = open_app("practice")
    for text in ("0.3", "0.29"):
        answer(app, text)
        assert f"Nearly: give three digits. You gave {text}." in page_text(app)
        assert [e for e in elements(markup_of(app)) if e.tag == "li"] == []
        assert by_attribute(markup_of(app), "data-working")["total:0"].text == "?"
        assert score(app) == {}
    answer(app, "0.289")
    assert "✓ Right: 0.289" in page_text(app)
    assert score(app)["sum:at_once"] == "1"


def test_expressions_are_computed_and_shown_as_they_were_read():
    app = open_app("practice")
    answer(app, "0.202·(−0.458)")
    assert "✗ Not 0.202·(−0.458) = −0.0925That is path ① alone." in page_text(app)
    answer(app, "0.202·(−0.458) + 0.459·0.230 + 0.661·0.418")
    assert "✓ Right: 0.202·(−0.458) + 0.459·0.230 + 0.661·0.418 = 0.289" in page_text(app)


def test_hints_come_one_by_one_and_count_as_help():
    _, asked = asked_by({})
    app = open_app("practice")
    for count in (1, 2):
        app.button(key="practice_hint").click().run()
        assert len([e for e in elements(markup_of(app)) if e.tag == "li"]) == count
    answer(app, f"{asked.problem.right:.4f}")
    assert score(app)["sum:with_help"] == "1"


@pytest.mark.parametrize(
    ("link", "missing", "why"),
    [
        ({"lr": 0, "act": "identity"}, "Through the activation, New weight", ""),
        (
            {"hidden": "none", "out": "tanh"},
            "Sum over paths, One path",
            " Every value has one path to the cost, so nothing is summed over paths.",
        ),
    ],
)
def test_what_is_not_worth_asking_is_named(link, missing, why):
    (kinds,) = [group for group in open_app("practice", **link).main.button_group if group.key == "kind"]
    assert kinds.help == f"Nothing worth asking on this network and flower: {missing}.{why}"


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
    assert "✓ Right" in page_text(app)
    assert score(app)["sum:at_once"] == "1"


def test_choices():
    _, asked = asked_by({"kind": "rule"})
    app = open_app("practice", kind="rule")
    app.button(key="practice_submit").click().run()
    assert "Choose one of the answers." in page_text(app)
    for wrong, said in ((SINGLE, "one product is not enough"), (AVERAGED, "nothing divides by how many")):
        assert "The answer: " not in page_text(app)
        app.main.radio[0].set_value(wrong)
        app.button(key="practice_submit").click().run()
        assert said in page_text(app)
    assert f"The answer: {asked.right}." in page_text(app)
    app.main.radio[0].set_value(asked.right)
    app.button(key="practice_submit").click().run()
    assert "✓ Right: the total derivative" in page_text(app)
    assert score(app) == {"rule:at_once": "0", "rule:with_help": "0", "rule:not_yet": "1"}


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
        ("q", "0", "Question: expected a whole number from 1 to 8"),
        ("q", "9", "Question: expected a whole number from 1 to 8"),
        ("q", "-1", "Question: expected a whole number from 1 to 8"),
        ("q", "9" * 5000, "Question: expected a whole number from 1 to 8"),
        ("q", "inf", "Question: expected a whole number from 1 to 8"),
        ("q", "1.5", "Question: expected a whole number from 1 to 8"),
        ("q", "<script>", "Question: expected a whole number from 1 to 8"),
    ],
)
def test_bad_links_give_a_notice_and_the_default(key, value, said):
    app = open_app("practice", **{key: value})
    (warning,) = app.warning
    assert warning.value.startswith(said)
    assert len(warning.value) < 200
    answer(app, repr(asked_by({})[1].problem.right))
    assert "✓ Right" in page_text(app)


def test_another_flower_is_another_question():
    app = open_app("practice")
    answer(app, repr(asked_by({})[1].problem.right))
    app.sidebar.number_input(key="flower").set_value(3).run()
    assert "✓ Right" not in page_text(app)
    answer(app, repr(asked_by({"flower": 3})[1].problem.right))
    assert "✓ Right" in page_text(app)
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
