"""The same world as a Mesa modeller would usually write it: objects, attributes, `random`.

What is the same as in the compiled model: the population and who knows whom (taken over from its
arrays), the parameters, the levers of the base scenario, every rule (called as plain Python), the
order of the month, the moments of the school year, waiting lists by municipality, what families
see of each other (last month's), and one draw for every decision that a draw decides.

What differs:

- A family is a `mesa.Agent`, an adult and a child are objects of it; numbers are Python numbers.
- Luck comes from the model's own `random`, drawn where it is needed. So runs agree in their
  averages, not family by family, and two scenarios do not meet the same luck.
- Only the base scenario: levers stand still and nobody is in a target group. Left out, because no
  family of the base comes there: the bandwidth contract, information points, extra education hours,
  the vocabulary programme. Also left out: the bits that tell which levers reached whom, the
  registered layer of the counts, and the observation of outcomes. The other side does that work.

Both kinds of rows and both kinds of luck are easier on this version than on the compiled one. Where
there was a choice it was made for speed: parameters that go together are passed on as one tuple.
"""

from benchmarks.idiomatic.simulation import IdiomaticModel

__all__ = ["IdiomaticModel"]
