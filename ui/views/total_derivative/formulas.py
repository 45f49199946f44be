"""The sum over paths as formulas, in symbols and in numbers, and as a table. No Streamlit."""

from backprop.total_derivative import INNERS, OUTERS, TotalDerivative
from ui.draw.prose import row_head, table
from ui.draw.svg import tag
from ui.names.equations import mathml
from ui.names.equations import number as latex_number
from ui.names.numbers import exact, short, signed
from ui.views.total_derivative import words
from ui.views.total_derivative.rules import running_totals, slope


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
    rule, symbols, numbers = sum_formulas(result)
    row, row_numbers = vector_formulas(result)
    left = (_heading(words.SUM), *map(_line, (rule, symbols, numbers)), ledger(result))
    right = (
        _heading(words.ROW_TIMES_COLUMN),
        _line(row),
        _line(row_numbers),
        tag("p", words.shapes(len(result.terms))),
    )
    return tag("div", tag("div", *left), tag("div", *right), class_="bp-two")


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
        body.append([row_head(f"t → {name} → f"), *cells])
    return table(head, body)


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
