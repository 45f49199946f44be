"""What every link opens: 200 of them, right and wrong, with what the app made of each when last recorded.

`.venv/bin/python -m tests.state.link_contract` records anew.
"""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import fields
from itertools import cycle, islice
from pathlib import Path
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import numpy as np
import streamlit as st
from google.protobuf.json_format import MessageToDict

from tests.pages.helpers import load_app
from ui.shell import take_along
from ui.state.address import publish
from ui.state.given_answers import Given, write_answers
from ui.state.own import read_network, write_network
from ui.state.packed import pack
from ui.state.parameters import TABLE
from ui.state.presets import START
from ui.state.settings import current_settings

NEWER = ("err", "bias", "own", "obs", "check", "answers")
"""Parameters that the first COUNT links do not know."""
OF_LESSON = ("stop", "given", "t", "present")
"""Those of the lesson, which the links before the last ones do not know as a page."""
OF_SEQUENCE = ("mix", "made", "set")
"""Those of Practice's sequence, which no link of the contract has."""
OF_CLASS = ("ask", "host")
"""Those of the class without a room, which the links before the last ones do not know as a page."""
SHARED = [row.key for row in TABLE[""] if row.key not in NEWER]
OF_PAGE = {
    page: [row.key for row in rows if row.key not in (*NEWER, *OF_LESSON[:2], *OF_SEQUENCE)]
    for page, rows in TABLE.items()
    if page and page != "class"
}

FILE = Path(__file__).resolve().parent.parent / "golden" / "links.json"
COUNT, MORE, LESSONS, CLASSES = 200, 40, 12, 6

Query = list[tuple[str, str]]
"""Keys and texts, in order; a key may come twice."""

Link = tuple[str, Query]
"""Page and query."""

NUMBERS = (
    *("3.5", "x", "-1", "7.0", "Infinity", "", "nan", "0,5", "−5", "1e1", "1_0", "５", "007", " 7 "),
    *("9" * 400, "1e400", "+7", "1/2", "½", "7\x00"),
)
"""What may be typed for a number; most of it wrong."""

TEXTS = ("", "RELU", "auto", "`*_<b>", "x" * 60, "ＲＥＬＵ", "🌸", "a\nb", "1")
"""The same for one of several options."""

OWN_TEXTS = (
    "x = 0.5\ny = 0.8\nW1 = 0.4\nb1 = 0.1",
    "X = [[0, 0], [0, 1], [1, 0], [1, 1]]\nY = [0, 1, 1, 0]\ninputs = left, right",
    "x = 0.05 0.1\ny = 0.01 0.99\nW1 = [[0.15, 0.2], [0.25, 0.3]]\nW2 = [[0.4, 0.45], [0.5, 0.55]]",
)

RIGHT: dict[str, tuple[str, ...]] = {
    "flower": ("0", "149", "51", "106"),
    "seed": ("0", "9999", "41", "859"),
    "lr": ("0", "10", "0.25", "1e-5", "0.1", "2.5"),
    "hidden": ("1", "2", "6-5", "5", "3-1-4", "2-2-2-2", "16-16", "12"),
    "act": ("relu", "tanh", "sigmoid", "identity"),
    "out": ("softmax", "sigmoid", "sigmoid-squared", "identity"),
    "err": ("half", "sum", "mean"),
    "bias": ("learned", "fixed", "none"),
    "obs": ("1", "2", "16"),
    "own": tuple(map(write_network, map(read_network, OWN_TEXTS))),
    "step": ("0", "99", "14", "3"),
    "taken": ("0", "1", "3", "200"),
    "epoch": ("-1", "0", "1", "2"),
    "split": ("0", "9999", "2"),
    "batch": ("full", "32", "16", "1"),
    "data": ("iris", "textbook"),
    "edit": ("", "b2_1_25", "x_1_7~W1_2_1_0.5~b2_1_-3", "y_1_1~y_2_0~y_3_0", "W1_1_1_.5e-9"),
    "quiz": ("0", "1"),
    "present": ("1", "0"),
    "stop": ("1", "7", "10"),
    "given": ("", write_answers([Given("7a", "", "k", ("0.276",))]), write_answers([Given("end", "")])),
    "f": ("2xy3", "square", "xyz"),
    "x": ("t2", "sin", "constant"),
    "y": ("sin", "t"),
    "z": ("decay", "t2"),
    "t": ("0", "-3", "3", "0.05", "1", "1.0", "0.07"),
    "jacobian": ("a2-z2", "z1-W1", "C-a2", "z2-a1", "a1-z1", "z2-W2"),
    "block": ("1", "2", "5"),
    "layer": ("1", "2", "3"),
    "unit": ("auto", "1", "4", "5"),
    "drop": ("1", "2", "3"),
    "eps": ("-1", "1", "0.1", "-0.37", "0.15000000000000002"),
    "update_layer": ("1", "2", "output"),
    "flowers": ("random", "setosa", "virginica", "all"),
    "n": ("1", "6", "150", "20"),
    "draw": ("0", "39", "9999"),
    "batch_layer": ("1", "2", "output"),
    "row": ("auto", "1", "3"),
    "col": ("auto", "b", "1", "2"),
    "pick": ("auto", "0", "51", "149"),
    "epochs": ("1", "100", "500"),
    "plane": ("petal length and petal width", "principal components"),
    "lab_path": ("1", "2"),
    "lab_seeds": ("1", "10", "20"),
    "lab_epochs": ("1", "200", "500"),
    "lab_order": ("skip", "total-diagonal-single-last-biases", "biases-last-single-total", "total-last"),
    "kind": ("sum", "rule", "update", "slope", "mean", "path", "forward", "gradient"),
    "q": ("1", "2", "5"),
    "level": ("last term", "all", "nothing", "sum"),
    "check": ("1", "0"),
    "answers": ("", pack("a1 = 0.5"), pack("delta2 = ?\nC = 1/3")),
    "layout": ("numerator", "denominator"),
    "ask": ("stop.7a", "sum.2-stop.5b.choice-step.2.IV", "update.1"),
    "host": ("kLQnqfX9gpP-83-c",),
}
"""What a link may ask for; whether the network has it is another matter."""

