"""The NumPy lines of every step of the timeline, as they run in a notebook.

They are the lines the stage shows, except where those would lose digits or overflow in a saturated network:
there the notebook has the core's arithmetic, and says so.
"""

from backprop import MLPConfig, TrainingStep
from backprop.kinds import Activation
from backprop.network import input_of
from ui.export import words
from ui.names.timeline import TimelineStep
from ui.steps import describe
from ui.steps.forward import safe_lines
from ui.steps.update import moved_names


def lines_of(step: TrainingStep, stop: TimelineStep) -> list[str]:
    """The lines that compute one step; names are those of the stage: z1, dC_dz1, dz2_da1, W1_new."""
    layer, config = stop.layer, step.config
    if stop.kind == "activation":
        return activation(config.rule(layer), f"z{layer}", f"a{layer}")
    if stop.kind == "cost":
        return cost(config, f"z{layer}", f"a{layer}", "C")
    if stop.kind == "through_activation":
        return pull_back(f"a{layer}", f"z{layer}")
    if stop.kind == "through_affine":
        return pull_back(f"z{layer + 1}", f"a{layer}")
    if stop.kind == "update":
        return [f"{p}_new = {p} - learning_rate * dC_d{p}" for p in moved_names(step, layer)]
    if stop.kind == "after":
        return after(step)
    return describe(step, stop).numpy.splitlines()


def activation(rule: Activation, z: str, a: str) -> list[str]:
    """a = f(z)."""
    numpy = rule.formulas.numpy.format(z=z)
    if rule.is_held:
        return safe_lines(rule, z, a, numpy, words.FINITE)
    return [f"{a} = {numpy}"]


def cost(config: MLPConfig, z: str, a: str, C: str) -> list[str]:
    """C of the outputs."""
    numpy = config.cost.formulas.numpy.format(a=a)
    if config.shortcut is None:
        return [f"{C} = {numpy}"]
    return [f"# {numpy}, {config.shortcut.remark.format(z=z)}", f"{C} = {config.shortcut.exact.format(z=z)}"]


def pull_back(output: str, wrt: str) -> list[str]:
    """∂C/∂wrt as a product with the Jacobian, and as the sum of its path terms."""
    return [
        f"dC_d{wrt} = dC_d{output} @ d{output}_d{wrt}",
        f"path_terms = dC_d{output}[:, None] * d{output}_d{wrt}  # {words.ROWS}",
        f"same('{words.SUM}', path_terms.sum(axis=0), dC_d{wrt}, np.abs(path_terms).max())",
    ]


def after(step: TrainingStep) -> list[str]:
    """The predicted change of the cost, and the forward pass with the new parameters."""
    config = step.config
    moved = [update.name for update in step.updates]
    norms = " + ".join(f"(dC_d{name} ** 2).sum()" for name in moved)
    lines = [f"predicted_change = -learning_rate * ({norms})"]
    for layer in range(1, config.depth + 1):
        below = f"{input_of(layer)}_new" if layer > 1 else "x"
        z, a = f"z{layer}_new", f"a{layer}_new"
        b = f"b{layer}"
        plus = f" + {f'{b}_new' if b in moved else b}" if config.has_biases else ""
        lines.append(f"{z} = W{layer}_new @ {below}{plus}")
        lines += activation(config.rule(layer), z, a)
    lines += cost(config, z, a, "C_new")
    return lines
