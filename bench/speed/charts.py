"""Charts of what was measured, as SVG (extra `bench`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

_COLOURS = ("#4269d0", "#efb118", "#ff725c", "#6cc5b0")


def seconds_chart(path: Path, series: Mapping[str, Sequence[tuple[str, float, float]]]) -> None:
    """Writes a chart of seconds per query: a dot for the first rows, a ring for all rows.

    Args:
        path: the SVG file.
        series: name -> (query, seconds of the first rows, seconds of all rows).
    """
    try:
        import matplotlib as mpl
    except ImportError:
        print("no chart: pip install 'conflict-kg[bench]'")
        return
    mpl.use("svg")
    mpl.rcParams |= {"svg.hashsalt": "conflict-kg", "font.size": 9}
    from matplotlib import pyplot

    names = sorted({query for rows in series.values() for query, _, _ in rows}, reverse=True)
    figure, axes = pyplot.subplots(figsize=(8, 0.27 * len(names) + 1.4))
    for colour, (name, rows) in zip(_COLOURS, series.items(), strict=False):
        places = [names.index(query) for query, _, _ in rows]
        axes.scatter([first for _, first, _ in rows], places, s=22, color=colour, label=name)
        axes.scatter(
            [every for _, _, every in rows], places, s=30, facecolors="none", edgecolors=colour
        )
    axes.scatter([], [], s=30, facecolors="none", edgecolors="#888", label="all rows")
    for goal in (1, 5):
        axes.axvline(goal, color="#bbb", linewidth=0.8, zorder=0)
    axes.set_xscale("log")
    axes.set_xlabel("seconds of processor time; dot: the first 1,000 rows")
    axes.set_yticks(range(len(names)), names)
    axes.grid(axis="y", color="#eee", zorder=0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=4, frameon=False)
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)
