"""The questions of the stage's quiz: about the core's numbers, for who asks for them, in the file too."""

import json
import re

import pytest

from tests.expected import settings_of, step_of, table_of
from tests.pages.helpers import component_data, open_app
from ui.export.walkthrough import standalone_html
from ui.questions.quiz import stage_questions
from ui.steps.payload import stage_payload

VIEWS = [
    {},
    {"flower": 0, "seed": 3, "act": "tanh", "hidden": "6-5", "out": "sigmoid"},
    {"hidden": "16-16-16-16", "out": "identity"},
]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_each_question_is_about_a_number_that_its_step_computes(view):
    settings = settings_of(**view)
    steps = json.loads(stage_payload(settings))["steps"]
    questions = json.loads(stage_questions(settings))
    assert len(questions) == len(steps)
    asked = [(question, stop) for question, stop in zip(questions, steps, strict=True) if question]
    assert len(asked) > len(steps) / 2
    for question, stop in asked:
        assert question["table"] in stop["results"], stop["id"]
        value = table_of(step_of(settings), question["table"])[question["row"], question["col"]]
        assert question["computed"][0] <= value <= question["computed"][1], stop["id"]
        assert question["computed"] == pytest.approx([value, value], rel=0.05, abs=1e-9)


@pytest.mark.parametrize(("link", "expected"), [({}, ""), ({"quiz": 2}, ""), ({"quiz": 1}, "all")], ids=str)
def test_only_a_link_with_quiz_1_gets_the_questions(link, expected):
    data = component_data(open_app("walkthrough", **link), "stage")
    assert data["questions"] == (json.loads(stage_questions(settings_of())) if expected else None)


def test_the_file_holds_the_questions():
    settings = settings_of(flower=7)
    text = standalone_html(settings)
    (found,) = re.findall(r'<script id="questions" type="application/json">(.*?)</script>', text)
    assert json.loads(found) == json.loads(stage_questions(settings))


def test_questions_of_figure_1_are_small():
    assert len(stage_questions(settings_of()).encode()) < 20_000
