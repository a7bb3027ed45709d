"""The time expressions of a document on the calendar, each by those told before it."""

from __future__ import annotations

from datetime import date

from kg.link.dates import Interval, resolve
from kg.records import Extraction, Frame, Mention, Span, Term

FUTURE = frozenset({"Planned", "Demanded"})
NEAR = 2
REACH = 6
FAR, MUCH = 45, 6
FINE = frozenset({"Hour", "Day"})


class Timeline:
    """When the times of one document were.

    An expression that leans on another event ("two days later", "by noon") is resolved by the
    last time of an event before it: the last one whose day is known if it was told within a few
    sentences, else the last one at all. Times of speaking are no anchors.
    """

    def __init__(self, published: date | None, extraction: Extraction) -> None:
        self._published = published
        self._resolved: list[tuple[Mention, Interval]] = []
        frames: dict[Span, Frame] = {}
        for frame in extraction.frames:
            for value in frame.values("time"):
                if isinstance(value, Mention):
                    frames.setdefault(value.span, frame)
        for time in sorted(extraction.times, key=lambda t: t.span):
            found = self.interval(frames.get(time.span), time)
            if found is not None:
                self._resolved.append((time, found))

    def interval(self, frame: Frame | None, time: Mention) -> Interval | None:
        """When the time expression of a frame was, None where its words stay words.

        Args:
            frame: the event or claim that it dates; None where no frame holds it.
            time: the expression.
        """
        actuality = next(iter(frame.values("actuality")), None) if frame is not None else None
        coming = isinstance(actuality, Term) and actuality.name in FUTURE
        past = time.tense == "Past" or not (coming or time.tense == "Future")
        anchor, near = self._before(time, past=past)
        found = resolve(time.text, self._published, past=past, anchor=anchor, near=near)
        if time.tense == "Past" or frame is not None and (coming or not time.tense):
            return found
        other = resolve(time.text, self._published, past=not past, anchor=anchor, near=near)
        return other if self._nearer(other, found) else found

    def _nearer(self, other: Interval | None, found: Interval | None) -> bool:
        """Whether a time is so far from publication that its like on the other side is meant."""
        here, there = self._distance(found), self._distance(other)
        return here > FAR and there * MUCH < here

    def _distance(self, found: Interval | None) -> int:
        """Days from publication to the nearer end of a time; 0 for an open one."""
        if self._published is None or found is None or not found.earliest or not found.latest:
            return 0
        first, last = (date.fromisoformat(end[:10]) for end in (found.earliest, found.latest))
        return max((first - self._published).days, (self._published - last).days, 0)

    def _before(self, time: Mention, *, past: bool) -> tuple[Interval | None, bool]:
        """The time of an event told before, and whether it was told just before."""
        last: tuple[Interval | None, bool] = (None, False)
        for earlier, found in reversed(self._resolved):
            if earlier.span.end > time.span.start or past and self._ahead(found):
                continue
            apart = time.sentence - earlier.sentence
            if apart <= REACH and found.precision in FINE:
                return found, apart <= NEAR
            if last[0] is None:
                last = (found, apart <= NEAR)
            if apart > REACH:
                break
        return last

    def _ahead(self, found: Interval) -> bool:
        """Whether a time lies after publication: nothing that is told as done leans on it."""
        if self._published is None or found.earliest is None:
            return False
        return date.fromisoformat(found.earliest[:10]) > self._published
