"""What can go wrong, named by what the caller must do.

    KgError
    ├── DocumentError   skip this document, go on with the next
    └── SetupError      stop: nothing can work until the remedy is applied
        └── QueryError  the query text is at fault; the store is fine

Every message says where, what, and what to do.
"""

from __future__ import annotations


class KgError(Exception):
    """Anything this package raises on purpose."""


class DocumentError(KgError):
    """One document cannot be read or built; the others can."""


class SetupError(KgError):
    """Nothing can work until the remedy in the message is applied."""


class QueryError(SetupError):
    """A query cannot be parsed, is refused, or ran out of time."""
