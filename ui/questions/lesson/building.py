"""What the stops are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from backprop import TrainingStep
from backprop.check import check_gradient
from backprop.noise import carries_nothing, is_learned
from backprop.practice import Quantity, problem
from ui.questions.questions import question
from ui.questions.tasks import Exercise
from ui.questions.words import lesson as words
from ui.questions.words.choices import Choice
from ui.state.parameters import MAX_SEED
from ui.state.recording import all_observations, recorded_step
from ui.state.settings import Settings


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop.

    Attributes:
        number: from 1.
        exercises: in order.
        says: the sentence at its end.
        missing: why it has no meaning for this network, else "".
    """

    number: int
    exercises: tuple[Exercise, ...]
    says: str = ""
    missing: str = ""


def stop(settings: Settings, number: int, found: Sequence[Exercise | None], says: str) -> Stop:
    """A stop with the exercises that there are; why it has no meaning where there are none."""
    exercises = tuple(each for each in found if each is not None)
    return Stop(number, exercises, says) if exercises else Stop(number, (), missing=nothing(settings))


def exercise(
    step: TrainingStep,
    key: str,
    quantities: Sequence[Quantity],
    variant: int,
    link: tuple[str, tuple[tuple[str, str | int], ...]] | None = None,
) -> Exercise | None:
    """The question of one of these quantities, with the slope that is measured."""
    if variant >= len(quantities):
        return None
    quantity = quantities[variant]
    asked = question(step, problem(step, quantity))
    picture = (quantity.kind, (quantity.layer, *quantity.index))
    return Exercise(key, asked, picture, measured_slope(step, quantity), link)


def measured_slope(step: TrainingStep, quantity: Quantity) -> float | None:
    """What a nudge gives for a derivative of the cost; None for what is none, or cannot be measured."""
    last = quantity.layer == step.config.depth
    name = {
        "path_sum": f"z{quantity.layer}" if last else f"a{quantity.layer}",
        "through_activation": f"z{quantity.layer}",
        "weight_gradient": f"W{quantity.layer}",
    }.get(quantity.kind)
    if name is None:
        return None
    check = check_gradient(step, name)
    return float(check.numeric[quantity.index]) if check.judged[quantity.index] else None


def is_idle(settings: Settings) -> bool:
    """Whether nothing flows back: there is no slope to ask for."""
    step = recorded_step(settings)
    return is_learned(step) or carries_nothing(step)


def nothing(settings: Settings) -> str:
    """Why a stop has nothing to ask."""
    advice = words.try_another(len(all_observations(settings)[0]) > 1, not settings.has_given_params)
    return words.nothing_carried(advice) if is_idle(settings) else words.nothing_to_ask(advice)


def choice(
    settings: Settings,
    prompt: str,
    right: str,
    wrong: Mapping[str, str],
    principle: str,
    in_order: bool = False,
) -> Choice:
    """A choice whose options stand in an order of the seed's, or, being counts, by their size."""
    options = [right, *wrong]
    options.sort(key=int if in_order else lambda option: draw(settings, option))
    remarks = tuple(wrong[option] for option in options if option != right)
    return Choice(prompt, tuple(options), right, remarks, principle, "")


def shuffled(settings: Settings, count: int) -> tuple[int, ...]:
    """Numbers of so many items, in an order of the seed's."""
    return tuple(sorted(range(count), key=lambda item: draw(settings, str(item))))


def draw(settings: Settings, text: str) -> int:
    """A number that depends on the seed and a text, in every version of Python alike."""
    return int.from_bytes(blake2b(f"{settings.seed} {text}".encode(), digest_size=4).digest(), "big")


def next_seed(settings: Settings) -> int:
    """For the lesson in a week."""
    return (settings.seed + 1 + draw(settings, "week") % 97) % (MAX_SEED + 1)
