"""Graphs in, answers out: a dataset of named graphs that answers SPARQL.

In: `kg.records.Graph`, one per article, and the reference, identity and derived graphs.
Out: `Answer` and `kg.records.Table`, exports, and the chain from a fact to its sentence.

| part        | gives                                                                  |
|-------------|------------------------------------------------------------------------|
| `contract`  | `Store`, what every store can do                                       |
| `embedded`  | `OxigraphStore`, on disk, the default                                  |
| `memory`    | `MemoryStore`, in this process over rdflib, for tests and notebooks    |
| `remote`    | `RemoteStore`, any SPARQL 1.1 server behind an address                 |
| `doors`     | where a server takes queries, updates and graphs                       |
| `wire`      | requests to a server: login, time limit, cut answers                   |
| `opening`   | `open_store(path)`, with the manifest and the messages when it fails   |
| `guard`     | refusal of queries that write or reach outside of the store            |
| `answer`    | results and their formats                                              |
| `cells`     | one RDF term of an answer                                              |
| `resultsxml` | rows in the SPARQL results XML format                                 |
| `functions` | `geof:distance` and `geof:metricDistance`, one number in every engine  |
| `stored`    | the queries of `ontology/queries/`                                     |
| `solutions` | what the engine found, as an answer                                    |
| `walk`      | the first rows of a stored query, found piece by piece                 |
| `known`     | whether a text is a stored query, with which values                    |
| `export`    | the dataset as nquads, trig, turtle, jsonld, graphml, gexf, geojson, csv |
| `reified`   | the dataset as RDF 1.2, claims as reifiers                             |
| `neo4j`     | nodes and relationships for neo4j-admin                                |
| `plover`    | events as PLOVER records                                               |
| `amend`     | changes by SPARQL Update that keep the union and the computed graphs   |
| `limit`     | the answer of a process that is ended when the time is up              |
| `put`       | the process that puts a whole graph for a server                       |
| `files`     | Oxigraph's files opened, for writing or beside a writer                |
| `desk`      | the process that answers a server's questions                          |
| `stamp`     | a word that changes whenever a store does                              |
| `why`       | the chain from a fact to claim, speaker, sentence and article          |

Front doors: `open_store`, and `changing` round whatever writes.
"""

from __future__ import annotations

from kg.store.answer import Answer
from kg.store.cells import Cell
from kg.store.contract import Article, Counts, Store
from kg.store.embedded import OxigraphStore
from kg.store.memory import MemoryStore
from kg.store.opening import changing, open_store
from kg.store.stored import StoredQuery, stored, stored_query

__all__ = [
    "Answer",
    "Article",
    "Cell",
    "Counts",
    "MemoryStore",
    "OxigraphStore",
    "Store",
    "StoredQuery",
    "changing",
    "open_store",
    "stored",
    "stored_query",
]
