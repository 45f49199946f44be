"""The total derivative of f(u_1(t), …, u_m(t)): worked examples with one, two and three paths from t to f.

Every u_i is a path. The derivative sums over the paths, one product each:

    df/dt = Σ_i ∂f/∂u_i · du_i/dt = (∂f/∂u)(∂u/∂t),

a row of m partials times a column of m derivatives. Written that way, as the vector chain rule, it looks just
like the single-variable rule df/dt = df/du · du/dt; that is where the misconception comes from.
Source: article, sections 2.0.1, 2.0.2 and 2.1; Parr and Howard, section 4.5.

Examples are data in OUTERS, INNERS and PRESETS. Their keys are part of links: they never change.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from backprop.arrays import OVERFLOW_IS_REPORTED, FloatArray, as_float_array, read_only

STEP = 1e-5
"""Of the central difference, times the larger of 1 and |t|: rounding and curvature err about alike."""

Function = Callable[..., FloatArray]


@dataclass(frozen=True, slots=True)
class Outer:
    """f(u_1, …, u_m) with its partial derivatives, each a function of m arrays of one shape.

    `variables` are the names of the u_i; `plain`, `latex` and `partials_latex` are written in them.
    """

    variables: tuple[str, ...]
    value: Function
    partials: tuple[Function, ...]
    plain: str
    latex: str
    partials_latex: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inner:
    """u(t) with its derivative, both functions of an array."""

    value: Function
    derivative: Function
    plain: str
    latex: str
    derivative_latex: str


@dataclass(frozen=True, slots=True)
class Preset:
    """An example worth looking at: f, the u_i, and a t."""

    title: str
    outer: str
    inners: tuple[str, ...]
    t: float


@dataclass(frozen=True, slots=True, eq=False)
class TotalDerivative:
    """df/dt at one t, or at each of T values of t, which then are the first axis of every array.

    Attributes:
        outer, inners: the keys in OUTERS and INNERS.
        t: shape () or (T,), as are f, total, numeric and single_variable.
        u: the values u_i(t), shape (…, m).
        f: f(u).
        df_du: the row ∂f/∂u_i, shape (…, m).
        du_dt: the column du_i/dt, shape (…, m).
        terms: their products, one for each path, shape (…, m).
        total: the sum of `terms`: df/dt.
        numeric: (f(u(t + h)) − f(u(t − h))) / 2h.
        single_variable: what the single-variable rule says, df/dt = ∂f/∂u_1 · du_1/dt: the first path
            alone, as if nothing else depended on t. Right where the other terms come to 0.
    """

    outer: str
    inners: tuple[str, ...]
    t: FloatArray
    u: FloatArray
    f: FloatArray
    df_du: FloatArray
    du_dt: FloatArray
    terms: FloatArray
    total: FloatArray
    numeric: FloatArray
    single_variable: FloatArray


def evaluate(outer: str, inners: Sequence[str], t: float) -> TotalDerivative:
    """The total derivative of one example at one t.

    Args:
        outer: a key of OUTERS.
        inners: for each variable of that f a key of INNERS.
        t: where.

    Raises:
        ValueError: naming the argument that is wrong, or `t` if f overflows there.
    """
    return _evaluate(outer, inners, as_float_array("t", t, ()), "t")


def curve(outer: str, inners: Sequence[str], ts: ArrayLike) -> TotalDerivative:
    """The same at many values of t, shape (T,); arguments and errors as for `evaluate`."""
    return _evaluate(outer, inners, as_float_array("ts", ts, ("T",)), "ts")


@OVERFLOW_IS_REPORTED
def _evaluate(outer: str, inners: Sequence[str], t: FloatArray, name: str) -> TotalDerivative:
    function, paths = _examples(outer, inners)
    u = [path.value(t) for path in paths]
    df_du = np.stack([partial(*u) for partial in function.partials], axis=-1)
    du_dt = np.stack([path.derivative(t) for path in paths], axis=-1)
    terms = df_du * du_dt
    arrays = {
        "u": np.stack(u, axis=-1),
        "f": function.value(*u),
        "df_du": df_du,
        "du_dt": du_dt,
        "terms": terms,
        "total": terms.sum(axis=-1),
        "numeric": _numeric_slope(function, paths, t),
        "single_variable": terms[..., 0],
    }
    if not all(np.isfinite(array).all() for array in arrays.values()):
        raise ValueError(f"{name}: expected numbers for which f and its slope are finite, got {t}")
    arrays = {key: read_only(np.array(array)) for key, array in arrays.items()}
    return TotalDerivative(outer, tuple(inners), t, **arrays)


def _numeric_slope(function: Outer, paths: list[Inner], t: FloatArray) -> FloatArray:
    """(f(u(t + h)) − f(u(t − h))) / 2h, the shape of t."""
    h = STEP * np.maximum(1.0, np.abs(t))
    up, down = t + h, t - h
    f_up = function.value(*[path.value(up) for path in paths])
    f_down = function.value(*[path.value(down) for path in paths])
    return (f_up - f_down) / (up - down)


def _examples(outer: str, inners: Sequence[str]) -> tuple[Outer, list[Inner]]:
    """The functions of these keys, or ValueError."""
    if outer not in OUTERS:
        raise ValueError(f"outer: expected one of {', '.join(OUTERS)}, got {outer!r}")
    unknown = [key for key in inners if key not in INNERS]
    if isinstance(inners, str) or unknown:
        raise ValueError(f"inners: expected keys among {', '.join(INNERS)}, got {inners!r}")
    variables = OUTERS[outer].variables
    if len(inners) != len(variables):
        names = ", ".join(variables)
        raise ValueError(f"inners: expected {len(variables)} keys, one for each of {names}, got {inners!r}")
    return OUTERS[outer], [INNERS[key] for key in inners]


OUTERS: dict[str, Outer] = {
    "2xy3": Outer(
        variables=("x", "y"),
        value=lambda x, y: 2 * x * y**3,
        partials=(lambda x, y: 2 * y**3, lambda x, y: 6 * x * y**2),
        plain="2xy³",
        latex="2xy^3",
        partials_latex=("2y^3", "6xy^2"),
    ),
    "product": Outer(
        variables=("x", "y"),
        value=lambda x, y: x * y,
        partials=(lambda x, y: y, lambda x, y: x),
        plain="xy",
        latex="xy",
        partials_latex=("y", "x"),
    ),
    "sum": Outer(
        variables=("x", "y"),
        value=lambda x, y: x + y,
        partials=(lambda x, y: np.ones_like(x), lambda x, y: np.ones_like(y)),
        plain="x + y",
        latex="x + y",
        partials_latex=("1", "1"),
    ),
    "squares": Outer(
        variables=("x", "y"),
        value=lambda x, y: x**2 + y**2,
        partials=(lambda x, y: 2 * x, lambda x, y: 2 * y),
        plain="x² + y²",
        latex="x^2 + y^2",
        partials_latex=("2x", "2y"),
    ),
    "sinx-y": Outer(
        variables=("x", "y"),
        value=lambda x, y: np.sin(x) * y,
        partials=(lambda x, y: np.cos(x) * y, lambda x, y: np.sin(x)),
        plain="sin(x) y",
        latex=r"\sin(x)\,y",
        partials_latex=(r"\cos(x)\,y", r"\sin(x)"),
    ),
    "xyz": Outer(
        variables=("x", "y", "z"),
        value=lambda x, y, z: x * y * z,
        partials=(lambda x, y, z: y * z, lambda x, y, z: x * z, lambda x, y, z: x * y),
        plain="xyz",
        latex="xyz",
        partials_latex=("yz", "xz", "xy"),
    ),
    "xy-z2": Outer(
        variables=("x", "y", "z"),
        value=lambda x, y, z: x * y + z**2,
        partials=(lambda x, y, z: y, lambda x, y, z: x, lambda x, y, z: 2 * z),
        plain="xy + z²",
        latex="xy + z^2",
        partials_latex=("y", "x", "2z"),
    ),
    "square": Outer(
        variables=("x",),
        value=lambda x: x**2,
        partials=(lambda x: 2 * x,),
        plain="x²",
        latex="x^2",
        partials_latex=("2x",),
    ),
    "sin": Outer(
        variables=("x",),
        value=lambda x: np.sin(x),
        partials=(lambda x: np.cos(x),),
        plain="sin(x)",
        latex=r"\sin(x)",
        partials_latex=(r"\cos(x)",),
    ),
}

INNERS: dict[str, Inner] = {
    "t": Inner(lambda t: +t, lambda t: np.ones_like(t), "t", "t", "1"),
    "t2": Inner(lambda t: t**2, lambda t: 2 * t, "t²", "t^2", "2t"),
    "sin": Inner(lambda t: np.sin(t), lambda t: np.cos(t), "sin t", r"\sin t", r"\cos t"),
    "cos": Inner(lambda t: np.cos(t), lambda t: -np.sin(t), "cos t", r"\cos t", r"-\sin t"),
    "decay": Inner(lambda t: np.exp(-t), lambda t: -np.exp(-t), "e⁻ᵗ", "e^{-t}", "-e^{-t}"),
    "constant": Inner(lambda t: np.full_like(t, 2.0), lambda t: np.zeros_like(t), "2", "2", "0"),
    "minus-t": Inner(lambda t: -t, lambda t: -np.ones_like(t), "−t", "-t", "-1"),
}

PRESETS: dict[str, Preset] = {
    "two-paths": Preset("2xy³: two paths, two products", "2xy3", ("t2", "sin"), 1.0),
    "cancel": Preset("Two paths that cancel", "sum", ("t", "minus-t"), 1.0),
    "one-path": Preset("y does not depend on t: back to one path", "2xy3", ("t2", "constant"), 1.0),
    "three-paths": Preset("Three paths", "xyz", ("t", "t2", "decay"), 1.0),
    "circle": Preset("On a circle: the paths cancel everywhere", "squares", ("cos", "sin"), 1.0),
    "single": Preset("One variable, one path", "sin", ("t2",), 1.0),
}
