"""What the reader of the lab has chosen: path, seeds, epochs, predicted order. All of it in the URL."""

from dataclasses import dataclass

import streamlit as st

from backprop.study.rules import RULES, path_count, rules_for
from ui.state.address import asked, asked_all, keep_texts, put
from ui.state.choices import ask, numbers, say
from ui.state.parameters import SKIP, rows_of
from ui.state.settings import Settings
from ui.state.words import shorten
from ui.views.lab.runs import LabPlan
from ui.views.lab.words import page as words

ORDER = "lab_order"


@dataclass(frozen=True, slots=True)
class LabChoice:
    """One view of the lab, checked.

    Attributes:
        settings: those of the sidebar.
        plan: what is compared.
        order: names of the rules as the reader ranks them, best first; empty where they skipped that,
            None where they have not predicted yet.
    """

    settings: Settings
    plan: LabPlan
    order: tuple[str, ...] | None


def choose_lab(settings: Settings) -> LabChoice:
    """The controls at the top of the page, and what they are set to."""
    keys = [row.key for row in rows_of("chain_rule_lab") if row.page]
    _remember(keys)
    has_single, k = any(rule.name == "single" for rule in rules_for(settings.config)), 1
    *path, seeds, epochs = st.columns((1, 1.2, 1.2)[not has_single :], gap="medium")
    for column in path:
        with column:
            k = int(ask("lab_path", options=numbers(path_count(settings.config))))
    with seeds:
        count = int(ask("lab_seeds"))
    with epochs:
        given = settings.given
        length = int(ask("lab_epochs", **({"help": words.epochs(len(given.X))} if given else {})))
    rate, own = settings.learning_rate, settings.plan.own
    plan = LabPlan(settings.config, rate, length, settings.seed, count, k - 1, own)
    st.session_state["lab_memory"] = {key: asked_all(key) for key in keys}
    return LabChoice(settings, plan, _order(asked(ORDER) or "", plan))


def set_order(order: str) -> None:
    """Callback: the reader predicts this, SKIP, or begins anew with an empty one."""
    put(ORDER, order or None)


def _remember(keys: list[str]) -> None:
    """Back on this page in the same session, it is as it was left, unless the link says else."""
    if not any(map(asked_all, keys)):
        for key, texts in st.session_state.get("lab_memory", {}).items():
            keep_texts(key, texts)


def _order(asked: str, plan: LabPlan) -> tuple[str, ...] | None:
    """The prediction that the URL holds; a notice where it is none."""
    if not asked:
        return None
    if asked == SKIP:
        return ()
    names = [rule.name for rule in plan.rules]
    # Another network may have fewer rules than an older prediction has ranked.
    known = {rule.name for rule in RULES} - set(names)
    order = tuple(name for name in asked.split("-") if name not in known)
    if sorted(order) == sorted(names):
        return order
    say(words.no_prediction(SKIP, names, shorten(asked)))
    return None
