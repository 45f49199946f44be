"""Everything that Notation and the lab say for a few views, as it was read by hand once.

Golden: after a change of words `WRITE_GOLDEN=1` before pytest writes the files anew; read what changed.
"""

import json
import os
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from tests.expected import settings_of, step_of
from ui.state.parameters import LAYOUTS, PLANES
from ui.views.lab.choice import LabChoice
from ui.views.lab.figures import lab_figure
from ui.views.lab.markup import (
    legend_markup,
    links_markup,
    rules_markup,
    runs_markup,
    table_markup,
    verdict_markup,
)
from ui.views.lab.runs import LabPlan, LabResult, RuleRun
from ui.views.lab.summary import summaries
from ui.views.notation.forms import layer_forms
from ui.views.notation.forms_markup import layout_markup
from ui.views.notation.sections import _differences_markup, _forms_heading, _glossary_markup, _sources_markup
from ui.views.notation.words.differences import differences
from ui.views.notation.words.glossary import derivative_terms, network_terms, sign_terms, training_terms
from ui.views.notation.words.sources import sources
from ui.views.training.views import iris_view

GOLDEN = Path(__file__).parent.parent / "golden"
LINES = {"p", "h2", "h3", "tr", "li", "div", "section", "nav", "summary", "details", "caption", "svg"}
CELLS = {"th", "td"}
TOLD = ("title", "aria-label", "aria-current", "href", "colspan")


class _Text(HTMLParser):
    """The text of markup, a line a row or paragraph, with the attributes that tell readers something.

    Formulas are left out: their LaTeX is compared elsewhere, and how it becomes MathML is no matter of words.
    """

    def __init__(self):
        super().__init__()
        self.lines = [""]
        self.in_formula = False

    def handle_starttag(self, tag, attrs):
        self.in_formula |= tag == "math"
        if tag in LINES:
            self.lines.append("")
        if tag in CELLS:
            self.lines[-1] += " | "
        told = [f"{name}={value}" for name, value in attrs if name in TOLD and value]
        self.lines[-1] += f"[{' '.join(told)}]" if told else ""

    def handle_endtag(self, tag):
        self.in_formula &= tag != "math"

    def handle_data(self, data):
        self.lines[-1] += "" if self.in_formula else data


def text_of(*markups):
    reader = _Text()
    reader.feed("<p></p>".join(markups))
    reader.close()
    return [line.strip() for line in reader.lines if line.strip(" |")]


def compare(name, lines):
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == path.read_text(encoding="utf-8").splitlines()


# --- notation ----------------------------------------------------------------------------------------

NOTATION = {
    "usual": {},
    "textbook": {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared", "lr": 0.5},
    "deep": {"hidden": "6-1", "act": "tanh", "out": "identity", "flower": 3, "lr": 1e-5},
    "sigmoid": {"hidden": "3", "act": "identity", "out": "sigmoid", "edit": "x_1_2"},
}


@pytest.mark.parametrize("name", NOTATION)
def test_notation_reads_as_it_was_read_by_hand(name):
    settings = settings_of(**NOTATION[name])
    step = step_of(settings)
    lines = []
    for part in (network_terms, derivative_terms, training_terms, sign_terms):
        for term in part(step):
            lines += [f"# {term.name}", term.symbol, term.meaning, term.values, term.elsewhere]
            lines += [f"{text} {shape}" for text, shape in term.expressions]
    for layout in LAYOUTS:
        lines.append(f"# {layout}")
        for layer in range(settings.config.depth, 0, -1):
            for form in layer_forms(step, layer, layout):
                lines += [f"{form.stop.id} {form.output}/{form.wrt} {form.shape} {form.factors}"]
                lines += [form.index, form.vector, form.numpy]
    for source in sources(settings):
        lines += [f"# {source.what}", source.latex, source.article, *source.parr_howard, source.note]
        lines += [" ".join(source.see)]
    for point in differences(settings, step):
        lines += [f"# {point.key}: {point.title}", point.article, point.ours, point.why]
        lines += [" ".join(link) for link in point.links]
    compare(f"notation-{name}", [line.strip() for line in lines if line.strip()])


def test_the_page_notation_reads_as_it_was_read_by_hand():
    settings = settings_of(hidden="3")
    layouts = (layout_markup(settings, layout) for layout in LAYOUTS)
    parts = (_forms_heading(), *layouts, _sources_markup(settings), _differences_markup(settings))
    compare("notation-page", text_of(_glossary_markup(settings), *parts))


# --- lab ---------------------------------------------------------------------------------------------


def lab_of(seeds, finals, **link):
    settings = settings_of(**link)
    plan = LabPlan(settings.config, settings.learning_rate, 2, settings.seed, seeds, 1)
    runs = {}
    for rule, ends in zip(plan.rules, finals, strict=True):
        runs[rule.name] = tuple(
            RuleRun(np.array([1.1, 1.2, 1 - end]), np.array([0.3, 0.4, end]), None, 0.9 - end / 2)
            for end in ends
        )
    runs["total"] = tuple(RuleRun(run.costs, run.accuracies, None, 1e-9) for run in runs["total"])
    order = tuple(rule.name for rule in reversed(plan.rules))
    return LabChoice(settings, plan, order), LabResult(plan, tuple(plan.all_seeds), runs)


LABS = {
    "usual": lab_of(3, [(0.95, 0.9, 0.97), (0.8, 0.9, 0.85), (0.6, 0.5, 0.9), (0.85, 0.8, 0.7), (0.4,) * 3]),
    "one": lab_of(1, [(0.7,), (0.9,), (0.88,), (0.3,)], out="sigmoid", hidden="6-4", lr=0.05, seed=7),
}


@pytest.mark.parametrize("name", LABS)
def test_the_lab_reads_as_it_was_read_by_hand(name):
    lab, result = LABS[name]
    before = (rules_markup(lab.plan), runs_markup(lab.plan), links_markup(lab))
    after = (verdict_markup(lab, result), legend_markup(result), table_markup(result))
    compare(f"lab-{name}", text_of(*before, *after))


@pytest.mark.parametrize("name", LABS)
def test_the_curves_of_the_lab_are_drawn_as_they_were_looked_at(name):
    _, result = LABS[name]
    compare(f"lab-figure-{name}", lines_of(lab_figure(summaries(result), result.plan)))


def lines_of(figure):
    return json.dumps(figure, ensure_ascii=False, indent=1).splitlines()


# --- training ----------------------------------------------------------------------------------------


def test_planes_read_as_they_were_read_by_hand():
    lines = []
    for name in PLANES:
        drawing = iris_view(1, name).drawing
        lines += [f"# {drawing['name']}", drawing["sentence"]]
        for axis in drawing["axes"]:
            ticks = " ".join(f"{place:.6f}:{label}" for place, label in axis["ticks"])
            lines += [axis["title"], "{:.6f} {:.6f}".format(*axis["ends"]), ticks]
    compare("training-planes", lines)
