"""The 2-2-2 example of many textbooks and blogs: all its numbers are known, so it can be checked by hand.

Source: Mazur 2015, "A Step by Step Backpropagation Example"; sigmoid units, squared error, η = 0.5. There the
biases stay as they are; here they learn, too, unless the link says bias=fixed.
"""

import numpy as np

from backprop import Params
from backprop.arrays import read_only
from ui.state.own import OwnNetwork, write_network

HIDDEN = (2,)
X = read_only(np.array([0.05, 0.1]))
Y = read_only(np.array([0.01, 0.99]))
PARAMS = Params(
    weights=(np.array([[0.15, 0.2], [0.25, 0.3]]), np.array([[0.4, 0.45], [0.5, 0.55]])),
    biases=(np.array([0.35, 0.35]), np.array([0.6, 0.6])),
)
NETWORK = OwnNetwork(read_only(X[np.newaxis]), read_only(Y[np.newaxis]), PARAMS)
VALUE = write_network(NETWORK)
"""The same as a link has numbers of one's own."""
