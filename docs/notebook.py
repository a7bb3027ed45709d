"""Runs docs/notebook.ipynb from the top and writes it with its outputs.

    python docs/notebook.py [OUT]

The same graph gives the same file: times and paths of the run are left out, and the page that
`show()` puts in (a megabyte, made anew whenever the notebook is run) is kept as its name only.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

HERE = Path(__file__).resolve().parent
NOTEBOOK = HERE / "notebook.ipynb"
SECONDS = 600


def executed(notebook: NotebookNode) -> NotebookNode:
    """The notebook with the outputs of a run beside the sample dispatches."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(HERE.parent / "seeds", Path(folder) / "seeds")
        docs = Path(folder) / "docs"
        docs.mkdir()
        place = {"metadata": {"path": str(docs)}}
        NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=place).execute()
    return notebook


def cleaned(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what differs from run to run."""
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number}"
        cell.metadata = nbformat.from_dict({})
        for output in cell.get("outputs", ()):
            shown = output.get("data", {})
            if "<iframe" in shown.get("text/html", ""):
                shown["text/html"] = "<p>The explorer opens here when the notebook is run.</p>"
            for kind in ("text/plain", "text/html"):
                if kind in shown:
                    shown[kind] = re.sub(r" at 0x[0-9a-f]+", "", shown[kind])
    return notebook


def main(out: Path) -> None:
    """Writes the executed notebook."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.write(cleaned(executed(notebook)), out)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else NOTEBOOK)
