"""Every sentence of the page "Practice", in the order of the page, one to a line. No HTML."""

from collections.abc import Sequence

from backprop import MLPConfig
from ui.names.numbers import as_typed, count_word
from ui.questions.words.wording import network
from ui.state.settings import Settings
from ui.state.words import KIND_TITLES

LEAD = "Work out the number that is missing, type it, press Enter. If it is wrong, you are told which mistake gives it."

# --- the choice --------------------------------------------------------------------------------------


def left_out(config: MLPConfig, observation: str, kinds: Sequence[str]) -> str:
    said = f"Nothing worth asking on this network and {observation}: {', '.join(KIND_TITLES[kind] for kind in kinds)}."
    has_sums = any(units > 1 for units in config.layer_sizes[2:]) or config.is_dense(config.depth)
    return (
        said if has_sums else f"{said} Every value has one path to the cost, so nothing is summed over paths."
    )


# --- the question and its answer ---------------------------------------------------------------------

WORKED_EXAMPLE = "A worked example: check each line, then type its last number to confirm."
YOUR_ANSWER, YOUR_NUMBER = "Your answer", "Your answer, to three digits"
NOT_RECOGNISED = "That is not it, and none of the usual mistakes either."
NOT_IT = "That is not it."
"""Of one digit alone, which is too few to tell."""
NEXT, TO_END = "Next question", "See how it went →"
SPOILT = "Its answer was shown before, so it does not count as right."


def place(number: int, last: int) -> str:
    return "The only question of this kind" if last == 1 else f"Question {number} of {last}"


def in_sequence(place: int, length: int) -> str:
    return f"Question {place} of {length}"


def again(kind: str) -> str:
    return f"Another one of the kind you missed: {KIND_TITLES[kind].rstrip('?')}."


def other_network(settings: Settings) -> str:
    return f"The last one is asked of another network, not of the one in the sidebar: {network(settings.config)}, weights of seed {settings.seed}."


def not_here(count: int) -> str:
    return f"{count_word(count).capitalize()} of the set {'is' if count == 1 else 'are'} left out: this network has no such {'question' if count == 1 else 'questions'}."


def nearly(answer: str) -> str:
    return f"Nearly: give three digits. You gave {answer}."


def several_mistakes(count: int) -> str:
    return f"{count_word(count).capitalize()} mistakes give this number:"


# --- the ways on -------------------------------------------------------------------------------------


def less_help(level: str) -> str:
    return "Less help: leave all blank" if level == "all" else f"Less help: leave the {level} blank"


def more_help(level: str) -> str:
    return "More help: a worked example" if level == "nothing" else f"More help: only the {level} blank"


def end(last: int, is_over: bool) -> str:
    """Beside the last question of a kind."""
    which = "the only question" if last == 1 else f"the last of {last} questions"
    return f"That was {which} of this kind." if is_over else f"This is {which} of this kind."


SET = "Link to a set"
SET_HELP = "For a class: put up to twelve questions together, in your order, as one link. Choose a kind and a number above, and add the question."
ADD, EMPTY_SET, OPEN_SET = "Add this question", "Empty the set", "Ask the set →"
SET_TO_CLASS = "Ask the class the set →"


def of_set(text: str) -> str:
    return f"In the set: {text.replace('-', ', ')}. Open it, and share the address of the page."


# --- the end of a sequence ---------------------------------------------------------------------------

OVER, AGAIN_FROM_FIRST, TO_MIXED = "That was the last question.", "Begin anew", "Mixed questions →"
RESULTS = ("at once", "with help", "not yet")
RESULT_HEADS = ("", *RESULTS, "Where it is shown", "More of the kind")
NOT_IN_SCORE = "Worked examples are not counted."


def code(text: str, mistakes: int) -> str:
    """`mistakes` are in it."""
    made = ("", ", the mistake you made most", ", the mistakes you made most")[min(mistakes, 2)]
    return (
        f"Your result as a code: {text}. It holds what became of each question{made}, and nothing about you."
    )


def in_all(counts: Sequence[int]) -> str:
    said = [f"{count_word(count)} {result}" for count, result in zip(counts, RESULTS, strict=True) if count]
    return f"{', '.join(said).capitalize()}." if said else "None counted."


def with_other(what: str) -> str:
    return f"The same with {what} →"


# --- beside it ---------------------------------------------------------------------------------------

TOLERANCE_HEADING = "What counts as right"
TOLERANCE = "What the numbers shown give, to three digits. 0,25, 2.5e−1, 1/4 and 0.5*0.5 are read as 0.25."
RULES = "Each question counts once, and not as right if its answer was shown. Worked examples do not count."
KEPT = "Kept until you close this tab."


def one_question(is_right: bool, is_shown: bool) -> str:
    if is_shown:
        return "One question so far, not right: its answer was shown."
    return "One question so far, right." if is_right else "One question so far, not right yet."


def last_questions(asked: int, right: int) -> str:
    """`asked` questions, the most that the score remembers."""
    return f"Your last {asked} questions, {_of_them(right, asked)} right."


def questions_so_far(asked: int, right: int) -> str:
    return f"{count_word(asked).capitalize()} questions so far, {_of_them(right, asked)} right."


def _of_them(right: int, asked: int) -> str:
    if right == asked:
        return "both" if asked == 2 else "all of them"
    return f"{count_word(right)} of them" if right else "none of them"


def answers_shown(count: int) -> str:
    if count == 1:
        return "The answer of one was shown, so it does not count as right."
    return f"The answers of {count_word(count)} were shown, so they do not count as right."


# --- check my answers --------------------------------------------------------------------------------

CHECK, TO_CHECK, TO_QUESTIONS = "Check my answers", "Check my answers →", "To the questions →"
CHECK_LEAD = (
    "Paste what you worked out, or a part of it. If a number is wrong, you are told which mistake gives it."
)
YOUR_ANSWERS = "Your answers, one to a line"
SPELLINGS = "Read as NumPy, Python, MATLAB, a table or by hand; decimal commas, fractions, ? for what you do not know. Weights have a row for each unit."
VERDICTS = ("Line", "Number", "Verdict", "Why")
BEGIN_HERE, EXPLAINED = "Begin here", "The step that explains it →"
RIGHT_NUMBERS = "Show the right numbers"
NUMBERS = ("Number", "Yours", "Right", "Measured slope")
IN_THE_LINK = "Your answers are in the link: share it, and they are checked there."


def against(observation: str, network: str, rate: float) -> str:
    return f"Checked against: {observation}. {network}, η = {as_typed(rate)}."


def here(line: int, name: str) -> str:
    return f"line {line}, {name}."


def too_long(most: int, count: int) -> str:
    return f"Your answers take {count:,} characters of a link, which holds {most:,}: they stay in this tab until you reload it."


def more_numbers(count: int) -> str:
    return f"And {count:,} more."
