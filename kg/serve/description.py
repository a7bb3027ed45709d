"""What the service says about itself (SPARQL 1.1 Service Description), as a query that makes it."""

from __future__ import annotations

import json
from typing import Final

from kg.serve.accept import TABLES, TRIPLES

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = {
    ("table", "json"): "SPARQL_Results_JSON",
    ("table", "xml"): "SPARQL_Results_XML",
    ("table", "csv"): "SPARQL_Results_CSV",
    ("table", "tsv"): "SPARQL_Results_TSV",
    ("triples", "ttl"): "Turtle",
    ("triples", "nt"): "N-Triples",
    ("triples", "nq"): "N-Quads",
    ("triples", "trig"): "TriG",
    ("triples", "json"): "JSON-LD",
    ("triples", "xml"): "RDF_XML",
}


def description(endpoint: str, *, name: str, updates: bool) -> str:
    """A CONSTRUCT query whose answer describes the service.

    Args:
        endpoint: its address.
        name: of the store.
        updates: whether it takes updates.
    """
    address = "".join(char for char in endpoint if char not in '<>"{}|^`\\' and char > " ")
    service = f"<{address}>"
    title = json.dumps(name)
    formats = [
        f"<{_FORMATS}{_RESULTS[kind, form.name]}>"
        for kind, forms in (("table", TABLES), ("triples", TRIPLES))
        for form in forms
    ]
    languages = ["sd:SPARQL11Query"] + ["sd:SPARQL11Update"] * updates
    return f"""PREFIX sd: <{_SD}>
CONSTRUCT {{
  {service} a sd:Service ; sd:endpoint {service} ; rdfs:label {title} ;
    sd:supportedLanguage {" , ".join(languages)} ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {" , ".join(formats)} ;
    sd:extensionFunction geof:distance , geof:metricDistance ;
    sd:defaultDataset <{address}#dataset> .
  <{address}#dataset> a sd:Dataset ; sd:defaultGraph <{address}#union> .
  <{address}#union> a sd:Graph ; rdfs:label "the union of all named graphs, each triple once" .
  geof:distance a sd:Function . geof:metricDistance a sd:Function .
}} WHERE {{ }}"""
