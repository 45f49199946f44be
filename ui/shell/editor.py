"""A table editor for every number that goes into the network: inputs, targets, weights, biases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import streamlit as st

from backprop.arrays import FloatArray
from backprop.network import input_of
from ui.draw.bundle import bundle
from ui.names.numbers import as_typed
from ui.names.symbols import entry_symbol, symbol
from ui.names.timeline import parameter_names
from ui.names.typed import parse_number
from ui.shell import words
from ui.shell.sentences import as_markdown
from ui.shell.share.escape import escape_closes
from ui.state.address import put
from ui.state.captions import edit_time, list_edits
from ui.state.data import named_entries
from ui.state.edits import LARGEST, MAX_EDITS, Edit, fitting_edits, format_edits, parse_edits
from ui.state.recording import current_params, observation, unedited_params
from ui.state.settings import Settings

MOST_PROBLEMS = 3

Texts = tuple[tuple[str, ...], ...]
"""What the cells of a table hold, by row and column."""

_DONE = "edits_done"
"""Key of the session: how often numbers were applied or put back; what was typed before is done with."""

_FOLDER = Path(__file__).parent
_FIELDS = st.components.v2.component(
    "backprop.numbers",
    css=(_FOLDER / "editor.css").read_text(encoding="utf-8"),
    js=bundle(_FOLDER / "editor.js"),
)
"""Our own table: st.data_editor loses signs, commas, exponents, and the first keys of a fast typist."""


@dataclass(frozen=True, slots=True, eq=False)
class NumberTable:
    """Numbers side by side, as the editor shows them.

    Attributes:
        title: what they are.
        rows, columns: their names.
        values: what is there now, edits included, shape (rows, columns).
        unedited: what is there without any edit, same shape.
        places: name and index of each number, by row and column.
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: FloatArray
    unedited: FloatArray
    places: tuple[tuple[tuple[str, tuple[int, ...]], ...], ...]

    @property
    def texts(self) -> Texts:
        """The values as they are shown, with up to six digits."""
        return tuple(tuple(map(as_typed, row)) for row in self.values.tolist())


def number_tables(settings: Settings) -> tuple[NumberTable, ...]:
    """x, y, then one table a layer, its biases in the last column; before any step is taken."""
    start, bare = replace(settings, taken=0), replace(settings, taken=0, edit="")
    config, params, old = settings.config, current_params(start), unedited_params(bare)
    (x, y), (old_x, old_y) = observation(start), observation(bare)
    tables = [
        _vector("Inputs x", "x", named_entries(config, "x"), x, old_x),
        _vector("Targets y", "y", named_entries(config, "y"), y, old_y),
    ]
    for layer in range(1, config.depth + 1):
        names = parameter_names(config, layer)
        rows, columns = named_entries(config, f"z{layer}"), named_entries(config, input_of(layer))
        W, *biases = names
        tables.append(
            NumberTable(
                f"Layer {layer}: {' and '.join(map(symbol, names))}",
                tuple(rows),
                (*columns, *(f"bias {symbol(b)}" for b in biases)),
                np.column_stack([params[name] for name in names]),
                np.column_stack([old[name] for name in names]),
                tuple(_places(W, biases, unit, len(columns)) for unit in range(len(rows))),
            )
        )
    return tuple(tables)


