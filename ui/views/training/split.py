"""Which flowers are for training, which for testing, and how they are standardised."""

import streamlit as st

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
    rows = [
        tag(
            "tr",
            tag("th", name, scope="row"),
            *(
                tag("td", short(value), data_split=f"{what}:{feature}", data_value=exact(value))
                for what, value in (("mean", split.mean[feature]), ("deviation", split.deviation[feature]))
            ),
        )
        for feature, name in enumerate(FEATURES)
    ]
    columns = ("in cm", "mean", "deviation")
    head = tag("tr", *(tag("th", column, scope="col") for column in columns))
    table = tag("table", tag("thead", head), tag("tbody", *rows), class_="bp-table")
    lists = "".join(
        tag("p", f"{what}: {', '.join(map(str, numbers))}.", class_="bp-note")
        for what, numbers in (("Training flowers", split.training), ("Test flowers", split.test))
    )
    return tag(
        "div",
        tag("h2", words.split_heading(training, test), class_="bp-heading"),
        tag("p", words.split(number, training, test)),
        tag("div", table, class_="bp-scroll"),
        tag("details", tag("summary", "Which flowers"), lists, class_="bp-more"),
    )
