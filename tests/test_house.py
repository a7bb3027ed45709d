"""The house is true: layers, libraries, vocabulary, queries and commands are what the docs say."""

from __future__ import annotations

import ast
import csv
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pyoxigraph
import pytest
import typer
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg import ontology
from kg.vocab import CK, PREFIXES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kg"
STAGES = frozenset("read annotate extract link rdf store network view serve".split())
SHARED = frozenset("records vocab errors ontology datasets outlines version deadline".split())

# library -> the stages and shared modules that may import it
LIBRARIES = {
    "spacy": {"annotate", "extract", "link"},
    "onnxruntime": {"annotate"},
    "tokenizers": {"annotate"},
    "trafilatura": {"read"},
    "pypdf": {"read"},
    "docx": {"read"},
    "feedparser": {"read"},
    "warcio": {"read"},
    "rdflib": {"rdf", "store", "network", "ontology", "vocab"},
    "pyshacl": {"rdf"},
    "pyoxigraph": {"store"},
    "networkx": {"network", "view"},
    "pyproj": {"network", "store"},
    "pyvis": {"view"},
    "jinja2": {"view"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "pandas": {"notebook"},
    "distributed": {"cluster"},
    "fsspec": {"target"},
    "typer": {"cli", "analysis", "printing", "__main__"},
    "torch": set(),
}
VAGUE = frozenset("utils util helpers helper common misc base manager".split())


def nodes(tree: ast.AST, *, types: bool) -> Iterator[ast.AST]:
    """All nodes of a module; without `types` those under `if TYPE_CHECKING` are left out."""
    for node in ast.iter_child_nodes(tree):
        guarded = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if types or not guarded:
            yield node
            yield from nodes(node, types=types)


def imports(source: str, *, types: bool) -> Iterator[str]:
    """Dotted names that a module imports, also inside functions."""
    for node in nodes(ast.parse(source), types=types):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def unit(path: Path) -> str:
    """The stage that a file is in, or the name of a module beside the stages."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def strangers(stage: str, source: str) -> set[str]:
    """Modules of this package that a stage imports against the law."""
    parts = (name.split(".") for name in imports(source, types=True) if name.split(".")[0] == "kg")
    return {name[1] for name in parts if name[1:2] and name[1] not in SHARED | {stage}}


def misplaced(where: str, source: str) -> set[str]:
    """Libraries that a file imports outside of their stages."""
    used = {name.partition(".")[0] for name in imports(source, types=False)}
    return {library for library in used & LIBRARIES.keys() if where not in LIBRARIES[library]}


FILES = sorted(PACKAGE.rglob("*.py"))
STAGE_FILES = [path for path in FILES if unit(path) in STAGES]


def test_the_laws_can_be_broken() -> None:
    assert strangers("link", "from kg import records, extract\nimport kg.read.text") == {
        "extract",
        "read",
    }
    assert misplaced("link", "import rdflib\ndef f():\n    from spacy.tokens import Doc") == {
        "rdflib"
    }


@pytest.mark.parametrize("path", STAGE_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_stage_imports_another(path: Path) -> None:
    assert strangers(unit(path), path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_library_stays_in_its_stages(path: Path) -> None:
    assert misplaced(unit(path), path.read_text(encoding="utf-8")) == set()


def test_every_library_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    lines = [
        *project["dependencies"],
        *optional["serve"],
        *optional["formats"],
        *optional["notebook"],
        *optional["cluster"],
    ]
    declared = {re.split(r"[<>=\[]", line)[0] for line in lines}
    declared = {name.replace("_", "-").lower() for name in declared}
    owners = metadata.packages_distributions()
    undeclared = {
        (library, str(path.relative_to(ROOT)))
        for path in FILES
        for library in {
            name.partition(".")[0]
            for name in imports(path.read_text(encoding="utf-8"), types=False)
        }
        - {"kg"}
        - sys.stdlib_module_names
        if not declared & {one.replace("_", "-").lower() for one in owners.get(library, ())}
    }
    assert undeclared == set()


def test_names_say_something() -> None:
    assert [path for path in FILES if path.stem in VAGUE or unit(path) in VAGUE] == []


def test_only_the_command_line_prints() -> None:
    printing = {
        unit(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id == "print"
    }
    assert printing <= {"cli"}


def swallowed(source: str) -> bool:
    """Whether a file catches any exception without raising another in its place."""
    return any(
        isinstance(node, ast.ExceptHandler)
        and (
            node.type is None or "Exception" in ast.unparse(node.type).replace("(", ",").split(",")
        )
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
        for node in ast.walk(ast.parse(source))
    )


def test_any_exception_is_caught_in_one_place_only() -> None:
    assert swallowed("try: f()\nexcept Exception: g()")
    assert not swallowed("try: f()\nexcept Exception as error: raise KgError(1) from error")
    catching = [unit(path) for path in FILES if swallowed(path.read_text(encoding="utf-8"))]
    assert catching == ["pipeline"]


def is_door(node: ast.stmt) -> bool:
    """A function with a docstring and one statement more, which hands on to a part."""
    return (
        isinstance(node, ast.FunctionDef)
        and len(node.body) == 2
        and isinstance(node.body[1], ast.Return | ast.Expr)
    )


@pytest.mark.parametrize("stage", sorted({unit(path) for path in STAGE_FILES}))
def test_a_stage_shows_its_front_door_and_holds_no_logic(stage: str) -> None:
    tree = ast.parse((PACKAGE / stage / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.Expr)
    assert [node for node in tree.body if not isinstance(node, allowed) and not is_door(node)] == []


# ── the ontology ────────────────────────────────────────────────────────────────────────────

CONFLICT = Graph().parse(ontology.folder() / "conflict.ttl")
NAMESPACE = str(CK._NS)
TERMS = {str(one).removeprefix(NAMESPACE) for one in CONFLICT.subjects() if NAMESPACE in str(one)}


def test_the_vocabulary_is_the_ontology() -> None:
    listed = set(CK.__annotations__) - {"_NS", "_fail"}
    assert listed - TERMS == set(), "no term without a definition"
    new = {name for name in TERMS - listed if not ontology.ancestors().get(name)}
    assert new == set(), "only a class below another may be in the ontology alone"


def test_each_term_has_a_label_and_each_class_and_property_a_definition() -> None:
    for name in TERMS:
        node = URIRef(NAMESPACE + name)
        assert (node, RDFS.label, None) in CONFLICT, name
        if {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty} & set(
            CONFLICT.objects(node, RDF.type)
        ):
            assert (node, SKOS.definition, None) in CONFLICT, name


def test_each_event_is_matched_to_a_code_that_exists() -> None:
    codes = Graph().parse(ontology.folder() / "codes.ttl")
    for name in set(ontology.kinds("Event")) - {"Event"}:
        node = URIRef(NAMESPACE + name)
        matches = {
            code
            for match in (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)
            for code in CONFLICT.objects(node, match)
        }
        assert matches or ontology.ancestors()[name] != ("Event",), name
        for code in matches:
            assert (code, SKOS.notation, None) in codes, code


def test_prefixes_are_unique() -> None:
    assert len(dict(PREFIXES)) == len(PREFIXES) == len({iri for _, iri in PREFIXES})


# ── knowledge files, stored queries, commands ───────────────────────────────────────────────


@pytest.mark.parametrize(
    "path",
    sorted(ontology.folder().rglob("*.tsv")),
    ids=lambda path: str(path.relative_to(ontology.folder())),
)
def test_a_knowledge_file_is_a_table(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        content = [line for line in lines if line.strip() and not line.startswith("#")]
    header, *rows = csv.reader(content, delimiter="\t", quoting=csv.QUOTE_NONE)
    assert len(set(header)) == len(header)
    assert all(header)
    # cells at the end of a row may be left out where they are empty
    assert [row for row in rows if len(row) > len(header)] == []


# where no term is meant, a cell says so with one of these words
NO_TERM = frozenset({"self", "visitor", "with", "-"})
# what a word does to an actuality where it does not simply set one: see actuality.tsv
OPERATORS = frozenset("Attested Averted Foreseen Presupposed Through Untold Would".split())

# file -> its columns that hold terms of the ontology (several with blanks between)
TERM_COLUMNS = {
    "actors.tsv": "kind",
    "datasets/acled.tsv": "term",
    "datasets/actors.tsv": "kind",
    "datasets/ucdp-ged.tsv": "term",
    "lexicon/actuality.tsv": "actuality",
    "lexicon/conditions.tsv": "condition",
    "lexicon/cues.tsv": "act certainty polarity",
    "lexicon/events.tsv": "class",
    "lexicon/frames.tsv": "role",
    "lexicon/light_verbs.tsv": "subject",
    "lexicon/outcomes.tsv": "outcome",
    "lexicon/refinements.tsv": "class refined",
    "lexicon/relations.tsv": "relation subject object",
    "lexicon/tenure.tsv": "tenure",
    "places/areas.tsv": "kind",
    "places/classes.tsv": "kind",
    "places/facilities.tsv": "kind",
}


@pytest.mark.parametrize("name", sorted(TERM_COLUMNS))
def test_terms_in_knowledge_files_are_in_the_ontology(name: str) -> None:
    values = {
        value
        for row in ontology.rows(name)
        for column in TERM_COLUMNS[name].split()
        for value in row[column].split()
    }
    assert values
    assert values - TERMS - NO_TERM - OPERATORS == set()


def test_terms_in_stored_queries_are_in_the_ontology() -> None:
    queries = (ontology.folder() / "queries").glob("*.rq")
    used = {term for path in queries for term in re.findall(r"\bck:(\w+)", path.read_text("utf-8"))}
    assert used
    assert used - TERMS == set()


@pytest.mark.parametrize(
    "path", sorted((ontology.folder() / "queries").glob("*.rq")), ids=lambda path: path.stem
)
def test_a_stored_query_says_what_it_answers_and_parses(path: Path) -> None:
    from kg.store import stored_query

    query = stored_query(path.stem)
    assert query.description
    prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES)
    pyoxigraph.Store().query(prologue + query.sparql())


def commands() -> list[list[str]]:
    """The lines of the README's shell blocks that call this program, as words."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|console|bash)\n(.*?)^```", text, flags=re.M | re.S)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [
        shlex.split(line.removeprefix("$ "), comments=True)
        for line in lines
        if re.match(r"(\$ )?kg ", line)
    ]


def test_the_readme_shows_commands() -> None:
    assert len(commands()) >= 8


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_in_the_readme_exists(words: list[str]) -> None:
    from kg.cli import app

    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    assert words[1] in group.commands
    known = {option for one in group.commands[words[1]].params for option in one.opts}
    given = {word.partition("=")[0] for word in words[2:] if re.match(r"--?[a-z]", word)}
    assert given <= known


def test_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.M))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:\$ )?make ([a-z]+)", readme, flags=re.M))
    assert named
    assert named <= targets
