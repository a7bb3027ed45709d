"""Text to spaCy Doc: tokens, tags, morphology, lemmas, Universal Dependencies, sentences and names.

In: text as it was read. Out: a `spacy.tokens.Doc` whose characters are exactly those of the text,
with `tag_` (Penn), `pos_`, `morph`, `lemma_`, `dep_` and `head` (UD v2, label "root" for the root),
sentence bounds, `ents` of the types PER, ORG, LOC, NORP, EVENT, MISC, and the span groups `terms`,
`quotes` and `coreference`.

Parts: `tokens` (tokenizer), `encode` (`kg_encoder`, the shipped network in `model/`), `lemmas`
(`kg_lemmatizer`), `names` (`kg_names`), `foreign` (`kg_foreign`, other pipelines' labels),
`coreference` (`kg_coreference`: `mentions` of all kinds, `voices` that they stand in, `pairs` of
them, and the `ranker` that judges a pair).
"""

from __future__ import annotations

from kg.annotate.pipeline import annotate, load

__all__ = ["annotate", "load"]
