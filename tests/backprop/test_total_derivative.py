import inspect
import itertools
import pickle
import re

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop.total_derivative import INNERS, OUTERS, PRESETS, curve, evaluate

OUTER_FUNCTIONS = {
    "2xy3": lambda x, y: 2 * x * y * y * y,
    "product": lambda x, y: x * y,
    "sum": lambda x, y: x + y,
    "squares": lambda x, y: x * x + y * y,
    "sinx-y": lambda x, y: anp.sin(x) * y,
    "xyz": lambda x, y, z: x * y * z,
    "xy-z2": lambda x, y, z: x * y + z * z,
    "square": lambda x: x * x,
    "sin": lambda x: anp.sin(x),
}
INNER_FUNCTIONS = {
    "t": lambda t: t,
    "t2": lambda t: t * t,
    "sin": lambda t: anp.sin(t),
    "cos": lambda t: anp.cos(t),
    "decay": lambda t: 1 / anp.exp(t),
    "constant": lambda t: 2.0 + 0 * t,
    "minus-t": lambda t: 0 - t,
}
EXAMPLES = [
    (outer, inners)
    for outer, function in OUTERS.items()
    for inners in itertools.product(INNERS, repeat=len(function.variables))
]
SOME_EXAMPLES = st.sampled_from(EXAMPLES)
TIMES = st.floats(-3, 3)


def test_keys_are_part_of_links_and_never_change():
    assert OUTERS.keys() >= OUTER_FUNCTIONS.keys()
    assert INNERS.keys() >= INNER_FUNCTIONS.keys()
    assert PRESETS.keys() >= {"two-paths", "cancel", "one-path", "three-paths", "circle", "single"}
    for key in (*OUTERS, *INNERS, *PRESETS):
        assert key.replace("-", "").isalnum()
        assert key.islower() or key == "2xy3"


@given(example=SOME_EXAMPLES, t=TIMES)
def test_against_autograd(example, t):
    outer, inners = example
    f, us = OUTER_FUNCTIONS[outer], [INNER_FUNCTIONS[inner] for inner in inners]
    u = [function(t) for function in us]
    result = evaluate(outer, inners, t)
    close = {"rtol": 1e-12, "atol": 1e-12}
    np.testing.assert_allclose(result.u, u, **close)
    np.testing.assert_allclose(result.f, f(*u), **close)
    df_du = [autograd.grad(f, i)(*u) for i in range(len(u))]
    np.testing.assert_allclose(result.df_du, df_du, **close)
    np.testing.assert_allclose(result.du_dt, [autograd.grad(function)(t) for function in us], **close)
    df_dt = autograd.grad(lambda t: f(*[function(t) for function in us]))(t)
    np.testing.assert_allclose(result.total, df_dt, rtol=1e-11, atol=1e-11)


