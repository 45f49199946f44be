"""A network of one's own: text to checked network, network to the value of `own=`, and both ways back."""

from ui.state.own.link import network_of, write_network
from ui.state.own.network import OwnNetwork, network_text
from ui.state.own.reading import read_network

__all__ = ["OwnNetwork", "network_of", "network_text", "read_network", "write_network"]
