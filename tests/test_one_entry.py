"""One entry in the registry adds an activation or a cost: every page, question and file then knows it."""

import ast
import json
import random
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from backprop.check import check_gradient
from backprop.kinds import Activation, Cost, Formulas, cost, elementwise
from backprop.noise import derivative_noise
from backprop.practice import Quantity
from backprop.primitives import PRIMITIVES
from tests.expected import settings_of
from tests.export.files import LINK
from tests.export.test_arrays import expected_arrays
from tests.export.test_notebook import run_cells
from tests.texts import links
from tests.texts.reader import PAGES, read_answers, read_page
from tests.texts.test_every_text import faults_of, require_none
from ui.export.arrays import arrays_csv, arrays_json
from ui.export.notebook import notebook
from ui.export.walkthrough import standalone_html
from ui.export.worksheet.document import worksheet_html
from ui.names.equations import entry, symbol
from ui.names.timeline import timeline
from ui.questions.words import wording
from ui.state.recording import recorded_step
from ui.steps import describe
from ui.steps.payload import stage_payload
from ui.views.jacobians.rules import rule as jacobian_rule
from ui.views.notation.forms import layer_forms
from ui.views.notation.layout import NUMERATOR

ROOT = Path(__file__).parent.parent


SOFTPLUS = elementwise(
    "softplus",
    lambda z: np.logaddexp(0.0, z),
    lambda a, z: -np.expm1(-a),
    Formulas(
        value=r"\ln (1 + e^{{{z}}})",
        derivative=r"1 - e^{{-{a}}}",
        vector=r"\operatorname{{diag}}(1 - e^{{-{a}}})",
        plain="ln(1 + exp({z}))",
        plain_derivative="1 − exp(−{a})",
        written="ln(1 + exp({z}))",
        written_derivative="1 − exp(−{a})",
        numpy="np.logaddexp(0, {z})",
        numpy_derivative="1 - np.exp(-{a})",
    ),
)
QUARTIC = cost(
    "quartic_error",
    lambda a, y: ((a - y) ** 4).sum(axis=-1) / 4,
    lambda C, a, y: (a - y) ** 3,
    Formulas(
        value=r"\frac{{1}}{{4}} \sum_k ({a} - {y})^4",
        derivative=r"({a} - {y})^3",
        plain="¼ · Σₖ ({a}ₖ − {y}ₖ)⁴",
        plain_derivative="({a} − {y})³",
        written="¼ · (Σ[({a} − {y})⁴])",
        written_derivative="({a} − {y})³",
        numpy="(({a} - y) ** 4).sum() / 4",
        numpy_derivative="({a} - y) ** 3",
    ),
    label="quartic error",
    outputs={"identity-quartic": "identity", "softplus-quartic": "softplus"},
)
OUTPUTS = (*QUARTIC.outputs, "softmax", "sigmoid-squared")
VIEWS = [
    {"act": "softplus", "out": out, "hidden": hidden, "flower": 60, "seed": 3}
    for out, hidden in zip(OUTPUTS, ("5", "3-2", "4", "1"), strict=True)
]


@pytest.fixture(autouse=True)
def _entries(monkeypatch):
    for rule in (SOFTPLUS, QUARTIC):
        monkeypatch.setitem(PRIMITIVES, rule.name, rule)
    monkeypatch.setattr(links, "ACTIVATIONS", ("softplus",))
    monkeypatch.setattr(links, "output_options", lambda: OUTPUTS)
    monkeypatch.setattr(links, "TRAININGS", links.TRAININGS[:3])


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_is_so(page):
    rng = random.Random(page)
    require_none(fault for _ in range(6) for fault in faults_of(page, links.random_link(rng, page)))


def test_the_menus_offer_them():
    options = [text.text for text in read_page("overview", **VIEWS[0]).texts if text.kind == "selectbox"]
    assert {"softplus", *QUARTIC.outputs} <= set(options)
    assert "identity outputs, quartic error cost" in [
        text.text for text in read_page("overview", **VIEWS[0]).texts
    ]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_gradient_is_right(view):
    step = recorded_step(settings_of(**view))
    noise = derivative_noise(step)
    for vjp_step in step.vjp_steps:
        check = check_gradient(step, vjp_step.wrt)
        assert check.agrees
        assert check.judged.any()
        assert (noise[vjp_step.wrt] < 1e-9 * (1 + np.abs(vjp_step.cotangent))).all()


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_file_has_the_numbers_and_the_formulas(view):
    settings = settings_of(**view)
    step = recorded_step(settings)
    run_cells(notebook(settings, LINK))  # which compares every number with the app's
    found = {
        (entry["array"], entry["kind"]): np.array(entry["values"])
        for entry in json.loads(arrays_json(settings, LINK))["arrays"]
    }
    for key, array in expected_arrays(step).items():
        np.testing.assert_allclose(found[key], array, atol=1e-12, err_msg=str(key))
    assert arrays_csv(settings).count("\n") == 1 + sum(array.size for array in found.values())
    files = [standalone_html(settings), worksheet_html(settings, LINK, "A4", True)]
    files.append(json.dumps(notebook(settings, LINK), ensure_ascii=False))
    assert all("softplus" in file for file in files)


