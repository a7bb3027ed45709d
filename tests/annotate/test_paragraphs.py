"""Paragraph breaks in plain text."""

import pytest

from kg.annotate.paragraphs import breaks

WRAPPED = (
    "The governor of the northern province said on Monday that the\n"
    "shelling of the two border towns had stopped, although drones\n"
    "were still seen over the river and near the rail yard at dusk.\n"
    "No one was hurt."
)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", []),
        ("One line", []),
        ("First.\nSecond.\nThird.", ["Second.", "Third."]),
        ("First.\n\nSecond.", ["Second."]),
        ("First.\r\n\r\nSecond.\r\nThird.", ["Second.", "Third."]),
        ("Headline without a stop\nThe text begins.", ["The text begins."]),
        (WRAPPED, []),
        (WRAPPED + "\n\n" + "Next.", ["Next."]),
        ("First.\n   \n\tSecond.", ["Second."]),
        ("Trailing.\n", []),
    ],
)
def test_breaks(text: str, starts: list[str]) -> None:
    assert [text[at:].split("\n")[0].split("\r")[0] for at in breaks(text)] == starts