NEW_TEXTS = {
    "data": ("own", "textbook", "own"),
    "hidden": ("none", "6-5"),
    "act": ("relu-sigmoid", "tanh, relu", "relu-x"),
    "out": ("tanh", "relu"),
}
"""What the first COUNT links do not ask for."""

WRONG: dict[str, tuple[str, ...]] = {
    "flower": ("150", *NUMBERS),
    "seed": ("10000", *NUMBERS),
    "lr": ("10.01", *NUMBERS),
    "hidden": ("0", "17", "5-5-5-5-5", "5-", "5-05", "5−3", "6–5", *NUMBERS),
    "step": ("100", *NUMBERS),
    "taken": ("201", *NUMBERS),
    "epoch": ("501", "-2", *NUMBERS),
    "split": ("10000", *NUMBERS),
    "stop": ("0", "11", *NUMBERS),
    "edit": ("W1_1_x", "x_1_-1000.1", "W9_1_1_2", "b1_9_1~x_1_2", "y_1_7", "x_01_1", "x" * 4401, *TEXTS),
    "t": ("3.01", *NUMBERS),
    "eps": ("1.01", *NUMBERS),
    **dict.fromkeys(("block", "layer", "unit", "drop", "row", "col", "pick"), ("0", "17", *NUMBERS)),
    **dict.fromkeys(("n", "draw", "epochs", "q"), ("0", "151", "10000", *NUMBERS)),
    **dict.fromkeys(("lab_path", "lab_seeds", "lab_epochs"), ("0", "21", "501", *NUMBERS)),
}
"""What no link may ask for; TEXTS for all others."""

CHOOSERS = {
    "jacobians": "ui.views.jacobians.choice.chosen_jacobian",
    "paths": "ui.views.paths.choice.choose_paths",
    "batch": "ui.views.batch.choice.choose_batch",
    "chain_rule_lab": "ui.views.lab.choice.choose_lab",
    "practice": "ui.views.practice.choice.choose_question",
}
"""The function of a page that says what its reader has chosen, where widgets alone do not."""


def some_links() -> Iterator[Link]:
    """Page and query: pages as often as they have parameters, all of RIGHT and WRONG in turn."""
    yield from _links(random.Random(14), SHARED, COUNT)
    newer = {key: cycle(texts) for key, texts in NEW_TEXTS.items()}
    numbers = cycle(RIGHT["own"])
    for page, query in _links(random.Random(16), [*SHARED, *NEWER, *NEWER], MORE):
        query = [(key, next(newer[key])) if key in newer else (key, text) for key, text in query]
        if ("data", "own") in query and "own" not in dict(query):
            query.append(("own", next(numbers)))
        yield page, query
    rng = random.Random(17)
    right, wrong = (
        {key: cycle(texts[key]) for key in (*SHARED, *OF_LESSON, *OF_CLASS)} for texts in _texts()
    )
    wanted = [("lesson", OF_LESSON)] * LESSONS + [("class", OF_CLASS)] * CLASSES
    for page, own in wanted:
        keys = [*rng.sample(SHARED, 2), *rng.sample(own, min(3, len(own)))]
        yield page, [(key, next((right if rng.random() < 0.7 else wrong)[key])) for key in keys]


def _texts() -> Iterator[dict[str, tuple[str, ...]]]:
    yield RIGHT
    yield {key: WRONG.get(key, TEXTS) for key in RIGHT}


