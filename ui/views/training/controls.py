"""Start, pause, continue, reset, and the progress of a training."""

from dataclasses import dataclass

import streamlit as st

from backprop.study.evaluation import has_classes
from ui.names.numbers import counted
from ui.state.address import put
from ui.state.choices import ask
from ui.state.parameters import UNTRAINED
from ui.state.settings import Settings
from ui.state.training_runs import TrainingPlan
from ui.state.turns import waiting_sentence
from ui.views.training import words
from ui.views.training.session import Outcome, Started, Trainings
from ui.views.training.views import planes_of

PATIENCE = 0.3
"""Seconds in which a training may end before a progress bar is drawn for it."""

LAST_SLICE = 2.0
"""Seconds to wait for a paused training to put away what there is."""

POLL = 0.25


@dataclass(frozen=True, slots=True)
class Scene:
    """What the film is to show.

    Attributes:
        epochs: of the training with these settings; 0 before it began.
        plane: of the decision regions.
        is_about_to_change: whether a training runs.
    """

    epochs: int
    plane: str
    is_about_to_change: bool


def training_lead(settings: Settings) -> str:
    """What there is to do on this page, as far as the training has come."""
    started, outcome = _trainings().started, _trainings().outcome(settings.plan)
    is_running = started is not None and started.plan == settings.plan and started.job.is_running
    learned = words.learned(settings.plan)
    if is_running or _trainings().asked == "start":
        said = words.during(learned)
    elif settings.epoch == UNTRAINED:
        said = words.before(learned)
    elif outcome is not None and outcome.epochs == 0:
        said = words.NO_EPOCH
    else:
        said = words.after(learned)
    return f"{said} {words.NO_STEP}" if settings.learning_rate == 0 else said


def training_controls(settings: Settings) -> Scene:
    """Draw the controls, do what they ask for, and say what there is to see."""
    trainings = _trainings()
    _put_away(trainings, settings)
    if trainings.started is not None and trainings.started.plan != settings.plan:
        trainings.stop()
    with st.container(horizontal=True, vertical_alignment="bottom", key="training_controls"):
        own = {"help": words.epochs("observation")} if settings.given else {}
        epochs = int(ask("epochs", **own))
        buttons = st.container(horizontal=True, vertical_alignment="bottom", width="content")
        plane = _plane(settings.plan)
    _do_what_is_asked(trainings, settings, epochs, plane)
    _follow_link(trainings, settings, epochs, plane)
    outcome = trainings.outcome(settings.plan)
    is_running = trainings.started is not None
    scene = Scene(_epochs_to_show(settings, outcome), plane, is_running)
    with buttons:
        _main_button(trainings, settings, scene, epochs)
        st.button(
            "Reset",
            key="training_reset",
            on_click=_reset,
            args=(settings.plan,),
            disabled=settings.epoch == UNTRAINED and trainings.started is None,
            help=words.RESET,
        )
    if trainings.notice:
        st.warning(trainings.notice)
        trainings.notice = ""
    if trainings.started is not None:
        _progress(trainings.started)
    elif outcome is not None and outcome.diverged is not None and settings.epoch != UNTRAINED:
        said = words.diverged(settings, outcome.diverged, outcome.epochs)
        st.warning(said, icon=":material/warning:")
    return scene


def _plane(plan: TrainingPlan) -> str:
    """The plane of the decision regions; "" where none is drawn."""
    if not plan.own:
        return ask("plane")
    planes = planes_of(plan)
    first = next(iter(planes), "")
    return ask("plane", options=tuple(planes), default=first, texts=planes) if len(planes) > 1 else first


def _trainings() -> Trainings:
    if "trainings" not in st.session_state:
        st.session_state["trainings"] = Trainings()
    trainings: Trainings = st.session_state["trainings"]
    return trainings


def _epochs_to_show(settings: Settings, outcome: Outcome | None) -> int:
    """As far as this session has come, or the link asks for; nothing of it after a reset."""
    if settings.epoch == UNTRAINED:
        return 0
    if outcome is not None and outcome.diverged is not None:
        return outcome.epochs
    return max(settings.epoch, outcome.epochs if outcome else 0)


def _follow_link(trainings: Trainings, settings: Settings, epochs: int, plane: str) -> None:
    """A link to an epoch opens with its training done."""
    is_asked = settings.epoch != UNTRAINED and trainings.outcome(settings.plan) is None
    if is_asked and trainings.started is None:
        trainings.begin(settings.plan, max(epochs, settings.epoch), plane, leads_to_end=False)
        _wait(trainings, settings, PATIENCE)


def _do_what_is_asked(trainings: Trainings, settings: Settings, epochs: int, plane: str) -> None:
    """What the button pressed for this run of the page asks for."""
    asked, trainings.asked = trainings.asked, None
    if asked == "start" and trainings.started is None:
        trainings.begin(settings.plan, epochs, plane, leads_to_end=True)
        _wait(trainings, settings, PATIENCE)
    if asked == "pause" and trainings.started is not None:
        trainings.started.job.stop()
        _wait(trainings, settings, LAST_SLICE)


def _main_button(trainings: Trainings, settings: Settings, scene: Scene, epochs: int) -> None:
    """The one button that starts, pauses or continues."""
    outcome = trainings.outcome(settings.plan)
    label, name, is_done = "Start", "start", False
    if scene.is_about_to_change:
        label, name = "Pause", "pause"
    elif settings.epoch != UNTRAINED:
        has_diverged = outcome is not None and outcome.diverged is not None
        is_done = scene.epochs >= epochs or has_diverged
        name, label = "continue", f"Continue to epoch {epochs}"
        if is_done:
            label = "Training diverged" if has_diverged else f"{counted(scene.epochs, 'epoch')} done"
    st.button(
        label,
        key=f"training_{name}",
        on_click=_ask,
        args=("pause" if name == "pause" else "start",),
        type="primary",
        disabled=is_done,
        width=170,
    )


def _ask(what: str) -> None:
    """Callback: kept for the page, whose first run for this press may be cut short."""
    _trainings().asked = what


def _wait(trainings: Trainings, settings: Settings, seconds: float) -> None:
    if trainings.started is not None and trainings.started.job.wait(seconds):
        _put_away(trainings, settings)


def _put_away(trainings: Trainings, settings: Settings) -> None:
    """Take note of a training that has ended; one that was started here then shows its last epoch."""
    ended = trainings.take_note()
    if ended is None or not ended.leads_to_end or ended.plan != settings.plan:
        return
    outcome = trainings.outcome(ended.plan)
    if outcome is not None:
        put("epoch", outcome.epochs)
        put("taken", None)
        st.rerun()


def _reset(plan: TrainingPlan) -> None:
    _trainings().forget(plan)
    put("epoch", None)


@st.fragment(run_every=POLL)
def _progress(started: Started) -> None:
    """How far it has come, and the time left; the whole page once it has ended."""
    job = started.job
    if not job.is_running:
        st.rerun()
    latest, left, before = started.latest, job.seconds_left, job.before
    text = f"Epoch {latest.epoch if latest else 0} of {started.epochs}"
    if latest is not None:
        tells_classes = has_classes(started.plan.data.Y)
        text += f" · {words.latest(latest.cost, latest.accuracy if tells_classes else None)}"
    if before:
        text += f" · {waiting_sentence(before)}"
    elif left is not None:
        text += f" · {words.seconds_left(left)}"
    st.progress(min(1.0, job.fraction), text=text)
