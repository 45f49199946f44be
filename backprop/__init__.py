"""Backpropagation of a multilayer perceptron in plain NumPy, recorded step by step as data."""

from backprop import total_derivative
from backprop.batch import ObservationGradients, loss_and_gradients, per_observation_gradients, predict
from backprop.check import GradientCheck, check_gradients
from backprop.differences import numerical_derivative
from backprop.forward import forward_pass
from backprop.kinds import Primitive
from backprop.network import HIDDEN_ACTIVATIONS, OUTPUTS, MLPConfig, Params, init_params
from backprop.primitives import PRIMITIVES
from backprop.reverse import backward_pass
from backprop.sgd import sgd_update, training_step
from backprop.tape import Equation, ParameterUpdate, Tape, TrainingStep, Variable, VJPStep
from backprop.train import (
    EpochReport,
    TrainingDiverged,
    TrainingRun,
    continue_training,
    predicted_classes,
    train,
)

__all__ = [
    "HIDDEN_ACTIVATIONS",
    "OUTPUTS",
    "PRIMITIVES",
    "EpochReport",
    "Equation",
    "GradientCheck",
    "MLPConfig",
    "ObservationGradients",
    "ParameterUpdate",
    "Params",
    "Primitive",
    "Tape",
    "TrainingDiverged",
    "TrainingRun",
    "TrainingStep",
    "VJPStep",
    "Variable",
    "backward_pass",
    "check_gradients",
    "continue_training",
    "forward_pass",
    "init_params",
    "loss_and_gradients",
    "numerical_derivative",
    "per_observation_gradients",
    "predict",
    "predicted_classes",
    "sgd_update",
    "total_derivative",
    "train",
    "training_step",
]
