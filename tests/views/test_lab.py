"""Table, chart and texts of the lab, for results made up."""

from dataclasses import replace

import numpy as np
import pytest

from backprop.arrays import read_only
from backprop.study.rules import RULES
from tests.expected import settings_of
from tests.markup import by_attribute, elements
from tests.views.lab_results import CONFIG, NAMES, NORMAL, result_of, run_of
from ui.views.lab.choice import LabChoice
from ui.views.lab.figures import LINES, LONGEST, lab_figure
from ui.views.lab.markup import legend_markup, links_markup, rules_markup, table_markup, verdict_markup
from ui.views.lab.runs import LabPlan, LabResult, RuleRun
from ui.views.lab.summary import summaries, wins
from ui.views.lab.words.page import (
    curves_alt,
    how_it_runs,
    rule_title,
    stopped_sentence,
)


def test_the_table_holds_medians_spread_counts_and_errors():
    finals = NORMAL | {
        "total": [0.95, 0.85, 0.97],
        "diagonal": [run_of(0, diverged=1), run_of(0.66), run_of(0.7)],
    }
    cells = by_attribute(table_markup(result_of(finals)), "data-cell")
    assert cells["accuracy:total"].value == 0.95
    assert cells["accuracy:total"].text == "95.0\u00a0% (85.0\u00a0% to 97.0\u00a0%)"
    assert cells["reached:total"].text == "2 of 3"
    assert (cells["diverged:diagonal"].value, cells["diverged:total"].value) == (1, 0)
    assert cells["cost:diagonal"].text == "0.340 (0.300 to ∞)"
    assert (cells["error:total"].text, cells["error:single"].text) == ("✓ 1.00e−9", "✗ 0.600")
    assert by_attribute(table_markup(result_of(NORMAL)), "data-cell")["accuracy:total"].text == "95.0\u00a0%"


def test_medians_and_quartiles_are_those_of_the_seeds():
    values = [0.91, 0.5, 0.93, 0.97]
    (total, *_) = summaries(result_of(NORMAL | {"total": values}))
    assert total.accuracy == pytest.approx(np.median(values))
    assert total.accuracies.lower[-1] == pytest.approx(np.quantile(values, 0.25))
    assert total.accuracies.upper[-1] == pytest.approx(np.quantile(values, 0.75))
    assert total.reached == 3
    ends = [0.95, 0.9, 0.8, 0.9 + 2 / 150, 0.9 + 3 / 150]  # two flowers more are level
    assert wins(summaries(result_of({"total": 0.9, "single": ends}))[1], total_of(0.9, 5)) == 2


def total_of(accuracy, seeds):
    return summaries(result_of({"total": [accuracy] * seeds}))[0]


def test_the_chart_shows_the_median_and_the_band():
    result = result_of(NORMAL | {"total": [0.9, 0.95, 0.97], "diagonal": [run_of(0, diverged=1)] * 3})
    rules = summaries(result)
    figure = lab_figure(rules, LabPlan(CONFIG, 0.1, 2, 859, 1, 1))
    lines = {(t["name"], t.get("yaxis", "y")): t for t in figure["data"] if "name" in t}
    assert set(lines) == {(rule_title(name, 1), axis) for name in NAMES for axis in ("y", "y2")}
    assert lines["Total derivative", "y"]["y"] == rules[0].accuracies.median.tolist()
    assert lines["Total derivative", "y2"]["y"] == rules[0].costs.median.tolist()
    assert lines["Diagonal softmax", "y2"]["y"] == [1.1, None, None]
    assert len(figure["data"]) == 10 + 2  # of all rules, only one has a band with a width
    assert len({dash for _, dash in LINES.values()}) == len(LINES) == len(RULES)


