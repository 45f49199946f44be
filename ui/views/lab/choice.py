"""What the reader of the lab has chosen: path, seeds, epochs, predicted order. All of it in the URL."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from backprop.study.rules import path_count
from ui.state.address import asked, asked_all, keep_texts, put
from ui.state.choices import one_of, pills, steps_slider
from ui.state.settings import IRIS, Settings, shorten
from ui.views.lab.runs import LabPlan
from ui.views.lab.words import page as words

MAX_SEEDS = 20
EPOCH_CHOICES = (1, 2, 5, 10, 20, 50, 100, 200, 300, 400, 500)
SEEDS, EPOCHS, PATH = 10, 200, 1
ORDER, SKIP = "lab_order", "skip"


@dataclass(frozen=True, slots=True)
class LabChoice:
    """One view of the lab, checked.

    Attributes:
        settings: those of the sidebar, on iris.
        plan: what is compared.
        order: names of the rules as the reader ranks them, best first; empty where they skipped that,
            None where they have not predicted yet.
    """

    settings: Settings
    plan: LabPlan
    order: tuple[str, ...] | None


def choose_lab(settings: Settings) -> LabChoice:
    """The controls at the top of the page, and what they are set to."""
    if settings.data != IRIS:
        st.info(words.ON_IRIS)
        settings = replace(settings, data=IRIS, edit="")
    _remember()
    path, seeds, epochs = st.columns((1, 1.2, 1.2), gap="medium")
    with path:
        paths = range(1, path_count(settings.config) + 1)
        k = _pills(words.PATH, "lab_path", paths, PATH, words.PATH_HELP)
    with seeds:
        count = _slider("Seeds", "lab_seeds", range(1, MAX_SEEDS + 1), SEEDS, words.SEEDS_HELP)
    with epochs:
        length = _slider("Epochs", "lab_epochs", EPOCH_CHOICES, EPOCHS, words.EPOCHS_HELP)
    rate = settings.learning_rate
    plan = LabPlan(settings.config, rate, length, settings.seed, count, k - 1)
    _keep_in_mind()
    return LabChoice(settings, plan, _order(asked(ORDER) or "", plan))


_KEYS = ("lab_path", "lab_seeds", "lab_epochs", ORDER)


def set_order(order: str) -> None:
    """Callback: the reader predicts this, SKIP, or begins anew with an empty one."""
    put(ORDER, order or None)


def _remember() -> None:
    """Back on this page in the same session, it is as it was left, unless the link says else."""
    if not any(asked_all(key) for key in _KEYS):
        for key, texts in st.session_state.get("lab_memory", {}).items():
            keep_texts(key, texts)


def _keep_in_mind() -> None:
    st.session_state["lab_memory"] = {key: asked_all(key) for key in _KEYS}


def _pills(label: str, key: str, options: Sequence[int], default: int, help_text: str) -> int:
    """One of the options, as buttons."""
    texts = [str(option) for option in options]
    return int(pills(label, key, texts, str(default), help_text, expected=one_of(texts)))


def _slider(label: str, key: str, options: Sequence[int], default: int, help_text: str) -> int:
    """One of the options, on a slider."""
    texts = [str(option) for option in options]
    return int(steps_slider(label, key, texts, str(default), help_text, one_of(texts)))


def _order(asked: str, plan: LabPlan) -> tuple[str, ...] | None:
    """The prediction that the URL holds; a notice where it is none."""
    if not asked:
        return None
    if asked == SKIP:
        return ()
    names = [rule.name for rule in plan.rules]
    # With element-wise outputs there is one rule less than an older prediction may have ranked.
    order = tuple(name for name in asked.split("-") if name != "diagonal" or name in names)
    if sorted(order) == sorted(names):
        return order
    st.warning(words.no_prediction(SKIP, names, shorten(asked)), icon=":material/info:")
    return None
