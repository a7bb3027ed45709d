"""Link: an `Extraction` comes in, `Linked` (entities, links, facts) goes out.

Parts:
    coreference  which mentions of a document are the same    actors     people, bodies, states
    pronouns     what pronouns mean                           ties       the trained judge's
    places       gazetteer and facilities, disambiguated      equipment  types of weapons
    dates        time expressions against publication         facts      frames made into facts
    sites        places with coordinates of the document's own
    timeline     each time by those told before it            lookup     reference entities by IRI
"""

from kg.link.facts import linked
from kg.link.lookup import facilities, reference

__all__ = ["facilities", "linked", "reference"]
