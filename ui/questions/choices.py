"""Questions with a choice: which rule, how many paths, which unit is off."""

import numpy as np

from backprop import TrainingStep
from backprop.study.telling import telling_unit
from ui.questions.words import choices
from ui.questions.words.choices import Choice


def choices_of(step: TrainingStep) -> tuple[Choice, ...]:
    """All choices of a recorded step: of the deepest hidden layer first, if there is one."""
    config = step.config
    last = config.depth
    layer = last - 1
    of_output = choices.rule_of_output(config, several=step.vjp(f"a{last}", f"z{last}").paths > 1)
    if not layer:
        return of_output, choices.rule_of_weights(config, last)
    unit = telling_unit(step, step.vjp(f"z{last}", f"a{layer}"))
    found = [
        choices.rule_of_sum(config, layer, unit),
        *_off_unit(step),
        choices.rule_of_weights(config, layer),
        choices.count_of_paths(config, layer),
        of_output,
        choices.rule_of_slope(layer),
    ]
    if last > 2:
        found.append(choices.count_of_full_paths(config))
    return tuple(found)


def _off_unit(step: TrainingStep) -> list[Choice]:
    """Which unit is off: one of those that are, beside up to three that are on."""
    config, found = step.config, []
    for layer in range(config.depth - 1, 0, -1):
        if not config.rule(layer).switches:
            continue
        z = step.tape[f"z{layer}"]
        off, on = np.flatnonzero(z <= 0), np.flatnonzero(z > 0)[:3]
        if off.size and on.size:
            shown = sorted([int(off[0]), *map(int, on)])
            values = {unit: float(z[unit]) for unit in shown}
            found.append(choices.off_unit(config.activation(layer), layer, values, int(off[0])))
    return found
