"""Each set reads its format and scores the shipped pipeline; texts are invented and tiny."""

from __future__ import annotations

import json
from pathlib import Path

from spacy.tokens import Span

from bench.quality import lgl, newswire, own, polnear, re3d, re3d_relations, trees, ucdp, uner
from bench.quality.reading import read
from bench.quality.records import Figure, Measured
from kg.records import Document

SENTENCE = (
    ("Soldiers", "soldier", "NOUN", "NNS", "Number=Plur", 2, "nsubj"),
    ("left", "leave", "VERB", "VBD", "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin", 0,
     "root"),
    ("Paris", "Paris", "PROPN", "NNP", "Number=Sing", 2, "obj"),
    (".", ".", "PUNCT", ".", "_", 2, "punct"),
)  # fmt: skip


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def figure(measured: Measured, name: str) -> Figure:
    return next(one for one in measured.figures if one.name == name)


def treebanks(data: Path) -> None:
    """Both dev parts, of one sentence each, and the names of the first."""
    rows = (
        f"{i}\t{word}\t{lemma}\t{pos}\t{tag}\t{feats}\t{head}\t{label}\t_\t_"
        for i, (word, lemma, pos, tag, feats, head, label) in enumerate(SENTENCE, start=1)
    )
    tokens = "\n".join(rows)
    for name, key in (("ewt", "invented-1"), ("gum", "GUM_news_invented-1")):
        notes = f"# newdoc id = invented\n# sent_id = {key}\n# text = Soldiers left Paris."
        put(data / f"train/ud_{name}/en_{name}-ud-dev.conllu", f"{notes}\n{tokens}\n\n")
    names = "\n".join(
        f"{i}\t{word}\t{'B-LOC' if word == 'Paris' else 'O'}\t-\t-"
        for i, (word, *_) in enumerate(SENTENCE, start=1)
    )
    put(data / "train/uner_ewt/en_ewt-ud-dev.iob2", f"# sent_id = invented-1\n{names}\n\n")


def test_trees(tmp_path: Path) -> None:
    treebanks(tmp_path)
    assert trees.missing(tmp_path) == ""
    found = trees.measure(tmp_path)
    assert figure(found, "LAS, EWT + GUM") == Figure("LAS, EWT + GUM", right=8, gold=8)
    assert figure(found, "XPOS, EWT").value == 100
    assert figure(found, "sentences, GUM news").value == 100
    assert {*trees.HEADLINES, *trees.GOALS, *trees.PEERS} <= {f.name for f in found.figures}


def test_uner(tmp_path: Path) -> None:
    treebanks(tmp_path)
    assert uner.missing(tmp_path) == ""
    assert figure(uner.measure(tmp_path), "all") == Figure("all", 1, 1, 1, 1)


def test_newswire(tmp_path: Path) -> None:
    tags = {"Paris": "B-Location", "Kenyan": "B-NORP", "Tuesday": "B-Date"}
    lines = "Kenyan soldiers left Paris on Tuesday .".split()
    rows = "\n".join(f"{word}\t{tags.get(word, 'O')}" for word in lines)
    put(tmp_path / newswire.FOLDER / "invented.tsv", f"{rows}\n")
    found = newswire.measure(tmp_path)
    assert figure(found, "all") == Figure("all", 2, 2, 2, 2)
    assert found.errors == ()


RE3D = "Kenyan rebels attacked the army in Paris on Tuesday. They fired two rockets."


def annotated(data: Path) -> None:
    """One document of re3d's form with two entities that are met, one that is not, a relation."""
    folder = data / re3d.FOLDER / "Invented"
    rows = {"_id": "A1", "title": "", "sourceUrl": "https://example.org/a", "text": RE3D}
    put(folder / "documents.json", json.dumps(rows) + "\n")
    entities = []
    for words, kind in (
        ("Kenyan", "Nationality"),
        ("Kenyan rebels", "Organisation"),
        ("the army", "Organisation"),
        ("Paris", "Location"),
        ("Tuesday", "Temporal"),
        ("They", "Organisation"),
        ("two", "Quantity"),
        ("rockets", "Weapon"),
        ("fired", "Vehicle"),
    ):
        at = RE3D.index(words)
        end = at + len(words)
        entities.append({"documentId": "A1", "begin": at, "end": end, "type": kind})
    put(folder / "entities.json", "\n".join(json.dumps(row) for row in entities))
    target = RE3D.index("the army")
    ends = {"sourceBegin": 0, "sourceEnd": 13, "targetBegin": target, "targetEnd": target + 8}
    relation = {"documentId": "A1", "type": "FightingAgainst", **ends}
    put(folder / "relations.json", json.dumps(relation) + "\n")


