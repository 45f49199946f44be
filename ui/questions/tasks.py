"""What can be asked at a stop, and how an answer to it is judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from ui.names.numbers import short
from ui.names.typed import Typed
from ui.questions.answers import mistakes_of, read_answer, remarks, verdict_of
from ui.questions.questions import Question
from ui.questions.words import tasks as words
from ui.questions.words.choices import Choice
from ui.state.given_answers import Given


@dataclass(frozen=True, slots=True)
class Order:
    """Steps to put in order: any order will do in which each comes after what it needs.

    Attributes:
        prompt: what to do.
        items: the steps, in an order that is right.
        shuffled: numbers of the items as they are offered.
        needs: (step, what it needs), by number.
        principle: what is said of the right order.
    """

    prompt: str
    items: tuple[str, ...]
    shuffled: tuple[int, ...]
    needs: tuple[tuple[int, int], ...]
    principle: str

    def remark(self, order: Sequence[int]) -> str:
        """The first step that comes too early; empty for a right order."""
        for step, need in self.needs:
            if order.index(step) < order.index(need):
                return words.too_early(self.items[step], self.items[need])
        return ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one's own, which nobody judges but its writer.

    Attributes:
        prompt: what to explain.
        model: another's sentence.
        points: what a good one says.
    """

    prompt: str
    model: str
    points: tuple[str, ...]


Asked = Question | Choice | Order | Sentence
Status = Literal["right", "nearly", "wrong", "unread"]


@dataclass(frozen=True, slots=True)
class Exercise:
    """One thing to commit to.

    Attributes:
        key: such as 7a; with an r it is one that has come back.
        asked: the question.
        picture: which scene goes with it, and what it is about.
        measured: the slope that a nudge gives, None where there is none.
        link: page that shows more of it, and its parameters.
    """

    key: str
    asked: Asked
    picture: tuple[str, tuple[int, ...]]
    measured: float | None = None
    link: tuple[str, tuple[tuple[str, str | int], ...]] | None = None

    @property
    def mark(self) -> str:
        """Short for what is asked, with its numbers."""
        asked = self.asked
        parts = [asked.prompt]
        if isinstance(asked, Question):
            parts += [
                short(asked.problem.right),
                *(short(x) for term in asked.problem.terms for x in term.factors),
            ]
        elif isinstance(asked, Choice):
            parts += [*asked.options, asked.right]
        return blake2b("\n".join(parts).encode(), digest_size=2).hexdigest()

    @property
    def is_number(self) -> bool:
        """Whether a number is asked for."""
        return isinstance(self.asked, Question)


@dataclass(frozen=True, slots=True)
class Judged:
    """What an answer is.

    Attributes:
        shown: how it was read.
        remarks: what is wrong with it.
        value: the number, where it is one.
        mistakes: names of the mistakes that give it.
    """

    status: Status
    shown: str
    remarks: tuple[str, ...] = ()
    value: float | None = None
    mistakes: tuple[str, ...] = ()


def judged(exercise: Exercise, text: str) -> Judged:
    """The judgement of one try, as it stands in the address."""
    asked = exercise.asked
    if isinstance(asked, Sentence):
        return Judged("right" if text.strip() else "unread", text)
    if isinstance(asked, Order):
        return _ordered(asked, text)
    if isinstance(asked, Choice):
        if not (text.isascii() and text.isdecimal() and len(text) == 1 and int(text) < len(asked.options)):
            return Judged("unread", words.NOT_CHOSEN)
        text = asked.options[int(text)]
    found = read_answer(asked, text)
    if found.answer is None:
        return Judged("unread", found.error)
    verdict = verdict_of(asked, found.answer)
    value = found.answer.value if isinstance(found.answer, Typed) else None
    if verdict.right:
        return Judged("right", found.shown, value=value)
    if verdict.nearly:
        return Judged("nearly", found.shown, value=value)
    made = tuple(mistakes_of(asked, found.answer))
    return Judged("wrong", found.shown, tuple(remarks(asked, found.answer)), value, made)


def _ordered(asked: Order, text: str) -> Judged:
    order = [int(each) for each in text if each.isascii() and each.isdecimal()]
    if sorted(order) != [*range(len(asked.items))]:
        return Judged("unread", words.every_step(len(asked.items)))
    remark = asked.remark(order)
    shown = words.in_order([asked.items[step] for step in order])
    return Judged("wrong", shown, (remark,)) if remark else Judged("right", shown)


MOST_MISSES = 2
"""After so many the answer is shown."""


@dataclass(frozen=True, slots=True)
class Course:
    """What became of an exercise.

    Attributes:
        exercise: what was asked.
        given: what was answered; None before.
        tries: the judgement of each try.
    """

    exercise: Exercise
    given: Given | None
    tries: tuple[Judged, ...]

    @property
    def misses(self) -> int:
        """How many tries were wrong."""
        return sum(each.status == "wrong" for each in self.tries)

    @property
    def is_solved(self) -> bool:
        """Whether the last try is right."""
        return bool(self.tries) and self.tries[-1].status == "right"

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to answer."""
        return self.is_solved or self.misses >= MOST_MISSES or self.is_shown

    @property
    def is_shown(self) -> bool:
        """Whether the reader has asked for the answer."""
        return self.given is not None and self.given.is_shown

    @property
    def is_begun(self) -> bool:
        """Whether anything was answered, or shown."""
        return self.misses > 0 or self.is_over

    @property
    def is_at_once(self) -> bool:
        """Whether the first try was right, and nothing was shown before it."""
        return self.is_solved and not self.misses and not self.is_shown

    @property
    def is_confident_and_wrong(self) -> bool:
        """Whether it is to come back."""
        return self.given is not None and self.given.sure == "k" and self.misses > 0

    @property
    def wrong_value(self) -> float | None:
        """The last wrong number."""
        return next((each.value for each in reversed(self.tries) if each.status == "wrong"), None)


def course_of(exercise: Exercise, given: Given | None) -> Course:
    """What became of an exercise, by what is in the address; answers to other numbers are none to these."""
    if given is None or given.mark != exercise.mark:
        return Course(exercise, None, ())
    return Course(exercise, given, tuple(judged(exercise, text) for text in given.texts))
