"""Names matched with the actors of a package: across scripts, spellings, word order and typing.

>>> from hudna.meaning import matching
>>> matcher = matching.matcher(package)
>>> matcher.match(["Kataib Hizbollah", "كتائب حزب الله"])

Stable: `matcher(package) -> Matcher`, `Matcher.match(names, dates=None, country=None) ->
list[Match]` and the fields of Match. How it decides is told in docs/matching.md.
"""

from hudna.meaning.matching import spelling
from hudna.meaning.matching.deciding import Candidate, Match, Matcher, matcher

__all__ = ["Candidate", "Match", "Matcher", "matcher", "spelling"]
