"""Dataset in, HTML out: one file that shows the graph and opens without any network.

| part      | gives                                                                |
|-----------|----------------------------------------------------------------------|
| `content` | nodes, edges and evidence cards, read through SPARQL                  |
| `layout`  | a point for every node, the same each time                            |
| `page`    | the interactive graph as HTML text                                   |
"""

from kg.view.page import page

__all__ = ["page"]
