"""The open vocabulary: one module a word (`kinds/<family>/<word>.py`), found by walking the package.

In: a parameter block and a `Site`.  Out: a `Fragment` of forms. Kinds know forms, never each other.
"""
