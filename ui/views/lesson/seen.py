"""The sentence above an exercise: what to look at, and what to do."""

from backprop.network import input_of
from ui.names.numbers import as_typed
from ui.names.symbols import entry_symbol, symbol
from ui.questions.lesson.batch import batch_of
from ui.questions.lesson.hidden import promise
from ui.questions.lesson.own import own_step
from ui.questions.questions import Question
from ui.questions.tasks import Exercise
from ui.questions.words import lesson as words
from ui.state.data import observation_word
from ui.state.recording import recorded_step
from ui.state.settings import Settings


def see(settings: Settings, exercise: Exercise) -> str:
    """What is said above an exercise."""
    config, last = settings.config, settings.config.depth
    step = recorded_step(settings)
    asked = exercise.asked
    index = asked.problem.quantity.index if isinstance(asked, Question) else ()
    layer = asked.problem.quantity.layer if isinstance(asked, Question) else last
    match exercise.key.removesuffix("r"):
        case "1a":
            return words.SEE_ONE_PATH
        case "2a":
            return words.SEE_TWO_PATHS
        case "3a" | "3b":
            return words.SEE_ROW_TIMES_COLUMN
        case "4a":
            return words.see_forward(symbol("z1", index[0]), config.layer_sizes[0], config.has_biases)
        case "5a":
            return words.see_output(symbol(f"a{last}"), symbol(f"z{last}"))
        case "5b":
            return words.see_delta(symbol(f"z{last}", index[0]))
        case "6a":
            return words.see_weight(*_weight_of(exercise))
        case "6b":
            return words.see_weight(entry_symbol(f"W{layer}", index), symbol(f"z{layer}", index[0]))
        case "7a":
            return words.see_hidden(
                symbol(f"a{layer}", index[0]), symbol(f"z{layer + 1}"), config.layer_sizes[layer + 1]
            )
        case "7b":
            return words.SEE_ORDER
        case "8a":
            hidden, j = exercise.picture[1]
            z = float(step.tape[f"z{hidden}"][j])
            return words.see_off(symbol(f"a{hidden}", j), symbol(f"z{hidden}", j), z)
        case "8b":
            w = entry_symbol(f"W{layer}", index)
            if config.depth == 1:
                return words.see_new_weight(w)
            return words.see_gradient(w, symbol("z1", index[0]), symbol("x", index[1]))
        case "8c":
            squared, change = promise(step)
            rate = as_typed(step.updates[0].learning_rate)
            return words.see_promise(rate, squared, change, config.bias == "learned")
        case "9a":
            batch = batch_of(settings)
            return words.see_batch(len(batch.names), observation_word(config), symbol(input_of(last)))
        case "9b":
            w = entry_symbol(f"W{last}", index)
            return words.see_mean(w, symbol(f"z{last}", index[0]), symbol(input_of(last), index[1]))
        case "9c":
            return words.SEE_BROKEN
        case "10a":
            return f"{words.see_own(own_step(settings).config.layer_sizes)} {words.SEE_OWN_DELTA}"
        case "10b":
            return words.SEE_OWN_HIDDEN
        case "10c":
            return words.SEE_OWN_WEIGHT
    return words.SEE_OWN_SENTENCE


def _weight_of(exercise: Exercise) -> tuple[str, str]:
    layer, k, j = exercise.picture[1]
    return entry_symbol(f"W{layer}", (k, j)), symbol(f"z{layer}", k)
