"""Extract: a spaCy Doc comes in, an `Extraction` (mentions and frames) goes out.

Parts, in the order in which they run:
    phrases       noun phrases as mentions            times, quantities   expressions
    equipment     lots of weapons and vehicles        events              who did what to whom
    figures       numbers that somebody gave          posts, relations    lasting states
    attributions  source, cue and content             claims              who says each of these
    anaphora      which phrase explains which
"""

from kg.extract.document import extraction

__all__ = ["extraction"]