def _places(W: str, biases: Sequence[str], unit: int, inputs: int) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Name and index of every number in the row of a unit: its weights, and its bias if it has one."""
    return (*((W, (unit, column)) for column in range(inputs)), *((b, (unit,)) for b in biases))


def _vector(title: str, name: str, names: Sequence[str], values: FloatArray, old: FloatArray) -> NumberTable:
    return NumberTable(
        title,
        tuple(names),
        (name,),
        values.reshape(-1, 1),
        old.reshape(-1, 1),
        tuple(((name, (row,)),) for row in range(len(names))),
    )


def edits_of(
    settings: Settings, tables: Sequence[NumberTable], typed: Sequence[Texts]
) -> tuple[tuple[Edit, ...], tuple[str, ...]]:
    """The edits that the typed numbers are, and what is wrong with them: sentences, none if all is well.

    Args:
        settings: of the view.
        tables: as they were shown.
        typed: what they hold now. A cell with the text that was shown keeps every digit of its value.
    """
    edits: list[Edit] = []
    problems: list[str] = []
    for table, texts in zip(tables, typed, strict=True):
        found, unreadable = _read(table, texts)
        edits += found
        problems += unreadable.values()
    if len(edits) > MAX_EDITS:
        problems.append(words.too_many_edits(len(edits), MAX_EDITS))
    if not problems:
        _, y = observation(replace(settings, edit=""))
        _, wrong = fitting_edits(edits, settings.config, y)
        if wrong:
            problems.append(f"{wrong[0].upper()}{wrong[1:]}.")
    return tuple(edits), tuple(problems)


def _read(table: NumberTable, texts: Texts) -> tuple[list[Edit], dict[tuple[int, int], str]]:
    """The edits in a table, and a sentence for each cell that holds no number."""
    edits, wrong = [], {}
    shown = table.texts
    for (row, column), value in np.ndenumerate(table.values):
        name, index = table.places[row][column]
        text = texts[row][column]
        try:
            number = float(value) if text == shown[row][column] else _parse_entry(text)
        except ValueError as error:
            wrong[row, column] = f"{entry_symbol(name, index)}: {error}"
        else:
            if number != table.unedited[row, column]:
                edits.append(Edit(name, index, number))
    return edits, wrong


def _parse_entry(text: str) -> float:
    """The number typed into a cell; a ValueError says what was expected and what came."""
    if not text.strip() or abs(number := parse_number(text)) > LARGEST:
        raise ValueError(words.out_of_range(LARGEST, text))
    return number


@st.dialog("Edit numbers", width="large", icon=":material/edit:")
def edit_dialog(settings: Settings) -> None:
    """Open the editor above the page."""
    escape_closes()
    editor(settings)


def editor(settings: Settings) -> None:
    """The tables, and what to do with them."""
    st.caption(words.TYPE)
    back = settings.taken > 0 and _offer_to_go_back(settings)
    tables = number_tables(settings)
    typed = _editors(settings, tables)
    chosen = _put_back(settings)
    edits, problems = edits_of(settings, tables, typed)
    edits = tuple(edit for edit in edits if (edit.name, edit.index) not in chosen)
    for problem in problems[:MOST_PROBLEMS]:
        st.error(as_markdown(problem), icon=":material/edit_off:")
    with st.container(horizontal=True, vertical_alignment="center"):
        apply = st.button("Apply", type="primary", disabled=bool(problems))
        reset = st.button("Put all back", disabled=not (settings.edit or edits or problems))
        st.caption(words.PUT_RIGHT if problems else words.count_edited(len(edits), MAX_EDITS))
    if apply or reset:
        st.session_state[_DONE] = st.session_state.get(_DONE, 0) + 1
        put("edit", None if reset else format_edits(edits) or None)
        if back:
            put("taken", None)
        st.rerun()


def _offer_to_go_back(settings: Settings) -> bool:
    st.info(words.steps_after(settings.taken), icon=":material/info:")
    return st.checkbox(words.TAKE_BACK, value=True)


def _editors(settings: Settings, tables: Sequence[NumberTable]) -> list[Texts]:
    """The tables as editors, and what they hold."""
    names = [words.INPUTS_AND_TARGETS, *(table.title for table in tables[2:])]
    first, *layers = st.tabs(names)
    left, right = first.columns(2)
    return [
        _editor(settings, table, place) for table, place in zip(tables, (left, right, *layers), strict=True)
    ]


def _editor(settings: Settings, table: NumberTable, place: st.delta_generator.DeltaGenerator) -> Texts:
    # What was typed belongs to these very numbers, so the key holds them.
    key = f"numbers {table.title} {settings.link('')} {st.session_state.get(_DONE, 0)}"
    typed = typed_cells(st.session_state.get(key), table)
    texts = tuple(
        tuple(typed.get((row, column), text) for column, text in enumerate(line))
        for row, line in enumerate(table.texts)
    )
    _, wrong = _read(table, texts)
    with place:
        _FIELDS(
            key=key,
            data={
                "rows": table.rows,
                "columns": table.columns,
                "names": [[entry_symbol(*entry) for entry in line] for line in table.places],
                "shown": table.texts,
                "typed": {f"{row},{column}": text for (row, column), text in typed.items()},
                "wrong": {f"{row},{column}": said for (row, column), said in wrong.items()},
            },
            default={"typed": {}},
            on_typed_change=lambda: None,
        )
    return texts


def typed_cells(state: object, table: NumberTable) -> dict[tuple[int, int], str]:
    """The cells whose text is not the one shown at first; whatever else a browser sends is left out."""
    sent = state.get("typed") if isinstance(state, Mapping) else None
    rows, columns = table.values.shape
    places = {f"{row},{column}": (row, column) for row in range(rows) for column in range(columns)}
    cells = sent.items() if isinstance(sent, Mapping) else ()
    return {places[at]: text for at, text in cells if at in places and isinstance(text, str)}


def _put_back(settings: Settings) -> set[tuple[str, tuple[int, ...]]]:
    """Edited numbers that shall be as they were."""
    if not settings.edit:
        return set()
    options = {
        f"{entry_symbol(edit.name, edit.index)} = {as_typed(edit.value)}": (edit.name, edit.index)
        for edit in parse_edits(settings.edit)
    }
    return {options[label] for label in st.multiselect(words.PUT_BACK_SINGLE, list(options))}


def edits_summary(settings: Settings) -> str:
    """How many numbers are edited, and which; Markdown."""
    return words.edited(len(parse_edits(settings.edit)), edit_time(settings), list_edits(settings))
