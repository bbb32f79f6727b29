"""One file a format; writers only write.

In: meshes, shapes and rows that were decided elsewhere.  Out: bytes, the same for the same input.
"""
