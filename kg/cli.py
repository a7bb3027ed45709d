"""The command `kg`: build a graph, ask it, look at it. Prints tables for people, JSON for programs.

Exit status: 0 done; 1 something was refused or is not valid; 2 nothing could be done
(a wrong option, no store, a query at fault). Messages go to stderr, results to stdout.
"""

from __future__ import annotations

import dataclasses
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kg import analysis, formats
from kg.deadline import SECONDS
from kg.errors import DocumentError, KgError, QueryError, SetupError
from kg.printing import (
    STORE,
    AsOfOption,
    Form,
    FormOption,
    JsonOption,
    StoreOption,
    console,
    opened,
    parameter,
    printed,
    say,
    table,
    tail,
    unpacked,
    write,
)
from kg.version import VERSION

if TYPE_CHECKING:
    from rich.text import Text

    from kg.store.why import Reason
    from kg.summary import Summary

LaterOption = Annotated[
    bool, typer.Option("--later", help="Leave what is computed across articles to kg refresh.")
]
PageOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write the HTML page as well.")
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 if anything was refused.")
]
ROWS = 1000
"""Rows that a table shows if not told otherwise."""
EXPORTS = tuple(one.name for one in formats.EXPORTS)


class Commands(TyperGroup):
    """Turns this package's errors into one message on stderr and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            typer.echo(f"kg: {error}", err=True)
            raise typer.Exit(1 if isinstance(error, DocumentError) else 2) from error


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Read conflict news, offline, into a graph of who claims what happened where.",
)


class Notes(logging.Handler):
    """Prints what the stages log on stderr, above a progress bar where there is one."""

    def emit(self, record: logging.LogRecord) -> None:
        """Prints one record."""
        typer.echo(self.format(record), err=True)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"kg {VERSION}")
        raise typer.Exit


@app.callback()
def main(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what is done.")] = False,
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_version, help="Print the version."),
    ] = False,
) -> None:
    """Read conflict news, offline, into a graph of who claims what happened where."""
    logging.getLogger().addHandler(logging.NullHandler())  # what libraries log names no file
    logger = logging.getLogger("kg")
    logger.handlers = [Notes()]
    logger.setLevel(logging.INFO if verbose else logging.WARNING)


@app.command(rich_help_panel="Make a graph")
def build(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Files, folders, or - for stdin: .txt .md .html .pdf .docx .jsonl .csv .tsv "
            ".rss .atom .xml .eml .mbox .warc",
        ),
    ],
    store: StoreOption = STORE,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Day of publication of documents that give none."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="Publisher of documents that give none.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Address of the one document.")
    ] = None,
    columns: Annotated[
        str,
        typer.Option(
            metavar="FIELD=COLUMN,…",
            help="Where a table or a .jsonl feed has text, title, published, publisher, url and "
            "language: text=body,title=headline. UCDP GED and ACLED tables are known by "
            "their header.",
        ),
    ] = "",
    view: PageOption = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes.")] = 1,
    timeout: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=0, help="Refuse what takes longer; 0: never."),
    ] = SECONDS,
    shard: Annotated[
        str,
        typer.Option(metavar="I/N", help="Build task I (from 0) of N into --shards; kg load."),
    ] = "",
    shards: Annotated[
        str,
        typer.Option(metavar="FOLDER", help="That all machines see; s3://… and the like, too."),
    ] = "",
    scheduler: Annotated[
        str, typer.Option(metavar="tcp://…", help="Build on the workers of a Dask scheduler.")
    ] = "",
    later: LaterOption = False,
    strict: StrictOption = False,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="An installed spaCy pipeline to use instead.")
    ] = None,
    form: FormOption = Form.TABLE,
    as_json: JsonOption = False,
) -> None:
    """Build articles into the store; what cannot be built is listed."""
    from kg import graph

    if shard or scheduler or shards:
        from kg import spread

        folder = shards or f"{store}-shards"
        task = spread.task(shard)
        made = spread.spread(
            paths,
            folder=folder,
            task=task,
            scheduler=scheduler,
            defaults=graph.defaults(published, publisher, url, columns),
            model=model,
            jobs=jobs,
            timeout=timeout,
        )
        if shard:
            say(f"shard {shard}: {sum(len(one.entries) for one in made)} articles in {folder}")
            return
        summary = spread.load(folder, store=store)
    else:
        with progress() as heard:
            summary = graph.build(
                paths,
                store=store,
                published=published,
                publisher=publisher,
                url=url,
                columns=columns,
                model=model,
                jobs=jobs,
                timeout=timeout,
                later=later,
                heard=heard,
            )
    _built(summary, store, view, strict=strict, as_json=as_json or form is Form.JSON)


@app.command(rich_help_panel="Make a graph")
def load(
    folder: Annotated[
        str, typer.Argument(metavar="FOLDER", help="Of kg build --shard I/N --shards FOLDER.")
    ],
    store: StoreOption = STORE,
    view: PageOption = None,
    strict: StrictOption = False,
    form: FormOption = Form.TABLE,
    as_json: JsonOption = False,
) -> None:
    """Load what all tasks of a spread build have made; what could not be built is listed."""
    from kg import spread

    summary = spread.load(folder, store=store)
    _built(summary, store, view, strict=strict, as_json=as_json or form is Form.JSON)


def _built(summary: Summary, store: str, view: Path | None, *, strict: bool, as_json: bool) -> None:
    """Shows what a build did, writes its page, and ends with its exit status."""
    from kg import graph

    if view is not None:
        with graph.Graph(store) as built:
            write(built.view(), view)
    if as_json:
        printed(summary)
    else:
        _summary(summary, store)
    if summary.rejections and (strict or not summary.articles):
        raise typer.Exit(1)


@app.command(rich_help_panel="Ask")
def query(
    text: Annotated[
        str,
        typer.Argument(metavar="QUERY", help="SPARQL, a .rq file, a stored query's name, or -."),
    ],
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="For a stored query; repeatable."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", help="table, csv, tsv, json, xml, ttl, nt, nq or trig.")
    ] = "table",
    timeout: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", min=0, envvar="KG_TIMEOUT", help="Stop after so long; 0: never."
        ),
    ] = 60,
    limit: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=0, help="Rows; 0: all. Tables show 1,000, other formats have all."
        ),
    ] = None,
    offset: Annotated[
        int, typer.Option(metavar="N", min=0, help="Rows to leave out before the first.")
    ] = 0,
    as_json: JsonOption = False,
) -> None:
    """Answer a query: SPARQL text, a .rq file, or the name of a stored query (see: kg queries)."""
    parameters = dict(parameter(one) for one in param or ())
    from kg.store.answer import FORMATS

    if form not in FORMATS:
        raise QueryError(f'no format "{form}"; use one of {", ".join(FORMATS)}')
    if text == "-":
        text = sys.stdin.read()
    form = "json" if as_json else form
    rows = (ROWS if form == "table" else 0) if limit is None else limit
    most = offset + rows + 1 if rows else None
    with opened(store, as_of) as graph:
        answer = graph.answer(text, timeout=timeout or None, most=most, **parameters)
    page = answer.page(offset, rows or None)
    typer.echo(page.serialized(form), nl=False)
    if len(answer.rows) > offset + len(page.rows):
        say(
            f"rows {offset + 1:,} to {offset + rows:,}, and there are more: "
            f"--offset {offset + rows} has the next ones, --limit 0 all"
        )


@app.command(rich_help_panel="Ask")
def queries(form: FormOption = Form.TABLE, as_json: JsonOption = False) -> None:
    """List the stored queries with their parameters."""
    from kg.store import stored

    if as_json or form is Form.JSON:
        printed([{**dataclasses.asdict(one), "text": one.text} for one in stored()])
        return
    rows = [
        (one.name, one.description, " ".join(f"{p.name}={p.default}" for p in one.parameters))
        for one in stored()
    ]
    table(("query", "answers", "parameters"), rows)


@app.command(rich_help_panel="Ask")
def why(
    thing: Annotated[str, typer.Argument(help="IRI, end of an IRI, or label of a fact or entity.")],
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    form: FormOption = Form.TABLE,
    as_json: JsonOption = False,
) -> None:
    """The chain from a fact to the sentence, the speaker and the article behind it."""
    with opened(store, as_of) as graph:
        chain = graph.why(thing)
    if as_json or form is Form.JSON:
        printed(chain)
        return
    for article, reasons in groupby(chain, key=lambda reason: reason.article):
        _article(article, tuple(reasons))


for command in (analysis.near, analysis.network, analysis.control, analysis.diff):
    app.command(rich_help_panel="Ask")(command)
app.add_typer(analysis.link, name="link", rich_help_panel="Keep right")


@app.command(rich_help_panel="Look and take along")
def view(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write the page.")
    ] = Path("kg-view.html"),
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    title: Annotated[str, typer.Option(help="Heading of the page.")] = "",
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, help="Draw so many nodes one by one, more in groups.")
    ] = 1000,
) -> None:
    """Write the explorer, one HTML page that opens without a network."""
    with opened(store, as_of) as graph:
        write(graph.view(title=title, limit=limit), output)
    say(f"wrote {output}")


@app.command(rich_help_panel="Look and take along")
def serve(
    store: StoreOption = STORE,
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 lets other machines in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")] = 8000,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="Stop a query after so long.")
    ] = 30,
    max_rows: Annotated[
        int, typer.Option(metavar="N", min=1, help="Most rows of an answer.")
    ] = 10_000,
    max_concurrent: Annotated[
        int, typer.Option(metavar="N", min=1, help="Most queries at a time.")
    ] = 4,
    max_memory: Annotated[
        int, typer.Option(metavar="MB", min=200, help="Most memory of one query.")
    ] = 2000,
    max_body: Annotated[
        int, typer.Option(metavar="BYTES", min=1000, help="Longest query text.")
    ] = 1_000_000,
    cors: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN",
            help="Pages that may read answers, such as https://x.example, or *; repeatable.",
        ),
    ] = None,
    hostname: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Host name that a proxy in front asks for; repeatable."),
    ] = None,
    allow_update: Annotated[
        bool, typer.Option("--allow-update", help="Take SPARQL updates that bring the token.")
    ] = False,
    token: Annotated[
        str, typer.Option(envvar="KG_TOKEN", help="For updates; made up and shown without it.")
    ] = "",
) -> None:
    """Serve a SPARQL endpoint, a query page and the explorer over HTTP until Ctrl-C."""
    from kg import serving

    serving.serve(
        store,
        host=host,
        port=port,
        limits=serving.Limits(timeout, max_rows, max_concurrent, max_body, max_memory),
        origins=tuple(cors or ()),
        hostnames=tuple(hostname or ()),
        token=serving.token(token) if allow_update else "",
        said=say,
    )


@app.command(
    rich_help_panel="Look and take along",
    help="Write the whole graph in another format, the same bytes for the same graph.\n\n"
    + "\n\n".join(f"{one.name}: {one.line}." for one in formats.EXPORTS),
)
def export(
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help=", ".join(EXPORTS) + ".")
    ] = "nquads",
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write, stdout without it; tables go into a folder if it ends in /.",
        ),
    ] = None,
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
) -> None:
    """Writes the graph, and says what the format cannot carry."""
    with opened(store, as_of) as graph:
        content = graph.export(form)
    chosen = formats.known(form)
    if output is None and content.startswith(b"PK") and sys.stdout.isatty():
        raise SetupError(f"{form} is a zip of tables; name a file with -o")
    if output is None:
        typer.echo(content, nl=False)
    elif chosen and chosen.tables and (output.endswith(("/", "\\")) or Path(output).is_dir()):
        unpacked(content, Path(output))
    else:
        write(content, Path(output))
    if output is not None:
        say(f"wrote {output}")
    if chosen and chosen.lacks:
        say(f"{form} leaves out {chosen.lacks}")


@app.command(rich_help_panel="Keep right")
def check(
    store: StoreOption = STORE, form: FormOption = Form.TABLE, as_json: JsonOption = False
) -> None:
    """Check every article's graph against the ontology's shapes; exit with 1 if one is broken."""
    with opened(store) as graph:
        found = graph.check()
        count = len(graph.articles())
    if as_json or form is Form.JSON:
        printed([{"article": article, **dataclasses.asdict(one)} for article, one in found])
    elif found:
        table(
            ("node", "property", "value", "rule"),
            [(tail(one.focus), tail(one.path), tail(one.value), one.message) for _, one in found],
        )
    else:
        say(f"{count} articles, all valid")
    if found:
        raise typer.Exit(1)


@app.command(rich_help_panel="Keep right")
def retract(
    articles: Annotated[
        list[str],
        typer.Argument(metavar="ARTICLE...", help="IRI, title, address, or a part of them."),
    ],
    store: StoreOption = STORE,
    later: LaterOption = False,
    form: FormOption = Form.TABLE,
    as_json: JsonOption = False,
) -> None:
    """Take articles out of the graph, with all that followed from them."""
    with opened(store) as graph:
        gone = graph.retract(articles, later=later)
    if as_json or form is Form.JSON:
        printed(gone)
        return
    for article in gone:
        say(f"retracted {article.title} <{article.iri}>")


@app.command(rich_help_panel="Keep right")
def refresh(store: StoreOption = STORE) -> None:
    """Compute anew what follows from all articles, after changes with --later."""
    from kg import graph

    graph.refresh(store)
    say(f"what follows from all articles of {store} is computed anew")


@app.command("articles", rich_help_panel="Ask")
def listed(
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    form: FormOption = Form.TABLE,
    as_json: JsonOption = False,
) -> None:
    """List the articles in the store."""
    with opened(store, as_of) as graph:
        rows = graph.articles()
    if as_json or form is Form.JSON:
        printed(rows)
        return
    if not rows:
        say(f"no articles in {store}{f' as of {as_of}' if as_of else ''}; add some: kg build PATH")
        return
    table(
        ("published", "publisher", "title", "article"),
        [(one.published, one.publisher, one.title, tail(one.iri)) for one in rows],
    )


@app.command(rich_help_panel="Keep right")
def info(
    store: StoreOption = STORE,
    only_hash: Annotated[
        bool, typer.Option("--hash", help="Print the hash alone; equal graphs have equal hashes.")
    ] = False,
    form: FormOption = Form.TABLE,
    as_json: JsonOption = False,
) -> None:
    """What is in the store: numbers of articles, facts and statements, and its hash."""
    with opened(store) as graph:
        if only_hash:
            typer.echo(graph.canonical_hash())
            return
        contents = graph.contents()
    if as_json or form is Form.JSON:
        printed(
            {
                **dataclasses.asdict(contents),
                "facts": dict(contents.facts),
                "kinds": dict(contents.kinds),
            }
        )
        return
    rows = [
        ("store", contents.store),
        ("program", f"conflict-kg {contents.version}"),
        ("articles", f"{contents.articles:,}"),
        ("statements", f"{contents.statements:,}"),
        *((family, f"{count:,}") for family, count in contents.facts),
        ("hash", contents.hash),
    ]
    table(("", ""), rows)
    table(("class", "number"), [(kind, f"{count:,}") for kind, count in contents.kinds])


@contextmanager
def progress() -> Iterator[Any]:
    """A line on stderr that counts documents, where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield lambda outcome: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} documents"), TimeElapsedColumn())
    with Progress(*columns, console=console(error=True), transient=True) as bar:
        task = bar.add_task("build", total=None)
        yield lambda outcome: bar.advance(task)


