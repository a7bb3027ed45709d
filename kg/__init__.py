"""Conflict news in, a graph of attributed claims out, offline.

>>> import kg
>>> summary = kg.build(["seeds"], store="kg-store")  # doctest: +SKIP
>>> graph = kg.Graph("kg-store")  # doctest: +SKIP
>>> graph.query("casualties-by-speaker").rows  # doctest: +SKIP
>>> graph.near("Kursk", within_km=100)  # doctest: +SKIP

`import kg` is cheap: the stages are imported when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg import version

if TYPE_CHECKING:
    from kg.graph import Graph, build, changes
    from kg.notebook import frame
    from kg.records import Table

__all__ = ["Graph", "Table", "__version__", "build", "changes", "frame"]

__version__ = version.VERSION


def __getattr__(name: str) -> Any:
    if name in ("Graph", "build", "changes"):
        from kg import graph

        return getattr(graph, name)
    if name == "frame":
        from kg import notebook

        return notebook.frame
    if name == "Table":
        from kg import records

        return records.Table
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
