"""The records of one training step. Data only: strings, numbers and read-only arrays, all picklable."""

from dataclasses import dataclass

import numpy as np

from backprop.arrays import BoolArray, FloatArray, read_only
from backprop.network import MLPConfig, Params


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """A named value of the pass.

    Attributes:
        name: x, W1, b1, z1, a1, …, y or C.
        role: input, weight, bias, pre_activation, activation, target or cost.
        layer: 0 for x, 1..L for the layers; y and C belong to layer L.
        value: read-only array; C has shape ().
    """

    name: str
    role: str
    layer: int
    value: FloatArray


@dataclass(frozen=True, slots=True)
class Equation:
    """output = primitive(*inputs), all by name."""

    primitive: str
    inputs: tuple[str, ...]
    output: str


@dataclass(frozen=True, slots=True, eq=False)
class Tape:
    """One forward pass: every variable, and the equations in the order in which they were evaluated."""

    variables: tuple[Variable, ...]
    equations: tuple[Equation, ...]

    def __getitem__(self, name: str) -> FloatArray:
        """The value of the variable called `name`."""
        for variable in self.variables:
            if variable.name == name:
                return variable.value
        raise KeyError(f"{name}: expected one of {', '.join(v.name for v in self.variables)}")

    @property
    def cost(self) -> str:
        """Name of the variable that is differentiated: the last output, C."""
        return self.equations[-1].output


@dataclass(frozen=True, slots=True, eq=False)
class VJPStep:
    """One backward step: ∂C/∂wrt through one equation, a vector-Jacobian product.

    Attributes:
        output, wrt: the names of y and x in ∂y/∂x.
        upstream: ∂C/∂output, the shape of output.
        jacobian: ∂output/∂wrt, shape (*output.shape, *wrt.shape).
        kept: mask of the paths that count, the Jacobian's shape; None means all.
        path_terms: upstream times jacobian, 0 where a path is not kept; the Jacobian's shape.
        cotangent: Σ of path_terms over the axes of output: the total derivative ∂C/∂wrt.
        paths: how many paths can lead from one entry of wrt to output, by the structure of the
            Jacobian: 1 is the single-variable chain rule, more is the total derivative.
    """

    output: str
    wrt: str
    upstream: FloatArray
    jacobian: FloatArray
    kept: BoolArray | None
    path_terms: FloatArray
    cotangent: FloatArray
    paths: int


@dataclass(frozen=True, slots=True, eq=False)
class ParameterUpdate:
    """One parameter's update: after = before + step, with step = −learning_rate · gradient."""

    name: str
    before: FloatArray
    gradient: FloatArray
    learning_rate: float
    step: FloatArray
    after: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class TrainingStep:
    """Everything about one step of gradient descent on one observation.

    Attributes:
        config, params: the network before the step.
        tape: the forward pass.
        vjp_steps: the backward pass, in the order in which backpropagation needs its steps.
        gradients: ∂C/∂W_l and ∂C/∂b_l.
        updates: one for every parameter that learns, W1, b1, W2, …: fixed biases have none.
        params_after: the parameters after the update.
        loss_before, loss_after: the cost of this observation before and after.
    """

    config: MLPConfig
    params: Params
    tape: Tape
    vjp_steps: tuple[VJPStep, ...]
    gradients: Params
    updates: tuple[ParameterUpdate, ...]
    params_after: Params
    loss_before: float
    loss_after: float

    def vjp(self, output: str, wrt: str) -> VJPStep:
        """The backward step through ∂output/∂wrt, such as vjp("z2", "a1")."""
        for step in self.vjp_steps:
            if (step.output, step.wrt) == (output, wrt):
                return step
        known = ", ".join(f"({step.output}, {step.wrt})" for step in self.vjp_steps)
        raise KeyError(f"({output}, {wrt}): expected one of {known}")

    def cotangent(self, name: str) -> FloatArray:
        """∂C/∂name, summed over all uses of the variable; 1 for the cost itself."""
        if name == self.tape.cost:
            return read_only(np.ones(()))
        uses = [step.cotangent for step in self.vjp_steps if step.wrt == name]
        if not uses:
            known = ", ".join(dict.fromkeys(step.wrt for step in self.vjp_steps))
            raise KeyError(f"{name}: expected one of {known}")
        return uses[0] if len(uses) == 1 else read_only(np.sum(uses, axis=0))
