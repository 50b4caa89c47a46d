"""A name server on this machine: it answers real questions over UDP from a table of the test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

SILENT = "silent"  # an answer that never comes
FAILED = "failed"  # an error of the server
HOUR = 3600


@dataclass
class NameServer:
    """`rows` maps (name, kind) to values as a zone file writes them, or to SILENT or FAILED."""

    port: int = 0
    rows: dict[tuple[str, str], list[str] | str] = field(default_factory=dict)

    @property
    def setting(self) -> str:
        return f"127.0.0.1:{self.port}"

    def answer(self, message: bytes) -> bytes | None:
        query = dns.message.from_wire(message)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True)
        kind = dns.rdatatype.to_text(question.rdtype)
        values = self.rows.get((name, kind))
        if values == SILENT:
            return None
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        if values == FAILED:
            response.set_rcode(dns.rcode.SERVFAIL)
        elif isinstance(values, list):
            response.answer.append(dns.rrset.from_text(f"{name}.", HOUR, "IN", kind, *values))
        elif not any(one == name for one, _kind in self.rows):
            response.set_rcode(dns.rcode.NXDOMAIN)
        return response.to_wire()


@contextmanager
def running() -> Iterator[NameServer]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        door.settimeout(0.2)
        server = NameServer(door.getsockname()[1])
        is_over = threading.Event()
        thread = threading.Thread(target=_serve, args=(door, server, is_over))
        thread.start()
        try:
            yield server
        finally:
            is_over.set()
            thread.join()


def _serve(door: socket.socket, server: NameServer, is_over: threading.Event) -> None:
    while not is_over.is_set():
        try:
            message, sender = door.recvfrom(4096)
        except TimeoutError:
            continue
        if answer := server.answer(message):
            door.sendto(answer, sender)
