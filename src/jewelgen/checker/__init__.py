"""The gate: reads STL, 3MF and STEP files back, measures them and judges them by a casting house's limits.

In: files that were written, by jewelgen or anyone else.  Out: a `Report` with measures and findings.
It shares no geometry code with the rooms that made the files.
"""
