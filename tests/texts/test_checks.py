"""The checks themselves: each finds its fault in a bad text, and nothing in texts that are right."""

import re
from collections.abc import Iterator

import numpy as np
import pytest

from tests.expected import settings_of, step_of
from tests.texts.arithmetic import sums_in, wrong_sums
from tests.texts.checks import CHECKS, NUMBER, all_problems
from tests.texts.claims import COUNT, PATTERNS, Truth, claims_in, is_true, wrong_claims
from tests.texts.markup import Text
from tests.texts.reader import Page, read_page
from tests.texts.test_every_text import require_none
from ui.names.numbers import COUNT_WORDS, short
from ui.state.recording import recorded_step

STEP = step_of(settings_of())

BAD = {
    "ASCII minus before a digit": ("the slope is -0.5", "(-3)", "from -.5 on", "cost -1.2"),
    "signed zero": ("the change is −0", "-0.00 of it", "1 + 2 = +0"),
    "power of ten as Python writes it": ("1.59e+03", "4e-11 of it", "2.3e−07", "1e05"),
    "no number": ("nan", "it is inf times finer", "a None here", "undefined", "True"),
    "1 of many": ("1 entries, 3 rows", "only 1 different ones", "the mean of the 1 single gradients"),
    "many of 1": ("3 path", "all 2 output", "two hidden unit", "12,288 entry"),
    "all of one or two": ("over all 2 paths", "All 1 unit", "both 2 of them", "the sum over all two"),
    "only one different": ("only 1 different ones", "1 other one"),
    "none counted": ("0 flowers pull up", "there are 0 paths"),
    "double space": ("two  spaces",),
    "unfilled": ("for {unit}", "[object Object]", "a <b>bold</b> one", "x &lt; y", "of %s"),
    "punctuation": ("so , it", "it is so ..", "left,, right", "done .", "here,."),
    "percent": ("50% of it", "50 % of it"),
    "never beside an exception": ("tanh is never quite flat: the sum is scaled by 0, one factor.",),
    "too many digits": ("0.1234567890123",),
}

GOOD = (
    "a¹₂ − y = −0.5; w²₁₁ from 0.1 to −1.2e−7 (−0.1)",
    "1 unit is off, 3 units are on; no path, both paths, all 3 paths, the only output, 12,288 paths",
    "unit 1 paths; layer 2 path; row 3 entry; of 1 outputs 0",
    "Hidden 6-5, flowers 0–49, 2.30e5, 1.00e−4, 0.001, 50\u00a0% of it, 0 % x, x-1 …",
    "None of 9 paths carries anything. It is never 0.5 there.",
    "`a = np.array([-0.5, nan])  # {x}`, $x^{-1}$, walkthrough?edit=x_1_-0.5, all digits: -0.12345678901234",
    "one path, one factor; ten units; 1 of 3 units, 105 of the 150 flowers",
)


@pytest.mark.parametrize("name", CHECKS)
def test_each_check_finds_its_fault(name):
    for text in BAD[name]:
        assert CHECKS[name](text), text
        assert any(problem.startswith(name) for problem in all_problems([Text("p", text)])), text


def test_texts_that_are_right_pass():
    texts = [Text("p", text.replace(" 0 % x,", "")) for text in GOOD]
    assert all_problems(texts) == []
    assert all_problems([Text("code", text) for texts in BAD.values() for text in texts]) == []


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        *(("0.214", 0.2139), ("+0.214", 0.2139), ("−0.214", -0.2139), ("down 0.214", -0.2139)),
        *(("1.08135", 1.081354), ("92\u00a0%", 0.9212), ("over 99\u00a0%", 0.9996), ("1,234", 1234.0)),
        *(("✗ 0.5", 0.5), ("✓ 1.00e−10", 1e-10), ("0, off", 0.0), ("③ −1 · −0.479 = +0.479", 0.479)),
        *(("unchanged", 0.0), ("∞", float("inf")), ("5.1 cm", 5.1), ("2.30e5", 230000.4)),
    ],
)
def test_numbers_shown_right(shown, value):
    assert all_problems([Text("number", shown, repr(value), "x")]) == []


