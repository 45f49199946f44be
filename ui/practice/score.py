"""What stands beside a question: its subject, its tolerance, the score. No Streamlit."""

from collections.abc import Mapping

from ui.captions import describe_observation
from ui.numbers import count_word
from ui.paths.marks import row_head, table
from ui.practice.catalogue import KINDS
from ui.practice.choice import PracticeChoice
from ui.practice.choices import Choice
from ui.practice.questions import Question
from ui.practice.session import AT_ONCE, NOT_YET, WITH_HELP
from ui.settings import COST_NAMES
from ui.svg import scripts, tag

KEPT = "Reloading or closing this tab empties the score."


def subject_markup(choice: PracticeChoice) -> str:
    """Which flower and which network is asked about."""
    settings = choice.settings
    sizes = " → ".join(map(str, settings.config.layer_sizes))
    config = settings.config
    network = (
        f"{sizes} units, {settings.activation}, {config.output_activation} output, {COST_NAMES[config.loss]}"
    )
    return (
        tag("h3", "Asked about", class_="bp-subheading")
        + tag("p", scripts(f"{describe_observation(settings)}."), class_="bp-note")
        + tag("p", network, class_="bp-note")
    )


def tolerance_markup(asked: Question | Choice) -> str:
    """How near is near enough, and how numbers may be typed."""
    if isinstance(asked, Choice):
        return ""
    return tag("h3", "What counts as right", class_="bp-subheading") + tag(
        "p",
        "What the numbers shown give, to three digits. 0,25, 2.5e−1, 1/4 and 0.5*0.5 are read as 0.25.",
        class_="bp-note",
    )


def score_markup(score: Mapping[str, Mapping[str, int]]) -> str:
    """Right answers by kind of question."""
    heading = tag("h3", "Your score", class_="bp-subheading")
    if not score:
        return heading + tag(
            "p",
            f"Empty so far. Kinds of question are counted one by one. Worked examples do not count. {KEPT}",
            class_="bp-note",
        )
    results = (AT_ONCE, WITH_HELP, NOT_YET)
    rows = [
        [
            row_head(kind),
            *(tag("td", str(score[kind][each]), data_score=f"{kind}:{each}") for each in results),
        ]
        for kind in KINDS
        if kind in score
    ]
    right = sum(each[AT_ONCE] + each[WITH_HELP] for each in score.values())
    answers = count_word(right)
    said = f"{answers.capitalize()} right answer{'' if right == 1 else 's'} so far."
    note = tag("p", f"{said} {KEPT}", class_="bp-note")
    return heading + table(("", "at once", "with help", "not yet"), rows) + note
