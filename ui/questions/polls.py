"""A question for a class: its code, how it is answered, and what each answer is.

Codes are those of Practice (sum.2), of the lesson (stop.7a) and of the walkthrough (step.2.IV); with .choice
at the end the right number and those of the mistakes are offered, and nobody has to type.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from string import ascii_uppercase

from backprop import TrainingStep
from backprop.practice import Range, is_taken_for
from ui.names.numbers import short
from ui.names.timeline import timeline
from ui.names.typed import Typed, read_number
from ui.questions.answers import read_answer, verdict_of
from ui.questions.catalogue import count_of, kinds_of, question_at
from ui.questions.contexts import context_of
from ui.questions.diagnosis import Diagnosis
from ui.questions.given import Given, given_of, rate_note, units_asked
from ui.questions.lesson.building import measured_slope
from ui.questions.lesson.own import own_step
from ui.questions.lesson.stops import COUNT as STOPS
from ui.questions.lesson.stops import again, number_of, stop_at, stops_of
from ui.questions.questions import Question, question_for
from ui.questions.tasks import Exercise, Order, Sentence
from ui.questions.words import polls as words
from ui.questions.words.choices import Choice
from ui.state.cache import kept
from ui.state.recording import recorded_step
from ui.state.settings import Settings, settings_of

LESSON, STEP, TO_CHOOSE = "stop", "step", ".choice"
RIGHT, NEARLY, OTHER = "right", "nearly", "other"
FEWEST_OPTIONS, MOST_OPTIONS = 3, 6
NOISE = 1e-12
"""Of the largest wrong number: what is smaller is a 0 with a rounding error."""

_KEY = re.compile("[1-9][0-9]?[a-z]r?")


@dataclass(frozen=True, slots=True, eq=False)
class Poll:
    """One question for a class.

    Attributes:
        asked: what is asked.
        settings: of which view.
        code: see the module's docstring.
        options: to choose from; empty where something is to be typed.
        measured: the slope that a nudge gives, None where there is none.
        context: what else must be known to understand it.
        given: the matrices from which the number asked for can be worked out.
        units: names of the units in them whose number is asked for.
        note: η, where that is needed too.
    """

    asked: Question | Choice | Sentence
    settings: Settings
    code: str
    options: tuple[str, ...]
    measured: float | None
    context: str
    given: tuple[Given, ...] = ()
    units: frozenset[str] = frozenset()
    note: str = ""

    @property
    def lettered(self) -> dict[str, str]:
        """What there is to choose from by its letter, the same on the board and on every phone."""
        return dict(zip(ascii_uppercase, self.options, strict=False))

    def letter_of(self, answer: str) -> str:
        """Its letter; empty for what was not offered."""
        return next((letter for letter, option in self.lettered.items() if option == answer), "")

    @property
    def text(self) -> str:
        """What is asked of which view, as a room keeps it."""
        return poll_text(self.settings, self.code)


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers that are the same: right, or one mistake.

    Attributes:
        key: RIGHT, NEARLY, OTHER, a mistake, or the number of an option.
        name: of the bar.
        remark: what is wrong with it; empty for what is not, or where nothing is known.
        value: the number, where it is one.
    """

    key: str
    name: str
    remark: str = ""
    value: float | None = None


def poll_text(settings: Settings, code: str) -> str:
    """What a code asks of which view, as a room keeps it."""
    return f"{code}?{settings.link('').partition('?')[2]}"


def however_answered(text: str) -> str:
    """The same without the way to answer it: typed or chosen, it is one question."""
    return text.replace(f"{TO_CHOOSE}?", "?")


def poll_of(text: str) -> Poll:
    """The question of a text such as "stop.7a?flower=3".

    Raises:
        ValueError: if it is not there.
    """
    code, _, query = text.partition("?")
    return kept(poll_at, settings_of(query), code)


def poll_at(settings: Settings, code: str) -> Poll:
    """The question with this code, of this view.

    Raises:
        ValueError: if this view has none, or nothing to choose from.
    """
    plain = code.removesuffix(TO_CHOOSE)
    asked, step, measured = _asked(settings, plain)
    context = context_of(settings, plain, asked, step)
    if not isinstance(asked, Question):
        options = asked.options if isinstance(asked, Choice) else ()
        return Poll(asked, settings, plain, options, measured, context)
    options, asked = offered(asked) if code.endswith(TO_CHOOSE) else (), _without_noise(asked)
    if code.endswith(TO_CHOOSE) and not options:
        raise ValueError(f"code: expected a question with mistakes that differ, got {code[:30]!r}")
    given, units = tuple(given_of(asked, step)), units_asked(asked, step.config)
    return Poll(asked, settings, code, options, measured, context, given, units, rate_note(asked, step))


