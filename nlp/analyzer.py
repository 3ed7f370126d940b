"""Text to the words that count: char filters, then Sudachi, then token filters."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from nlp import char_filters, token_filters
from nlp.tokenizer import LONGEST, Token, tokenize

TokenFilter = Callable[[Iterable[Token]], Iterator[Token]]


@dataclass(frozen=True, slots=True)
class Analyzer:
    """A chain of filters around the tokenizer, as in Lucene and Janome; safe to share between threads."""

    limit: int
    """Code points that are read; the rest of a text is left out. At most `tokenizer.LONGEST`."""
    filters: tuple[TokenFilter, ...]

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The tokens that pass the filters, in order; any `str` is welcome."""
        tokens: Iterable[Token] = tokenize(char_filters.normalize(text, self.limit))
        for token_filter in self.filters:
            tokens = token_filter(tokens)
        return tuple(tokens)


_CONTENT: tuple[TokenFilter, ...] = (
    token_filters.mend_lost,
    token_filters.mark_negation,
    token_filters.content,
    token_filters.without_requests,
    token_filters.unfold_nouns,
    token_filters.fold_spelling,
)

QUESTION = Analyzer(limit=1_000, filters=_CONTENT)
"""What a resident says. A LINE message holds 5,000 characters; what somebody asks is in the first 1,000."""

ENTRY = Analyzer(limit=LONGEST, filters=_CONTENT)
"""What the city takes residents to ask."""

ANSWER = Analyzer(
    limit=LONGEST, filters=tuple(each for each in _CONTENT if each is not token_filters.mark_negation)
)
"""What the city says. It denies so much that its ない tells nothing."""
