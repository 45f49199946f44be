"""What somebody must know who sees nothing of a question but its words."""

from backprop import TrainingStep
from backprop.network import input_of
from ui.names.symbols import symbol
from ui.questions.lesson.batch import batch_of
from ui.questions.lesson.hidden import promise
from ui.questions.questions import Question
from ui.questions.tasks import Sentence
from ui.questions.words import lesson
from ui.questions.words import polls as words
from ui.questions.words.choices import Choice
from ui.state.data import observation_word
from ui.state.settings import Settings

ALONE = ("stop.1a", "stop.2a", "stop.9c")
"""These say all in their own words."""


def context_of(settings: Settings, code: str, asked: Question | Choice | Sentence, step: TrainingStep) -> str:
    """Of the question with this code: the network, and what its place on a page would tell."""
    if isinstance(asked, Sentence):
        return words.OF_A_SUM
    if code.startswith("stop.3"):
        return words.OF_TWO_VARIABLES
    if code.removesuffix("r") in ALONE:
        return ""
    return " ".join([words.of_a_network(step.config), *_more(settings, code, asked, step)])


def _more(settings: Settings, code: str, asked: Question | Choice, step: TrainingStep) -> list[str]:
    if code == "stop.8c":
        return [words.of_a_promise(step.updates[0].learning_rate, *promise(step))]
    if code == "stop.9a":
        count, below = len(batch_of(settings).names), symbol(input_of(step.config.depth))
        return [lesson.see_batch(count, observation_word(step.config), below)]
    if isinstance(asked, Choice) and asked.given:
        return [words.of_numbers(asked.given)]
    return []
