"""HTML of the lab: the rules, the legend, the table, the links. No Streamlit."""

from collections.abc import Callable

from backprop.arrays import FloatArray
from backprop.check import TOLERANCE
from ui.draw.prose import number_cell, page_link, paragraph, table
from ui.draw.svg import scripts, tag
from ui.names.numbers import as_typed, counted, percent, short
from ui.names.timeline import find_step
from ui.state.data import FLOWERS
from ui.views.lab.choice import LabChoice
from ui.views.lab.figures import LINES
from ui.views.lab.runs import LabPlan, LabResult
from ui.views.lab.summary import REACHED, RuleSummary, ranked, summaries
from ui.views.lab.texts import (
    LEVEL_TEXT,
    accuracy_text,
    control_sentence,
    how_it_runs,
    passes,
    prediction_sentence,
    rule_title,
    seeds_text,
    verdict,
    what_it_keeps,
    what_learns,
)

_DASHES = {"solid": None, "dash": "7 5", "dot": "2.5 3.5", "dashdot": "7 4 2 4", "longdash": "12 4"}


def rules_markup(plan: LabPlan) -> str:
    """What each rule keeps and what it lets learn."""
    rows = [
        [
            _rule_head(rule.name, plan.k),
            tag("td", scripts(what_it_keeps(rule.name, plan))),
            tag("td", scripts(what_learns(rule.name, plan))),
        ]
        for rule in plan.rules
    ]
    return table(["rule", "keeps", "learns"], rows, "bp-lab-rules") + _rules_note(plan)


def runs_markup(plan: LabPlan) -> str:
    """What happens when the reader presses Run."""
    return tag("ol", *(tag("li", scripts(text)) for text in how_it_runs(plan)), class_="bp-lab-runs")


def _rules_note(plan: LabPlan) -> str:
    if plan.config.is_dense(plan.config.depth):
        return paragraph(
            "The last two keep the whole softmax Jacobian: they drop the sums over paths between layers.",
            "bp-note",
        )
    return paragraph(
        f"With {plan.config.output_activation} outputs the Jacobian at the output is diagonal, so the rule "
        "“diagonal softmax” is the right rule and is not on the list.",
        "bp-note",
    )


def verdict_markup(choice: LabChoice, result: LabResult) -> str:
    """What the numbers say, and how the reader's prediction fares."""
    said = tag("p", scripts(verdict(result)), class_="bp-verdict bp-lab-verdict", role="status")
    guessed = prediction_sentence(choice.order or (), result)
    return said + (paragraph(guessed, "bp-note bp-lab-prediction") if guessed else "")


def legend_markup(result: LabResult) -> str:
    """The lines of the chart by name, best first."""
    keys = [
        tag("span", _sample(rule.name), rule_title(rule.name, result.plan.k), class_="bp-key")
        for rule in ranked(summaries(result))
    ]
    seeds = len(result.seeds)
    band = f"lines: median of {seeds} seeds; bands: the middle half of them" if seeds > 1 else "one seed"
    return tag("div", *keys, tag("span", band), class_="bp-caption bp-lab-legend")


def table_markup(result: LabResult) -> str:
    """Final numbers of every rule, best first."""
    several = len(result.seeds) > 1
    spread = " (median, lowest to highest)" if several else ""
    head = [
        "rule",
        f"accuracy{spread}",
        f"cost{spread}",
        f"ended at {percent(REACHED)} or more",
        "diverged",
        "gradient check at the start",
    ]
    rows = [_row(rule, result) for rule in ranked(summaries(result))]
    return table(head, rows, "bp-lab-table") + _table_notes(result)


def _row(rule: RuleSummary, result: LabResult) -> list[str]:
    seeds = len(result.seeds)
    name = rule.name
    accuracy = _spread(rule.accuracy, rule.final_accuracies, accuracy_text)
    mark, class_ = ("✓", "bp-good") if passes(rule) else ("✗", "bp-bad")
    return [
        _rule_head(name, result.plan.k),
        number_cell(rule.accuracy, f"accuracy:{name}", "bp-strong-cell", accuracy),
        number_cell(rule.cost, f"cost:{name}", text=_spread(rule.cost, rule.final_costs, short)),
        number_cell(rule.reached, f"reached:{name}", text=f"{rule.reached} of {seeds}"),
        number_cell(rule.diverged, f"diverged:{name}", text=f"{rule.diverged} of {seeds}"),
        number_cell(rule.error, f"error:{name}", class_, f"{mark} {short(rule.error)}"),
    ]


def _spread(median: float, finals: FloatArray, shown: Callable[[float], str]) -> str:
    """Such as 95.3 % (87.3 % to 97.3 %)."""
    if len(finals) == 1:
        return shown(median)
    return f"{shown(median)} ({shown(float(finals.min()))} to {shown(float(finals.max()))})"


def _table_notes(result: LabResult) -> str:
    plan = result.plan
    control = control_sentence(result)
    return (paragraph(control, "bp-note bp-lab-control") if control else "") + paragraph(
        f"{seeds_text(result.seeds).capitalize()}, {counted(plan.epochs, 'epoch')}, "
        f"η = {as_typed(plan.learning_rate)}, full batch, all {FLOWERS} flowers, from the initial weights. "
        f"Order: by accuracy, then by cost; rules {LEVEL_TEXT} end level. A diverged training counts as "
        "accuracy 0 and cost ∞. Gradient check: largest difference from the numerical derivative over all "
        f"parameters and seeds, as a share of the largest derivative; ✗ above {short(TOLERANCE)}.",
        "bp-note",
    )


def links_markup(choice: LabChoice) -> str:
    """Where the rules can be looked at one step at a time."""
    settings, plan = choice.settings, choice.plan
    last = plan.config.depth
    above = plan.config.layer_sizes[last]
    dropped = "".join(f"&drop={k + 1}" for k in range(above) if k != plan.k)
    step = find_step(plan.config, f"{last - 1}.II")
    links = [
        page_link(
            f"{rule_title('single', plan.k)} on one flower →",
            settings.link("paths", layer=last - 1) + dropped,
        ),
        page_link("The sum over paths in the walkthrough →", settings.link("walkthrough", step=step)),
        page_link("Symbols and sources →", settings.link("notation")),
    ]
    if plan.config.is_dense(plan.config.depth):
        jacobian = settings.link("jacobians", jacobian=f"a{last}-z{last}")
        links.insert(1, page_link("The softmax Jacobian →", jacobian))
    return tag("div", *links, class_="bp-conclusion bp-lab-links")


def _rule_head(name: str, k: int) -> str:
    return tag("th", tag("span", _sample(name), rule_title(name, k), class_="bp-key"), scope="row")


def _sample(name: str) -> str:
    """A short piece of the rule's line."""
    colour, dash = LINES[name]
    line = tag(
        "line",
        x1=1,
        y1=6,
        x2=35,
        y2=6,
        stroke=colour,
        stroke_width=3,
        stroke_dasharray=_DASHES[dash],
    )
    return tag("svg", line, viewBox="0 0 36 12", width="36", height="12", aria_hidden="true")
