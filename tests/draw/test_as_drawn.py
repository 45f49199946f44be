"""Charts and formulas of Jacobians, place by place.

The other tests ask whether what is drawn fits the numbers; this one notices whatever moves. After a change
that is meant, look at the page and write the file anew: `.venv/bin/python -m tests.draw.test_as_drawn`.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.expected import settings_of, step_of
from ui.draw.heatmap import CONFIG, heatmap_figure
from ui.views.jacobians.matrices import Titled, jacobian_matrix, routes_matrix
from ui.views.jacobians.rules import rule, walkthrough_step
from ui.views.jacobians.words import badge

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "as-drawn.txt"


def layout_of(titled: Titled) -> Iterator[str]:
    """The layout, and of the traces what is not data."""
    figure = heatmap_figure(*titled)
    data = {"x", "y", "z", "text", "hovertext"}
    yield from (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in figure["layout"].items())
    for trace in figure["data"]:
        yield json.dumps({k: v for k, v in trace.items() if k not in data}, ensure_ascii=False)


def sections() -> Iterator[tuple[str, Iterator[str]]]:
    """Titles, and the lines under them."""
    views = [{"hidden": "2"}, {"hidden": "2-1", "act": "tanh", "out": "sigmoid"}]
    views += [{"act": "sigmoid", "out": "sigmoid-squared"}, {"act": "identity", "out": "identity"}]
    for view in views:
        settings = settings_of(**view)
        step = step_of(settings)
        yield (
            f"rules of {view}",
            (f"{badge(v)} | {rule(step, v)} | {walkthrough_step(step, v)}" for v in step.vjp_steps),
        )
    step = step_of(settings_of(hidden="2"))
    for output, wrt in (("z2", "a1"), ("z2", "W2")):
        yield f"chart of ∂{output}/∂{wrt}", layout_of(jacobian_matrix(step, step.vjp(output, wrt), 0))
    yield "chart of both routes", layout_of(routes_matrix(step, 1))
    wide = step_of(settings_of(hidden="16"))
    yield "chart of a wide one", layout_of(jacobian_matrix(wide, wide.vjp("z1", "W1"), 3))
    for rows in ("6", "10", "11", "16"):
        tall = step_of(settings_of(hidden=rows))
        yield f"chart of {rows} rows", layout_of(jacobian_matrix(tall, tall.vjp("z1", "x"), 0))
    yield "every chart", iter(f"{key}: {value}" for key, value in CONFIG.items())


def as_drawn() -> str:
    """Numbers with six digits, and rounding noise as ε: the last digits depend on the machine."""
    text = "\n".join(f"== {title}\n" + "\n".join(lines) for title, lines in sections()) + "\n"
    text = re.sub(r"\d\.\d\de−1[5-9]", "ε", text)
    return re.sub(r"\d+\.\d{7,}(e[-+]\d+)?", lambda found: f"{float(found[0]):.6g}", text)


def test_everything_is_where_it_was():
    drawn, golden = as_drawn().splitlines(), GOLDEN.read_text(encoding="utf-8").splitlines()
    title = ""
    for was, now in zip(golden, drawn, strict=False):
        title = was if was.startswith("== ") else title
        assert now == was, title
    assert len(drawn) == len(golden)


if __name__ == "__main__":
    GOLDEN.write_text(as_drawn(), encoding="utf-8")