@pytest.mark.parametrize(
    ("shown", "value", "problem"),
    [
        *(("0.215", 0.2139, "another number"), ("0.21", 0.2139, "another number")),
        *(("0.214", -0.2139, None), ("+0.214", -0.2139, "another sign"), ("−0.214", 0.2139, "another sign")),
        *(
            ("✗ 0", 0.0, "nothing is wrong"),
            ("0, wrong", 0.0, "nothing is wrong"),
            ("nothing", 0.5, "no number"),
        ),
        *(("93\u00a0%", 0.9212, "another number"), ("1.0813", 1.081354, "another number")),
    ],
)
def test_numbers_shown_wrong(shown, value, problem):
    problems = all_problems([Text("number", shown, repr(value), "x")])
    assert [found.split(":")[0] for found in problems] == ([problem] if problem else [])


def test_a_number_written_in_two_ways():
    once, again = (
        Text("number", "0.214", "0.21391", "ledger=a"),
        Text("number", "0.2139", "0.21391", "ledger=b"),
    )
    assert all_problems([once, once]) == []
    assert "as {'0.214': 'ledger=a', '0.2139': 'ledger=b'}" in all_problems([once, again])[0]
    cost = Text("number", "0.2139", "0.21391", "cell=cost")
    assert all_problems([once, cost]) == []


# --- against the core ----------------------------------------------------------------------------------


def one(name: str, *index: int) -> str:
    return short(float(np.asarray(STEP.tape[name])[index]))


def claims_of(text: str) -> tuple[int, int]:
    """How many claims there are in a text, and how many of them are wrong."""
    texts = [Text("p", text)]
    return claims_in(STEP, texts), len(list(wrong_claims(STEP, texts)))


def test_names_with_the_core_s_numbers_pass():
    slope = short(float(STEP.cotangent("a1")[1]))
    weight = short(float(STEP.gradients["W2"][0, 2]))
    jacobian = short(float(STEP.vjp("a2", "z2").jacobian[0, 1]))
    right = (
        f"a¹₃ = {one('a1', 2)}, z²₁ is {one('z2', 0)}, w²₁₃ = {one('W2', 0, 2)}, "
        f"C = {short(STEP.loss_before)}, ∂C/∂a¹₂ = {slope}, dC/dw²₁₃ = {weight} and ∂a²₁/∂z²₂ = {jacobian}"
    )
    assert claims_of(right) == (7, 0)


@pytest.mark.parametrize(
    "text",
    ["a¹₃ = 0.42", "z²₁ is −7.1", "w²₁₃ = 12", "C = 0", "∂C/∂a¹₂ = 9.9", "dC/dw²₁₃ = −1", "∂a²₁/∂z²₂ = 1"],
)
def test_another_number_for_a_name_is_found(text):
    assert claims_of(text) == (1, 1)


def test_the_sign_counts():
    value = float(STEP.tape["z1"][1])
    assert value < 0
    assert claims_of(f"z¹₂ = {short(value)}") == (1, 0)
    assert claims_of(f"z¹₂ = {short(-value)}") == (1, 1)


def test_what_is_no_claim_of_this_step():
    assert claims_of(
        "ε · ∂C/∂a¹₂ = 1; ∂a¹₁/∂z¹₁ = 1 if z > 0; alone gives ∂C/∂a¹₂ = 3; a¹₂ = 2 · 3; a⁷₁ = 1"
    ) == (0, 0)


def sentences(before, after, word, change, predicted) -> str:
    return f"cost {before} → {after}, {word} {change}. The prediction −η‖∇‖² was {predicted}."


def test_costs_and_counts():
    off = STEP.loss_after - STEP.loss_before
    squares = sum(float((update.gradient**2).sum()) for update in STEP.updates)
    predicted = short(-STEP.updates[0].learning_rate * squares)
    right = short(STEP.loss_before), short(STEP.loss_after), "down", short(-off), predicted
    assert off < 0
    assert claims_of(sentences(*right)) == (2, 0)
    for place, wrong in enumerate(("9.9", "8.8", "up", "7.7", "−6.6")):
        bad = [*right]
        bad[place] = wrong
        assert claims_of(sentences(*bad)) == (2, 1), wrong
    off_units = int((STEP.tape["z1"] <= 0).sum())
    assert claims_of(f"{off_units} unit is off for this flower") == (1, 0)
    assert claims_of("four units are off for this flower") == (1, 1)
    assert claims_of("What is ∂C/∂a¹₁, the sum over all 3 paths?") == (1, 0)
    assert claims_of("What is ∂C/∂a¹₁, the sum over all 4 paths?") == (1, 1)
    different = len(set(STEP.tape["a1"].tolist()))
    said = "45 entries, 15 of them not structurally zero, only {} different ones"
    assert claims_of(said.format(different)) == (1, 0)
    assert claims_of(said.format(different - 1)) == (1, 1)


