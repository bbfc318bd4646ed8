"""Benchmark kinds, one file each."""