def code_of(settings):
    """Right sides of all lines of code that the walkthrough and the notebook show."""
    lines = [
        line for step in json.loads(stage_payload(settings))["steps"] for line in step["numpy"].splitlines()
    ]
    for cell in notebook(settings, LINK)["cells"]:
        lines += "".join(cell["source"]).splitlines() if cell["cell_type"] == "code" else []
    return {line.partition(" = ")[2].removesuffix("[np.newaxis]") for line in lines}


def lines_of(rule, layer):
    """The lines of a rule at this layer."""
    names = {"z": f"z{layer}", "a": f"a{layer}"}
    value, slope = (text.format(**names) for text in (rule.formulas.numpy, rule.formulas.numpy_derivative))
    return {value, f"np.diag({slope})" if isinstance(rule, Activation) else slope}


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_formula_is_of_the_networks_own_rules(view):
    settings = settings_of(**view)
    config, step = settings.config, recorded_step(settings)
    code = code_of(settings)
    written = {stop.id: describe(step, stop).formula for stop in timeline(config)[1:]}
    for layer in range(1, config.depth + 1):
        rule, slope = config.rule(layer), f"{layer}.{'II' if layer == config.depth else 'III'}"
        if not rule.dense[0]:
            assert written[f"a{layer}"] == f"a^{{{layer}}}_{{j}} = {latex(rule.formulas.value, layer)}"
            assert written[slope].endswith(f" = {latex(rule.formulas.derivative, layer)}")
            assert rule.formulas.vector.format(a=symbol(f"a{layer}"), z=symbol(f"z{layer}")) in "".join(
                form.vector for form in layer_forms(step, layer, NUMERATOR)
            )
            vjp_step = step.vjp(f"a{layer}", f"z{layer}")
            assert jacobian_rule(step, vjp_step) == written[slope]
        others = [
            other for other in PRIMITIVES.values() if isinstance(other, Activation) and other is not rule
        ]
        assert lines_of(rule, layer) <= code or rule.dense[0] or rule.is_held
        assert not any(lines_of(other, layer) & code for other in others)
    assert lines_of(config.cost, config.depth) <= code or config.shortcut
    others = [other for other in PRIMITIVES.values() if isinstance(other, Cost) and other is not config.cost]
    assert not any(lines_of(other, config.depth) & code for other in others)


def latex(template, layer):
    return template.format(z=entry(f"z{layer}", "j"), a=entry(f"a{layer}", "j"))


@pytest.mark.parametrize(
    ("kind", "layer", "formula"),
    [
        ("activation", 1, "a¹₁ = ln(1 + exp(z¹₁))"),
        ("slope", 1, "∂a¹₁/∂z¹₁ = 1 − exp(−a¹₁)"),
        ("through_activation", 1, "∂C/∂z¹₁ = ∂C/∂a¹₁ · ∂a¹₁/∂z¹₁, and ∂a¹₁/∂z¹₁ = 1 − exp(−a¹₁)"),
        ("cost", 2, "C = ¼ · Σₖ (a²ₖ − yₖ)⁴"),
        ("cost_slope", 2, "∂C/∂a²₁ = (a²₁ − y₁)³"),
    ],
)
def test_questions_have_the_formulas_of_the_rules(kind, layer, formula):
    quantity = Quantity(kind, layer, () if kind == "cost" else (0,))
    assert wording(settings_of(**VIEWS[0]).config, quantity).formula == formula


def test_practice_asks_and_tells_mistakes_of_the_new_rules():
    for kind in ("forward", "slope"):
        read = read_answers("0.123", kind=kind, **VIEWS[0])
        assert any("softplus" in text.text for text in read.texts)


def test_a_rule_without_formulas_is_refused():
    with pytest.raises(TypeError, match="formulas"):
        elementwise("bare", SOFTPLUS.forward, lambda a, z: a)
    with pytest.raises(TypeError, match="formulas"):
        cost("bare", QUARTIC.forward, lambda C, a, y: a, label="bare", outputs={})
    with pytest.raises(ValueError, match="softplus: expected formulas with the vector form"):
        replace(SOFTPLUS, formulas=replace(SOFTPLUS.formulas, vector=""))
    with pytest.raises(TypeError, match="derivative"):
        Formulas(value="{z}", plain="{z}")


NAMES = {name for name, rule in PRIMITIVES.items() if isinstance(rule, Activation | Cost)}
KNOW_NAMES = {
    "backprop/activations.py": "the registry",
    "backprop/costs.py": "the registry",
    "backprop/network.py": "the defaults of MLPConfig",
    "ui/state/parameters.py": "the defaults of a link",
    "ui/state/own/settings.py": "what others call a rule",
    "ui/state/presets.py": "the prepared examples",
    "ui/shell/own.py": "what most worked examples have",
    "ui/questions/lesson/own.py": "the network not seen before",
    "ui/views/notation/words/sources.py": "which rules another text has",
    "ui/views/notation/words/differences.py": "two of the article's claims are about softmax and relu",
}


def test_no_other_file_knows_a_rule_by_name():
    found = set()
    for path in sorted((*ROOT.glob("backprop/**/*.py"), *ROOT.glob("ui/**/*.py"), *ROOT.glob("pages/*.py"))):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.Constant) and node.value in NAMES for node in ast.walk(tree)):
            found.add(str(path.relative_to(ROOT)))
    assert found == KNOW_NAMES.keys()
    quoted = re.compile(rf"[\"'`]({'|'.join(NAMES)})[\"'`]")
    assert not [path for path in ROOT.glob("ui/**/*.js") if quoted.search(path.read_text(encoding="utf-8"))]
