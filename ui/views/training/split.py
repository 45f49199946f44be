"""Which flowers are for training, which for testing, and how they are standardised."""

import streamlit as st

from ui.draw.prose import heading, row_head, table
from ui.draw.svg import tag
from ui.names.numbers import exact, short
from ui.state.cache import kept
from ui.state.data import FEATURES
from ui.state.training_runs import split_iris
from ui.views.training import words


def split_section(split: int) -> None:
    """The split with this seed, and what every measurement is standardised with."""
    st.markdown(kept(_markup, split), unsafe_allow_html=True)


def _markup(number: int) -> str:
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
