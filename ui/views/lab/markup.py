"""HTML of the lab: the rules, the legend, the table, the links."""

from collections.abc import Callable

from backprop.arrays import FloatArray
from ui.draw.prose import number_cell, page_link, paragraph, table, text_cell
from ui.draw.svg import scripts, tag
from ui.names.numbers import short
from ui.state.cache import kept
from ui.state.data import word_of_many
from ui.views.lab.choice import LabChoice
from ui.views.lab.figures import LINES
from ui.views.lab.runs import LabPlan, LabResult
from ui.views.lab.summary import RuleSummary, ranked, summaries
from ui.views.lab.words import page as words
from ui.views.lab.words.page import accuracy_text, rule_title
from ui.views.lab.words.verdict import control_sentence, prediction_sentence, verdict

_DASHES = {"solid": None, "dash": "7 5", "dot": "2.5 3.5", "dashdot": "7 4 2 4", "longdash": "12 4"}


def rules_markup(plan: LabPlan) -> str:
    """What each rule keeps and what it lets learn."""
    rows = [
        [
            _rule_head(rule.name, plan.k),
            text_cell(words.what_it_keeps(rule.name, plan)),
            text_cell(words.what_learns(rule.name, plan)),
        ]
        for rule in plan.rules
    ]
    note = paragraph(words.rules_note(plan), "bp-note")
    return table(["rule", "keeps", "learns"], rows, "bp-lab-rules") + note


def runs_markup(plan: LabPlan) -> str:
    """What happens when the reader presses Run."""
    return tag("ol", *(tag("li", scripts(text)) for text in words.how_it_runs(plan)), class_="bp-lab-runs")


def verdict_markup(choice: LabChoice, result: LabResult) -> str:
    """What the numbers say, and how the reader's prediction fares."""
    said = tag("p", scripts(verdict(result)), class_="bp-verdict bp-lab-verdict", role="status")
    guessed = prediction_sentence(choice.order or (), result)
    return said + (paragraph(guessed, "bp-note bp-lab-prediction") if guessed else "")


def legend_markup(result: LabResult) -> str:
    """The lines of the chart by name, best first."""
    keys = [
        tag("span", _sample(rule.name), rule_title(rule.name, result.plan.k), class_="bp-key")
        for rule in ranked(kept(summaries, result))
    ]
    bands = tag("span", words.bands(len(result.seeds)))
    return tag("div", *keys, bands, class_="bp-caption bp-lab-legend")


def table_markup(result: LabResult) -> str:
    """Final numbers of every rule, best first."""
    rows = [_row(rule, result) for rule in ranked(kept(summaries, result))]
    head = words.columns(result.plan, len(result.seeds) > 1)
    return table(head, rows, "bp-lab-table") + _table_notes(result)


def _row(rule: RuleSummary, result: LabResult) -> list[str]:
    seeds = len(result.seeds)
    name = rule.name
    accuracy = _spread(rule.accuracy, rule.final_accuracies, accuracy_text)
    best, shares = "bp-strong-cell", []
    if result.plan.tells_classes:
        shares = [number_cell(rule.accuracy, f"accuracy:{name}", "" if rule.by_cost else best, accuracy)]
    strong, cost = best if rule.by_cost else "", _spread(rule.cost, rule.final_costs, short)
    mark, class_ = ("✓", "bp-good") if not rule.caught else ("✗", "bp-bad")
    return [
        _rule_head(name, result.plan.k),
        *shares,
        number_cell(rule.cost, f"cost:{name}", strong, cost),
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
    control = control_sentence(result)
    note = paragraph(words.table_note(result), "bp-note")
    return (paragraph(control, "bp-note bp-lab-control") if control else "") + note


def links_markup(choice: LabChoice) -> str:
    """Where the rules can be looked at one step at a time."""
    settings, plan = choice.settings, choice.plan
    last = plan.config.depth
    above, names = plan.config.layer_sizes[last], {rule.name for rule in plan.rules}
    links = []
    if "single" in names:
        dropped = "".join(f"&drop={k + 1}" for k in range(above) if k != plan.k)
        on_one = f"{rule_title('single', plan.k)} on one {word_of_many(plan.config)} →"
        links.append(page_link(on_one, settings.link("paths", layer=last - 1) + dropped))
    if "diagonal" in names:
        jacobian = settings.link("jacobians", jacobian=f"a{last}-z{last}")
        links.append(page_link("The softmax Jacobian →", jacobian))
    summed = f"{last - 1}.II" if last > 1 else "1.IV"
    links += [
        page_link(words.SUM_OVER_PATHS, settings.step_link(summed)),
        page_link("Symbols and sources →", settings.link("notation")),
    ]
    return tag("div", *links, class_="bp-conclusion bp-lab-links")


def _rule_head(name: str, k: int) -> str:
    return tag("th", tag("span", _sample(name), rule_title(name, k), class_="bp-key"), scope="row")


def _sample(name: str) -> str:
    """A short piece of the rule's line."""
    colour, dash = LINES[name]
    line = tag("line", x1=1, y1=6, x2=35, y2=6, stroke=colour, stroke_width=3, stroke_dasharray=_DASHES[dash])
    return tag("svg", line, viewBox="0 0 36 12", width="36", height="12", aria_hidden="true")
