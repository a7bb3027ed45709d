"""The English tokenizer of spaCy with what news needs: ranks, calibres, ages, ranges, "No. 5"."""

from __future__ import annotations

from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

ABBREVIATIONS = (
    "Adm. Amb. Brig. Capt. Cmdr. Col. Cpl. Dep. Dr. Gen. Gov. Hon. Insp. Lt. Maj. Min. Mr. Mrs. "
    "Ms. Pres. Prof. Pvt. Rep. Rev. Sec. Sen. Sgt. Spc. Supt. Jr. Sr. Jan. Feb. Mar. Apr. Aug. "
    "Sept. Sep. Oct. Nov. Dec. Mon. Tue. Wed. Thu. Fri. B.C. D.C. D.R.C. E.U. Md. P.M. U.A.E. U.K. "
    "U.N. U.S. Va. Ft. Mt. St. Ste. Co. Corp. Inc. Ltd. approx. cf. est. viz. vs."
).split()
_INFIXES = (
    r"(?<=[0-9])-(?=[a-z])",  # 155-mm, 22-year-old
    r"(?<=[0-9])[–—](?=[0-9])",  # 10–12
    r"(?<=[a-zA-Z0-9.,!?’”\"'])[—–](?=[a-zA-Z‘“\"'])",  # border—which
    r"(?<=[a-z])\.(?=[‘“\"][A-Z])",
    r"(?<=[A-Z]\.)-(?=[a-z])",  # U.S.-led
    r"(?<=[)\]])(?=[A-Za-z])",
)
_NUMBERED = frozenset({"No", "Nos", "Art", "Fig", "Sect", "Vol", "pp", "p"})


class Numbered:
    """A spaCy tokenizer that keeps "No." together before a number."""

    def __init__(self, inner: Language) -> None:
        self._tokenizer = inner.tokenizer

    def __call__(self, text: str) -> Doc:
        """Tokens of a text."""
        doc: Doc = self._tokenizer(text)
        hits = [
            t.i
            for t in doc[:-2]
            if t.text in _NUMBERED
            and not t.whitespace_
            and doc[t.i + 1].text == "."
            and doc[t.i + 2].text[0].isdigit()
        ]
        if hits:
            with doc.retokenize() as merge:
                for at in hits:
                    merge.merge(doc[at : at + 2])
        return doc


def blank() -> Language:
    """A blank English pipeline with our tokenizer.

    >>> [t.text for t in blank()("U.S.-led Ka-52s, 155-mm shells, No. 5")]
    ['U.S.', '-', 'led', 'Ka-52s', ',', '155', '-', 'mm', 'shells', ',', 'No.', '5']
    """
    nlp = spacy.blank("en")
    tokenizer: Any = nlp.tokenizer
    infixes = [*(nlp.Defaults.infixes or ()), *_INFIXES]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    for word in ABBREVIATIONS:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    for unit in ("km", "mm", "kg", "mph", "kph", "kt", "MW", "GW"):
        tokenizer.add_special_case(unit + ".", [{"ORTH": unit}, {"ORTH": "."}])
    nlp.tokenizer = Numbered(nlp)
    return nlp
