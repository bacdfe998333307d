"""What not knowing the parameters leaves possible of an answer, lived draw by draw.

Every replicate is lived once more with parameters of its own draw, as in an ensemble with draws, so
that luck is another one each time; what a run of the base left with a draw is remembered for the
next question. Nothing is taken over from
another question, and nothing scaled: until all draws are there, there is no number.
"""

from __future__ import annotations

import numpy as np

from model.calendar import school_years
from model.outcomes.observers import Stop
from model.outcomes.registry import INDEX
from model.run.build import Populations
from model.run.shared import Pasts
from scenarios.asking.paired_sums import PairedSums, paired_sums
from scenarios.asking.question import Question
from scenarios.asking.replicates import Memory, Shared, side_lived
from scenarios.format.records import draw_of
from scenarios.runs.parameter_samples import POSTERIOR, values
from scenarios.statistics.answer import NotKnowing
from scenarios.statistics.parameter_uncertainty import left_possible

DRAWS = 40
"""Draws of which lowest and highest hold 95% of what not knowing leaves."""


class Drawn:
    """The effects of a question under draws of the parameters. One thread lives; any may look.

    Draws come from the posterior where a calibration has left one, else from the priors.
    """

    def __init__(self, question: Question, memory: Memory) -> None:
        self.question = question
        self._memory = memory
        self._sample = values("posterior" if POSTERIOR.exists() else "prior", question.seed)
        self._effects: list[np.ndarray] = []

    @property
    def n(self) -> int:
        """How many draws have been lived."""
        return len(self._effects)

    def live(self, stop: Stop | None = None) -> int:
        """Live the next draw under both scenarios; return how many there are now.

        Raises Cancelled when `stop()` says so, after which the same draw is the next one.
        """
        question, replicate = self.question, self.n
        sample = self._sample(draw_of(replicate))
        shared = Shared(Populations(1), Pasts())
        sides = [
            side_lived(
                question, side, run, replicate, self._memory, shared, stop=stop, sample=sample
            )
            for side, run in enumerate(question.runs_with(sample))
        ]
        base, alternative = (one.id for one in question.scenarios)
        years = school_years(question.years)
        self._effects.append(paired_sums([np.stack(sides)], years, base, alternative).effects())
        return self.n

    def not_knowing(self, outcome: str, sums: PairedSums) -> NotKnowing | None:
        """Return what the draws leave possible of an outcome; None before all of them are there.

        `sums` are those of the question's replicates: from their spread comes what luck added.
        """
        if self.n < DRAWS:
            return None
        look = sums.look(outcome)
        effects = np.array([effect[INDEX[outcome]] for effect in self._effects])
        if look.answer.is_small or np.isnan([*effects, look.answer.low]).any():
            return None
        return left_possible(effects, float(np.var(look.dots, ddof=1)), look.answer.value)
