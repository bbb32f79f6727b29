"""Ratios against the naive way, each measured in one run on one machine; never a test."""

import os

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # as the command line has it, before NumPy is loaded
