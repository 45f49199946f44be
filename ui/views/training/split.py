"""Which flowers are for training, which for testing, and how they are standardised."""

from functools import lru_cache

import streamlit as st

from ui.draw.svg import tag
from ui.names.numbers import exact, short
from ui.state.data import FEATURES, FLOWERS, SPECIES
from ui.state.training_runs import split_iris


def split_section(split: int) -> None:
    """The split with this seed, and what every measurement is standardised with."""
    st.markdown(_markup(split), unsafe_allow_html=True)


@lru_cache(maxsize=64)
def _markup(number: int) -> str:
    split = split_iris(number)
    training, test = len(split.training), len(split.test)
    sentence = (
        f"Split {number}: {training} of the {FLOWERS} flowers are trained on, {training // len(SPECIES)} of "
        f"each species; the network never sees the other {test}, which test it. Each measurement is "
        "standardised, x = (cm − mean) / deviation, with the training flowers' numbers only, or else the "
        "test flowers would have had a say."
    )
    rows = [
        tag(
            "tr",
            tag("th", name, scope="row"),
            *(
                tag(
                    "td",
                    short(values[feature]),
                    data_split=f"{what}:{feature}",
                    data_value=exact(values[feature]),
                )
                for what, values in (("mean", split.mean), ("deviation", split.deviation))
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
        tag("h2", f"The split: {training} to train on, {test} to test", class_="bp-heading"),
        tag("p", sentence),
        tag("div", table, class_="bp-scroll"),
        tag("details", tag("summary", "Which flowers"), lists, class_="bp-more"),
    )