def _asked(settings: Settings, code: str) -> tuple[Question | Choice | Sentence, TrainingStep, float | None]:
    """What is asked, of which step, and the slope that a nudge gives."""
    place, _, key = code.partition(".")
    step = recorded_step(settings)
    found: Question | Choice | None = None
    if place == LESSON and _KEY.fullmatch(key) and number_of(key):
        exercise = _exercise(settings, key)
        if exercise and not isinstance(exercise.asked, Order):
            is_own = number_of(key) == STOPS
            return exercise.asked, own_step(settings) if is_own else step, exercise.measured
    elif place == STEP:
        stop = next((each for each in timeline(step.config) if each.id == key), None)
        found = question_for(step, stop) if stop else None
    elif place in kept(kinds_of, settings) and key.isdecimal() and 1 <= int(key) <= count_of(settings, place):
        found = question_at(settings, place, int(key))
    if found is None:
        raise ValueError(f"code: expected a question of this view, got {code[:30]!r}")
    return found, step, measured_slope(step, found.problem.quantity) if isinstance(found, Question) else None


def _exercise(settings: Settings, key: str) -> Exercise | None:
    if key.endswith("r"):
        return again(settings, key.removesuffix("r"))
    exercises = kept(stop_at, settings, number_of(key)).exercises
    return next((each for each in exercises if each.key == key), None)


def offered(asked: Question) -> tuple[str, ...]:
    """The right number and those of the mistakes, as they are shown, by size; empty if they are too few."""
    right = asked.problem.right
    values = {short(right): right}
    smallest = _noise(asked)
    for each in _most_different(asked)[: MOST_OPTIONS - 1]:
        is_noise = 0 < abs(each.value) <= smallest  # of a 0 that nobody would choose
        if not is_noise and not verdict_of(asked, read_number(short(each.value))).right:
            values.setdefault(short(each.value), each.value)
    shown = sorted(values, key=values.__getitem__)
    return tuple(shown) if len(shown) >= FEWEST_OPTIONS else ()


def _noise(asked: Question) -> float:
    return NOISE * max((abs(each.value) for each in asked.wrong), default=0.0)


def _without_noise(asked: Question) -> Question:
    """With 0 where a mistake gives it but for rounding."""
    smallest = _noise(asked)
    wrong = (
        replace(each, value=0.0, range=Range(min(each.range.low, 0.0), max(each.range.high, 0.0)))
        if abs(each.value) <= smallest
        else each
        for each in asked.wrong
    )
    return replace(asked, wrong=tuple(wrong))


def _most_different(asked: Question) -> list[Diagnosis]:
    """One of each mistake first, the one that is nearest to the right number."""
    nearest = sorted(asked.wrong, key=lambda each: abs(each.value - asked.problem.right))
    first = {each.mistake: each for each in reversed(nearest)}
    return [*first.values(), *(each for each in nearest if each not in first.values())]


def codes_of(settings: Settings) -> tuple[str, ...]:
    """What a class can be asked of this view: all of the lesson, then one of each kind of Practice."""
    exercises = [each for stop in stops_of(settings) for each in stop.exercises]
    lesson = {code: each.asked.prompt for each in exercises if (code := lesson_code(each))}
    practice = (_other_than({*lesson.values()}, settings, kind) for kind in kept(kinds_of, settings))
    return (*lesson, *filter(None, practice))


def _other_than(prompts: Container[str], settings: Settings, kind: str) -> str:
    """The first question of a kind that asks something else; empty where there is none."""
    for number in range(1, count_of(settings, kind) + 1):
        if kept(question_at, settings, kind, number).prompt not in prompts:
            return f"{kind}.{number}"
    return ""


def found_codes(settings: Settings, codes: Iterable[str]) -> tuple[str, ...]:
    """Those of the codes that this view has, each once, in their order; .choice makes no other question."""
    found: dict[str, str] = {}
    for code in codes:
        with suppress(ValueError):
            kept(poll_at, settings, code)
            found.setdefault(code.removesuffix(TO_CHOOSE), code)
    return (*found.values(),)


