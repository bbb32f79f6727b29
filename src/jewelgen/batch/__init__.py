"""Many pieces: one process a core, each piece whole or said to have failed, none lost.

In: jobs (a design, perhaps an order).  Out: one `Outcome` a job, in the order they were asked for.
"""
