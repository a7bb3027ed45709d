"""Dataset in, HTTP out: a SPARQL 1.1 Protocol endpoint, a query page, and the explorer.

In: `Source`, the store through functions and commands of other stages; `Limits`; `Access`.
Out: an application, and the server that runs it. Nothing here opens a store or an address.

| part          | gives                                                             |
|---------------|-------------------------------------------------------------------|
| `settings`    | `Source`, `Limits`, `Access`                                      |
| `protocol`    | a request as the operation it asks for                            |
| `accept`      | the format of an answer, from ?format= or Accept                  |
| `turns`       | how many queries run at a time                                    |
| `crew`        | the processes that answer, killed when the time is up             |
| `endpoint`    | request → answer                                                  |
| `graphs`      | whole graphs, SPARQL 1.1 Graph Store HTTP Protocol                |
| `description` | what the service says about itself                                |
| `openapi`     | what it takes and gives, for other programs                       |
| `pages`       | query page, explorer, health                                      |
| `application` | the routes, and the headers of every answer                       |
| `running`     | the socket and the server                                         |
| `refusal`     | an error status with a sentence that says what to do              |

Front doors: `application`, `serve`.
"""

from __future__ import annotations

from kg.serve.application import application
from kg.serve.running import loopback, serve
from kg.serve.settings import Access, Limits, Source

__all__ = ["Access", "Limits", "Source", "application", "loopback", "serve"]
