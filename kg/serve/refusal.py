"""What the server says where it gives no answer: a status and a sentence that says what to do."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import KgError


class Refusal(KgError):  # noqa: N818 - an answer, not an accident
    """An answer with an error status.

    Args:
        status: of HTTP.
        reason: plain text for people: what is wrong and what to do.
        headers: further headers.
    """

    def __init__(self, status: int, reason: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.headers = headers or {}


async def refused(_: Request, error: Exception) -> Response:
    """The refusal as an answer."""
    if not isinstance(error, Refusal):
        raise error
    return PlainTextResponse(f"{error}\n", error.status, headers=error.headers)
