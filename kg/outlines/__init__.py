"""Outlines of land, countries and regions for maps that fetch no tiles.

`ontology/places/outlines.bin` (Natural Earth, public domain; made by `training/outlines.py`) has
a coarse world and fine cells of five by five degrees. A page takes the world and the cells around
what it shows; nothing is decoded here: `outlines.js` does that in the browser.

The file: `MAGIC`, the number of cells (2 bytes), the length of the world (4), then column, row and
length of each cell (1, 1, 4), then the world, then the cells. World and cell are six lists: rings
of land, rings of lakes, boundaries, contested boundaries, lines between regions, names. All numbers
are zigzag varints; a list begins with its length, a line with that of its points, which are steps
from the one before, in units of `WORLD` degrees from 0° 0°, or of `FINE` degrees from the
south-west corner of the cell. A name has its bytes, its point, and its radius in km.
"""

from kg.outlines.cells import CELL, FINE, MAGIC, WORLD, Cell, cell, chart, needed, script

__all__ = ["CELL", "FINE", "MAGIC", "WORLD", "Cell", "cell", "chart", "needed", "script"]
