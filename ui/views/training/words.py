"""Every sentence of the page "Training" that Python writes; those of each epoch are in js/texts.js."""

from ui.names.numbers import as_typed, listed, percent, short
from ui.state.data import FLOWERS, SPECIES
from ui.state.settings import Settings

ON_IRIS = "Training is on iris, since one example is not enough: with the sidebar's hidden layers, activation, output and η."

BEFORE = "Press Start to train the network on 105 flowers. Then drag the slider, or press ← and →, to see what each epoch changed."
DURING = "The network learns from 105 flowers. When it is done, or paused, drag the slider, or press ← and →, to see what each epoch changed."
AFTER = "The network was trained on 105 flowers. Drag the slider, or press ← and →, to see what each epoch changed."
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


def latest(cost: float, accuracy: float) -> str:
    return f"training cost {short(cost)}, accuracy {percent(accuracy, 1)}"


def diverged(settings: Settings, epoch: int, shown: int) -> str:
    """What happened in an epoch, what to try, and which epochs are shown."""
    config, rate = settings.config, settings.learning_rate
    tries = [f"a smaller η, such as {as_typed(rate / 10)}"]
    if settings.plan.batch_size is not None:
        tries.append("a larger batch")
    if not config.is_dense(config.depth):
        tries.append("softmax outputs")
    seen = f"epochs 0 to {shown}, all before that"
    seen = {0: "the start", 1: "epochs 0 and 1, both before that"}.get(shown, seen)
    return f"**Training diverged in epoch {epoch}**: the cost or a weight grew until it was no longer a finite number. Steps of η = {as_typed(rate)} are too long here: try {listed(tries, ', or ')}. You see {seen}."


def pair_plane(means: str) -> str:
    """Under the decision regions over two measurements; `means` of the others."""
    return f"Colours: the network's answer where {means} are the training flowers' means. A real flower has its own, so it can stand on another colour than its answer."


PRINCIPAL_PLANE = "Colours: the network's answer on the plane through the training flowers' mean along their first two principal components (of the standardised measurements). Flowers are projected onto it, so one can stand on another colour than its answer."


def component(number: int, share: float) -> str:
    return f"component {number} ({percent(share)} of the variance)"


def split(number: int, training: int, test: int) -> str:
    each = training // len(SPECIES)
    return f"Split {number}: {training} of the {FLOWERS} flowers are trained on, {each} of each species; the network never sees the other {test}, which test it. Each measurement is standardised, x = (cm − mean) / deviation, with the training flowers' numbers only, or else the test flowers would have had a say."


def split_heading(training: int, test: int) -> str:
    return f"The split: {training} to train on, {test} to test"
