"""The verdicts on a pasted solution: one for each of its lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from backprop import MLPConfig, TrainingStep
from backprop.practice import Batch, Checked, Finding, Quantity, check, explained, quantities_of
from backprop.practice.checking import OF_THE_BATCH
from backprop.practice.comparing import FEW_DIGITS, FOLLOWS, LAST_DIGIT, NEARLY, RIGHT, WRONG
from backprop.practice.order import place
from ui.questions.questions import stop_of
from ui.questions.solution import GIVEN, OTHER, Line, read_solution
from ui.questions.words import solution as words
from ui.questions.words import wording
from ui.questions.words.mistakes import SENTENCES, Case

WORST_FIRST = (WRONG, FOLLOWS, NEARLY, RIGHT)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said to one line.

    Attributes:
        line: its number in the text.
        name: of what it gives, such as ∂C/∂a¹; as the reader spelled it where that is not known.
        mark: a key of words.MARKS.
        said: sentences.
        stop: id of the stop of the walkthrough that shows it, "" where none does.
        checked: its numbers.
    """

    line: int
    name: str
    mark: str
    said: tuple[str, ...] = ()
    stop: str = ""
    checked: tuple[Checked, ...] = ()


def verdicts_of(
    step: TrainingStep, text: str, batch: Batch | None = None, observations: Sequence[str] = ()
) -> tuple[Verdict, ...]:
    """The verdicts in the order of the timeline, then of lines that are no answers, in their order.

    Args:
        step: the recorded step.
        text: the solution.
        batch: what all observations give, where there are several.
        observations: their names.

    Raises:
        ValueError: if the text is empty, or longer than anything that could be meant.
    """
    config = step.config
    lines = read_solution(step, text)
    answers = [answer for line in lines for answer in line.answers]
    by_answer = {id(each.answer): each for each in check(step, answers, batch)}
    answered = [line for line in lines if line.answers]
    answered.sort(key=lambda line: place(config, line.answers[0].quantity))
    return (
        *(
            _verdict(step, line, [by_answer[id(each)] for each in line.answers], observations)
            for line in answered
        ),
        *(_no_answer(line) for line in lines if not line.answers),
    )


def first_wrong(verdicts: Sequence[Verdict]) -> Verdict | None:
    """The one to begin with: what follows from it may be right."""
    return next((verdict for verdict in verdicts if verdict.mark == WRONG), None)


def _no_answer(line: Line) -> Verdict:
    mark = line.kind if line.kind in (GIVEN, OTHER) else ""
    return Verdict(line.number, line.name, mark, (line.note,) if line.note else ())


def _verdict(
    step: TrainingStep, line: Line, checked: Sequence[Checked], observations: Sequence[str]
) -> Verdict:
    config, rate, first = step.config, step.updates[0].learning_rate, line.answers[0].quantity
    mark = next(mark for mark in WORST_FIRST if any(each.verdict == mark for each in checked))
    right = sum(each.verdict == RIGHT for each in checked)
    said = [line.note] if line.note else []
    if mark == WRONG and right:
        said.append(words.of_them(right, len(checked)))
    for findings, group in explained(checked):
        said += _wrong(config, findings, group, len(group) < len(checked), rate, observations)
    following = [each for each in checked if each.verdict == FOLLOWS]
    if following:
        said.append(_at(config, following, mark == WRONG) + words.follows(_sources(config, following)))
    if mark != FOLLOWS:
        said += _reasons(config, checked, mark == WRONG)
    name = words.whole(config, line.kind, line.layer) if line.is_whole else wording(config, first).name
    return Verdict(line.number, name, mark, tuple(said), stop_of(step, first), tuple(checked))


def _wrong(
    config: MLPConfig,
    findings: Sequence[Finding],
    group: Sequence[Checked],
    are_some: bool,
    rate: float,
    observations: Sequence[str],
) -> list[str]:
    """What is wrong with numbers that have the same mistake, or the same ones."""
    quantity = group[0].answer.quantity
    at = _at(config, group, are_some)
    parts: dict[tuple[str, tuple[str, int], str], list[int]] = {}
    for finding in findings:
        ways = parts.setdefault((finding.mistake, finding.where, finding.second), [])
        ways += [] if finding.part is None else [finding.part]
    sentences = []
    for (mistake, where, second), ways in parts.items():
        before = ""
        about = quantity
        if where != (quantity.kind, quantity.layer):
            before = words.made_before(words.whole(config, *where))
            about = Quantity(*where, (0,) * len(quantities_of(config)[where]))
        case = Case(config, about, rate, tuple(ways), tuple(observations))
        said = SENTENCES[mistake](case)
        if second:
            said = words.two_at_once(said, SENTENCES[second](case))
        sentences.append(before + said)
    said = words.several(sentences) if len(sentences) > 1 else sentences[0] if sentences else words.NO_MISTAKE
    sources = _sources(config, group) if sentences else []
    return [at + said, *([words.made_on(sources)] if sources else [])]


def _reasons(config: MLPConfig, checked: Sequence[Checked], are_some: bool) -> list[str]:
    """Why numbers are only nearly right, or right all the same."""
    sentences = {FEW_DIGITS: words.FEW_DIGITS, LAST_DIGIT: words.LAST_DIGIT, OF_THE_BATCH: words.OF_THE_BATCH}
    said = []
    for reason in dict.fromkeys(each.reason for each in checked if each.reason):
        group = [each for each in checked if each.reason == reason]
        said.append(_at(config, group, are_some) + sentences.get(reason, words.ROUNDED_BEFORE))
    return said


def _at(config: MLPConfig, group: Sequence[Checked], are_some: bool) -> str:
    """The names of numbers, where others beside them have another verdict."""
    return words.at_entries([_name(config, each.answer.quantity) for each in group]) if are_some else ""


def _sources(config: MLPConfig, group: Sequence[Checked]) -> list[str]:
    """Names of the reader's own wrong numbers that these come from."""
    found = [source for each in group for source in each.sources]
    return list(dict.fromkeys(words.whole(config, each.kind, each.layer) for each in found))


def _name(config: MLPConfig, quantity: Quantity) -> str:
    return wording(config, quantity).name
