"""A network that can be cut, in front of the app: a browser's own offline mode leaves WebSockets alone."""

import select
import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Proxy:
    """Carries bytes between its own address, `url`, and the server; while it is cut, nothing passes."""

    def __init__(self, server_url: str):
        self.server = urlsplit(server_url)
        self.listener = socket.create_server((self.server.hostname, 0))
        self.url = f"http://{self.server.hostname}:{self.listener.getsockname()[1]}"
        self.is_cut = False
        self.open: set[socket.socket] = set()
        self.ends = False

    def __enter__(self) -> "Proxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ends = True
        self.listener.close()
        self.cut()

    def cut(self) -> None:
        """Break every connection, and any new one."""
        self.is_cut = True
        for end in list(self.open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_cut = False

    def _accept(self) -> None:
        while not self.ends:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            if self.is_cut:
                client.close()
                continue
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.create_connection((self.server.hostname, self.server.port)) as server:
            ends = {client: server, server: client}
            self.open |= set(ends)
            with suppress(OSError):
                while not self.is_cut:
                    for end in select.select(list(ends), [], [], 0.2)[0]:
                        data = end.recv(65536)
                        if not data:
                            return
                        ends[end].sendall(data)
            self.open -= set(ends)
