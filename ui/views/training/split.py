"""What is learned from: which flowers, how they are standardised, which test them; or all that is given."""

import streamlit as st

from backprop import MLPConfig
from ui.draw.prose import heading, row_head, table
from ui.draw.svg import tag
from ui.names.numbers import as_typed, exact, short
from ui.state.cache import kept
from ui.state.data import FEATURES, named_entries
from ui.state.own import network_of
from ui.state.training_runs import TrainingPlan, split_iris
from ui.views.training import words


def data_section(plan: TrainingPlan) -> None:
    """The split of the flowers, and what every measurement is standardised with; or all that is given."""
    said = kept(_given_markup, plan.config, plan.own) if plan.own else kept(_split_markup, plan.split)
    st.markdown(said, unsafe_allow_html=True)


def _given_markup(config: MLPConfig, own: str) -> str:
    given = network_of(own)
    count = len(given.X)
    rows = [
        [row_head(str(number)), *(_as_typed(name, number, place, value) for name, place, value in entries)]
        for number, entries in enumerate(map(_entries, given.X.tolist(), given.Y.tolist()), start=1)
    ]
    head = ["", *named_entries(config, "x"), *named_entries(config, "y")]
    return tag("div", heading(words.given_heading(count)), tag("p", words.given(count)), table(head, rows))


def _entries(x: list[float], y: list[float]) -> list[tuple[str, int, float]]:
    return [*(("x", place, value) for place, value in enumerate(x)), *(("y", *each) for each in enumerate(y))]


def _as_typed(name: str, number: int, place: int, value: float) -> str:
    return tag("td", as_typed(value), data_given=f"{name}:{number}:{place}", data_value=exact(value))


def _split_markup(number: int) -> str:
    split = split_iris(number)
    training, test = len(split.training), len(split.test)
    shown = {"mean": split.mean, "deviation": split.deviation}
    rows = [
        [row_head(name), *(_cell(what, feature, values[feature]) for what, values in shown.items())]
        for feature, name in enumerate(FEATURES)
    ]
    lists = "".join(
        tag("p", f"{what}: {', '.join(map(str, numbers))}.", class_="bp-note")
        for what, numbers in (("Training flowers", split.training), ("Test flowers", split.test))
    )
    return tag(
        "div",
        heading(words.split_heading(training, test)),
        tag("p", words.split(number, training, test)),
        table(("in cm", *shown), rows),
        tag("details", tag("summary", "Which flowers"), lists, class_="bp-more"),
    )


def _cell(what: str, feature: int, value: float) -> str:
    return tag("td", short(value), data_split=f"{what}:{feature}", data_value=exact(value))