def lesson_code(exercise: Exercise) -> str:
    """The code of an exercise of the lesson; empty for what a class cannot answer."""
    return "" if isinstance(exercise.asked, Order) else f"{LESSON}.{exercise.key}"


def kinds_of_answers(poll: Poll) -> tuple[Answered, ...]:
    """All there are, the right one first; of a sentence none."""
    asked = poll.asked
    if isinstance(asked, Sentence):
        return ()
    if isinstance(asked, Choice):
        rest = (
            Answered(str(place), option, asked.remark(option))
            for place, option in enumerate(asked.options)
            if option != asked.right
        )
        return (Answered(RIGHT, asked.right), *rest)
    right, typed = asked.problem.right, not poll.options
    nearly, other = Answered(NEARLY, words.NEARLY), Answered(OTHER, words.OTHER)
    return (
        Answered(RIGHT, short(right), value=right),
        *([nearly] if typed else []),
        *_mistakes(asked),
        *([other] if typed else []),
    )


def _mistakes(asked: Question) -> list[Answered]:
    """One for each wrong number; several mistakes may give the same."""
    found: dict[str, list[tuple[int, Diagnosis]]] = {}
    for place, each in enumerate(asked.wrong):
        found.setdefault(short(each.value), []).append((place, each))
    return [
        Answered(
            str(group[0][0]),
            words.names(group[0][1].value, [words.name_of(each.mistake, each.sentence) for _, each in group]),
            f" {words.OR} ".join(each.sentence for _, each in group),
            group[0][1].value,
        )
        for group in found.values()
    ]


def kind_of_answer(poll: Poll, text: str) -> Answered:
    """Which one an answer is.

    Raises:
        ValueError: in a sentence, if it cannot be read.
    """
    return _kind_of_answer(poll, text, kinds_of_answers(poll))


def _kind_of_answer(poll: Poll, text: str, kinds: Sequence[Answered]) -> Answered:
    asked = poll.asked
    if isinstance(asked, Sentence):
        return Answered(RIGHT, text)
    if poll.options and text not in poll.options:
        raise ValueError(words.NOT_OFFERED)
    if isinstance(asked, Choice):
        return kinds[0] if text == asked.right else next(each for each in kinds if each.name == text)
    found = read_answer(asked, text)
    if not isinstance(found.answer, Typed):
        raise ValueError(found.error)
    answer = found.answer
    verdict = verdict_of(asked, answer)
    if verdict.right or (verdict.nearly and poll.options):
        return kinds[0]
    if verdict.nearly:
        return kinds[1]
    number = (answer.value, answer.digits, answer.unit)
    fitting = [each.value for each in asked.wrong if is_taken_for(each.range, *number)]
    if not fitting:
        return kinds[-1]
    nearest = short(min(fitting, key=lambda value: abs(value - answer.value)))
    return next(each for each in kinds[1:] if each.value is not None and short(each.value) == nearest)


def tally(poll: Poll, answers: Mapping[str, int]) -> dict[str, int]:
    """How many answers are of which kind, by its key; `answers` counts equal texts, all readable."""
    return dict(kept(_tally, poll.settings, poll.code, frozenset(answers.items())))


def _tally(settings: Settings, code: str, answers: frozenset[tuple[str, int]]) -> dict[str, int]:
    poll = kept(poll_at, settings, code)
    kinds = kinds_of_answers(poll)
    counts = dict.fromkeys((each.key for each in kinds), 0)
    for text, count in answers:
        key = _kind_of_answer(poll, text, kinds).key
        counts[key] = counts.get(key, 0) + count
    return counts


def is_readable(poll: Poll, text: str) -> bool:
    """Whether a text is an answer at all."""
    if poll.options:
        return text in poll.options
    if isinstance(poll.asked, Sentence):
        return text != ""
    return read_answer(poll.asked, text).answer is not None


def most_telling(poll: Poll, counts: Mapping[str, int]) -> Answered | None:
    """The mistake that most have made, if one has a name."""
    named = [each for each in kinds_of_answers(poll) if each.remark and counts.get(each.key)]
    return max(named, key=lambda each: counts[each.key], default=None)
