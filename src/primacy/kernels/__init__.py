"""The methods: pure functions on frozen dataclasses, value and reasons out.

Kernels import numpy, scipy and the standard library only. They read no file, no clock and no
global state, so each can be used from a notebook: `from primacy.kernels import readiness`.
"""
