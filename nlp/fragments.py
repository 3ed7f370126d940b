"""Whether somebody is still speaking: people send すみません / あの / ごみの as bubbles of one question."""

import re

from nlp.compact import compact

_OPENERS = frozenset(
    "すみません すいません あの あのー あのう えっと えーと ええと ちょっと ちょっといいですか 質問 質問です "
    "質問があります 質問いいですか お尋ねします おたずねします 聞きたいことがあります 教えてください もしもし "
    "お世話になります お世話になっております ねえ はじめまして いいですか".split()
)
_HANGING = re.compile(r"(?:の|が|を|に|と|けど|、)$")
_COMPLETE = re.compile(
    r"(?:なに|もの|んだけど|のだけど|っと|ると|[るたいなうくすつぬむぐんだ]の|[たいすだ]が|[いどす]けど|こと|もと|あと|ひと|ちょっと|もっと|のに|ように|みたいに|すぐに)$"
)
"""Ends like a particle, but of a whole sentence: 引っ越したいの, 知りたいのですが."""
MOST = 20
"""Characters; who has written more has mostly said what it is about."""


def is_unfinished(text: str) -> bool:
    """Whether more words are likely to follow within seconds: only an opener, or a phrase left hanging."""
    text = text.strip()
    plain = compact(text)
    if plain in _OPENERS:
        return True
    if len(plain) > MOST or text.endswith(("?", "？", "。", "!", "！")):
        return False
    return bool(_HANGING.search(text)) and not _COMPLETE.search(text)


def join(bubbles: list[str]) -> str:
    """Bubbles as one question, without openers that say nothing."""
    told = [bubble for bubble in bubbles if compact(bubble) not in _OPENERS]
    return " ".join(told or bubbles[-1:]) if len(bubbles) > 1 else "".join(bubbles)