def _article(iri: str | None, reasons: Sequence[Reason]) -> None:
    """Prints what one article says about a thing: speaker, sentence, and the facts read from it."""
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    first = reasons[0]
    source = ", ".join(filter(None, (first.publisher, first.published)))
    out.print(Text.assemble((first.title or "", "bold"), f" ({source})" if source else ""))
    out.print(Text(f"{first.url or iri or ''}\n", style="dim"))
    for _, said in groupby(reasons, key=lambda reason: reason.claim):
        facts = tuple(said)
        head = facts[0]
        terms = (head.speech_act, head.polarity, head.certainty)
        manner = [term.lower() for term in terms if term]
        manner += [f"on {head.medium}"] if head.medium else []
        manner += [f"“{head.cue}”"] if head.cue else []
        via = f", reported by {head.reported_by}" if head.reported_by else ""
        speaker = head.speaker or "the article itself"
        out.print(Text.assemble("  ", (speaker, "bold"), f"{via} ({', '.join(manner)})"))
        out.print(Padding(_sentence(facts), (0, 0, 0, 4), expand=False))
        for _, same in groupby(facts, key=lambda reason: reason.fact):
            out.print(Padding(_fact(tuple(same)), (0, 0, 0, 4), expand=False))
        out.print()


def _sentence(facts: Sequence[Reason]) -> Text:
    """The sentence with its offsets, the words behind the facts set off."""
    from rich.text import Text

    head = facts[0]
    start = head.sentence_start or 0
    words = Text((head.sentence or "").replace("\n", " "), style="italic")
    for one in facts:
        if one.evidence_start is not None and one.evidence_end is not None:
            words.stylize("underline", max(one.evidence_start - start, 0), one.evidence_end - start)
    return words + Text(f"  [{head.sentence_start}–{head.sentence_end}]", style="dim")


