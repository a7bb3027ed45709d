"""Put on PYTHONPATH, forbids every Python process and its children any socket but local ones.

Each attempt is raised, and written to the file that KG_SOCKETS names. Not written is the question
whether this machine has IPv6, which urllib3 (below trafilatura) asks of a socket on ::1 when it
is imported; it takes the error for a no.
"""

import os
import socket
import sys
from pathlib import Path


def asked() -> bool:
    """Whether urllib3 asks for IPv6: its function is among the callers."""
    frame = sys._getframe(2)
    while frame is not None:
        code = frame.f_code
        if code.co_name == "_has_ipv6" and "urllib3" in code.co_filename:
            return True
        frame = frame.f_back
    return False


def forbid(event: str, arguments: tuple) -> None:
    """The audit hook."""
    if not event.startswith(("socket.", "urllib.", "http.client.", "ftplib.", "smtplib.")):
        return
    if event == "socket.__new__" and arguments[1] == getattr(socket, "AF_UNIX", None):
        return
    if event in ("socket.bind", "socket.connect") and isinstance(arguments[1], str | bytes):
        return
    if not asked():
        with Path(os.environ["KG_SOCKETS"]).open("a", encoding="utf-8") as file:
            file.write(f"{event} {arguments!r}\n")
    raise OSError(f"no network here: {event}")


if "KG_SOCKETS" in os.environ:
    sys.addaudithook(forbid)
