"""Which words count: the token filters of Lucene and Janome."""

from collections.abc import Iterable, Iterator, Sequence

from nlp.tokenizer import Token

_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞")

_ASKING = """
知る 教える 下さる 頂く 貰う 呉れる 願う 欲しい 聞く 尋ねる 伺う 質問 宜しい 有り難い 済む 是非
"""
_GRAMMAR = """
為る 有る 居る 成る 出来る 行う 致す 御座る 思う 言う 分かる 因る 於く 関する 就く 仕舞う 遣る 見る 様
事 物 方 時 為 所 場合 訳 筈 御 等 的 如何 何 必要 良い 無い 達 さん つく どう こと よう いま よる 又 も う
"""
REQUEST_WORDS = frozenset(_ASKING.split() + _GRAMMAR.split())
"""Normalized forms that say that something is asked, not what. Chosen on a general view of residents'
questions and kept short: a word dropped here can never be found."""

NEGATION = "接尾辞-否定"
"""The part of speech of a verb's ない; it is not read, since the verb before it is."""
_NOT = frozenset({"ない", "ず", "へん"})
_BETWEEN = frozenset({"ます", "れる", "られる"})
_CONDITIONS = frozenset({"なけれ", "なきゃ"})
_ASKS_OR_CONDITIONS = frozenset({"か", "かな", "かしら", "でしょう", "だろう", "と", "で"})
_NEVER_DENIED = REQUEST_WORDS | {"知れる", "構う"}
"""Verbs that say nothing by themselves: neither do they where they are denied."""


def mend_lost(tokens: Iterable[Token]) -> Iterator[Token]:
    """カードなくした is about something lost (なくす); without を Sudachi takes it for 無い and する."""
    waiting: Token | None = None
    for token in tokens:
        if waiting and token.surface == "し":
            yield Token("なくし", "なくす", "ナクシ", "動詞-一般")
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = token if token.surface == "なく" else None
        if not waiting:
            yield token
    if waiting:
        yield waiting


def mark_negation(tokens: Iterable[Token]) -> Iterator[Token]:
    """税金払えない is no 税金の払い方: after a verb with ない stands 払うない, in all forms, 払えん and 払えません too.

    Not where nothing is denied: もらえませんか asks, 払わないと and 払わなければ set a condition, かもしれない guesses.
    """
    sentence = tuple(tokens)
    for at, token in enumerate(sentence):
        yield token
        if token.pos.startswith("動詞") and token.normalized not in _NEVER_DENIED:
            stop = at + 1
            while stop < len(sentence) and sentence[stop].normalized in _BETWEEN:
                stop += 1
            if _denies(sentence[stop : stop + 3]) and not _is_duty(sentence[:at], token):
                surface = "".join(part.surface for part in sentence[at + 1 : stop + 1])
                yield Token(surface, f"{token.normalized}ない", "", NEGATION)


def _denies(tokens: Sequence[Token]) -> bool:
    """Whether these begin with a ない that denies the word before."""
    if not tokens or tokens[0].normalized not in _NOT or not tokens[0].pos.startswith("助動詞"):
        return False
    first, *after = tokens
    if first.surface == "なく":
        return bool(after) and after[0].normalized == "成る"
    following = next((token.surface for token in after if token.surface != "です"), "")
    return first.surface not in _CONDITIONS and following not in _ASKS_OR_CONDITIONS


def _is_duty(before: Sequence[Token], verb: Token) -> bool:
    """しなければいけない, 払わんといかん."""
    return (
        verb.normalized == "行く"
        and bool(before)
        and before[-1].surface in ("ば", "と", "ちゃ", "きゃ", "は")
    )


def content(tokens: Iterable[Token]) -> Iterator[Token]:
    """Nouns, verbs, adjectives, adverbs and affixes; no particles, marks or pronouns."""
    return (token for token in tokens if token.pos.startswith(_CONTENT))


def without_requests(tokens: Iterable[Token]) -> Iterator[Token]:
    """Without the words of asking itself."""
    return (token for token in tokens if token.normalized not in REQUEST_WORDS)


def fold_spelling(tokens: Iterable[Token]) -> Iterator[Token]:
    """Katakana or hiragana, capital or small: ゴミ and ごみ, JR and jr count as one."""
    return (Token(t.surface, hiragana(t.normalized).casefold(), t.reading, t.pos) for t in tokens)


def unfold_nouns(tokens: Iterable[Token]) -> Iterator[Token]:
    """Nouns made from verbs count as the verb: 引っ越し and 引っ越す, 届け and 届ける.

    Sudachi calls the same word noun or verb by what stands beside it, so the two must meet.
    """
    return (
        Token(t.surface, _verb_of(t.normalized), t.reading, t.pos) if t.pos.startswith("名詞") else t
        for t in tokens
    )


def _verb_of(noun: str) -> str:
    if len(noun) < 2 or not "一" <= noun[-2] <= "鿿":
        return noun
    if noun[-1] in _LOWER_ONE_ROW:
        return noun + "る"
    return noun[:-1] + _PLAIN.get(noun[-1], noun[-1])


_PLAIN = dict(zip("いきぎしちにびみり", "うくぐすつぬぶむる", strict=True))
"""The plain ending of a verb by the ending of its noun: 申し込み, 申し込む."""
_LOWER_ONE_ROW = frozenset("えけげせてねべめれ")
"""Endings that take る: 届け, 届ける."""

_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}
_KATAKANA = {hiragana: katakana for katakana, hiragana in _HIRAGANA.items()}


def hiragana(text: str) -> str:
    """Katakana as hiragana, the rest as it is."""
    return text.translate(_HIRAGANA)


def katakana(text: str) -> str:
    """Hiragana as katakana, the rest as it is."""
    return text.translate(_KATAKANA)
