"""Questions about the slope of f(x(t), y(t), …)."""

from backprop.practice import chain_problem
from backprop.total_derivative import OUTERS, TotalDerivative
from ui.names.numbers import as_typed
from ui.questions.diagnosis import Diagnosis
from ui.questions.questions import Question
from ui.questions.words import chain as words

_SENTENCES = {
    each.__name__: each
    for each in (
        words.added,
        words.factor_alone,
        words.one_path,
        words.paths_averaged,
        words.paths_multiplied,
    )
}


def chain_question(result: TotalDerivative) -> Question:
    """What is df/dt, given both derivatives of each path?"""
    names, row, column = OUTERS[result.outer].variables, result.df_du.tolist(), result.du_dt.tolist()
    asked = chain_problem([*zip(row, column, strict=True)])
    wrong = tuple(
        Diagnosis(each.mistake, each.value, each.range, _SENTENCES[each.mistake](names, each.part))
        for each in asked.wrong
    )
    said = words.wording(names)
    prompt = words.prompt(names, row, column, as_typed(float(result.t)))
    return Question(asked, said, prompt, "", "", 0, 0, wrong, (said.formula,))
