"""The forms of a verb, so that one can stand in the place of another: 提出して -> 出して."""

from dataclasses import dataclass
from typing import Final

_ROWS: Final = {
    # dictionary form: stem before ます, before て, before ない, before ば, before う
    "う": ("い", "って", "わ", "え", "お"),
    "く": ("き", "いて", "か", "け", "こ"),
    "ぐ": ("ぎ", "いで", "が", "げ", "ご"),
    "す": ("し", "して", "さ", "せ", "そ"),
    "つ": ("ち", "って", "た", "て", "と"),
    "ぬ": ("に", "んで", "な", "ね", "の"),
    "ぶ": ("び", "んで", "ば", "べ", "ぼ"),
    "む": ("み", "んで", "ま", "め", "も"),
    "る": ("り", "って", "ら", "れ", "ろ"),
}
_LIKE_KIRU: Final = (
    *(
        "入る",
        "はいる",
        "切る",
        "知る",
        "しる",
        "要る",
        "いる",
        "帰る",
        "かえる",
        "走る",
        "減る",
        "へる",
        "参る",
    ),
    *(
        "限る",
        "滑る",
        "送る",
        "残る",
        "作る",
        "乗る",
        "守る",
        "取る",
        "分かる",
        "かかる",
        "終わる",
        "変わる",
        "止まる",
    ),
    *(
        "集まる",
        "決まる",
        "始まる",
        "断る",
        "破る",
        "配る",
        "困る",
        "なる",
        "やる",
        "とる",
        "おくる",
        "つくる",
        "戻る",
    ),
)
"""Verbs in る that change their last vowel, among those that are suggested."""
_BEFORE_RU: Final = frozenset("いきぎしじちにひびみりえけげせぜてでねへべめれ")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb in its forms; words may stand before it: お金を払う."""

    dictionary: str
    stem: str
    """Before ます."""
    te: str
    irrealis: str
    """Before ない."""
    conditional: str
    """Before ば."""
    volitional: str

    @property
    def ta(self) -> str:
        """出した, 読んだ."""
        return self.te[:-1] + ("だ" if self.te.endswith("で") else "た")


def verb(dictionary: str) -> Verb | None:
    """The forms of 出す, 食べる, 来る, お金を払う; None for what ends as no verb does.

    A verb in る after the vowels i and e is taken for one like 食べる, unless it is known to be one like 切る; one
    whose kanji hides the vowel (出る) is taken so too.
    """
    head, last = dictionary[:-1], dictionary[-1:]
    if not head:
        return None
    if dictionary.endswith("する"):
        root = dictionary[:-2]
        return Verb(dictionary, f"{root}し", f"{root}して", f"{root}し", f"{root}すれ", f"{root}しよ")
    if dictionary.endswith("来る"):
        return Verb(dictionary, head, f"{head}て", head, f"{head}れ", f"{head}よ")
    if last == "る" and _is_like_taberu(dictionary):
        return Verb(dictionary, head, f"{head}て", head, f"{head}れ", f"{head}よ")
    row = _ROWS.get(last)
    if row is None:
        return None
    stem, te, irrealis, conditional, volitional = row
    te = "って" if dictionary.endswith(("行く", "いく")) else te
    return Verb(dictionary, head + stem, head + te, head + irrealis, head + conditional, head + volitional)


def _is_like_taberu(dictionary: str) -> bool:
    before = dictionary[-2:-1]
    if dictionary.endswith(_LIKE_KIRU) and not dictionary.endswith(("ている", "でいる")):
        return False
    return before in _BEFORE_RU or not ("ぁ" <= before <= "ゖ")


_AFTER_NOUN: Final = (
    # what follows the noun of a verb in する, the longest first; the form that takes its place; what follows that
    ("したい", "stem", "たい"),
    ("したく", "stem", "たく"),
    ("しながら", "stem", "ながら"),
    ("しなさい", "stem", "なさい"),
    ("して", "te", ""),
    ("した", "ta", ""),
    ("しま", "stem", "ま"),
    ("しよう", "volitional", "う"),
    ("しな", "irrealis", "な"),
    ("し、", "stem", "、"),
    ("すれば", "conditional", "ば"),
    ("する", "dictionary", ""),
    ("でき", "dictionary", "ことができ"),
    ("ください", "te", "ください"),
)


def instead(rest: str, other: Verb) -> tuple[int, str] | None:
    """How a verb takes the place of a noun with する, by what follows the noun: how much of it goes, and the words.

    >>> instead("してください", verb("出す"))
    (2, '出して')
    """
    for begins, form, ends in _AFTER_NOUN:
        if rest.startswith(begins):
            said: str = getattr(other, form)
            return len(begins), said + ends
    return None
