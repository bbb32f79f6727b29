"""Ratios against the naive way, each measured in one run on one machine; never a test."""
