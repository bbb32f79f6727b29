"""Rules: what speaks against a piece before anything is built; one rule a file, no kernel.

In: a `Piece` and a rule pack's name.  Out: findings JG2xx in order of the rules' names.
"""

from jewelgen.rules.registry import check, rules

__all__ = ["check", "rules"]
