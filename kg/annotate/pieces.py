"""What the encoder sees of a word: its word pieces in plain ASCII punctuation, and its shape."""

from __future__ import annotations

from functools import lru_cache

from tokenizers import Tokenizer

CLS, SEP, UNKNOWN = 101, 102, 100
MOST_PIECES = 8
SHAPES = (
    "none",
    "lower",
    "title",
    "upper",
    "letter",
    "mixed",
    "digits",
    "digits+",
    "letters+digits",
    "mark",
    "other",
)
_PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
    }
    | {"−": "-", "‐": "-", "‑": "-", "…": "...", "´": "'", "`": "'", "\u00a0": " ", "\u00ad": ""}
)


def plain(word: str) -> str:
    """The word with typographic quotes and dashes made ASCII.

    >>> plain("‘well…’")
    "'well...'"
    """
    return word.translate(_PLAIN)


@lru_cache(maxsize=65536)
def shape(word: str) -> int:
    """Index into `SHAPES`: what the case and the digits of a word look like.

    >>> [SHAPES[shape(w)] for w in ("army", "Kyiv", "NATO", "J.", "McKay")]
    ['lower', 'title', 'upper', 'letter', 'mixed']
    >>> [SHAPES[shape(w)] for w in ("300", "155mm", "T-72", ",")]
    ['digits', 'digits+', 'letters+digits', 'mark']
    """
    letters = [c for c in word if c.isalpha()]
    if any(c.isdigit() for c in word):
        if not letters:
            return 6
        return 7 if word[0].isdigit() else 8
    if not letters:
        return 9
    if word.islower():
        return 1
    if len(letters) == 1:
        return 4
    if word.isupper():
        return 3
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return 2
    return 5 if any(c.isupper() for c in letters) else 10


class Splitter:
    """Words to word-piece ids; remembers the words it has seen."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._seen: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Piece ids of one word, one to eight."""
        found = self._seen.get(word)
        if found is None:
            ids = self._tokenizer.encode(plain(word[:200]), add_special_tokens=False).ids[
                :MOST_PIECES
            ]
            found = tuple(ids) or (UNKNOWN,)
            if len(self._seen) < 200_000:
                self._seen[word] = found
        return found
