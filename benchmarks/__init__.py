"""Benchmarks: each prints ratios against a bare client or a peer in the same run."""
