"""Texts of pages, files and questions as they were last accepted: a change of any is seen as a diff."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from tests.texts.markup import Text
from tests.texts.reader import (
    Link,
    read_answers,
    read_codes,
    read_files,
    read_page,
    read_questions,
    settings_of_link,
)
from ui.state.packed import pack

FOLDER = Path(__file__).resolve().parent.parent / "golden" / "texts"

DEEP: Link = {"hidden": "6-5", "act": "tanh", "flower": 3}
TEXTBOOK: Link = {"data": "textbook", "hidden": "2"}
ONE: Link = {"hidden": "1", "out": "identity", "flower": 60}
WIDE: Link = {"hidden": "16", "act": "sigmoid", "out": "sigmoid"}
STILL: Link = {"lr": 0}
FAR: Link = {"lr": 10, "flower": 60, "taken": 2}
EDITED: Link = {"edit": "x_1_7~W1_2_1_0.5~b2_1_-3"}
OFF: Link = {"edit": "b1_1_-1000~b1_2_-1000~b1_3_-1000~b1_4_-1000~b1_5_-1000"}
TRAINED: Link = {"epoch": 3, "split": 2}
SIGMOID: Link = {"out": "sigmoid-squared", "act": "identity", "hidden": "2-1"}
SOLUTION = "z1 = .378 .393\na1 = 0.59 0.6\na2 = 0.751 0.773\ndelta2 = 0.741 -0.217\ndW2_11 = 0.44\nfoo = 1"

VIEWS: dict[str, tuple[str, Link]] = {
    "overview": ("overview", {}),
    "overview-deep": ("overview", DEEP),
    "overview-textbook": ("overview", TEXTBOOK),
    "overview-edited": ("overview", EDITED),
    **{f"lesson-{number}": ("lesson", {"stop": number}) for number in range(1, 11)},
    "lesson-deep": ("lesson", DEEP | {"stop": 7, "present": 1}),
    "lesson-no-hidden-layer": ("lesson", {"hidden": "none", "stop": 8}),
    "total-derivative": ("total_derivative", {}),
    "total-derivative-one-path": ("total_derivative", {"f": "square", "x": "sin", "t": -1.55}),
    "total-derivative-constant": ("total_derivative", {"f": "xyz", "x": "constant", "y": "sin", "z": "t"}),
    "walkthrough": ("walkthrough", {"quiz": 1}),
    "walkthrough-textbook": ("walkthrough", TEXTBOOK | {"quiz": 1}),
    "walkthrough-one": ("walkthrough", ONE),
    "walkthrough-trained": ("walkthrough", TRAINED | {"taken": 1}),
    "walkthrough-still": ("walkthrough", STILL | DEEP),
    "walkthrough-sigmoid": ("walkthrough", SIGMOID),
    "walkthrough-wide": ("walkthrough", WIDE | {"data": "textbook", "hidden": "4"}),
    "walkthrough-off": ("walkthrough", OFF | {"quiz": 1}),
    "walkthrough-saturated": ("walkthrough", {"edit": "b2_1_1000~y_1_0.5"}),
    "walkthrough-far": ("walkthrough", FAR | EDITED),
    "jacobians": ("jacobians", {}),
    "jacobians-weights": ("jacobians", DEEP | {"jacobian": "z2-W2"}),
    "jacobians-activation": ("jacobians", ONE | {"jacobian": "a1-z1"}),
    "jacobians-cost": ("jacobians", TEXTBOOK | {"jacobian": "C-a2"}),
    "jacobians-input": ("jacobians", WIDE | {"jacobian": "z1-x"}),
    "jacobians-softmax": ("jacobians", EDITED | {"jacobian": "a2-z2"}),
    "paths": ("paths", {}),
    "paths-dropped": ("paths", {"unit": 2, "drop": 1, "eps": -0.37}),
    "paths-deep": ("paths", DEEP | {"layer": 2, "unit": 4}),
    "paths-deep-dropped": ("paths", DEEP | {"layer": 2, "unit": 1, "drop": 2, "eps": 1}),
    "paths-textbook": ("paths", TEXTBOOK | {"drop": 1}),
    "paths-sigmoid": ("paths", SIGMOID),
    "paths-one-path": ("paths", SIGMOID | {"layer": 1, "drop": 1}),
    "paths-one-path-off": ("paths", {"hidden": "4-1-3", "layer": 1, "drop": 1, "edit": "b1_1_-1000"}),
    "paths-one": ("paths", ONE),
    "paths-off": ("paths", OFF),
    "paths-still": ("paths", STILL),
    "update": ("update", {}),
    "update-far": ("update", FAR),
    "update-still": ("update", STILL),
    "update-wide": ("update", WIDE),
    "update-one": ("update", ONE),
    "update-textbook": ("update", TEXTBOOK | {"taken": 2}),
    "update-deep": ("update", DEEP),
    "update-off": ("update", OFF),
    "batch": ("batch", {}),
    "batch-all": ("batch", {"flowers": "all", "row": 2, "col": "b"}),
    "batch-single": ("batch", {"n": 1, "batch_layer": 1}),
    "batch-deep": ("batch", DEEP | {"batch_layer": 2, "row": 3, "col": 2, "flowers": "setosa"}),
    "training": ("training", {}),
    "training-done": ("training", TRAINED | {"epochs": 3}),
    "lab-question": ("chain_rule_lab", {"lab_seeds": 2, "lab_epochs": 5}),
    "lab-outcome": ("chain_rule_lab", {"lab_seeds": 2, "lab_epochs": 5, "lab_order": "skip"}),
    "lab-still": ("chain_rule_lab", STILL | {"lab_seeds": 1, "lab_epochs": 1, "lab_order": "skip"}),
    "practice-mixed": ("practice", {"mix": "02202222222"}),
    "practice-end": ("practice", {"mix": "0210x2222222"}),
    "practice-sum": ("practice", {"kind": "sum"}),
    "practice-rule": ("practice", {"kind": "rule", "q": 2}),
    "practice-update": ("practice", {"kind": "update", "level": "all"}),
    "practice-mean": ("practice", {"kind": "mean", "level": "nothing"}),
    "practice-slope": ("practice", DEEP | {"kind": "slope", "q": 3}),
    "practice-path": ("practice", WIDE | {"kind": "path", "level": "all"}),
    "practice-gradient": ("practice", TEXTBOOK | {"kind": "gradient"}),
    "practice-check": ("practice", TEXTBOOK | {"check": 1, "answers": pack(SOLUTION)}),
    "practice-forward": ("practice", EDITED | {"kind": "forward", "q": 2}),
    "class": ("class", {"ask": "stop.7a-sum.1-sum.99"}),
    "class-none": ("class", {"ask": "sum.99", "hidden": "none"}),
    "notation": ("notation", {}),
    "notation-deep": ("notation", DEEP),
    "notation-textbook": ("notation", TEXTBOOK | SIGMOID),
}
"""Name of the accepted file: page and parameters."""

WITH_DIALOGS = ("overview", "overview-edited", "walkthrough-trained")

FILES: dict[str, Link] = {
    "files": {},
    "files-deep": DEEP,
    "files-textbook": TEXTBOOK | {"edit": "x_1_2~x_2_0"},
    "files-one": ONE | STILL,
    "files-trained": TRAINED,
}
"""The same for what is exported: worksheet, notebook, quiz."""

ANSWERS: dict[str, tuple[tuple[str, ...], Link]] = {
    "answers-sum": (("0.123", "x"), {"kind": "sum"}),
    "answers-one-path": (("-0.0723", "0,289"), {"kind": "sum", "level": "all"}),
    "answers-rule": (("the last option",), {"kind": "rule", "q": 2}),
    "answers-forward": (("", "1/0"), TEXTBOOK | {"kind": "forward"}),
}
"""The same for what Practice says to answers."""

CODES: dict[str, tuple[str, Link]] = {
    "codes": (
        "L2-0001-4R20-E7 L2-0001-4R20-E7\nL-0YNKV3-AZ\nP-P2W2W-2W2W2-W2W-F8, P-P2W2W-2W2W2-W2W-F9",
        {"flower": 3},
    ),
}
"""The same for what the page Class says to result codes."""

QUESTIONS: dict[str, Link] = {
    "questions": {},
    "questions-deep": DEEP,
    "questions-one": ONE,
    "questions-two": {"hidden": "2-2", "seed": 2, "out": "identity"},
    "questions-sigmoid": SIGMOID,
}
"""The same for all that can be asked, and is said to answers."""

NAMES = (*VIEWS, *FILES, *ANSWERS, *CODES, *QUESTIONS)

LONGEST_RUN, SHOWN_OF_A_RUN = 40, 12
"""Of more texts of one kind in a row, such as a heatmap's, the first are written down, the others hashed."""

