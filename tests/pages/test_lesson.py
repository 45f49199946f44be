"""The lesson, walked through without a browser: right at once, and with the typical mistake at every stop."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.expected import XOR, own_link, settings_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app, page_text, parameter
from ui.draw.svg import scripts
from ui.names.numbers import short
from ui.questions.lesson.stops import COUNT, stop_at
from ui.questions.results.lesson import (
    AT_ONCE,
    NO_MEANING,
    NOT_YET,
    SKIPPED,
    WITH_HELP,
    LessonResult,
    read_result_code,
)
from ui.questions.tasks import Choice, Order, Sentence
from ui.questions.words import lesson as stop_words
from ui.state.given_answers import Given, read_answers, write_answers
from ui.views.lesson import words
from ui.views.lesson.progress import progress_of

LINKS = [
    {},
    {"hidden": "6-5", "act": "tanh", "out": "sigmoid", "flower": 3},
    {"hidden": "none"},
    own_link(XOR),
]


def plain(sentence: str) -> str:
    """A sentence as it is on the page, its indices in elements of their own."""
    return elements(f"<p>{scripts(sentence)}</p>")[0].text


def progress(app, link):
    view = app.session_state["view"]
    return progress_of(settings_of(**link), read_answers(view.get("given", [""])[-1]))


def stop_of(app) -> int:
    return int(app.session_state["view"].get("stop", ["1"])[-1])


def press(app, key: str):
    app.button(key=key).click().run()
    assert not app.exception
    return app


def commit(app, text: str, sure: str = "t"):
    """What is asked, answered: a number or sentence as typed, the number of an option, an order."""
    (field,) = [f for f in [*app.text_input, *app.text_area, *app.radio, *app.multiselect] if _is_answer(f)]
    if field in [*app.radio]:
        field.set_value(field.options[int(text)])
    else:
        field.set_value(text)
    for radio in app.radio:
        if radio.key.startswith("lesson_sure") and not radio.disabled:
            radio.set_value(sure)
    (button,) = [each for each in app.button if each.key == "lesson_submit"]
    button.click().run()
    assert not app.exception
    return app


def _is_answer(field) -> bool:
    return (field.key or "").startswith("lesson_answer")


def right(asked) -> str:
    match asked:
        case Choice():
            return str(asked.options.index(asked.right))
        case Order():
            return [*asked.items]
        case Sentence():
            return "It goes into every unit after it."
    return f"{asked.problem.right:.6g}"


def wrong(asked) -> str:
    """The first mistake that has a name."""
    match asked:
        case Choice():
            return str(next(n for n, option in enumerate(asked.options) if option != asked.right))
        case Order():
            return [*reversed(asked.items)]
    return f"{asked.wrong[0].value:.6g}" if asked.wrong else "12345"


def walk(app, link, answer) -> None:
    """Through all stops: `answer` commits until a stop is over."""
    while True:
        number = stop_of(app)
        for _ in range(12):
            current = progress(app, link).current(number)
            if current is None:
                break
            answer(app, current)
        assert progress(app, link).current(number) is None
        assert not app.warning
        press(app, "lesson_next")
        if number == COUNT:
            return
        assert stop_of(app) > number


@pytest.mark.parametrize("link", LINKS, ids=["figure 1", "deep", "no hidden layer", "xor"])
def test_whoever_is_right_at_once_reads_ten_sentences_and_gets_a_code(link):
    app, said = open_app("lesson", **link), []

    def answer(app, current) -> None:
        commit(app, right(current.exercise.asked))
        said.append(page_text(app))
        assert "Right:" in said[-1] or current.exercise.key == "10d"

    walk(app, link, answer)
    results = progress(app, link).results
    assert set(results) <= {AT_ONCE, NO_MEANING}
    stops = progress(app, link).stops
    for stop in stops:
        assert not stop.says or any(plain(stop.says) in text for text in said)
    code = next(iter(by_attribute(markup_of(app), "data-code")))
    assert read_result_code(code) == LessonResult(results)


def test_the_typical_mistake_at_every_stop_is_named_and_after_the_second_miss_the_answer_is_there():
    app = open_app("lesson")
    seen = []

    def answer(app, current) -> None:
        asked = current.exercise.asked
        if isinstance(asked, Sentence):
            commit(app, right(asked))
            return
        commit(app, wrong(asked))
        text = page_text(app)
        assert "✗ Not" in text
        if not isinstance(asked, Choice | Order):
            named = plain(asked.wrong[0].sentence)
            assert named in text
            is_last = progress(app, {}).current(stop_of(app)) is None or current.misses
            if not is_last:
                assert f"= {short(asked.problem.right)}." not in text  # not told before the second try
                if current.exercise.measured is not None:
                    assert "Nudge it" in text
        seen.append(current.exercise.key)

    walk(app, {}, answer)
    assert seen.count("7a") == 2 == seen.count("9c")
    assert set(progress(app, {}).results) == {NOT_YET}
    result = read_result_code(next(iter(by_attribute(markup_of(app), "data-code"))))
    assert result == LessonResult(progress(app, {}).results, 0, progress(app, {}).mistakes)
    assert result.mistakes[0] == "one_path"


def test_the_answer_is_shown_on_request_after_a_miss_and_a_second_try_counts_as_help():
    app = open_app("lesson", stop=7)
    asked = progress(app, {}).current(7).exercise.asked
    assert not [each for each in app.button if each.key == "lesson_show"]
    commit(app, "12345")
    commit(app, right(asked))
    assert progress(app, {}).courses[6][0].is_solved
    commit(app, [*progress(app, {}).current(7).exercise.asked.items])
    assert progress(app, {}).result(7, 7) == WITH_HELP
    press(app, "lesson_previous")
    assert stop_of(app) == 6
    commit(app, wrong(progress(app, {}).current(6).exercise.asked))
    press(app, "lesson_show")
    assert "The answer: 1." in page_text(app)
    assert progress(app, {}).result(6, 6) == ""  # the other question is open
    assert progress(app, {}).result(6, 7) == NOT_YET


def test_what_was_known_and_wrong_comes_back_two_stops_later_with_another_unit():
    app = open_app("lesson", stop=5)
    commit(app, right(progress(app, {}).current(5).exercise.asked))
    for _ in range(2):
        commit(app, wrong(progress(app, {}).current(5).exercise.asked), "k")
    back = progress(app, {}).courses[6][-1].exercise
    assert back.key == "5br"
    assert back.asked.problem.quantity != progress(app, {}).courses[4][1].exercise.asked.problem.quantity
    press(app, "lesson_next"), press(app, "lesson_next")
    for _ in range(2):
        commit(app, right(progress(app, {}).current(7).exercise.asked))
    assert words.COMES_BACK in page_text(app)
    commit(app, right(back.asked))
    assert progress(app, {}).current(7) is None


def test_a_link_opens_every_stop_with_the_same_answers():
    app = open_app("lesson")
    commit(app, "12345", "k")
    for number in range(2, COUNT + 1):
        press(app, "lesson_next")
        commit(app, right(progress(app, {}).current(number).exercise.asked), "g")
        fresh = open_app("lesson", stop=number, given=parameter_of(app))
        assert page_text(fresh) == page_text(app)
        assert not fresh.warning
    dots = by_attribute(markup_of(app), "data-stop")
    query = parse_qs(urlsplit(dots["3"].attributes["href"]).query)
    assert query == {"stop": ["3"], "given": [parameter_of(app)]}
    assert {dot.attributes["data-state"] for dot in dots.values()} <= {AT_ONCE, NOT_YET, "open"}


def parameter_of(app) -> str:
    return app.session_state["view"]["given"][-1]


def test_skipped_is_shown_as_skipped_and_the_result_can_be_asked_for():
    app = open_app("lesson", stop=10)
    dots = by_attribute(markup_of(app), "data-stop")
    assert [dots[str(n)].attributes["data-state"] for n in (1, 9, 10)] == [SKIPPED, SKIPPED, "open"]
    press(app, "lesson_next")
    assert progress(app, {}).results == (SKIPPED,) * COUNT
    links = [e.attributes["href"] for e in elements(markup_of(app)) if "data-app-link" in e.attributes]
    for page in ("paths", "batch", "update", "practice?kind=sum"):
        assert page in links
    (week,) = [link for link in links if re.fullmatch(r"lesson\?seed=\d+", link)]
    assert week != "lesson?seed=859"


def test_points_are_ticked_beside_a_model_answer_and_stand_in_the_code():
    app = open_app("lesson", stop=10)
    for _ in range(3):
        commit(app, right(progress(app, {}).current(10).exercise.asked))
    commit(app, "Because it reaches every unit after it.")
    assert plain(stop_words.MODEL) in page_text(app)
    app.checkbox[0].check().run()
    app.checkbox[2].check().run()
    assert progress(app, {}).points == (0, 2)
    press(app, "lesson_next")
    code = next(iter(by_attribute(markup_of(app), "data-code")))
    assert read_result_code(code).points == 2


def test_stops_that_are_passed_over_for_one_reason_are_told_at_once():
    ties = "x = 1 1\ny = 1 0\nW1 = 0 0; 0 0\nb1 = 0\nW2 = 0 0; 0 0\nb2 = 0\nact = tanh\nout = softmax"
    text = page_text(open_app("lesson", **own_link(ties), stop=8))
    reason = "All that could be asked here is too near 0 to be predicted. Try other numbers."
    assert f"Stops 6 and 7 are passed over. {reason}" in text
    assert text.count(reason) == 1


def test_a_slide_reveals_its_answer_by_the_key_for_next():
    app = open_app("lesson", stop=7, present=1)
    assert not [*app.text_input] or not any(map(_is_answer, app.text_input))
    assert app.button(key="lesson_next").label == words.REVEAL
    first, second = (each.asked.prompt for each in stop_at(settings_of(), 7).exercises)
    press(app, "lesson_next")
    assert "0.289" in page_text(app)
    assert app.button(key="lesson_next").label == words.NEXT
    assert (plain(first) in page_text(app), plain(second) in page_text(app)) == (True, False)
    press(app, "lesson_next")
    assert plain(second) in page_text(app)
    assert app.button(key="lesson_next").label == words.REVEAL
    press(app, "lesson_next"), press(app, "lesson_next")
    assert stop_of(app) == 8
    press(app, "lesson_leave")
    assert parameter_absent(app, "present")


def parameter_absent(app, key: str) -> bool:
    return key not in app.session_state["view"]


@pytest.mark.parametrize(
    ("link", "notice"),
    [
        ({"stop": 11}, "Stop: expected a whole number from 1 to 10"),
        ({"stop": "x"}, "Stop: expected"),
        ({"given": "1abc"}, "Answers: expected"),
        ({"t": 9}, "t: expected"),
        ({"stop": 2, "drop": 3}, "Knocked-out path: expected 1 to 2"),
    ],
)
def test_a_wrong_link_is_put_right_with_a_notice(link, notice):
    app = open_app("lesson", **link)
    assert [warning.value.startswith(notice) for warning in app.warning] == [True]
    assert parameter(app, "flower") == "106"


@pytest.mark.parametrize("text", ["", "ab", "00", "5" * 240, "9", "\x00\u2028<b>", "-", "012345６"])
@pytest.mark.parametrize("number", [3, 7, 10])
def test_a_link_may_hold_any_answer(number, text):
    stop = progress_of(settings_of(), ()).stops[number - 1]
    for exercise in stop.exercises:
        before = [Given(e.key, e.mark, is_shown=True) for e in stop.exercises if e.key < exercise.key]
        given = [
            *before,
            Given(exercise.key, exercise.mark, "k", (text, text)),
            Given("10p", "", texts=(text,)),
        ]
        assert page_text(open_app("lesson", stop=number, given=write_answers(given)))


def test_answers_to_other_numbers_are_none_to_these():
    app = open_app("lesson", stop=7)
    commit(app, "12345")
    fresh = open_app("lesson", stop=7, flower=51, given=parameter_of(app))
    assert "✗" not in page_text(fresh)


def test_what_is_typed_may_be_nonsense_or_too_short():
    app = open_app("lesson", stop=7)
    commit(app, "abc")
    assert "Expected a number" in page_text(app)
    commit(app, "0.3")
    assert "give three digits" in page_text(app)
    commit(app, "")
    assert progress(app, {}).courses[6][0].misses == 0


def test_answers_fit_a_link_whatever_was_typed():
    many = [
        Given(f"{n}a", "abcd", "k", tuple(f"{n * m * 0.123456789:.55f}" for m in (1, 2, 3)))
        for n in range(1, 35)
    ]
    value = write_answers(many)
    assert len(value) <= 2000
    assert [each.exercise for each in read_answers(value)] == [each.exercise for each in many]
