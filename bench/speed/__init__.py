"""How fast, against what users would pick instead: `python -m bench.speed`.

| part       | measures                                                                        |
|------------|---------------------------------------------------------------------------------|
| `reading`  | words per second of the whole pipeline against spaCy alone with the same pipeline |
| `starting` | `kg --help`, and the build of one article                                       |
| `querying` | load and stored queries against rdflib in memory                                |
| `near`     | events × facilities in range against BallTree and a double loop                 |
| `growing`  | one article put in and taken out, into stores of several sizes                  |

Two things that are compared run one after the other in one process, each the given number
of times in turn, and the best time of each counts: on a busy machine ratios can be trusted,
seconds cannot.
"""
