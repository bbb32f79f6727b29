"""The bench reading: blanks, stock, joints, order of work, settings, steps and weights of a handmade piece.

In: a `Piece`.  Out: a frozen `Plan` of numbers, each with its formula, inputs and source. No kernel, no files.
"""
