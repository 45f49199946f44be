"""Every word of the stage for several settings, as a transcript to read: tests/golden/stage/*.txt.

`python -m tests.steps.test_stage_texts` writes the transcripts anew; read the difference before you commit.
"""

from pathlib import Path

import pytest

from tests.expected import CHAIN, NEURON, XOR, own_link, settings_of
from tests.steps.stage_script import question, run_script
from ui.names.timeline import timeline
from ui.state.data import input_names
from ui.state.recording import recorded_step
from ui.steps import describe, forward
from ui.steps.given import given_of

FOLDER = Path(__file__).parents[1] / "golden/stage"

VIEWS = {
    "figure-1": {},
    "two-layers-one-unit": {"hidden": "3-1", "act": "tanh", "out": "sigmoid", "lr": 10, "edit": "x_1_7"},
    "textbook": {
        "data": "textbook",
        "hidden": "2",
        "act": "sigmoid",
        "out": "sigmoid-squared",
        "lr": 0,
        "edit": "x_1_2",
    },
    "all-off": {"hidden": "2", "edit": "b1_1_-9~b1_2_-9~y_3_.5~y_2_.5", "epoch": 1, "lr": 1e-5},
    "saturated": {"hidden": "2", "act": "identity", "edit": "b2_1_1000~b2_2_-1000", "flower": 60},
    "saturated-sigmoid": {"hidden": "1", "act": "sigmoid", "out": "sigmoid", "edit": "b1_1_-999~b2_1_50"},
    "wide-identity": {"hidden": "11", "act": "relu", "out": "identity", "taken": 2},
    "no-hidden-layer": {"hidden": "none", "edit": "y_1_.5"},
    "no-sum": {"hidden": "none", "out": "tanh", "err": "sum", "bias": "none", "flower": 0},
    "fixed-biases": {"hidden": "2-3", "act": "relu-sigmoid", "out": "relu", "err": "mean", "bias": "fixed"},
    "one-of-each": own_link(CHAIN, out="sigmoid-squared", bias="none"),
    "one-softmax": own_link(NEURON, out="softmax"),
    "xor": own_link(XOR, hidden="2", act="tanh", out="sigmoid", obs=3, edit="x_2_0.5"),
}


def transcripts() -> dict[str, str]:
    settings = {name: settings_of(**view) for name, view in VIEWS.items()}
    asked = {name: question(one, entries_of(one), steps_of(one)) for name, one in settings.items()}
    answers = run_script(*asked.values())
    return {
        name: transcript(settings[name], asked[name], answer)
        for (name, _), answer in zip(asked.items(), answers, strict=True)
    }


def steps_of(settings) -> range:
    return range(len(timeline(settings.config)))


def entries_of(settings) -> list[tuple[int, str, int, int, int]]:
    """The four corners of every result, in the first and in the last block."""
    payload = question(settings)["payload"]
    found = []
    for number, step in enumerate(payload["steps"]):
        for name in step["results"]:
            table = payload["tables"][name]
            rows, columns = len(table["rows"]), len(table["cols"])
            blocks = len(table.get("blocks", [0]))
            places = {
                (number, name, row, column, block)
                for row in (0, rows - 1)
                for column in (0, columns - 1)
                for block in (0, blocks - 1)
            }
            found += sorted(places)
    return found


def transcript(settings, asked, answer) -> str:
    payload, recorded, given = asked["payload"], recorded_step(settings), given_of(settings)
    written = dict(zip(asked["entries"], answer["written"], strict=True))
    lines, units = [], {}
    for number, (stop, step) in enumerate(zip(timeline(settings.config), payload["steps"], strict=True)):
        content = forward.input(recorded, given) if number == 0 else describe(recorded, stop)
        seen = answer["seen"][number]
        lines += [
            f"=== {step['group']} | {step['numeral']} {step['label']} | {step['id']} | layer {step['layer']}",
            step["title"],
            step["say"],
            f"badge: {step['badge']} ({step['paths']})",
            f"formula: {content.formula}",
            *("tables: " + " ".join(map(_shown, row)) for row in step["rows"]),
            *(f"numpy: {line}" for line in step["numpy"].splitlines()),
            f"opens: {' '.join(map(str, seen['opens']))}",
            *(
                f"entry: {text}" + (f" | {more}" if more else "")
                for (at, *_), (text, more) in written.items()
                if at == number
            ),
            f"note: {seen['note']}",
            *(
                f"part: {_part(name, part)}"
                for name, part in seen["parts"].items()
                if part != units.get(name)
            ),
            "",
        ]
        units = seen["parts"]
    for name, table in sorted(payload["tables"].items()):
        lines.append(
            f"table {name}: {table['shape']} | {' '.join(table['rows'])} | {' '.join(table['cols'])} | "
            f"{' '.join(table['net'])} | {'sparse' if table.get('sparse') else 'dense'} "
            f"{' '.join(table.get('blocks', []))}".rstrip()
        )
    for column in payload["network"]:
        lines.append(f"network {' '.join(f'{key}={value}' for key, value in column.items())}")
    lines.append(f"off {payload['dead']}, after {payload['deadAfter']}")
    lines.append(f"{payload['observation']} {list(input_names(settings.config))}")
    return "\n".join(lines) + "\n"


def _shown(item) -> str:
    if isinstance(item, str):
        return item
    below = f" over {item['below']}" if "below" in item else ""
    return f"[{item['table']}{' turned' if item.get('transposed') else ''}{below}]"


def _part(name, part) -> str:
    shown = " | ".join(part[kind] for kind in ("said", "number", "derivative") if part.get(kind))
    return f"{name} {part['class']} | {shown}"


@pytest.fixture(scope="module")
def written():
    return transcripts()


@pytest.mark.parametrize("name", VIEWS)
def test_every_word_of_the_stage(written, name):
    assert written[name] == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for view, text in transcripts().items():
        (FOLDER / f"{view}.txt").write_text(text, encoding="utf-8")