LONGEST_TEXT = 600
ROUNDING = re.compile(r"\d(?:\.\d+)?e−(?:9|[1-9]\d|\d{3})|(?<=argest difference)[^.]*(?:\.\d[^.]*)*")
"""Numbers that another processor rounds differently."""

EVERY_DIGIT = re.compile(r"\d+\.\d{11,}(?:e[+-]\d+)?")
"""Numbers as a file has them, of which another processor has other last digits."""


def texts_of(name: str) -> list[Text]:
    if name in FILES:
        return read_files(read_page("overview", **FILES[name]).settings)
    if name in QUESTIONS:
        return read_questions(settings_of_link(QUESTIONS[name]))
    if name in ANSWERS:
        typed, link = ANSWERS[name]
        return read_answers(*typed, **link).texts
    if name in CODES:
        text, link = CODES[name]
        return read_codes(text, **link).texts
    page, link = VIEWS[name]
    return read_page(page, dialogs=name in WITH_DIALOGS, **link).texts


def document(name: str) -> str:
    """The accepted file of a view, as the app is now."""
    others = {name: link for name, (_, link) in (ANSWERS | CODES).items()} | FILES | QUESTIONS
    page, link = VIEWS.get(name) or (name, others[name])
    query = "&".join(f"{key}={value}" for key, value in link.items())
    return "\n".join([f"# {page}?{query}", *lines(texts_of(name)), ""])


