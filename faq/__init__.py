"""What the city knows, and finding the right part of it for a question."""

import nlp  # noqa: F401 - tells BLAS how to behave before numpy is imported here
