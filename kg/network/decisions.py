"""All decisions about identity, with names: those made by rule, and a person's verdicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.network.things import CK, Select, labels, local
from kg.network.verdicts import verdicts


@dataclass(frozen=True, slots=True)
class Decision:
    """Nodes that are held to be one, or that a person held to be one or two.

    Attributes:
        verdict: "accepted" or "rejected" for a person's verdict, "" for a group in force.
        kind: class of the first member, "" where it is not in the graph (any more).
        label: name of the first member.
        method, confidence: how the group was made and how sure that is; a verdict has 1.
        members, labels, articles: IRI, name and title of the article of each member; the
            title is "" for reference data.
    """

    verdict: str
    kind: str
    label: str
    method: str
    confidence: float
    members: tuple[str, ...]
    labels: tuple[str, ...]
    articles: tuple[str, ...]


def decisions(select: Select) -> tuple[Decision, ...]:
    """The verdicts, then the groups of the identity graph, each by class, name and members."""
    groups: defaultdict[tuple[str, str, float], set[str]] = defaultdict(set)
    for node, method, sure, member in select(
        f"PREFIX ck: <{CK}> SELECT ?i ?method ?sure ?member WHERE {{ ?i a ck:Identity ; "
        "ck:method ?method ; ck:confidence ?sure ; ck:member ?member } ORDER BY ?i ?member"
    ).rows:
        groups[node or "", method or "", float(sure or 0)].add(member or "")
    judged = verdicts(select)
    nodes = {one for members in groups.values() for one in members}
    nodes |= {one for verdict in judged for one in verdict.members}
    names, kinds, titles = labels(select, nodes), _kinds(select, nodes), _titles(select)

    def row(members: Iterable[str], verdict: str, method: str, sure: float) -> Decision:
        some = tuple(sorted(members))
        return Decision(
            verdict,
            kinds.get(some[0], ""),
            names[some[0]],
            method,
            sure,
            some,
            tuple(names[one] for one in some),
            tuple(_title(one, titles) for one in some),
        )

    made = [
        row(one.members, "accepted" if one.accepted else "rejected", "a person's verdict", 1.0)
        for one in judged
    ]
    made += [row(members, "", method, sure) for (_, method, sure), members in groups.items()]
    return tuple(sorted(made, key=lambda it: (not it.verdict, it.kind, it.label, it.members)))


def _kinds(select: Select, nodes: Iterable[str]) -> dict[str, str]:
    wanted, found = sorted(nodes), dict[str, str]()
    for start in range(0, len(wanted), 500):
        values = " ".join(f"<{iri}>" for iri in wanted[start : start + 500])
        rows = select(
            f"SELECT DISTINCT ?x ?kind WHERE {{ VALUES ?x {{ {values} }} ?x a ?kind "
            f'FILTER(STRSTARTS(STR(?kind), "{CK}")) }} ORDER BY ?x ?kind'
        ).rows
        for node, kind in rows:
            found.setdefault(node or "", local(kind or ""))
    return found


def _titles(select: Select) -> dict[str, str]:
    rows = select(
        f"PREFIX ck: <{CK}> PREFIX dcterms: <http://purl.org/dc/terms/> "
        "SELECT ?a ?title WHERE { ?a a ck:Article ; dcterms:title ?title } ORDER BY ?a ?title"
    ).rows
    return {article: title for article, title in rows if article and title}


def _title(node: str, titles: dict[str, str]) -> str:
    """The title of the article under which a node lies."""
    space, sign, rest = node.partition("/article/")
    return titles.get(f"{space}{sign}{rest.split('/')[0]}", "") if sign else ""
