"""Benchmarks: one module a kernel or path, each run beside a named peer in the same run."""
