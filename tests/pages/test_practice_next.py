"""What Practice asks next: levels, the end, sequences and sets."""

import pytest

from tests.expected import settings_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app, page_text
from tests.pages.practice_app import answer, asked_by, button_keys, choose, score
from ui.questions.catalogue import question_at
from ui.questions.results.mistakes import made_most, read_made
from ui.questions.results.practice import read_practice_code
from ui.questions.words.choices import Choice
from ui.views.practice.sequence import other_network, sequence


def test_next_goes_on_and_the_link_follows():
    app = open_app("practice", kind="gradient")
    _, second = asked_by({"kind": "gradient", "q": 2})
    app.button(key="practice_next").click().run()
    assert app.session_state["q"] == 2
    assert app.main.text_input[0].value == ""
    answer(app, f"{second.problem.right:.5g}")
    assert "✓ Right" in page_text(app)


def ends(app) -> dict[str, str]:
    """The links beside the last question: what they say, where they lead."""
    links = [e for e in elements(markup_of(app)) if "data-app-link" in e.attributes]
    return {e.text: e.attributes["href"] for e in links if "practice" in e.attributes["href"]}


def test_questions_end():
    """Five slopes; the sixth was the first again, and counted again."""
    app = open_app("practice", kind="slope")
    for number in range(1, 6):
        assert f"Question {number} of 5" in page_text(app)
        assert ("practice_next" in button_keys(app)) is (number < 5)
        assert bool(ends(app)) is (number == 5)
        if number == 5:
            assert "This is the last of 5 questions of this kind." in page_text(app)
        answer(app, repr(asked_by({"kind": "slope", "q": number})[1].problem.right))
        if number < 5:
            app.button(key="practice_next").click().run()
    assert "That was the last of 5 questions of this kind." in page_text(app)
    assert "Five questions so far, all of them right. Kept until you close this tab." in page_text(app)
    assert ends(app) == {
        "Next kind: Weight gradient →": "practice?kind=gradient&level=last+term",
        "The same with flower 107 →": "practice?flower=107&kind=slope&level=last+term",
    }


def test_the_only_question_of_a_kind():
    app = open_app("practice", kind="sum", hidden="2-1", act="identity", out="identity")
    assert "The only question of this kind" in page_text(app)
    assert "This is the only question of this kind." in page_text(app)
    app.button(key="practice_hint").click().run()
    app = open_app("practice", kind="sum", hidden="2-1", act="identity", out="identity", q=2)
    assert [warning.value for warning in app.warning] == ["Question: expected 1, got `2`. You see 1."]


def test_where_another_flower_asks_the_same_only_the_next_kind_is_offered():
    textbook = {"data": "textbook", "hidden": "2"}
    assert ends(open_app("practice", kind="sum", q=4, **textbook)) == {
        "Next kind: One path →": "practice?hidden=2&data=textbook&kind=path&level=last+term"
    }
    assert "Next kind: Sum over paths →" in ends(open_app("practice", kind="rule", q=6))


def test_with_all_inputs_typed_other_weights_are_offered():
    typed = "~".join(f"x_{i}_1" for i in range(1, 5)) + "~y_1_1~y_2_0~y_3_0"
    app = open_app("practice", kind="sum", edit=typed, q=8)
    assert "The same with weights of seed 860 →" in ends(app)


def test_another_kind_with_fewer_questions_is_put_right_without_a_word():
    app = open_app("practice", q=8)
    choose(app, "kind", "slope")
    assert "Question 1 of 5" in page_text(app)
    assert not app.warning


def test_begin_anew_empties_the_score_and_the_answers():
    app = open_app("practice")
    assert app.button(key="practice_anew").disabled
    answer(app, "77")
    assert score(app)["sum:not_yet"] == "1"
    app.button(key="practice_anew").click().run()
    assert score(app) == {}
    assert "✗" not in page_text(app)
    assert app.main.text_input[0].value == ""
    answer(app, repr(asked_by({})[1].problem.right))
    assert score(app)["sum:at_once"] == "1"


def test_what_a_browser_begins_with_is_what_the_state_holds():
    """Streamlit sends a set value once: who draws the field after the next run had flower 0."""
    app = open_app(
        "practice", flower=3, seed=5, lr=0.5, hidden="4", act="tanh", kind="slope", level="sum", q=2
    )
    app.button(key="practice_hint").click().run()
    defaults = {key: app.sidebar.number_input(key=key).proto.default for key in ("flower", "seed")}
    assert defaults == {"flower": 3, "seed": 5}
    assert app.main.number_input(key="q").proto.default == 2
    assert app.sidebar.text_input(key="lr").proto.default == "0.5"
    assert app.sidebar.text_input(key="hidden").proto.default == "4"
    activation = app.sidebar.selectbox(key="act")
    assert activation.options[activation.proto.default] == "tanh"
    for group in app.main.button_group:
        chosen = [group.options[index] for index in group.proto.default]
        assert chosen == [{"kind": "Through the activation", "level": "sum"}[group.key]]


def test_successes_lead_up_the_ladder_and_failures_down():
    app = open_app("practice", kind="sum")
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


def in_address(app, key: str) -> str | None:
    return app.session_state["view"].get(key, [None])[-1]


def answer_right(app, asked) -> None:
    question = question_at(asked.settings, asked.kind, asked.number)
    if isinstance(question, Choice):
        app.main.radio[0].set_value(question.right)
        app.button(key="practice_submit").click().run()
    else:
        answer(app, repr(question.problem.right))
    assert "✓ Right" in page_text(app)


