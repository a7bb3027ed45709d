"""The curves of `growing`, drawn with matplotlib (extra `bench`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib

if TYPE_CHECKING:
    from bench.speed.growing import Figures

Value = Callable[["Figures"], float | None]
SECONDS: tuple[tuple[str, Value], ...] = (
    ("load all", lambda one: one.load),
    ("all computed across articles", lambda one: one.computed),
    ("one more, all computed", lambda one: one.again or None),
    ("one more, --later", lambda one: one.put),
    ("one taken out, --later", lambda one: one.gone),
)
MEGABYTES: tuple[tuple[str, Value], ...] = (
    ("memory: load", lambda one: one.load_mb),
    ("memory: compute", lambda one: one.computed_mb if one.computed is not None else None),
    ("store on disk", lambda one: one.disk_mb),
)
"""Names of curves, and their values; None where a size has none."""


def draw(found: Sequence[Figures], file: Path) -> None:
    """Two panels, seconds and megabytes by the number of articles, both scales logarithmic."""
    matplotlib.use("svg" if file.suffix == ".svg" else "agg")
    from matplotlib import pyplot

    pyplot.rcParams["svg.hashsalt"] = "growth"  # the same figures give the same file
    figure, panels = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    some = [one for one in found if one.articles]
    for panel, unit, curves in zip(panels, ("s", "MB"), (SECONDS, MEGABYTES), strict=True):
        for name, value in curves:
            points = [(one.articles, at) for one in some if (at := value(one)) is not None]
            if points:
                panel.plot(*zip(*points, strict=True), marker="o", label=name)
        panel.set(xscale="log", yscale="log", xlabel="articles in the store", ylabel=unit)
        panel.grid(alpha=0.3)
        panel.legend(fontsize=8)
    figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)
