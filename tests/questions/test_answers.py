"""An answer is right when it rounds to what the shown numbers give: in Python, and alike in the browser."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from backprop.practice import MISTAKES
from tests.expected import settings_of, step_of
from tests.questions.students import finite, questions_of, random_settings, texts_of
from ui.names.numbers import short
from ui.names.timeline import timeline
from ui.names.typed import read_number
from ui.questions.answers import remarks, verdict_of
from ui.questions.catalogue import question_at
from ui.questions.questions import ASKED, question_for
from ui.questions.words.tasks import measured_differs
from ui.state.recording import recorded_step

ROOT = Path(__file__).parents[2]
SEEDS = range(12)
SETTINGS = [
    settings_of(),
    settings_of(hidden="16", act="tanh", lr=10, flower=3),
    settings_of(hidden="6-5", out="sigmoid", seed=4, lr=0.001),
    settings_of(data="textbook", hidden="2", act="sigmoid", out="sigmoid-squared", lr=0.5),
]
MORE = ["", "abc", "1/0", "1/3", "0.3", "0.29", "1", "0", "7", "−0.088*0.67", "25 %"]

JUDGE_IN_JAVASCRIPT = """
import { judge, readNumber } from "./ui/views/walkthrough/js/judge.js";
const { questions, texts } = JSON.parse(await new Response(Deno.stdin.readable).text());
console.log(JSON.stringify(questions.map((question, n) => texts[n].map((text) => {
  const typed = readNumber(text);
  return "error" in typed ? "error" : judge(question, typed);
}))));
"""


def is_refused(settings) -> bool:
    try:
        recorded_step(settings)
    except ValueError:
        return True
    return False


@pytest.fixture(scope="module")
def asked():
    """Questions with the answers that can be computed from what is shown."""
    views = [view for view in (*SETTINGS, *map(random_settings, SEEDS)) if not is_refused(view)]
    return [found for view in views for found in questions_of(view)]


def far_from_right(question, wrong) -> bool:
    """Whether a mistake is clearly apart: by 5 % of it, and not near what is right."""
    low, high = question.problem.range.low, question.problem.range.high
    return max(low - wrong.value, wrong.value - high) > 0.05 * abs(wrong.value) > 0


def test_what_the_shown_numbers_give_is_never_refused(asked):
    kinds = Counter(question.problem.quantity.kind for question, _ in asked)
    assert sum(kinds.values()) >= 300
    assert set(kinds) == {kind for kinds in ASKED.values() for kind in kinds} | {"path_term", "mean_gradient"}
    assert all(count >= 5 for count in kinds.values()), kinds
    refused = [
        (question.prompt, question.problem.right, question.problem.range, text)
        for question, answers in asked
        for value in (*answers, question.problem.right)
        for text in texts_of(question, value)
        if not verdict_of(question, read_number(text)).right
    ]
    assert refused == []


def test_mistakes_are_not_taken_for_right_and_are_named(asked):
    named = Counter()
    for question, _ in asked:
        for wrong in question.wrong:
            if not far_from_right(question, wrong):
                continue
            for text in (repr(wrong.value), short(wrong.value)):
                typed = read_number(text)
                assert not verdict_of(question, typed).right, (question.prompt, wrong)
                assert wrong.sentence in remarks(question, typed)
            named[wrong.mistake] += 1
    assert set(named) == set(MISTAKES)
    assert sum(named.values()) > 1000


def test_too_few_digits_are_nearly_right(asked):
    """Rounded to two digits, or to one: either so near that it is right, or nearly, never wrong."""
    nearly = 0
    for question, _ in asked:
        right = question.problem.right
        for digits in (1, 2):
            text = f"{right:.{digits - 1}e}"
            verdict = verdict_of(question, read_number(text))
            assert verdict.right or verdict.nearly, (question.prompt, text, right)
            nearly += verdict.nearly
            shifted = f"{float(text) * (1.3 if digits == 2 else 4):.{digits - 1}e}"
            verdict = verdict_of(question, read_number(shifted))
            assert not right or not (verdict.right or verdict.nearly), (question.prompt, shifted, right)
    assert nearly > 300


def test_the_browser_judges_alike(asked):
    """The same questions, the same texts, one verdict."""
    questions = [question for question, _ in asked][::3]
    texts = []
    for (question, answers), more in zip(asked[::3], MORE * len(asked), strict=False):
        near = [end for each in (question.problem, *question.wrong) for end in edges(each.range)]
        values = [*answers, *(wrong.value for wrong in question.wrong), question.problem.right]
        texts.append([more, *map(repr, near), *(t for v in values for t in texts_of(question, v))])
        texts[-1] += [f"{value:.{n}e}" for value in values for n in (0, 1)]
    sent = {"questions": [question.payload() for question in questions], "texts": texts}
    command = [sys.executable, "-m", "deno", "eval", JUDGE_IN_JAVASCRIPT]
    done = subprocess.run(
        command, cwd=ROOT, input=json.dumps(sent), capture_output=True, encoding="utf-8", check=True
    )
    seen = Counter()
    for question, typed, verdicts in zip(questions, texts, json.loads(done.stdout), strict=True):
        for text, verdict in zip(typed, verdicts, strict=True):
            assert verdict == python_verdict(question, text), (question.prompt, text)
            seen[str(verdict)[:40] if verdict == "error" else (verdict["right"], verdict["nearly"])] += 1
            seen["several"] += verdict != "error" and len(verdict["mistakes"]) > 1
    assert min(seen["error"], seen[True, False], seen[False, True], seen[False, False], seen["several"]) > 10


def edges(within) -> list[float]:
    hair = 1e-7 * max(abs(within.low), abs(within.high))
    return [within.low, within.high, within.low - hair, within.high + hair]


def python_verdict(question, text: str):
    try:
        typed = read_number(text)
    except ValueError:
        return "error"
    verdict = verdict_of(question, typed)
    wrong = not (verdict.right or verdict.nearly)
    assert not wrong or bool(verdict.mistakes) is bool(remarks(question, typed))
    return {
        "right": verdict.right,
        "nearly": verdict.nearly,
        "mistakes": remarks(question, typed) if wrong else [],
    }


def stage_question(stop_id: str, **link):
    settings = settings_of(**link)
    step = step_of(settings)
    return question_for(step, next(stop for stop in timeline(step.config) if stop.id == stop_id))


def test_the_update_of_the_opening_view():
    """It shows −0.0883, −0.670 and η = 0.1, which give −0.0213."""
    question = stage_question("update.2")
    assert question.prompt == "What is the new w²₃₃, after the update?"
    (old,), (rate, gradient) = (term.factors for term in question.problem.terms)
    assert [short(old), short(rate), short(gradient)] == ["−0.0883", "−0.100", "−0.670"]
    for text in ("−0.0213", "-0.0213", "−0.0883+0.1*0.670", "-0.0883 - 0.1 * (-0.670)", "-0,02130"):
        assert verdict_of(question, read_number(text)).right, text
    for text in ("−0.021", "−0.02"):
        assert verdict_of(question, read_number(text)).nearly
    for text, sentence in (
        ("-0.0883", None),
        ("-0.155", "You went along the gradient: the step goes against it, so subtract."),
        ("0.067", "That is the step alone: add it to the old value."),
    ):
        typed = read_number(text)
        assert not verdict_of(question, typed).right
        assert remarks(question, typed) == ([sentence] if sentence else [])


def test_the_mean_of_a_sum_that_is_shown():
    """Its sum is shown as −0.123, which divided by 3 gives two digits and no more."""
    view = settings_of(flower=15, seed=606, lr=1 / 3, hidden="1", act="sigmoid")
    question = next(
        asked
        for n in range(1, 9)
        if (asked := question_at(view, "mean", n)).prompt.startswith("What is dC/dw¹₁₄ ")
    )
    assert short(question.problem.right) == "−0.0411"
    assert verdict_of(question, read_number("−0.123/3")).right
    assert verdict_of(question, read_number("−0.041")).right
    assert verdict_of(question, read_number("−0.04")).nearly


def test_the_sum_of_the_opening_view():
    question = stage_question("1.II")
    assert short(question.problem.right) == "0.289"
    assert verdict_of(question, read_number("0.289")).right
    for text in ("0.3", "0.29", ",29", "2.9e-1"):
        assert verdict_of(question, read_number(text)).nearly, text
    for text in ("0.28", "0.30", "0.281", "0.297", "-0.29", "0.2", "3", "0.03"):
        verdict = verdict_of(question, read_number(text))
        assert not verdict.right, text
        assert not verdict.nearly, text


def test_an_unchanged_weight_is_no_new_weight(asked):
    updates = [question for question, _ in asked if question.problem.quantity.kind == "new_weight"]
    assert len(updates) > 50
    for question in updates:
        old = question.problem.terms[0].product
        for text in (repr(old), short(old)):
            rounds_so = short(old) == short(question.problem.right)
            assert verdict_of(question, read_number(text)).right <= rounds_so, question.prompt


def test_calculators_errors_are_no_answers():
    assert [*finite([lambda: 1 / 0, lambda: 1e308 * 10, lambda: 2])] == [2]


@pytest.mark.parametrize(
    ("yours", "measured", "said"),
    [
        (0.5, 0.0, "nothing moves at all: the measured slope is not yours"),
        (0.5, -0.25, "the measured slope has the other sign"),
        (0.0, 0.25, "the measured slope is not 0"),
        (0.5, 0.25, "the measured slope is flatter than yours"),
        (-0.25, -0.5, "the measured slope is steeper than yours"),
    ],
)
def test_a_nudge_says_how_a_wrong_slope_differs(yours, measured, said):
    assert measured_differs(yours, measured) == f"Nudge it, and {said}."
