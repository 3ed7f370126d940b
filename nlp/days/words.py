"""Finds the words for days in a text, one by one.

One pattern per kind of word, tried at each place from the top; the text comes evened out (`nlp/numerals.py`).
Every repetition has an upper bound, so the time is linear. What looks like a day and is none (三日月, 1日券,
土 in 土地) is kept out here.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice

from nlp.days import readers, vocabulary
from nlp.days.pieces import Word
from nlp.days.readers import Found, Pieces
from nlp.days.vocabulary import (
    ALONE,
    DIGIT,
    KANJI,
    LETTERS,
    NOT_A_DAY,
    NOT_A_MONTH,
    NOT_A_NAME,
    NOT_A_SEASON,
    NUMBER,
    PARTICLE,
    WEEKDAY,
)

MOST = 24
"""Words that are read; who writes more tells a story, or wants to keep the machine busy."""


def words_in(even: str, today: date) -> Iterator[Word]:
    """The words for days in an evened text, in order and apart from each other; at most `MOST`."""
    for found in islice(_LEXER.finditer(even), MOST):
        _, read = _KINDS_OF_WORD[found.lastgroup or ""]
        if pieces := read(found, today):
            yield Word(*found.span(), pieces)


def _any(table: Iterable[str]) -> str:
    return "|".join(sorted(table, key=len, reverse=True))


_ERA = r"(?:令和|平成|昭和|大正|明治|(?<![A-Za-z])[RHS]\.?)"
_BORN = r"(?![0-9]|日?[ 　]?(?:生|うまれ))"
_ALONE_LETTER = rf"(?:(?<![{KANJI}0-9])|(?<=毎週))(?!(?<=[のなたいるう])日)"
"""月・水, but not 休みの日、水曜."""
_SEP = "[・、,/かと]"
_KANA_BEFORE = r"(?:(?<![ぁ-んァ-ヶー])|(?<=[はもを]))"
_SURE_AHEAD = _any(
    word for word in vocabulary.DAYS_AHEAD if word not in ("きょう", "あした", "あす", "今", "明", "明日")
)

_KINDS_OF_WORD: dict[str, tuple[str, Callable[[Found, date], Pieces]]] = {
    "full": (
        r"(?<![0-9\-/.])(?P<full_y>(?:19|20)[0-9]{2})(?P<full_s>[/.\-])(?P<full_m>[0-9]{1,2})(?P=full_s)"
        rf"(?P<full_d>[0-9]{{1,2}}){_BORN}",
        readers.full,
    ),
    "erafull": (
        rf"(?P<erafull_e>{_ERA})(?P<erafull_y>[0-9]{{1,2}}|元)(?P<erafull_s>[/.\-])(?P<erafull_m>[0-9]{{1,2}})"
        rf"(?P=erafull_s)(?P<erafull_d>[0-9]{{1,2}}){_BORN}",
        readers.era_full,
    ),
    "era": (rf"(?P<era_e>{_ERA})(?P<era_y>{NUMBER}|元)年(?P<era_f>度)?", readers.era),
    "year": (
        rf"(?<![0-9])(?P<year_y>(?:19|20)[0-9]{{2}}|二〇[〇{DIGIT[1:-1]}]{{2}})年(?P<year_f>度)?",
        readers.year,
    ),
    "yearahead": (rf"(?P<yearahead_w>{_any(vocabulary.YEARS_AHEAD)})(?P<yearahead_f>度)?", readers.year_ahead),
    "yearrest": (r"年内", readers.rest_of_year),
    "slash": (
        r"(?<![0-9/.])(?P<slash_m>[0-9]{1,2})/(?P<slash_d>[0-9]{1,2})(?![0-9/%])"
        r"(?!の?(?:以[上下]|未満|程度|確率|割合|負担|税)|を(?:負担|限度|上限|補助|助成)|に減|減|相当)",
        readers.slash,
    ),
    "season": (
        rf"(?<![A-Za-z])(?P<season_w>{_any(vocabulary.SEASONS)}){NOT_A_SEASON}(?P<season_after>明け|あけ)?",
        readers.season,
    ),
    "later": (
        rf"{ALONE}(?P<later_n>{NUMBER})(?P<later_u>日|にち|週間?|[かカヵヶケ箇]月|年)後(?!半|期)|半年後",
        readers.later,
    ),
    "month": (rf"{ALONE}(?P<month_m>{NUMBER})(?:月|がつ){NOT_A_MONTH}", readers.month),
    "monthahead": (_any(vocabulary.MONTHS_AHEAD), readers.month_ahead),
    "weekahead": (_any(vocabulary.WEEKS_AHEAD), readers.week_ahead),
    "weekbegins": (r"週(?:明け|あけ)", readers.week_begins),
    "day": (
        rf"{ALONE}(?P<day_d>(?!一[日に]|(?<!月)1日でも){NUMBER}|(?:(?<=月)|(?<=月の))一)(?:日|にち){NOT_A_DAY}",
        readers.day,
    ),
    "dayto": (rf"{ALONE}[0-9]{{1,2}}(?=日?[~\-・、,][0-9]{{1,2}}日{NOT_A_DAY})", readers.day_to),
    "kanaday": (
        rf"(?:(?<![ぁ-んァ-ヶー])|(?<=の))(?:{_any(vocabulary.DAYS_IN_KANA)}){PARTICLE}"
        rf"|(?:(?<=月)|(?<=月の))(?:{_any(vocabulary.DAYS_IN_KANA_AFTER_MONTH)}){PARTICLE}",
        readers.day_in_kana,
    ),
    "part": (
        r"(?<=月)の?(?P<part_a>上旬|初旬|中旬|下旬|末|初め(?!て)|はじめ(?!て|まし)|初(?![一-鿿])|頭(?!痛)|あたま|前半|後半)"
        r"|月(?:の)?(?P<part_b>末|初め(?!て)|はじめ(?!て|まし)|初(?![一-鿿])|頭(?!痛)|あたま)|(?P<part_c>上旬|中旬|下旬)",
        readers.part,
    ),
    "ahead": (
        rf"{_SURE_AHEAD}|明日{NOT_A_NAME}|{_KANA_BEFORE}(?:きょう|あした|あす){PARTICLE}"
        r"|今(?=[朝夜晩夕])|明(?=[朝晩])",
        readers.ahead,
    ),
    "past": (
        rf"一昨日|昨日|おととい|{_KANA_BEFORE}きのう{PARTICLE}|先々?[週月]末?(?!間)|去年|昨年(?!度)|一昨年(?!度)|昨[夜晩夕]|ゆうべ(?![ぁ-ん])",
        readers.past,
    ),
    "named": (_any(vocabulary.HOLIDAYS), readers.named),
    "daysoff": (
        r"(?P<daysoff_next>次の|今度の)?(?:[3三4四5五]|大型)?連休(?P<daysoff_after>明け|あけ)?", readers.days_off
    ),
    "nth": (
        r"(?:毎月の?)?第(?P<nth_a>[1-5一二三四五](?:[・、,と][第]?[1-5一二三四五]){0,4})の?"
        rf"(?:(?={WEEKDAY})|(?P<nth_w>[火水木金土])(?![{KANJI}]))"
        rf"|(?P<nth_b>[1-5一二三四五])(?:番目|回目|つ目|週目)の(?={WEEKDAY})"
        rf"|最(?:終|後)の?(?={WEEKDAY})(?P<nth_c>)",
        readers.nth,
    ),
    "next": (rf"(?:次|つぎ|今度|こんど|直近|こ)の(?={WEEKDAY})", readers.next_weekday),
    "letters": (
        rf"{_ALONE_LETTER}[{LETTERS}](?:{_SEP}[{LETTERS}]曜?日?){{0,6}}(?:{_SEP}[{LETTERS}])曜日?(?!大工)"
        rf"|{_ALONE_LETTER}[{LETTERS}](?:[・、,/][{LETTERS}祝]){{1,7}}日?(?![{KANJI}])",
        readers.weekdays,
    ),
    "range": (
        rf"{_ALONE_LETTER}(?P<range_a>[{LETTERS}])[~\-](?P<range_b>[{LETTERS}])(?:曜日?)?(?![{KANJI}])",
        readers.letter_range,
    ),
    "weekday": (rf"(?:毎週の?)?[{LETTERS}]曜日?(?!大工)", readers.weekdays),
    "paren": (rf"\([{LETTERS}祝](?:[・、,/]?[{LETTERS}祝]){{0,7}}日?\)", readers.weekdays),
    "kana": (
        rf"{_KANA_BEFORE}(?P<kana_w>げつ|すい|もく|きん|にち|か(?=ようび)|ど(?=ようび))よう(?:び|日)?{PARTICLE}",
        readers.weekday_in_kana,
    ),
    "set": (
        rf"土日祝日?|日祝日?(?![{KANJI}])|土日(?!本)|どにち{PARTICLE}|平日|へいじつ|ウィークデー|祝前日|祝祭日|祝日|しゅくじつ|祭日"
        rf"|(?<!連)休日{PARTICLE}|週末|(?<=週)末",
        readers.set_of_days,
    ),
    "run": (rf"{_ALONE_LETTER}[{LETTERS}]{{2,7}}(?![{KANJI}])", readers.run_of_letters),
}  # fmt: skip
_LEXER = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, (pattern, _) in _KINDS_OF_WORD.items()), re.IGNORECASE
)
