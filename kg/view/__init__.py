"""Dataset in, HTML out: one file, the explorer, that opens without any network.

| part       | gives                                                                        |
|------------|------------------------------------------------------------------------------|
| `reading`  | things with their properties, spans, points, read through SPARQL              |
| `findings` | disputes, agreement, updates, copied text, read from the derived graph        |
| `measures` | distances, boards, control, advances, read from the derived graph             |
| `naming`   | what everything is called; `wording`: names, numbers, dates in words          |
| `links`    | the edges of the graph                                                        |
| `texts`    | the articles' text, with offsets as browsers count them                       |
| `content`  | all of that together                                                          |
| `layout`   | a point for every node, the same each time                                    |
| `payload`  | the content as one compact JSON document; `columns` of what articles say      |
| `page`     | the HTML text                                                                 |
"""

from kg.view.page import page

__all__ = ["page"]
