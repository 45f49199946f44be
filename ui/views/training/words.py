"""Every sentence of the page "Training" that Python writes; those of each epoch are in js/texts.js."""

from collections.abc import Sequence

from ui.names.numbers import as_typed, counted, every, listed, percent, short
from ui.state.data import FLOWERS, SPECIES
from ui.state.settings import Settings
from ui.state.training_runs import TrainingPlan

MOVES = "drag the slider, or press ← and →, to see what each epoch changed."


def before(learned: str) -> str:
    return f"Press Start to train the network on {learned}. Then {MOVES}"


def during(learned: str) -> str:
    return f"The network learns from {learned}. When it is done, or paused, {MOVES}"


def after(learned: str) -> str:
    return f"The network was trained on {learned}. {MOVES[0].upper()}{MOVES[1:]}"


def learned(plan: TrainingPlan) -> str:
    """What there is to learn from: 105 flowers, or all 4 observations."""
    count = plan.observations
    return every(count, "observation") if plan.own else counted(count, "flower")


NO_EPOCH = "No epoch came to its end: you see the network before training."
NO_STEP = "With η = 0 no step changes a weight."

RESET = "Back to the initial weights."
EVALUATING = "Evaluating every epoch…"

LINKS = (
    ("Open this epoch in the walkthrough →", "walkthrough"),
    ("Its batch gradient →", "batch"),
    ("Its weight update →", "update"),
)
"""Under the film, each with its page."""


def seconds_left(seconds: float) -> str:
    return "less than a second left" if seconds < 1 else f"about {seconds:.0f} s left"


def epochs(word: str) -> str:
    return f"How far to train. In one epoch every {word} is used once."


def latest(cost: float, accuracy: float | None) -> str:
    said = f"training cost {short(cost)}"
    return said if accuracy is None else f"{said}, accuracy {percent(accuracy, 1)}"


def diverged(settings: Settings, epoch: int, shown: int) -> str:
    """What happened in an epoch, what to try, and which epochs are shown."""
    config, rate = settings.config, settings.learning_rate
    tries = [f"a smaller η, such as {as_typed(rate / 10)}"]
    if settings.plan.batch_size is not None:
        tries.append("a larger batch")
    if not config.is_dense(config.depth) and settings.given is None:
        tries.append("softmax outputs")
    seen = f"epochs 0 to {shown}, all before that"
    seen = {0: "the start", 1: "epochs 0 and 1, both before that"}.get(shown, seen)
    return f"**Training diverged in epoch {epoch}**: the cost or a weight grew until it was no longer a finite number. Steps of η = {as_typed(rate)} are too long here: try {listed(tries, ', or ')}. You see {seen}."


def pair_plane(means: str) -> str:
    """Under the decision regions over two measurements; `means` of the others."""
    return f"Colours: the network's answer where {means} are the training flowers' means. A real flower has its own, so it can stand on another colour than its answer."


PRINCIPAL_PLANE = "Colours: the network's answer on the plane through the training flowers' mean along their first two principal components (of the standardised measurements). Flowers are projected onto it, so one can stand on another colour than its answer."


def own_plane(held: Sequence[str], count: int) -> str:
    """Under the decision regions over two inputs; `held` are the means of the others over so many observations."""
    if not held:
        return "Colours: the network's answer at every point."
    if count == 1:
        return f"Colours: the network's answer where {listed(held)} {'is' if len(held) == 1 else 'are'} as in the only observation."
    means = f"{listed(held)} {'is the mean' if len(held) == 1 else 'are the means'} of {every(count, 'observation')}"
    return f"Colours: the network's answer where {means}. An observation has its own, so it can stand on another colour than its answer."


def two_classes(output: str) -> tuple[str, str]:
    return f"{output} = 0", f"{output} = 1"


def observations(X: Sequence[Sequence[float]]) -> list[str]:
    """Names of observations: their numbers, with up to three inputs."""
    inputs = [f": ({', '.join(map(as_typed, x))})" if len(x) <= 3 else "" for x in X]
    return [f"{number}{x}" for number, x in enumerate(inputs, start=1)]


def component(number: int, share: float) -> str:
    return f"component {number} ({percent(share)} of the variance)"


def split(number: int, training: int, test: int) -> str:
    each = training // len(SPECIES)
    return f"Split {number}: {training} of the {FLOWERS} flowers are trained on, {each} of each species; the network never sees the other {test}, which test it. Each measurement is standardised, x = (cm − mean) / deviation, with the training flowers' numbers only, or else the test flowers would have had a say."


def split_heading(training: int, test: int) -> str:
    return f"The split: {training} to train on, {test} to test"


def given(count: int) -> str:
    held_back = "none is held back to test" if count > 1 else "nothing is held back to test"
    return f"{every(count, 'observation').capitalize()} {'is' if count == 1 else 'are'} learned from, as typed: {held_back}, and no input is standardised. So a low cost says that the network has learned {'this one' if count == 1 else 'these'}, not that it would be right about others."


def given_heading(count: int) -> str:
    return f"What is learned from: {every(count, 'observation')}"