def test_re3d(tmp_path: Path) -> None:
    annotated(tmp_path)
    found = re3d.measure(tmp_path)
    missed = {one.name for one in found.figures if one.gold and one.recall < 100}
    assert missed == {"Vehicle", "all", "all, paired once"}
    assert [(error.kind, error.words) for error in found.errors] == [("missed Vehicle", "fired")]


def test_names_alone_are_fewer(tmp_path: Path) -> None:
    annotated(tmp_path)
    (case,) = re3d.cases(tmp_path / re3d.FOLDER, re3d.named)
    assert {kind for _, _, kind in case.found} == {"Nationality", "Location"}


def test_relations(tmp_path: Path) -> None:
    annotated(tmp_path)
    found = re3d_relations.measure(tmp_path)
    assert figure(found, "FightingAgainst").recall == 100


MARKED = """title: A bridge falls
date: 2031-03-05

[PER Mila Lesko] left [LOC.Settlement Paris] in a [VEHICLE tank].
"""


def test_own_corpus(tmp_path: Path) -> None:
    put(tmp_path / "hand" / "07-bridge.txt", MARKED)
    put(tmp_path / "hand" / "08-other.txt", MARKED.replace("Paris", "London"))
    assert own.missing(tmp_path, tmp_path) == ""
    assert "number ends in 7" in own.missing(tmp_path, tmp_path / "hand")
    found = own.measure(tmp_path, tmp_path)
    assert figure(found, "LOC").gold == figure(found, "VEHICLE").gold == 1
    assert figure(found, "names") == Figure("names", right=2, gold=2, found=2)
    assert figure(found, "all").gold == 3


def test_polnear(tmp_path: Path) -> None:
    text = "The minister said the bridge had fallen."
    put(tmp_path / polnear.FOLDER / "text" / "invented.txt", text)
    marks = (
        "T1\tSource 0 12\tThe minister",
        "T2\tCue 13 17\tsaid",
        "T3\tContent 18 39\tthe bridge had fallen",
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3",
    )
    put(tmp_path / polnear.FOLDER / "attributions" / "invented_0a1b.ann", "\n".join(marks))
    found = polnear.measure(tmp_path)
    assert {one.name: one.value for one in found.figures} == dict.fromkeys(polnear.LABELS, 100)
    assert found.errors == ()


def test_lgl(tmp_path: Path) -> None:
    places = (("Paris", 0, 48.9, 2.3), ("London", 10, 42.9, -81.2))
    toponyms = "".join(
        f"<toponym><start>{start}</start><end>{start + len(name)}</end><gaztag geonameid='0'>"
        f"<lat>{lat}</lat><lon>{lon}</lon><fclass>P</fclass><fcode>PPL</fcode></gaztag></toponym>"
        for name, start, lat, lon in places
    )
    text = "Paris and London fell silent."
    article = f"<article docid='1'><title>A</title><text>{text}</text>"
    put(
        tmp_path / lgl.FILE,
        f"<articles>{article}<toponyms>{toponyms}</toponyms></article></articles>",
    )
    found = lgl.measure(tmp_path)
    assert figure(found, "all") == Figure("all", right=1, gold=2)
    (error,) = found.errors
    assert error.words.startswith("London (43, -81) ≠ Settlement")


def test_ucdp(tmp_path: Path) -> None:
    put(
        tmp_path / ucdp.FILE,
        "number_of_sources,best,source_headline\n"
        "1,3,Three soldiers killed in shelling\n"
        "1,9,Three soldiers killed in shelling\n"
        "2,3,Three soldiers killed in shelling\n",
    )
    found = ucdp.measure(tmp_path)
    assert figure(found, "all exact") == Figure("all exact", right=1, gold=2)
    assert figure(found, "consistent exact") == Figure("consistent exact", right=1, gold=1)


def test_terms_are_used_where_the_pipeline_writes_them() -> None:
    reading = read(Document("https://example.org/t", "Soldiers left the depot at dawn.", ""))
    doc = reading.doc
    doc.spans["terms"] = [Span(doc, 3, 4, label="FACILITY"), Span(doc, 5, 6, label="DATE")]
    assert list(own.found_terms(doc)) == [(18, 23, "FACILITY"), (27, 31, "DATE")]
    assert {(18, 23, "Location"), (27, 31, "Temporal")} <= set(re3d.said(reading))
