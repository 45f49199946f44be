"""What one total derivative says: formulas in symbols and numbers, sentence, table. No Streamlit."""

from backprop.total_derivative import INNERS, OUTERS, TotalDerivative
from ui.draw.svg import scripts, tag
from ui.names.equations import mathml
from ui.names.equations import number as latex_number
from ui.names.numbers import as_typed, count_word, exact, percent, short, signed
from ui.views.total_derivative.rules import (
    carrying,
    lone_error,
    lone_path,
    moving,
    names_of,
    numeric_slope,
    quotient_agrees,
    running_totals,
    slope,
)

CIRCLED = "①②③"


def example_formula(outer: str, inners: tuple[str, ...]) -> str:
    """LaTeX of f and its inner functions."""
    function = OUTERS[outer]
    parts = [f"f = {function.latex}"]
    parts += [f"{name} = {INNERS[key].latex}" for name, key in zip(function.variables, inners, strict=True)]
    return r",\quad ".join(parts)


def sum_formulas(result: TotalDerivative) -> tuple[str, str, str]:
    """LaTeX of the sum over paths: as the rule, with these functions, with these numbers."""
    function, names = OUTERS[result.outer], OUTERS[result.outer].variables
    rule = " + ".join(rf"\frac{{\partial f}}{{\partial {u}}} \cdot \frac{{d{u}}}{{dt}}" for u in names)
    if len(names) == 1:
        rule = r"\frac{df}{dx} \cdot \frac{dx}{dt}"
    symbols = " + ".join(
        f"{_bracket(partial)} \\cdot {_bracket(INNERS[key].derivative_latex)}"
        for partial, key in zip(function.partials_latex, result.inners, strict=True)
    )
    numbers = " + ".join(
        f"{_number(a)} \\cdot {_number(b)}" for a, b in zip(result.df_du, result.du_dt, strict=True)
    )
    left = r"\frac{df}{dt} ="
    return f"{left} {rule}", f"{left} {symbols}", f"{left} {numbers} = {_plain(slope(result))}"


def vector_formulas(result: TotalDerivative) -> tuple[str, str]:
    """LaTeX of the same as a row times a column: with these functions, with these numbers."""
    function = OUTERS[result.outer]
    column = [INNERS[key].derivative_latex for key in result.inners]
    symbols = _row_times_column(list(function.partials_latex), column)
    numbers = _row_times_column(
        [_plain(float(a)) for a in result.df_du], [_plain(float(b)) for b in result.du_dt]
    )
    left = r"\frac{\partial f}{\partial \mathbf{u}} \, \frac{\partial \mathbf{u}}{\partial t} ="
    return f"{left} {symbols}", f"= {numbers} = {_plain(slope(result))}"


def formulas(result: TotalDerivative) -> str:
    """HTML: the sum over paths, and beside it row times column."""
    count = len(result.terms)
    rule, symbols, numbers = sum_formulas(result)
    row, row_numbers = vector_formulas(result)
    shapes = (
        f"Jacobians ∂f/∂u, shape (1, {count}), and ∂u/∂t, shape ({count}, 1): their product, shape (1, 1), "
        "is the sum. It looks like the single-variable rule, and that is where the misconception comes from."
    )
    if count == 1:
        shapes = "One path: both Jacobians are (1, 1), and the single-variable rule is all there is."
    left = (_heading("The sum over paths"), *map(_line, (rule, symbols, numbers)), ledger(result))
    right = (_heading("The same as row × column"), _line(row), _line(row_numbers), tag("p", shapes))
    return tag("div", tag("div", *left), tag("div", *right), class_="bp-two")


def verdict(result: TotalDerivative) -> str:
    """The point, in words: what one path alone says, what all sum to, and whether one was enough."""
    agrees = "agrees" if quotient_agrees(result) else "disagrees"
    numeric = f"the numeric slope {agrees}, {signed(numeric_slope(result))}"
    count, moved, carried, lone = len(result.terms), moving(result), carrying(result), lone_path(result)
    name, path, alone = names_of(result, [lone]), CIRCLED[lone], signed(float(result.terms[lone]))
    still, others = ([i for i in range(count) if i not in chosen] for chosen in (moved, [lone]))
    constant = f"{names_of(result, still)} {'is' if len(still) == 1 else 'are'} constant"
    at = f"At t = {as_typed(float(result.t))}"
    paths = "both paths" if count == 2 else f"all {count_word(count)} paths"
    if not moved:
        return f"Nothing moves: {constant}, so df/dt is 0 at every t, and {numeric}."
    if count == 1:
        return f"One path: the single-variable rule says {alone}, and {numeric}."
    if len(moved) == 1:
        return (
            f"Only {name} moves, {constant}: back to one path. The single-variable rule is right, "
            f"through {name}: it says {alone}, and {numeric}."
        )
    if not carried:
        return f"{at} {paths} carry 0, so df/dt is 0, and {numeric}."
    if len(carried) == 1:
        elsewhere = names_of(result, others, "or")
        return (
            f"{at} only path {path} carries anything: the single-variable rule through {name} says {alone}, "
            f"and {numeric}. Here one path happens to be enough, but not the one through {elsewhere}."
        )
    error, total = lone_error(result), slope(result)
    said = (
        f"The single-variable rule knows path {path} only and says {alone}. "
        f"{paths.capitalize()} sum to {signed(total)}, and {numeric}."
    )
    if error == 0:
        return f"{said} Here the other paths cancel each other, so one path happens to be enough."
    if total == 0:
        return f"{said} The paths cancel: one alone is off by {signed(error)}."
    share = percent(abs(error / total))
    return f"{said} One path alone is off by {signed(error)}, {share} of the true slope."


def legend(result: TotalDerivative) -> str:
    """What the colours mean, in words."""
    products = "its product" if len(result.terms) == 1 else "the product"
    return f"Colour of a path and of its bar: blue where {products} is positive, orange where it is negative."


def ledger(result: TotalDerivative) -> str:
    """The paths as a table."""
    names = OUTERS[result.outer].variables
    head = ("path", "∂f/∂u", "du/dt", "product", "running total")
    running, body = running_totals(result), []
    for i, name in enumerate(names):
        values = (result.df_du[i], result.du_dt[i], result.terms[i], running[i])
        cells = (
            tag("td", signed(float(v)), data_value=exact(v), data_cell=f"{name}:{k}")
            for k, v in enumerate(values)
        )
        body.append(tag("tr", tag("th", f"t → {name} → f", scope="row"), *cells))
    header = tag("tr", *(tag("th", scripts(text), scope="col") for text in head))
    table = tag("table", tag("thead", header), tag("tbody", *body), class_="bp-table")
    return tag("div", table, class_="bp-scroll")


def _heading(text: str) -> str:
    return tag("h3", text, class_="bp-subheading")


def _line(latex: str) -> str:
    return tag("div", mathml(latex, block=True), class_="bp-formula")


def _row_times_column(row: list[str], column: list[str]) -> str:
    # app.css draws the brackets: a fence stretches only where a font for mathematics is installed.
    left, right = " & ".join(row), r" \\ ".join(column)
    return rf"\begin{{matrix}} {left} \end{{matrix}} \, \begin{{matrix}} {right} \end{{matrix}}"


def _plain(value: float) -> str:
    """A number in LaTeX."""
    return latex_number(short(value))


def _number(value: float) -> str:
    """A number in LaTeX as a factor: negative ones in brackets."""
    return f"({_plain(float(value))})" if value < 0 else _plain(float(value))


def _bracket(latex: str) -> str:
    return f"({latex})" if latex.startswith("-") else latex
