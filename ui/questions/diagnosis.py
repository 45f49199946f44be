"""The sentences for all wrong numbers of a problem."""

from collections.abc import Sequence
from dataclasses import dataclass

from backprop import MLPConfig
from backprop.practice import Problem, Range, WrongValue
from ui.questions.words.mistakes import SENTENCES, Case


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A wrong number with the sentence for it.

    Attributes:
        mistake: a key of backprop.practice.MISTAKES.
        value: the wrong number.
        range: answers in it are taken for it.
        sentence: what was done, and what to do instead.
    """

    mistake: str
    value: float
    range: Range
    sentence: str


def diagnoses(
    config: MLPConfig, problem: Problem, rate: float, observations: Sequence[str]
) -> tuple[Diagnosis, ...]:
    """Every wrong number of a problem with its sentence; parts that give the same number share one.

    Args:
        config: the network.
        problem: the question.
        rate: η.
        observations: names of the observations of a mean.
    """
    groups: dict[tuple[str, float], list[WrongValue]] = {}
    for wrong in problem.wrong:
        groups.setdefault((wrong.mistake, wrong.value), []).append(wrong)
    return tuple(
        Diagnosis(
            mistake,
            value,
            Range(min(each.range.low for each in group), max(each.range.high for each in group)),
            SENTENCES[mistake](
                Case(
                    config,
                    problem.quantity,
                    rate,
                    tuple(each.part for each in group if each.part is not None),
                    tuple(observations),
                )
            ),
        )
        for (mistake, value), group in groups.items()
    )
