"""The terms of a question as a small table, with as much left blank as its level asks.

A blank cell shows "?"; numbers that are shown carry all their digits in `data-value`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backprop import MLPConfig
from backprop.network import input_of
from backprop.practice import Quantity
from ui.draw.prose import row_head
from ui.draw.prose import table as table_of
from ui.draw.svg import tag
from ui.names.numbers import as_typed, exact, short, signed
from ui.names.symbols import circled, entry_symbol, symbol
from ui.questions.questions import Question
from ui.questions.words.wording import above_name
from ui.state.data import word_of_many
from ui.state.parameters import LEVELS

NOTHING, LAST_TERM, SUM, ALL = LEVELS

BLANK = "?"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its name, the factors (None where it has none in this column), and what they make.

    The first factor of a step, `is_rate`, was chosen, not computed.
    """

    name: str
    factors: tuple[float | None, ...]
    product: float
    is_rate: bool = False

    @property
    def is_product(self) -> bool:
        """Whether there is anything to multiply; else the number was known before."""
        return None not in self.factors


@dataclass(frozen=True, slots=True)
class Working:
    """A whole working.

    Attributes:
        head: of the columns: name, factors, product.
        rows: one a term.
        totals: what is made of the terms, (name, value); the last is the answer, unless the only row is.
    """

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[tuple[str, float], ...]


def working_table(question: Question, config: MLPConfig, level: str) -> str:
    """The working as HTML; at the level "all" nothing of it is shown."""
    if level == ALL:
        return ""
    working = working_of(question, config)
    single = len(working.rows) == 1
    products = [number for number, row in enumerate(working.rows) if row.is_product]
    rows = []
    for number, row in enumerate(working.rows):
        hide_factors = single and level == SUM
        blank = products if level == SUM else products[-1:] if level == LAST_TERM else []
        factors = [_cell(x, hide_factors, f"factor:{number}:{c}") for c, x in enumerate(row.factors)]
        if row.is_rate:
            factors[0] = _cell(row.factors[0], hide_factors, f"factor:{number}:0", as_typed)
        rows.append([row_head(row.name), *factors, _cell(row.product, number in blank, f"product:{number}")])
    empty = [tag("td")] * (len(working.head) - 2)
    for number, (name, value) in enumerate(working.totals):
        rows.append([row_head(name), *empty, _cell(value, level != NOTHING, f"total:{number}")])
    return table_of(working.head, rows, "bp-ledger" if working.totals else "")


def working_of(question: Question, config: MLPConfig) -> Working:
    """The terms of a question with their names."""
    asked = question.problem
    quantity, terms = asked.quantity, asked.terms
    name, kind = question.wording.name, quantity.kind
    if kind == "pre_activation":
        return _pre_activation(question, name)
    if kind == "activation":
        return _activation(question, config, name)
    if kind == "new_weight":
        (old,), (rate, gradient) = (term.factors for term in terms)
        w = entry_symbol(f"W{quantity.layer}", quantity.index)
        step = Row("step", (rate, gradient), terms[1].product, is_rate=True)
        head = ("", "−η", f"dC/d{w}", "number")
        return Working(head, (Row(f"old {w}", (None, None), old), step), ((name, asked.right),))
    rows = tuple(
        Row(row_name, term.factors, term.product)
        for row_name, term in zip(_row_names(question), terms, strict=True)
    )
    columns = (*_factor_names(config, quantity), "product")
    if kind == "mean_gradient":
        total = sum(term.product for term in terms)
        return Working(columns, rows, (("sum", total), (f"divided by N = {len(terms)}", asked.right)))
    return Working(columns, rows, ((name, asked.right),) if len(rows) > 1 else ())


def result_line(question: Question) -> str:
    """Such as "∂C/∂a¹₄ = 0.289" and "The new w²₁₃ = 0.756"."""
    name = question.wording.name
    begin = f"T{name[1:]}" if name.startswith("the ") else name
    return f"{begin} = {short(question.problem.right)}"


def _pre_activation(question: Question, name: str) -> Working:
    quantity, terms = question.problem.quantity, question.problem.terms
    layer, i = quantity.layer, quantity.index[0]
    below = input_of(layer)
    products = [term for term in terms if len(term.factors) == 2]
    rows = [Row(f"from {symbol(below, j)}", term.factors, term.product) for j, term in enumerate(products)]
    for term in terms[len(products) :]:
        rows.append(Row(f"bias {symbol(f'b{layer}', i)}", (None, None), term.product))
    head = ("", f"{symbol(f'w{layer}', i)}ⱼ", f"{symbol(below)}ⱼ", "product")
    return Working(head, tuple(rows), ((name, question.problem.right),))


def _activation(question: Question, config: MLPConfig, name: str) -> Working:
    quantity, terms = question.problem.quantity, question.problem.terms
    layer, kind = quantity.layer, config.activation(quantity.layer)
    z = symbol(f"z{layer}")
    if not config.is_dense(layer):
        unit = quantity.index[0]
        row = Row(name, terms[0].factors, terms[0].product)
        return Working(("", symbol(f"z{layer}", unit), kind), (row,), ())
    rows = tuple(Row(symbol(f"a{layer}", k), term.factors, term.product) for k, term in enumerate(terms))
    total = sum(term.product for term in terms)
    totals = (("sum", total), (f"{name} = its exp / sum", question.problem.right))
    return Working(("", f"{z}ₖ", f"exp({z}ₖ)"), rows, totals)


def _factor_names(config: MLPConfig, quantity: Quantity) -> tuple[str, ...]:
    """Heads of the first columns: the row's name, then the factors."""
    layer, kind, index = quantity.layer, quantity.kind, quantity.index
    z, a = f"z{layer}", f"a{layer}"
    if kind in ("path_sum", "path_term"):
        output = symbol(above_name(config, layer))
        j = index[-1]
        if layer < config.depth:
            local = entry_symbol(f"W{layer + 1}", ("k", j))
        else:
            local = f"∂{output}ₖ/∂{symbol(z, j)}"
        return ("path", f"∂C/∂{output}ₖ", local)
    if kind == "through_activation":
        return ("unit", f"∂C/∂{symbol(a, index[0])}", f"{config.activation(layer)}′")
    first = word_of_many(config) if kind == "mean_gradient" else "weight"
    return (first, f"∂C/∂{symbol(z, index[0])}", symbol(input_of(layer), index[1]))


def _row_names(question: Question) -> Sequence[str]:
    quantity, terms = question.problem.quantity, question.problem.terms
    if quantity.kind == "path_sum":
        return [circled(k) for k in range(len(terms))]
    if quantity.kind == "path_term":
        return [circled(quantity.index[0])]
    if quantity.kind == "mean_gradient":
        return [name.rpartition(" ")[2] for name in question.observations]
    if quantity.kind == "through_activation":
        return [f"unit {quantity.index[0] + 1}"]
    return [entry_symbol(f"W{quantity.layer}", quantity.index)]


def _cell(value: float | None, blank: bool, key: str, write: Callable[[float], str] = signed) -> str:
    if value is None:
        return tag("td")
    if blank:
        return tag("td", BLANK, class_="bp-blank", data_working=key)
    return tag("td", write(value), data_working=key, data_value=exact(value))
