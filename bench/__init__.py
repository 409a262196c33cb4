"""Benchmarks: each measures one promise beside a baseline in the same run, on made-up data."""
