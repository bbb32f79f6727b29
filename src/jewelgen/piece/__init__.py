"""The finished object as frozen data: frames, forms, joints, stones, seats, marks and the `Piece`.

In: numbers from the kinds.  Out: one `Piece`, hashable and printable; no kernel anywhere.
"""
