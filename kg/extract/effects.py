"""Who is behind what an attack does: "its strikes killed 20", "died in a raid by X".

An event that comes of an attack, or happens in it, is done by who attacks and with the same arms,
unless the text says otherwise. In a clash both sides act, so a clash tells nothing of that.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.drafts import Draft
from kg.records import Form, Mention, Value

CAUSES = frozenset(
    "Attack Incursion GroundAttack Shelling AirStrike DroneAttack MissileStrike Bombing".split()
)
EFFECTS = frozenset("Killing Injury Damage EquipmentLoss".split())
HARMED = ("victim", "target")
HANDED = ("initiator", "instrument")
"""Roles that an attack hands on to what it does."""


def effect(draft: Draft, drafts: Mapping[int, Draft], attacks: frozenset[str]) -> None:
    """Fills who did it, and with what, from the attack that an event comes of.

    Args:
        draft: the event, completed in place.
        drafts: the document's events by index of their word.
        attacks: classes that count as attacks beside `EFFECTS`, what an attack aims at included:
            "bombings that targeted two bus stations".
    """
    if draft.kind not in EFFECTS | attacks or draft.has("initiator"):
        return
    for relation, part in draft.others:
        cause = drafts.get(part.i)
        within = relation == "subEventOf" and draft.kind in EFFECTS
        if cause is None or cause is draft or not (within or relation == "causedBy"):
            continue
        doers = [value for role, value, _ in cause.roles if role == "initiator"]
        if cause.kind not in CAUSES or any(_same_side(draft, doer) for doer in doers):
            continue
        filled = {role for role, _, _ in draft.roles}
        for role, value, token in cause.roles:
            if role in HANDED and role not in filled:
                draft.add(role, value, token)
        return


def _same_side(draft: Draft, doer: Value) -> bool:
    """Whether who is harmed may be who attacked: "two rebels died in the rebels' raid"."""
    harmed = [v for role, v, _ in draft.roles if role in HARMED and isinstance(v, Mention)]
    return isinstance(doer, Mention) and any(
        one.span == doer.span
        or one.kind == doer.kind and (one.form is not Form.NAME or one.name == doer.name)
        for one in harmed
    )  # fmt: skip