def lines(texts: Iterable[Text]) -> Iterator[str]:
    """A text a line; numbers again only where their names tell something."""
    written = [(text.kind, _line(text)) for text in texts if text.kind != "number" or text.name]
    for _, run in groupby(written, key=lambda pair: pair[0]):
        said = [line for _, line in run]
        if len(said) <= LONGEST_RUN:
            yield from said
        else:
            yield from said[:SHOWN_OF_A_RUN]
            yield f"… {len(said) - SHOWN_OF_A_RUN} more, {_hash(said[SHOWN_OF_A_RUN:])}"


def _line(text: Text) -> str:
    said = re.sub(r"\n?all digits: \S+", "", text.text).replace("\n", " ⏎ ")
    said = EVERY_DIGIT.sub(lambda number: f"{float(number[0]):.10g}", ROUNDING.sub("tiny", said))
    if len(said) > LONGEST_TEXT:
        said = f"{said[:LONGEST_TEXT]}… {_hash([said])}"
    return f"{text.kind}: {said}" if text.kind != "number" else f"  {text.name}: {said}"


def _hash(said: list[str]) -> str:
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]


def accepted(name: str) -> str:
    path = FOLDER / f"{name}.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def accept() -> list[str]:
    """Write all files anew; the names of those that changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    changed = [path.stem for path in FOLDER.glob("*.txt") if path.stem not in NAMES]
    for old in changed:
        (FOLDER / f"{old}.txt").unlink()
    for name in NAMES:
        text = document(name)
        if text != accepted(name):
            changed.append(name)
            (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    return changed
