"""One session's trainings: the job that runs, and how far each plan has come. No drawing."""

from contextlib import suppress
from dataclasses import dataclass, field

from backprop import EpochReport, TrainingDiverged
from ui.state.cache import Store
from ui.state.jobs import Job, keep_job
from ui.state.training_runs import EVALUATION, TrainingPlan, run_training
from ui.state.turns import Crowded, Ended
from ui.views.training.payload import film_payload

KEPT_OUTCOMES = 64


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a training has come.

    Attributes:
        epochs: with finite numbers.
        diverged: the epoch in which they stopped being finite, None if they did not.
    """

    epochs: int
    diverged: int | None = None


@dataclass(slots=True, eq=False)
class Started:
    """A training that was begun.

    Attributes:
        plan: what is trained.
        epochs: how far it is to go.
        plane: of its film.
        leads_to_end: whether the reader is to see its last epoch when it is done.
        latest: the latest epoch's report.
        job: does the work.
    """

    plan: TrainingPlan
    epochs: int
    plane: str
    leads_to_end: bool
    latest: EpochReport | None = None
    job: Job[Outcome] = field(init=False)

    def start(self) -> None:
        """Train, then evaluate every epoch for this plane's film."""
        size = self.plan.size(self.epochs)
        self.job = Job(self._work, self.plan, size, lambda settings: settings.plan == self.plan)
        keep_job("training", self.job)

    def _work(self, job: Job[Outcome]) -> Outcome:
        training = self.plan.steps / (self.plan.steps + EVALUATION)

        def on_epoch(report: EpochReport) -> bool:
            self.latest = report
            return job.report(training * report.epoch / self.epochs)

        diverged = None
        try:
            run = run_training(self.plan, self.epochs, on_epoch)
        except TrainingDiverged as error:
            run, diverged = error.run, error.epoch
        reached = min(run.epochs, self.epochs)
        with suppress(Ended):  # then the page draws the film of what there is
            film_payload(
                self.plan, reached, self.plane, lambda done: job.go_on(training + (1 - training) * done)
            )
        return Outcome(reached, diverged)


class Trainings:
    """What a session remembers; one object in st.session_state.

    Attributes:
        started: the training that runs, or has ended and was not taken note of.
        asked: what a button asks for, "start" or "pause".
        notice: what the page is to say of the training that ended last.
    """

    def __init__(self) -> None:
        self.started: Started | None = None
        self.asked: str | None = None
        self.notice = ""
        self._outcomes: Store[TrainingPlan, Outcome] = Store(KEPT_OUTCOMES)

    def outcome(self, plan: TrainingPlan) -> Outcome | None:
        """How far this plan has come in this session."""
        return self._outcomes.get(plan)

    def begin(self, plan: TrainingPlan, epochs: int, plane: str, leads_to_end: bool) -> Started:
        """Start a training, in place of any other."""
        self.stop()
        self.started = Started(plan, epochs, plane, leads_to_end)
        self.started.start()
        return self.started

    def stop(self) -> None:
        """Stop what runs; what there is of it stays in the store of ui.state.training_runs."""
        if self.started is not None:
            self.started.job.stop()
            self.started = None

    def take_note(self) -> Started | None:
        """The training that has ended since the last call, once. One that was left goes on.

        Raises:
            Exception: whatever it failed with.
        """
        ended = self.started
        if ended is None or ended.job.is_running:
            return None
        self.started = None
        if ended.job.was_left:
            self.begin(ended.plan, ended.epochs, ended.plane, ended.leads_to_end)
            return None
        try:
            outcome = ended.job.result()
        except Ended:  # paused before it had its turn
            return None
        except Crowded as crowded:
            self.notice = str(crowded)
            outcome = Outcome(ended.latest.epoch if ended.latest else 0)
        self._outcomes.put(ended.plan, outcome)
        return ended

    def forget(self, plan: TrainingPlan) -> None:
        """As if this plan had never been trained here."""
        self.stop()
        self._outcomes.drop(plan)