def views() -> list[Page]:
    """Pages on which all sentences of the patterns stand."""
    deep = {"hidden": "4-3", "act": "relu", "seed": 3}
    return [
        *(read_page("overview"), read_page("paths"), read_page("update"), read_page("jacobians")),
        *(read_page("walkthrough", quiz=1), read_page("notation"), read_page("update", **deep)),
    ]


def test_each_pattern_reads_its_sentence_and_notices_any_number_in_it_changed():
    """Each number that a pattern takes from a sentence, and each of its counts and signs, is compared."""
    found = set()
    for view in views():
        truth = Truth(recorded_step(view.settings))
        for text in view.texts:
            for expression, is_right in PATTERNS:
                for claim in expression.finditer(text.text):
                    assert is_true(is_right, truth, claim), claim[0]
                    found.add(expression)
                    for wrong in with_one_number_changed(expression, claim):
                        assert not is_true(is_right, truth, wrong), (claim[0], wrong[0])
    assert found == {expression for expression, _ in PATTERNS}


def with_one_number_changed(expression: re.Pattern[str], claim: re.Match[str]) -> Iterator[re.Match[str]]:
    """The sentence again and again, in each another number that a group holds larger, or its sign turned."""
    for group in range(1, len(claim.groups()) + 1):
        start, end = claim.span(group)
        for number in re.finditer(
            rf"{NUMBER.pattern}|(?:{COUNT})", claim.string[start:end] if start >= 0 else ""
        ):
            for other in others(number[0]):
                changed = (
                    claim.string[: start + number.start()] + other + claim.string[start + number.end() :]
                )
                if again := expression.search(changed, claim.start()):
                    yield again


def others(number: str) -> list[str]:
    if number in COUNT_WORDS:
        return ["seven"]
    digit = next(place for place, sign in enumerate(number) if sign.isdigit())
    return [number[:digit] + "9" + number[digit:]] + ([f"−{number[1:]}"] if number[0] == "+" else [])


def test_numbers_of_elements():
    right = Text("number", short(STEP.loss_before), repr(STEP.loss_before), "cost=before")
    assert list(wrong_claims(STEP, [right])) == []
    wrong = Text("number", "1", "1.0", "cost=before")
    assert len(list(wrong_claims(STEP, [wrong]))) == 1
    assert Truth(STEP).values("a⁹₁") == []


# --- arithmetic ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "comes_out"),
    [
        *(("0.5 · 0.578 = 0.289", True), ("0.5 · 0.578 = 0.29", True), ("0.500 · 0.578 = 0.298", False)),
        *(
            ("−0.5 · (−2) + 3 · 1 = 4", True),
            ("−0.5 · (−2) − 3 · 1 = 4", False),
            ("0 times −0.573 = 0", True),
        ),
        *(("0.756 − 0.1 · 0.3 = 0.726", True), ("0.756 − 0.1 · 0.3 = 0.756", False), ("1 / 3 = 0.333", True)),
        *(("x = −1.42 +0.445 +3.46 = +2.49", True), ("x = −1.42 +0.445 +3.46 = +5.33", False)),
        *(("from 0.756 to 0.726 (−0.0300)", True), ("from 0.756 to 0.726 (+0.0300)", False)),
        *(
            ("1.28 → 1.20, down 0.0869", True),
            ("1.28 → 1.20, up 0.0869", False),
            ("1.28 → 1.20, down 0.87", False),
        ),
        *(("3.13 · 10^−8 · (−0.05) = −1.57 · 10^−9", True), ("3.13 · 10^−8 · 0.05 = 1.57", False)),
    ],
)
def test_sums_written_out(text, comes_out):
    assert [right for _, right in sums_in(text)] == [comes_out]
    assert len(wrong_sums([Text("p", text)])) == (not comes_out)


def test_faults_are_reported_with_an_example_and_a_count():
    require_none([])
    with pytest.raises(AssertionError, match=r"2 × cost -1\n +here"):
        require_none([("here", "cost -1"), ("there", "cost -2")])
