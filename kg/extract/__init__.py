"""Extract: a spaCy Doc comes in, an `Extraction` (mentions and frames) goes out.

Parts, in the order in which they run:
    phrases       noun phrases as mentions            times, quantities   expressions
    equipment     lots of weapons and vehicles        events              who did what to whom
    figures       numbers that somebody gave          posts, relations    lasting states
    attributions  source, cue and content             claims              who says each of these
    voices        who speaks in an attribution        anaphora    which phrase explains which
Beside them, `rows`: a row of a known data set, whose columns say what is what (`cells`).
"""

from kg.extract.document import extraction
from kg.extract.rows import coded

__all__ = ["coded", "extraction"]
