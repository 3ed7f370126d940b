"""Bytes that a program makes up to find what fails or takes long: `python -m tests.promises.fuzzing --help`.

Atheris (libFuzzer for Python) sees which branches an input takes and keeps what reaches new ones. It takes its process
over, so each run is a process of its own; tests/promises/test_fuzzed.py starts them.
"""