def _fact(reasons: Sequence[Reason]) -> Text:
    """One fact with the roles that the thing has in it."""
    from rich.text import Text

    fact = reasons[0]
    name = fact.fact_label or fact.fact_kind
    if name is None:
        return Text(f"→ about {fact.thing_label or fact.thing}")
    roles = " and ".join(one.role for one in reasons if one.role not in ("itself", "claimant"))
    sure = f"confidence {fact.confidence}" if fact.confidence else None
    about = ", ".join(filter(None, ((fact.actuality or "").lower(), fact.extractor, sure)))
    return Text.assemble("→ ", (name, "cyan"), f" (as {roles})" if roles else "", f"  {about}")


def _summary(summary: Summary, store: str) -> None:
    articles, copies = len(summary.articles), len(summary.copies)
    also = f", {copies} cop{'y' if copies == 1 else 'ies'} read once" if copies else ""
    say(f"{articles} article{'s' * (articles != 1)} built into {store}{also}")
    facts = [(name, f"{count:,}") for name, count in summary.facts if count]
    if facts:
        table(("facts", "number"), facts)
    if summary.rejections:
        count = len(summary.rejections)
        typer.echo(f"{count} refused:", err=True)
        for one in summary.rejections:
            typer.echo(f"  {one.origin}: {one.reason}", err=True)