@given(example=SOME_EXAMPLES, t=TIMES)
def test_total_is_the_row_times_the_column(example, t):
    result = evaluate(*example, t)
    m = len(example[1])
    assert result.u.shape == result.df_du.shape == result.du_dt.shape == result.terms.shape == (m,)
    np.testing.assert_array_equal(result.terms, result.df_du * result.du_dt)
    assert result.total == pytest.approx(result.df_du @ result.du_dt, rel=1e-12, abs=1e-12)
    assert result.total == pytest.approx(result.terms.sum(), rel=1e-15)
    assert result.single_variable == result.terms[0]
    assert result.numeric == pytest.approx(result.total, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("outer", OUTERS)
def test_curve_is_the_single_ones_in_a_row(outer):
    ts = np.linspace(-2, 2, 9)
    for inners in itertools.product(["t2", "decay", "constant"], repeat=len(OUTERS[outer].variables)):
        together = curve(outer, inners, ts)
        for i, t in enumerate(ts):
            alone = evaluate(outer, inners, t)
            for name in ("t", "u", "f", "df_du", "du_dt", "terms", "total", "numeric", "single_variable"):
                np.testing.assert_allclose(
                    getattr(together, name)[i], getattr(alone, name), rtol=1e-9, atol=1e-12, err_msg=name
                )


def test_by_hand():
    """f = 2xy³ with ∂f/∂x = 2y³ and ∂f/∂y = 6xy²; here x = t, y = t² at t = 2."""
    result = evaluate("2xy3", ["t", "t2"], 2.0)
    assert result.f == 2 * 2 * 4**3
    assert result.df_du.tolist() == [2 * 4**3, 6 * 2 * 4**2]
    assert result.du_dt.tolist() == [1, 4]
    assert result.total == 14 * 2**6  # f = 2 t⁷
    assert result.single_variable == 128


def test_presets_show_what_they_say():
    results = {key: evaluate(preset.outer, preset.inners, preset.t) for key, preset in PRESETS.items()}
    assert {key: len(result.terms) for key, result in results.items()} == {
        "two-paths": 2,
        "cancel": 2,
        "one-path": 2,
        "three-paths": 3,
        "circle": 2,
        "single": 1,
    }
    assert (results["two-paths"].terms != 0).all()
    assert results["two-paths"].total != pytest.approx(results["two-paths"].single_variable)
    assert results["cancel"].total == 0
    assert results["cancel"].single_variable == 1
    assert results["one-path"].terms[1] == 0
    assert results["one-path"].total == results["one-path"].single_variable != 0
    assert results["circle"].total == pytest.approx(0, abs=1e-15)
    assert results["single"].total == results["single"].single_variable


def test_every_function_has_its_formulas():
    for outer in OUTERS.values():
        assert len(outer.variables) == len(outer.partials) == len(outer.partials_latex)
        for function in (outer.value, *outer.partials):
            assert tuple(inspect.signature(function).parameters) == outer.variables


def as_function(latex, variables):
    """What a formula of this module says, for numbers."""
    for text, short in (
        (r"\sin t", "S(t)"),
        (r"\cos t", "C(t)"),
        (r"\sin", "S"),
        (r"\cos", "C"),
        (r"\,", "*"),
    ):
        latex = latex.replace(text, short)
    latex = latex.replace("e^{-t}", "E(-t)").replace("^", "**")
    code = re.sub(r"(?<=[0-9xyzt])(?=[xyztSCE])", "*", latex)
    names = {"S": np.sin, "C": np.cos, "E": np.exp}
    return lambda *values: eval(code, {**names, **dict(zip(variables, values, strict=True))})


@pytest.mark.parametrize("key", OUTERS)
def test_formulas_of_f_say_what_it_computes(key):
    outer, values = OUTERS[key], (0.7, -1.3, 2.1)
    point = values[: len(outer.variables)]
    texts = (outer.latex, *outer.partials_latex)
    for text, function in zip(texts, (outer.value, *outer.partials), strict=True):
        assert as_function(text, outer.variables)(*point) == pytest.approx(float(function(*point))), text


@pytest.mark.parametrize("key", INNERS)
def test_formulas_of_paths_say_what_they_compute(key):
    inner = INNERS[key]
    for t in (0.7, -1.3):
        for text, function in ((inner.latex, inner.value), (inner.derivative_latex, inner.derivative)):
            assert as_function(text, ("t",))(t) == pytest.approx(float(function(np.array(t)))), text


def test_presets_by_name():
    assert {
        key: (preset.title, preset.outer, preset.inners, preset.t) for key, preset in PRESETS.items()
    } == {
        "two-paths": ("2xy³: two paths, two products", "2xy3", ("t2", "sin"), 1.0),
        "cancel": ("Two paths that cancel", "sum", ("t", "minus-t"), 1.0),
        "one-path": ("y does not depend on t: back to one path", "2xy3", ("t2", "constant"), 1.0),
        "three-paths": ("Three paths", "xyz", ("t", "t2", "decay"), 1.0),
        "circle": ("On a circle: the paths cancel everywhere", "squares", ("cos", "sin"), 1.0),
        "single": ("One variable, one path", "sin", ("t2",), 1.0),
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("xy", ["t", "t"], 0.0), "outer: expected one of 2xy3, .*, got 'xy'"),
        (("product", ["t", "t3"], 0.0), r"inners: expected keys among t, .*, got \['t', 't3'\]"),
        (("square", "t", 0.0), "inners: expected keys among t, .*, got 't'"),
        (("product", ["t"], 0.0), r"inners: expected 2 keys, one for each of x, y, got \['t'\]"),
        (("product", ["t", "t"], np.nan), "t: expected finite numbers, got nan"),
        (("product", ["t", "t"], [1.0]), r"t: expected shape \(\), got \(1,\)"),
        (("product", ["t", "decay"], -1e3), "t: expected numbers for which f and its slope are finite, got"),
    ],
)
def test_errors(arguments, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        evaluate(*arguments)


@pytest.mark.parametrize(
    ("ts", "message"),
    [
        (1.0, r"ts: expected shape \(T,\), got \(\)"),
        ([], r"ts: expected shape \(T,\), got \(0,\)"),
        ([0.0, np.inf], r"ts: expected finite numbers, got inf at \[1\]"),
        ([0.0, -1e3], "ts: expected numbers for which f and its slope are finite"),
    ],
)
def test_errors_of_curve(ts, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        curve("product", ["t", "decay"], ts)


def test_record_is_read_only_and_picklable():
    result = evaluate("xyz", ["t", "t2", "decay"], 1.0)
    for name in ("t", "u", "f", "df_du", "du_dt", "terms", "total", "numeric", "single_variable"):
        assert not getattr(result, name).flags.writeable
    again = pickle.loads(pickle.dumps(result))
    assert again.outer == "xyz"
    assert again.inners == ("t", "t2", "decay")
    np.testing.assert_array_equal(again.terms, result.terms)
