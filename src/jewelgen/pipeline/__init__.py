"""The one line, lazily staged: text -> brief -> piece -> model -> readings -> files.

In: a design, a `Brief` and `Options`.  Out: a folder, whole or not at all, and a `Result`.
"""
