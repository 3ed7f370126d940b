"""Text reduced to what two spellings of one short utterance share."""

from nlp.width import nfkc

MOST = 5000
"""Characters looked at: LINE's own limit for a text."""


def compact(text: str) -> str:
    """Width, case and kana height folded; spaces, punctuation, marks and emoji taken out.

    >>> compact("はい！　メニュー。")
    'はいメニュー'
    """
    folded = nfkc(text[:MOST]).lower()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