def _links(rng: random.Random, shared: list[str], count: int) -> Iterator[Link]:
    right = {key: cycle(texts) for key, texts in RIGHT.items()}
    wrong = {key: cycle(WRONG.get(key, TEXTS)) for key in RIGHT}
    pages = ["overview", *(page for page, own in OF_PAGE.items() for _ in own)]
    for page in islice(cycle(rng.sample(pages, len(pages))), count):
        keys = [*rng.sample(shared, rng.choice((2, 3, 4, 6))), *OF_PAGE.get(page, ())]
        keys = [key for key in keys for _ in range(rng.choice((0, *(1,) * 8, 2)))]
        if page == "training":  # a training in the background is not what this is about
            keys = [key for key in keys if key != "epoch"]
        texts = [(key, next((right if rng.random() < 0.5 else wrong)[key])) for key in keys]
        stray = rng.choice((("foo", "1"), ("Flower", "3"), ("unit", "2"), ("layout", "x"), ("f", "xyz")))
        yield page, texts + [stray] * (rng.random() < 0.2)


def opened(page: str, query: Query) -> dict[str, Any]:
    """What the app makes of a link: settings, the page's own choice, address, links to share, notices."""
    found: dict[str, Any] = {}

    def look() -> None:
        publish()
        view = take_along._view(page.removeprefix("overview"))
        own = {key: st.session_state.get(key) for key in OF_PAGE.get(page, ())}
        found["settings"] = dict(sorted(_said(current_settings()).items() - _said(START).items()))
        found["widgets"] = {key: value for key, value in own.items() if value is not None}
        found["links"] = [view.link, view.short_link, view.quiz.short_link]
        found["address"] = [(key, text) for key in st.query_params for text in st.query_params.get_all(key)]

    with ExitStack() as patches:
        patches.enter_context(patch("ui.views.lab.sections.lab_sections"))  # for a second of trainings
        patches.enter_context(patch("ui.shell.entry.publish", look))
        if page in CHOOSERS:
            patches.enter_context(patch(CHOOSERS[page], _noted(CHOOSERS[page], found)))
        app = load_app(page, query)
    found["notices"] = [warning.value for warning in app.warning]
    if page == "paths":
        (unit,), drop = app.session_state["paths_told"][0]
        found["widgets"] |= {"unit": unit, "drop": drop}
    if key := {"total_derivative": "t", "paths": "eps"}.get(page):
        ((number,),) = app.session_state["nudge_told" if page == "paths" else "scene_told"][0]
        found["widgets"][key] = float(number)
    if page == "walkthrough":
        found["chosen"] = app.session_state["stage_told"][0]._asdict()
    return found


def _noted(name: str, found: dict[str, Any]) -> Callable[..., Any]:
    """The function of this name, which also puts what it returns among what was found."""
    choose = resolve_name(name)

    def choose_and_note(*args: Any) -> Any:
        chosen = choose(*args)
        found["chosen"] = _said(chosen)
        return chosen

    return choose_and_note


def _said(record: Any) -> dict[str, str]:
    """The fields of a record but settings and arrays, as text."""
    kept = {field.name: getattr(record, field.name) for field in fields(record)}
    return {
        name: repr(value)
        for name, value in kept.items()
        if name != "settings" and not isinstance(value, np.ndarray)
    }


def widgets_of(page: str, query: Query) -> dict[str, dict[str, Any]]:
    """All that a browser is told of each parameter's widget: labels, help, limits, options."""
    app = load_app(page, query)
    keys = {"split", "batch", *OF_PAGE.get(page, SHARED)}
    drawn = {node.key: node.proto for node in app if getattr(node, "key", None) in keys}
    told = {key: MessageToDict(proto) for key, proto in drawn.items()}
    return {key: {name: said for name, said in proto.items() if name != "id"} for key, proto in told.items()}


NETWORKS: tuple[Query, ...] = (
    [],
    [("data", "textbook"), ("hidden", "2")],
    [("hidden", "16-9-16"), ("out", "sigmoid"), ("batch_layer", "2"), ("layer", "2")],
)
"""Whose widgets are looked at on every page."""


def record() -> str:
    """The contract as the app is now, a line for every link and every page's widgets."""
    links = [{"page": page, "query": query} | opened(page, query) for page, query in some_links()]
    views = [(page, query) for page in ("overview", *OF_PAGE) for query in NETWORKS]
    widgets = {
        f"{page}?{urlencode(query)}": {"page": page, "query": query, "drawn": widgets_of(page, query)}
        for page, query in views
    }
    rows = ",\n".join(_json(link) for link in links)
    drawn = ",\n".join(f"{_json(name)}: {_json(view)}" for name, view in widgets.items())
    return f'{{"links": [\n{rows}\n],\n"widgets": {{\n{drawn}\n}}}}\n'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    FILE.write_text(record(), encoding="utf-8")
