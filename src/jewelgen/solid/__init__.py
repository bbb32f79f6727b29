"""The kernel door: the only room that imports CadQuery, OCP and manifold3d.

In: a `Piece`.  Out: a `Model`, one proved solid and one proved mesh per distinct body.
"""
