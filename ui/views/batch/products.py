"""The two matrix products of D side by side: down the flowers, and across the units. No Streamlit."""

from backprop.noise import is_noise
from ui.draw.prose import paragraph
from ui.draw.svg import scripts, tag
from ui.names.equations import entry, mathml
from ui.names.equations import symbol as latex
from ui.names.numbers import exact, signed
from ui.names.symbols import symbol
from ui.state.parameters import BIAS
from ui.views.batch import words
from ui.views.batch.choice import BatchChoice
from ui.views.batch.data import cotangents_below
from ui.views.batch.tables import (
    below_symbol,
    cell,
    flower_head,
    gap,
    head,
    input_names,
    input_title,
    matrix_table,
    row_name,
    scale_of,
    unit_heads,
    unit_names,
    unit_title,
)

FLOWER_SUM = r"\frac{dC}{d{W}}[k,j]=\frac{1}{N}\sum_{n} D[n,k]\;A[n,j]"
PATH_SUM = r"\frac{\partial C}{\partial {a}}[j]=\sum_{k} D[n,k]\;{W}[k,j]"


def products_markup(choice: BatchChoice) -> str:
    """Both products with the same rows of D, and what each adds up."""
    left = _panel(
        "flowers", _badge_flowers(choice), FLOWER_SUM, choice, _over_flowers(choice), _flower_text(choice)
    )
    right = _panel("paths", _badge_paths(choice), PATH_SUM, choice, _over_paths(choice), _path_text(choice))
    return tag("div", left, right, class_="bp-products") + paragraph(words.COLOURS, "bp-note")


def _panel(kind: str, badge: str, formula: str, choice: BatchChoice, table: str, text: str) -> str:
    written = formula.replace("{W}", latex(f"W{choice.layer}")).replace("{a}", entry(choice.below))
    top = tag(
        "div",
        badge,
        tag("div", mathml(written), class_="bp-inline-formula"),
        class_="bp-products-top",
    )
    return tag("section", top, table, text, class_=f"bp-over-{kind}")


def _badge_flowers(choice: BatchChoice) -> str:
    count = len(choice.flowers)
    text = "n: only 1 flower" if count == 1 else f"n: {count} flowers summed"
    return tag("p", text, class_="bp-badge bp-many-flowers")


def _badge_paths(choice: BatchChoice) -> str:
    text = "k: only 1 path" if choice.units == 1 else f"k: {choice.units} paths summed"
    return tag("p", text, class_="bp-badge bp-many-paths")


# --- summed over observations ------------------------------------------------------------------------


def _over_flowers(choice: BatchChoice) -> str:
    """D and A, one flower a row, and under A the gradient, each of whose cells is a link."""
    names, inputs, window = unit_names(choice), [*input_names(choice), "1"], choice.unit_window
    D, A, gradient = choice.batch.cotangents, choice.batch.inputs, choice.batch.gradient
    D_scale, A_scale, scale = scale_of(D), scale_of(A[:, :-1]), scale_of(gradient)
    left = len(window) + 2
    rows = _heads(
        (_block(f"D: ∂C/∂{symbol(f'z{choice.layer}')}", window, choice.units), unit_heads(choice, window)),
        (
            head(f"A: {below_symbol(choice)}, and 1", span=len(inputs), class_="bp-block"),
            [head(name, input_title(choice, j)) for j, name in enumerate(inputs)],
        ),
    )
    for flower in choice.shown:
        n = choice.position(flower)
        factors = (
            cell(float(D[n, k]), D_scale, f"D:{flower}:{k}", "bp-lit" if k == choice.row else "")
            for k in window
        )
        others = (
            cell(value, A_scale, f"A:{flower}:{j}", "bp-lit" if j == choice.column else "")
            for j, value in enumerate(A[n].tolist())
        )
        rows.append([flower_head(flower), *factors, gap(), *others])
    rows += _more(choice, left + len(inputs))
    W = symbol(f"W{choice.layer}")
    columns = [*(str(j + 1) for j in range(choice.inputs)), "b"]
    rows.append([head(f"dC/d{W} = Dᵀ A / {len(choice.flowers)}", span=left), *map(head, columns)])
    for k, name in enumerate(names):
        cells = (_gradient_cell(choice, k, j, value, scale) for j, value in enumerate(gradient[k].tolist()))
        rows.append([row_name(f"row {k + 1}, {name}{_species(choice, k)}", span=left), *cells])
    return matrix_table(rows, words.over_flowers(W), _size(choice))


def _species(choice: BatchChoice, k: int) -> str:
    return f" {unit_title(choice, k)}" if choice.layer == choice.settings.config.depth else ""


def _heads(*blocks: tuple[str, list[str]]) -> list[list[str]]:
    """Two rows: the names of the blocks, and those of their columns."""
    (first, names), (second, others) = blocks
    return [[head(""), first, gap(), second], [head("n"), *names, gap(), *others]]


def _block(name: str, window: range, count: int) -> str:
    if len(window) < count:
        name += f" ({len(window)} of {count})"
    return head(name, span=len(window), class_="bp-block")


