"""Children of 0 to 4 that anybody sees, by age: what the model holds, and what it does not.

No figure says it of these children, so that it is told, not judged. "Seen" is read as registered
with the municipality (whose youth health care invites the registered), once in preschool, or at
school. Contact itself is not in the model: this is who could be found, at most.
"""

from __future__ import annotations

from calibration.monitors.measures import YOUNG
from calibration.monitors.observed import Observed
from calibration.patterns.check import Check

_WAYS = (
    ("registered_when_young", "in the register of a municipality"),
    ("preschool_when_young", "ever in preschool"),
    ("at_school_when_young", "at school"),
    ("seen_when_young", "by any of the three"),
)
NOT_HELD = (
    ("young.childcare", "Children of 0 to 4 in childcare that their parents pay"),
    ("young.youth_health", "Children of 0 to 4 at visits of youth health care"),
)
"""What would make a child seen, and is not in the model."""


def seen_of_the_young(seen: Observed) -> list[Check]:
    """Return the percentage seen by age, EU-11, with that of comparable children in the note."""
    return [
        Check(
            f"young.{measure.removesuffix('_when_young')}.{age}",
            f"EU-11 children aged {age} seen {words}, percent",
            "no figure",
            (None, None),
            100.0 * seen.value(measure, "eu11", age),
            "D",
            f"Comparable children: {100.0 * seen.value(measure, 'comparable', age):.1f}",
            block="young",
        )
        for measure, words in _WAYS
        for age in YOUNG
    ]
