"""Kernels: pure functions on arrays."""
