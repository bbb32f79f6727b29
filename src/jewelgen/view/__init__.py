"""Pictures of a piece: scene, camera, studio light, and PNG files of metal and stones.

In: `Piece` and `Model`.  Out: PNG bytes, the same for the same input. VTK is imported here only, on use.
"""