def _size(choice: BatchChoice) -> str:
    """Smaller letters where the two tables would not stand side by side."""
    return "bp-tight" if choice.units + choice.inputs > 8 else ""


def _gradient_cell(choice: BatchChoice, k: int, j: int, value: float, scale: float) -> str:
    column = BIAS if j == choice.inputs else j + 1
    said = f"Row {k + 1}, {'bias' if column == BIAS else f'column {column}'}"
    chosen = (k, j) == (choice.row, choice.column)
    href = choice.link(row=k + 1, col=column)
    return cell(value, scale, f"gradient:{k}:{j}", "bp-chosen" if chosen else "", href, said)


def _more(choice: BatchChoice, span: int) -> list[list[str]]:
    """A line for the flowers that are not written out."""
    rest = len(choice.flowers) - len(choice.shown)
    if not rest:
        return []
    return [[tag("td", scripts(words.more_flowers(rest)), class_="bp-gap bp-rest", colspan=str(span))]]


def _flower_text(choice: BatchChoice) -> str:
    terms = dict(zip(choice.flowers, choice.terms, strict=True))
    shown = [_term(terms[flower], f"n:{flower}") for flower in choice.shown]
    mean = float(choice.batch.gradient[choice.row, choice.column])
    rest = [value for flower, value in terms.items() if flower not in choice.shown]
    if rest:
        total = sum(rest)
        total = 0.0 if is_noise(total, *rest) else total
        shown.append(tag("span", f"and the other {len(rest)}: {signed(total)}", data_term="n:rest"))
    return _sum_line(
        f"dC/d{choice.cell}",
        f"1/{len(choice.flowers)} · ( {' '.join(shown)} )",
        mean,
        "n:mean",
        words.DOWN_THE_FLOWERS,
    )


# --- summed over paths -------------------------------------------------------------------------------


def _over_paths(choice: BatchChoice) -> str:
    """W above, D on the left, and ∂C/∂A of every flower, each of whose cells is a link."""
    units, names, window = range(choice.units), input_names(choice), choice.input_window
    D, W, result = choice.batch.cotangents, choice.batch.weights, cotangents_below(choice.batch)
    D_scale, W_scale, scale = scale_of(D), scale_of(W), scale_of(result)
    left = choice.units + 2
    columns = (head(str(j + 1), input_title(choice, j)) for j in window)
    rows = [[head(symbol(f"W{choice.layer}"), span=left), *columns]]
    for k, name in enumerate(unit_names(choice)):
        factors = (
            cell(float(W[k, j]), W_scale, f"W:{k}:{j}", "bp-lit" if j == choice.column else "")
            for j in window
        )
        rows.append([row_name(f"row {k + 1}, into {name}", span=left), *factors])
    rows += _heads(
        (_block(f"D: ∂C/∂{symbol(f'z{choice.layer}')}", units, choice.units), unit_heads(choice, units)),
        (
            _block(f"D W = ∂C/∂{below_symbol(choice)}", window, choice.inputs),
            [head(names[j], input_title(choice, j)) for j in window],
        ),
    )
    for flower in choice.shown:
        n, lit = choice.position(flower), "bp-lit" if flower == choice.pick else ""
        factors = (cell(float(D[n, k]), D_scale, f"D':{flower}:{k}", lit) for k in units)
        cells = (_cotangent_cell(choice, flower, j, float(result[n, j]), scale) for j in window)
        rows.append([flower_head(flower, choice.link(pick=flower)), *factors, gap(), *cells])
    rows += _more(choice, left + len(window))
    return matrix_table(rows, words.over_paths(below_symbol(choice)), _size(choice))


def _cotangent_cell(choice: BatchChoice, flower: int, j: int, value: float, scale: float) -> str:
    chosen = (flower, j) == (choice.pick, choice.column)
    href = choice.link(col=j + 1, pick=flower)
    said = f"Flower {flower}, column {j + 1}"
    return cell(value, scale, f"through:{flower}:{j}", "bp-chosen" if chosen else "", href, said)


def _path_text(choice: BatchChoice) -> str:
    if choice.column == choice.inputs:
        return tag("p", words.A_BIAS, class_="bp-note", data_testid="no-paths")
    n = choice.position(choice.pick)
    products = choice.batch.path_terms(n, choice.column).tolist()
    name = symbol(choice.below, choice.column)
    return _sum_line(
        f"∂C/∂{name} of flower {choice.pick}",
        " ".join(_term(value, f"k:{k}") for k, value in enumerate(products)),
        float(cotangents_below(choice.batch)[n, choice.column]),
        "k:sum",
        words.ACROSS_TO_X if choice.layer == 1 else words.ACROSS_THE_UNITS,
    )


def _term(value: float, key: str) -> str:
    return tag("span", signed(value) if value else "+0", data_term=key, data_value=exact(value))


def _sum_line(name: str, terms: str, value: float, key: str, where: str) -> str:
    result = tag("strong", signed(value), data_term=key, data_value=exact(value))
    line = tag("p", scripts(name), " = ", terms, " = ", result, class_="bp-sum-line")
    return tag("p", where, class_="bp-note") + line
