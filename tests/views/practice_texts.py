"""All that Practice and the quiz say about a few views, as plain text, to be read by people.

`python -m tests.views.practice_texts` writes tests/golden/practice.json anew: read what has changed.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from backprop import MLPConfig
from backprop.practice import Range, interesting
from backprop.practice.choosing import RANKINGS
from tests.expected import settings_of
from tests.markup import elements
from ui.draw.given import given_tables
from ui.names.numbers import short
from ui.questions.catalogue import (
    KINDS,
    RULE,
    batch_rows,
    count_of,
    kinds_of,
    question_at,
)
from ui.questions.choices import choices_of
from ui.questions.given import given_of, rate_note
from ui.questions.questions import Question, problem, question
from ui.state.parameters import LEVELS
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.state.words import KIND_TITLES
from ui.views.practice.workings_table import result_line, working_table

GOLDEN = Path(__file__).parents[1] / "golden" / "practice.json"
VIEWS: dict[str, dict[str, Any]] = {
    "figure 1": {},
    "deep tanh": {"act": "tanh", "hidden": "4-3", "out": "sigmoid", "flower": 3, "lr": 0.05},
    "textbook": {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared", "lr": 0.5},
    "two outputs": {"data": "textbook", "hidden": "3", "act": "relu", "out": "softmax", "edit": "y_1_0.5"},
    "one unit": {"hidden": "2-1", "act": "identity", "out": "identity", "flower": 60, "lr": 1.25},
    "two digits": {"hidden": "11", "flower": 140, "seed": 5},
}


def rows_of(markup: str) -> list[str]:
    """Each row of a table as its cells, parted by bars; each paragraph beside it as it is."""
    found: list[str] = []
    for element in elements(f"<div>{markup}</div>"):
        if element.tag == "tr":
            found.append("")
        elif element.tag in ("td", "th"):
            found[-1] += f"| {element.text} "
        elif element.tag == "p":
            found.append(element.text)
    return [row.strip() for row in found]


def shown_range(within: Range) -> str:
    return f"{within.low:.5g} to {within.high:.5g}"


def whole(asked: Question) -> dict[str, Any]:
    """Everything about one question."""
    wording = asked.wording
    return {
        "prompt": asked.prompt,
        "place": f"{asked.stop} {asked.table} {asked.row} {asked.column}",
        "formula": wording.formula,
        "principle": wording.principle,
        "hints": list(asked.hints),
        "right": result_line(asked),
        "computed": shown_range(asked.problem.computed),
        "range": shown_range(asked.problem.range),
        "nearly": [shown_range(each) for each in asked.problem.nearly],
        "wrong": [
            f"{each.mistake}: {short(each.value)} ({shown_range(each.range)}): {each.sentence}"
            for each in asked.wrong
        ],
    }


def tables(asked: Question, settings: Settings) -> dict[str, Any]:
    """The working at every level, and what else is given."""
    step = recorded_step(settings)
    working = {level: rows_of(working_table(asked, settings.config, level)) for level in LEVELS}
    return {"working": working, "given": rows_of(given_tables(given_of(asked, step), rate_note(asked, step)))}


def layers_of(config: MLPConfig) -> range:
    """All layers, or the last alone where there are many units."""
    return range(1 if max(config.layer_sizes) < 6 else config.depth, config.depth + 1)


def texts_of(settings: Settings) -> dict[str, Any]:
    """All of a view."""
    step, offered = recorded_step(settings), kinds_of(settings)
    asked = [kind for kind in KINDS if kind in offered and kind != RULE]
    return {
        "kinds": [f"{kind}: {KIND_TITLES[kind]}" for kind in offered],
        "order": {
            kind: [question_at(settings, kind, n + 1).prompt for n in range(count_of(settings, kind))]
            for kind in offered
        },
        "batch": list(batch_rows(settings)),
        "questions": {
            f"{kind} {layer}": whole(question(step, problem(step, quantity)))
            for kind in RANKINGS
            for layer in layers_of(step.config)
            for quantity in interesting(step, kind, (layer,), most=1)
        },
        "mean": whole(question_at(settings, "mean", 1)) if "mean" in asked else None,
        "tables": {
            kind: tables(question_at(settings, kind, min(number, count_of(settings, kind))), settings)
            for number, kind in enumerate(asked, start=1)
        },
        "choices": [asdict(choice) for choice in choices_of(step)],
    }


def all_texts() -> dict[str, Any]:
    texts = {name: texts_of(settings_of(**link)) for name, link in VIEWS.items()}
    return json.loads(json.dumps(texts, ensure_ascii=False))


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(all_texts(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