def test_the_chart_writes_numbers_as_the_page_does():
    runs = [run_of(0.93333, cost=2.5e5, peak=1e8)]
    rules = summaries(result_of(NORMAL | {"total": runs, "diagonal": [run_of(0, diverged=1)]}))
    figure = lab_figure(rules, LabPlan(CONFIG, 0.1, 2, 859, 1, 1))
    lines = {(t["name"], t.get("yaxis", "y")): t for t in figure["data"] if "name" in t}
    assert lines["Total derivative", "y"]["customdata"] == ["30.0\u00a0%", "30.0\u00a0%", "93.3\u00a0%"]
    assert lines["Total derivative", "y2"]["customdata"] == ["1.10", "1.00e8", "2.50e5"]
    assert lines["Diagonal softmax", "y2"]["customdata"] == ["1.10", "∞", "∞"]
    assert {line["hovertemplate"] for line in lines.values()} == {
        "%{fullData.name}: %{customdata}<extra></extra>"
    }
    axes = {name: figure["layout"][name] for name in ("xaxis", "xaxis2", "yaxis", "yaxis2")}
    assert axes["xaxis"]["ticktext"] == axes["xaxis2"]["ticktext"] == ["0", "1", "2"]
    assert axes["yaxis"]["ticktext"] == [f"{share}\u00a0%" for share in (0, 20, 40, 60, 80, 100)]
    assert axes["yaxis"]["tickvals"] == [0, 0.2, 0.4, 0.6, 0.8, 1]
    assert axes["yaxis2"]["ticktext"] == ["0.1", "10", "1000", "100000", "1e7"]
    assert curves_alt(rules, 1) == (
        "Curves of accuracy and cost over the epochs, one seed. By accuracy, then by cost: Total derivative "
        "ends at 93.3\u00a0% and cost 2.50e5; Single path ② ends at 89.0\u00a0% and cost 0.110; Last layer "
        "only ends at 87.0\u00a0% and cost 0.130; Output biases only ends at 40.0\u00a0% and cost 0.600; "
        "Diagonal softmax diverges."
    )
    several = curves_alt(summaries(result_of(NORMAL | {"total": [0.95] * 4})), 1)
    assert several.startswith("Curves of accuracy and cost over the epochs, median of 4 seeds. By")


def test_long_curves_keep_their_ends():
    costs = read_only(np.linspace(2, 1, 501))
    long_run = RuleRun(costs, read_only(np.linspace(0.1, 0.9, 501)), None, 0.0)
    result = LabResult(LabPlan(CONFIG, 0.1, 500, 0, 1, 0), (0,), {"total": (long_run,)})
    line = lab_figure(summaries(result), result.plan)["data"][0]
    assert len(line["x"]) == LONGEST
    assert (line["x"][0], line["x"][-1], line["y"][-1]) == (0, 500, 0.9)


def test_lines_have_contrast_on_both_pages():
    for colour, _ in LINES.values():
        channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
        linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
        luminance = linear @ [0.2126, 0.7152, 0.0722]
        assert 1.05 / (luminance + 0.05) >= 3
        assert (luminance + 0.05) / (0.0075 + 0.05) >= 3  # the dark page, #12151d


def test_texts_name_what_is_kept_and_where_to_look():
    settings = settings_of(hidden="6-5", seed=4)
    plan = LabPlan(settings.config, 0.1, 1, 4, 1, 1)
    lab = LabChoice(settings, plan, ("total", "last", "single", "diagonal", "biases"))
    rows = [element.text for element in elements(rules_markup(plan)) if element.tag == "tr"]
    assert "Single path ②from a hidden unit only the path through unit 2 of the next layerall layers" in rows
    assert any(row.endswith("W3 and b3 alone") for row in rows)
    hrefs = [e.attributes["href"] for e in elements(links_markup(lab)) if e.tag == "a"]
    assert hrefs[0] == "paths?seed=4&hidden=6-5&layer=2&drop=1&drop=3"
    assert "jacobian=a3-z3" in hrefs[1]
    assert how_it_runs(plan)[0].endswith("seed 4.")
    elementwise = replace(settings, output="identity")
    plan = replace(plan, config=elementwise.config)
    assert "“diagonal softmax” is the right rule" in rules_markup(plan)
    assert "jacobian=" not in links_markup(LabChoice(elementwise, plan, ()))
    result = result_of(NORMAL)
    assert "Your order has 9 of 9" not in verdict_markup(lab, result)
    assert "Your order" not in verdict_markup(replace(lab, order=()), result)
    assert "bands" not in legend_markup(result)
    assert stopped_sentence(result_of(NORMAL, asked=3)) == "Stopped, with 1 of 3 seeds finished."
