"""Plane geometry, pure: segments, outlines, offsets, glyph outlines.

In: numbers.  Out: frozen curves with exact areas, lengths and centroids (Green's theorem on the curves).
"""