def test_the_bare_page_is_a_sequence_to_its_end():
    """The first is missed and comes back after two others; the last is asked of another network."""
    app = open_app("practice")
    first = sequence(settings_of(), "")[0]
    mistake = question_at(settings_of(), first.kind, first.number).wrong[0]
    answer(app, repr(mistake.value))
    made = in_address(app, "made")
    app.button(key="practice_next").click().run()
    marks = "0"
    for place in range(2, 13):
        asked = sequence(settings_of(), marks)[-1]
        assert in_address(app, "mix") == marks
        assert f"Question {place} of 12" in page_text(app)
        assert ("Another one of the kind you missed: Sum over paths." in page_text(app)) is (place == 4)
        assert ("weights of seed 859" in page_text(app)) is (place == 12)
        answer_right(app, asked)
        app.button(key="practice_next").click().run()
        marks += "2"
    assert asked.settings == other_network(settings_of())
    assert "11 at once, one not yet." in page_text(app)
    results = by_attribute(markup_of(app), "data-result")
    assert [results[f"sum:{each}"].text for each in ("at once", "with help", "not yet")] == ["2", "0", "1"]
    links = {
        e.text: e.attributes["href"] for e in elements(markup_of(app)) if "data-app-link" in e.attributes
    }
    assert (links["Derivative paths"], links["Sum over paths"]) == ("paths", "practice?kind=sum")
    assert "Update" not in links
    result = read_practice_code(next(iter(by_attribute(markup_of(app), "data-code"))))
    asked = sequence(settings_of(), marks)
    assert result.questions == tuple((each.kind, mark) for each, mark in zip(asked, marks, strict=True))
    assert (result.is_set, result.is_again) == (False, tuple(each.is_again for each in asked))
    assert mistake.mistake in result.mistakes
    assert result.mistakes == made_most(read_made(made))
    again = open_app("practice", mix=marks, made=made)
    assert "11 at once, one not yet." in page_text(again)
    assert (
        by_attribute(markup_of(again), "data-code").keys() == by_attribute(markup_of(app), "data-code").keys()
    )
    again.button(key="practice_anew").click().run()
    assert "Question 1 of 12" in page_text(again)
    assert in_address(again, "made") is None


@pytest.mark.parametrize(
    ("link", "kind", "number"),
    [
        ({}, "mixed", None),
        ({"mix": "22"}, "mixed", None),
        ({"q": 3}, "sum", 3),
        ({"level": "all"}, "sum", 1),
        ({"kind": "path"}, "path", 1),
        ({"kind": "mixed", "level": "all"}, "mixed", None),
    ],
    ids=str,
)
def test_a_link_with_kind_number_or_level_means_what_it_always_did(link, kind, number):
    app = open_app("practice", **link)
    assert not app.warning
    assert app.session_state["kind"] == kind
    assert [field.value for field in app.main.number_input if field.key == "q"] == (
        [number] if number else []
    )


def test_the_address_says_the_kind_where_the_rest_does_not():
    """A fresh browser at it shows the same."""
    app = open_app("practice", q=3)
    app.main.number_input(key="q").set_value(1).run()
    assert (in_address(app, "kind"), in_address(app, "q")) == ("sum", None)
    choose(app, "kind", "mixed")
    assert "Question 1 of 12" in page_text(app)
    choose(app, "level", "all")
    assert (in_address(app, "kind"), in_address(app, "level")) == ("mixed", "all")
    assert "Question 1 of 12" in page_text(app)


def test_a_set_is_asked_in_its_order_and_put_together_question_by_question():
    app = open_app("practice", set="sum.2-update.1-rule.3-sum.90")
    for kind, number in (("sum", 2), ("update", 1), ("rule", 3)):
        assert "One of the set is left out" in page_text(app)
        asked = question_at(settings_of(), kind, number)
        if kind == "rule":
            assert tuple(app.main.radio[0].options) == asked.options
        else:
            answer(app, repr(asked.problem.right))
            assert "✓ Right" in page_text(app)
        app.button(key="practice_next").click().run()
    assert "Two at once, one not yet." in page_text(app)
    maker = open_app("practice", kind="path", q=2, mix="22")
    maker.button(key="practice_add").click().run()
    choose(maker, "kind", "rule")
    maker.button(key="practice_add").click().run()
    assert maker.button(key="practice_add").disabled
    links = {e.attributes["href"] for e in elements(markup_of(maker)) if "data-app-link" in e.attributes}
    assert "practice?set=path.2-rule.2" in links
    choose(maker, "kind", "path")
    choose(maker, "level", "all")
    assert "practice?kind=mixed&level=all&set=path.2-rule.2" in markup_of(maker).replace("&amp;", "&")
    maker.button(key="practice_empty").click().run()
    assert in_address(maker, "set") is None
    assert in_address(maker, "mix") is None


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("made", "1", "Mistakes before: expected up to 24 numbers of mistakes, two digits each"),
        ("mix", "9", "Questions before: expected up to 12 of 0, 1, 2, x"),
        ("mix", "2" * 13, "Questions before: expected up to 12 of 0, 1, 2, x"),
        (
            "set",
            "sum",
            "Set: expected up to 12 different questions by kind and number, such as sum.2-update.1-rule.3",
        ),
        ("set", "sums.2", "Set: expected up to 12 different questions by kind and number"),
        ("set", "sum.0-<b>", "Set: expected up to 12 different questions by kind and number"),
        ("set", "sum.1-sum.1", "Set: expected up to 12 different questions by kind and number"),
        (
            "set",
            "-".join(f"sum.{n}" for n in range(1, 14)),
            "Set: expected up to 12 different questions by kind and number",
        ),
    ],
)
def test_a_bad_sequence_gives_a_notice_and_the_first_question(key, value, said):
    app = open_app("practice", **{key: value})
    (warning,) = app.warning
    assert warning.value.startswith(said)
    assert "Question 1 of 12" in page_text(app)
