"""Japanese text into tokens: char filters, tokenizer, token filters, analyzer."""

import os

# A search multiplies small matrices. Shared out between threads that wait for each other it takes three to
# a hundred times as long as soon as anything else runs; OpenBLAS reads this when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
