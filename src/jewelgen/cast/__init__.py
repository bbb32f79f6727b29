"""The casting reading: from the finished piece back to the master that is printed, and forward to the metal.

In: a `Piece`.  Out: a `Master` (a derived piece, its shrink chain, its weights) for each cast group.
"""
