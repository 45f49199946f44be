"""Sections of the page "Chain-rule lab"."""

from dataclasses import replace

import streamlit as st

from ui.draw.heatmap import chart_config
from ui.draw.prose import heading
from ui.draw.ready import ReadyFigure
from ui.names.numbers import percent
from ui.state.cache import kept
from ui.state.captions import file_name
from ui.state.data import FLOWERS
from ui.state.jobs import Job
from ui.state.parameters import SKIP, UNTRAINED
from ui.state.settings import Settings
from ui.state.turns import waiting_sentence
from ui.views.lab.choice import LabChoice, set_order
from ui.views.lab.figures import lab_figure
from ui.views.lab.markup import (
    legend_markup,
    links_markup,
    rules_markup,
    runs_markup,
    table_markup,
    verdict_markup,
)
from ui.views.lab.runs import LabResult
from ui.views.lab.session import compare, continue_comparison, is_stopped, stop_comparison
from ui.views.lab.summary import summaries
from ui.views.lab.words import page as words

RANKING = "lab_ranking"
SOONEST, LATEST = 0.4, 2.0
"""Seconds between two looks at a running job."""


def lab_sections(choice: LabChoice) -> None:
    """The question; after it is answered, the run and its results. Nothing where no rule is wrong."""
    if len(choice.plan.rules) == 1:
        st.info(words.ONLY_ONE)
    elif choice.order is None:
        _question(choice)
    else:
        _outcome(choice)
    st.markdown(links_markup(choice), unsafe_allow_html=True)


# --- before ------------------------------------------------------------------------------------------


def _question(choice: LabChoice) -> None:
    """Which order does the reader expect?"""
    left, right = st.columns((2, 3), gap="medium")
    right.markdown(rules_markup(choice.plan), unsafe_allow_html=True)
    with left, st.form("lab_prediction"):
        names = [rule.name for rule in choice.plan.rules]
        st.multiselect(
            words.prediction(bool(choice.plan.own)),
            names,
            format_func=lambda name: words.rule_title(name, choice.plan.k),
            key=RANKING,
            placeholder=words.FIRST_THE_BEST,
            help=words.LAST_LEFT_OUT,
        )
        if st.session_state.pop("lab_incomplete", False):
            st.warning(words.rank_all(len(names)))
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                words.PREDICT, type="primary", on_click=_submit, args=(tuple(names),), key="lab_submit"
            )
            st.form_submit_button(words.NO_PREDICTION, on_click=set_order, args=(SKIP,), key="lab_skip")
    left.markdown(runs_markup(choice.plan), unsafe_allow_html=True)


def _submit(names: tuple[str, ...]) -> None:
    """Callback: take the ranking if it is one."""
    ranking = [name for name in st.session_state[RANKING] if name in names]
    missing = [name for name in names if name not in ranking]
    if len(missing) > 1:
        st.session_state["lab_incomplete"] = True
    else:
        set_order("-".join([*ranking, *missing]))


# --- after -------------------------------------------------------------------------------------------


def _outcome(choice: LabChoice) -> None:
    result = compare(choice.plan)
    if isinstance(result, Job):
        left = result.seconds_left or SOONEST
        every = min(LATEST, max(SOONEST, left / 8))
        st.fragment(_progress, run_every=every)(result)
        st.markdown(rules_markup(choice.plan), unsafe_allow_html=True)
        return
    if result.seeds:
        st.markdown(verdict_markup(choice, result), unsafe_allow_html=True)
    _buttons(result)
    if not result.seeds:
        return
    st.markdown(legend_markup(result), unsafe_allow_html=True)
    with st.container(key="wide_figure_lab"):
        st.plotly_chart(
            kept(_figure, result),
            width="stretch",
            theme=None,
            config=chart_config(_picture_name(choice.settings)),
            alt=words.curves_alt(kept(summaries, result), result.plan.k, result.plan.tells_classes),
            key="lab_curves",
        )
    st.markdown(heading(words.IN_NUMBERS) + table_markup(result), unsafe_allow_html=True)
    with st.expander(words.WHAT_EACH_KEEPS):
        st.markdown(rules_markup(choice.plan), unsafe_allow_html=True)


def _picture_name(settings: Settings) -> str:
    """The lab always begins at initial weights, and takes all flowers, or all that is given."""
    given = settings.given
    data = f"{settings.data}-{len(given.X)}observations" if given else f"{FLOWERS}flowers"
    initial = replace(settings, epoch=UNTRAINED, taken=0, edit="")
    return file_name(initial, "chain-rule-lab", data_name=data)


def _progress(job: Job[LabResult]) -> None:
    """Fragment: how far the run is."""
    if not job.is_running or is_stopped():
        st.rerun()
    left, before = job.seconds_left, job.before
    time = f", about {left:.0f} s left" if left is not None else ""
    time = f". {waiting_sentence(before)}" if before else time
    st.progress(min(1.0, job.fraction), text=f"Training: {percent(job.fraction)}{time}")
    st.button(words.STOP, key="lab_stop", on_click=stop_comparison)


def _buttons(result: LabResult) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if not result.is_complete:
            st.markdown(words.stopped_sentence(result))
            st.button("Continue", key="lab_continue", on_click=continue_comparison, type="primary")
        st.button(words.ANEW, key="lab_again", on_click=set_order, args=("",))


def _figure(result: LabResult) -> ReadyFigure:
    return ReadyFigure(lab_figure(kept(summaries, result), result.plan))
