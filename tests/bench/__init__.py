"""Benchmarks: what `make bench` runs."""

import nlp  # noqa: F401 - tells BLAS how to behave before a peer imports numpy
