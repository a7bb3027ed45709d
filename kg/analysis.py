"""The commands that look across articles: near, network, control, diff, link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import QueryError
from kg.printing import (
    STORE,
    AsOfOption,
    Form,
    FormOption,
    JsonOption,
    StoreOption,
    opened,
    parameter,
    printed,
    say,
    table,
    tail,
)

if TYPE_CHECKING:
    from kg.network import Near, Risk, Score, Standing, Step


def near(
    facility: Annotated[
        str | None,
        typer.Argument(metavar="FACILITY", help="Its name, or words of it; all without."),
    ] = None,
    within: Annotated[
        float | None, typer.Option("--within", metavar="KM", min=0, help="No farther than this.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--class", metavar="CLASS", help="Facilities of this class, e.g. Hospital."),
    ] = None,
    board: Annotated[
        bool, typer.Option("--board", help="Per facility and day what came nearest.")
    ] = False,
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    form: FormOption = Form.TABLE,
    as_json: JsonOption = False,
) -> None:
    """Distances between facilities and events, computed, with those that articles state."""
    with opened(store, as_of) as graph:
        risks = graph.board(facility, within_km=within, kind=kind) if board else ()
        rows = () if board else graph.near(facility, within_km=within, kind=kind)
    if as_json or form is Form.JSON:
        printed(risks if board else rows)
        return
    names = dict.fromkeys(
        (*(risk.facility_label for risk in risks), *(row.facility_label for row in rows))
    )
    if not names:
        about = f' called "{facility}"' if facility else f" of class {kind}" if kind else ""
        near_by = f" within {within:g} km" if within is not None else ""
        all_of_them = "; kg near lists all that have one" if facility or kind else ""
        say(f"no facility{about} has an event with coordinates near it{near_by}{all_of_them}")
    for name in names:
        if board:
            _board(name, [row for row in risks if row.facility_label == name])
        else:
            _distances(name, [row for row in rows if row.facility_label == name])


def _distances(name: str, rows: Iterable[Near]) -> None:
    table(
        ("km", "±", "event", "actuality", "day", "place", "article states", "according to"),
        [
            (
                f"{row.distance_km:.1f}",
                f"{row.uncertainty_km:.1f}",
                row.event_label or row.kind,
                row.actuality,
                row.day,
                row.place_label,
                _stated(row.stated_km, row.stated_text, row.supported),
                ", ".join(row.speakers),
            )
            for row in rows
        ],
        title=name,
        right=2,
    )


def _board(name: str, rows: Iterable[Risk]) -> None:
    table(
        ("km", "±", "day", "what", "nearest", "place", "according to", "", "article states", "by"),
        [
            (
                f"{row.distance_km:.1f}",
                f"{row.uncertainty_km:.1f}",
                row.day,
                row.what,
                row.event_label or row.kind,
                row.place_label,
                ", ".join(row.speakers),
                "disputed" if row.disputed else "",
                _stated(row.stated_km, row.stated_text, row.supported),
                ", ".join(row.stated_by),
            )
            for row in rows
        ],
        title=name,
        right=2,
    )


def _stated(kilometres: float | None, words: str | None, supported: bool | None) -> str:
    if kilometres is None:
        return ""
    verdict = "" if supported is None else " – fits" if supported else " – DOES NOT FIT"
    return f"{words or f'{kilometres:.0f} km'} ({kilometres:.1f} km){verdict}"


def network(
    store: StoreOption = STORE,
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, help="So many rows.")] = 20,
    project: Annotated[
        str,
        typer.Option(metavar="NETWORK", help="actors, places, speakers, claims or events."),
    ] = "actors",
    algorithm: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Any algorithm of NetworkX, e.g. pagerank."),
    ] = None,
    backend: Annotated[
        str | None, typer.Option(metavar="NAME", help="An installed backend of NetworkX.")
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="For the algorithm; repeatable."),
    ] = None,
    path: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="The shortest chain between two actors."),
    ] = None,
    as_of: AsOfOption = None,
    form: FormOption = Form.TABLE,
    as_json: JsonOption = False,
) -> None:
    """Who is connected with whom: standing of actors, chains, any NetworkX algorithm."""
    if path is not None and (algorithm or project != "actors"):
        raise QueryError("--path is a chain of actors; give it without --project and --algorithm")
    if algorithm is None and (backend or param or project != "actors"):
        raise QueryError("--project, --backend and --param are for an --algorithm; name one")
    steps: Sequence[Step] = ()
    scores: Sequence[Score] = ()
    standings: Sequence[Standing] = ()
    with opened(store, as_of) as graph:
        if path is not None:
            steps = graph.chain(*path)
        elif algorithm is not None:
            given = dict(parameter(one) for one in param or ())
            scores = graph.scores(algorithm, project=project, backend=backend, given=given)[:top]
        else:
            standings = graph.actors()[:top]
    if as_json or form is Form.JSON:
        printed((*steps, *scores, *standings))
    elif path is not None:
        _chain(path, steps)
    elif algorithm is not None:
        _scores(scores)
    else:
        _standings(standings)


def _standings(rows: Sequence[Standing]) -> None:
    if not rows:
        say("no two actors meet in an event, a figure or a claim yet")
        return
    table(
        ("links", "betweenness", "PageRank", "component", "community", "actor"),
        [
            (
                str(row.degree),
                f"{row.betweenness:.3f}",
                f"{row.pagerank:.3f}",
                str(row.component),
                str(row.community),
                row.label,
            )
            for row in rows
        ],
        right=5,
    )


def _scores(rows: Iterable[Score]) -> None:
    some = tuple(rows)
    pairs = any(row.other for row in some)
    table(
        ("value", "node", "with") if pairs else ("value", "node"),
        [(f"{row.value:.6g}", row.label, *((row.other_label,) if pairs else ())) for row in some],
        right=1,
    )


def _chain(ends: tuple[str, str], rows: Sequence[Step]) -> None:
    if not rows:
        say(f"nothing connects {ends[0]} with {ends[1]}")
    for _, steps in groupby(rows, key=lambda row: row.number):
        some = tuple(steps)
        table(
            ("meet in", "according to", "words", "article"),
            [(row.fact_label, row.speaker, row.sentence, row.title) for row in some],
            title=f"{some[0].number}. {some[0].actor_label} – {some[0].next_label}",
        )


def control(
    place: Annotated[
        str | None,
        typer.Argument(metavar="PLACE", help="Its name, or words of it; all without."),
    ] = None,
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    form: FormOption = Form.TABLE,
    as_json: JsonOption = False,
) -> None:
    """Who holds a place, and the places inside of it, day by day, and who says so."""
    with opened(store, as_of) as graph:
        rows = graph.control(place)
    if as_json or form is Form.JSON:
        printed(rows)
        return
    if not rows:
        say(f"nobody says who holds {place or 'any place'}")
    for name in dict.fromkeys(row.place_label for row in rows):
        table(
            ("day", "holder", "basis", "according to", "", "words", "article"),
            [
                (
                    row.day,
                    row.holder_label if row.polarity != "Negated" else f"not {row.holder_label}",
                    row.basis,
                    row.speaker,
                    "disputed" if row.contested else "",
                    row.sentence,
                    row.title,
                )
                for row in rows
                if row.place_label == name
            ],
            title=name,
        )


def diff(
    first: Annotated[str, typer.Argument(metavar="DATE1", help="A day of publication.")],
    last: Annotated[str, typer.Argument(metavar="DATE2", help="A later one.")],
    store: StoreOption = STORE,
    form: FormOption = Form.TABLE,
    as_json: JsonOption = False,
) -> None:
    """What came in after one day of publication up to another: claims, events, disputes."""
    from kg.graph import changes

    rows = changes(first, last, store=store)
    if as_json or form is Form.JSON:
        printed(rows)
        return
    if not rows:
        say(f"nothing came in after {first} up to {last}")
    for family in dict.fromkeys(row.family for row in rows):
        table(
            ("published", "", "kind", family),
            [
                (row.published, row.change, row.kind, row.label)
                for row in rows
                if row.family == family
            ],
            title=f"{family}s",
        )


link = typer.Typer(
    no_args_is_help=True,
    help="What is held to be one across articles; accept, reject, or let the rules decide.",
)
First = Annotated[str, typer.Argument(metavar="A", help="IRI, end of an IRI, or label.")]
Second = Annotated[str, typer.Argument(metavar="B", help="The other one.")]


@link.command("list")
def listed(
    store: StoreOption = STORE, form: FormOption = Form.TABLE, as_json: JsonOption = False
) -> None:
    """List what is held to be one, with method and confidence; your verdicts come first."""
    with opened(store) as graph:
        rows = graph.decisions()
    if as_json or form is Form.JSON:
        printed(rows)
        return
    if not rows:
        say("nothing is held to be one")
        return
    table(
        ("confidence", "verdict", "method", "class", "name", "nodes"),
        [
            (
                f"{row.confidence:.2f}",
                row.verdict,
                row.method,
                row.kind,
                row.label,
                "\n".join(map(tail, row.members)),
            )
            for row in rows
        ],
        right=1,
    )


@link.command()
def accept(first: First, second: Second, store: StoreOption = STORE) -> None:
    """Hold two actors, places or events to be one, through every rebuild."""
    with opened(store) as graph:
        made = graph.accept(first, second)
    say(f"one: {' = '.join(map(tail, made.members))}")


@link.command()
def reject(first: First, second: Second, store: StoreOption = STORE) -> None:
    """Hold two actors, places or events to be two, whatever speaks for their being one."""
    with opened(store) as graph:
        made = graph.reject(first, second)
    say(f"two: {' ≠ '.join(map(tail, made.members))}")


@link.command()
def undo(first: First, second: Second, store: StoreOption = STORE) -> None:
    """Take a verdict back; the rules decide again."""
    with opened(store) as graph:
        gone = graph.undo(first, second)
    was = "accepted" if gone.accepted else "rejected"
    say(f"no longer {was}: {', '.join(map(tail, gone.members))}")
