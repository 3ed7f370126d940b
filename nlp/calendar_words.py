"""Finds the words for days in a text, one by one, and what each says alone.

One pattern per kind of word, tried at each place from the top; the text comes evened out (`nlp/numerals.py`).
Every repetition has an upper bound, so the time is linear. What looks like a day and is none (三日月, 1日券,
土 in 土地) is kept out here.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from nlp import day_vocabulary as words
from nlp.day_pieces import (
    Day,
    DayOfMonth,
    Impossible,
    Month,
    Named,
    Next,
    Nth,
    PartOfMonth,
    Past,
    Period,
    Piece,
    Season,
    Weekdays,
    Word,
    Year,
)
from nlp.day_vocabulary import ALONE, KANJI, LETTERS, NUMBER, PARTICLE
from nlp.holidays import next_run, workday_after
from nlp.numerals import number
from nlp.when import DayKind, Kinds

Pieces = tuple[Piece, ...]
Found = re.Match[str]
MOST = 48
"""Words that are read; who writes more tells a story, or wants to keep the machine busy."""


def words_in(even: str, today: date) -> Iterator[Word]:
    """The words for days in an evened text, in order and apart from each other; at most `MOST`."""
    for found in islice(_LEXER.finditer(even), MOST):
        _, read = _KINDS_OF_WORD[found.lastgroup or ""]
        if pieces := read(found, today):
            yield Word(*found.span(), pieces)


def add_months(day: date, months: int) -> date:
    """The same day that many months on, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def monday_of(day: date) -> date:
    return day - timedelta(day.weekday())


def _full(found: Found, _: date) -> Pieces:
    return _of_numbers(int(found["full_y"]), found["full_m"], found["full_d"])


def _era_full(found: Found, _: date) -> Pieces:
    year = _era_year(found["erafull_e"], found["erafull_y"])
    return _of_numbers(year, found["erafull_m"], found["erafull_d"])


def _of_numbers(year: int, month: str, day: str) -> Pieces:
    try:
        return (Day(date(year, int(month), int(day))),)
    except ValueError:
        return (Impossible(),)


def _era_year(era: str, year: str) -> int:
    return words.ERAS[era.rstrip(".").lower()] + (1 if year == "元" else number(year))


def _era(found: Found, today: date) -> Pieces:
    return _year_or_fiscal(_era_year(found["era_e"], found["era_y"]), found["era_f"], today)


def _year(found: Found, today: date) -> Pieces:
    return _year_or_fiscal(number(found["year_y"]), found["year_f"], today)


def _year_ahead(found: Found, today: date) -> Pieces:
    fiscal = today.year - (today.month < 4 and bool(found["yearahead_f"]))
    return _year_or_fiscal(fiscal + words.YEARS_AHEAD[found["yearahead_w"]], found["yearahead_f"], today)


def _year_or_fiscal(year: int, fiscal: str | None, today: date) -> Pieces:
    """A fiscal year that is over is a topic (令和5年度の所得証明), not a day to look up."""
    if not fiscal:
        return (Year(year),)
    period = Period(date(year, 4, 1), date(year + 1, 3, 31))
    return (period,) if period.last >= today else ()


def _rest_of_year(_: Found, today: date) -> Pieces:
    return (Period(today, date(today.year, 12, 31)),)


def _slash(found: Found, _: date) -> Pieces:
    month, day = int(found["slash_m"]), int(found["slash_d"])
    if not 1 <= month <= 12 or not day:
        return ()
    return (Month(month), DayOfMonth(day))


def _month(found: Found, _: date) -> Pieces:
    month = number(found["month_m"])
    return (Month(month),) if 1 <= month <= 12 else (Impossible(),)


def _month_ahead(found: Found, today: date) -> Pieces:
    ahead = add_months(today.replace(day=1), words.MONTHS_AHEAD[found[0]])
    return (Month(ahead.month, ahead.year),)


def _week_ahead(found: Found, today: date) -> Pieces:
    monday = monday_of(today) + timedelta(7 * words.WEEKS_AHEAD[found[0]])
    return (Period(monday, monday + timedelta(6)),)


def _week_begins(_: Found, today: date) -> Pieces:
    return (Day(monday_of(today) + timedelta(7)),)


def _day(found: Found, _: date) -> Pieces:
    day, before = number(found["day_d"]), found.string[: found.start()]
    if 1 <= day <= 31:
        return (DayOfMonth(day),)
    return (Impossible(),) if before.endswith(("月", "月の")) else ()


def _day_to(found: Found, _: date) -> Pieces:
    day = number(found[0])
    return (DayOfMonth(day),) if 1 <= day <= 31 else ()


def _day_in_kana(found: Found, _: date) -> Pieces:
    return (DayOfMonth((words.DAYS_IN_KANA | words.DAYS_IN_KANA_AFTER_MONTH)[found[0]]),)


def _part(found: Found, _: date) -> Pieces:
    return (PartOfMonth(*words.PARTS[found["part_a"] or found["part_b"] or found["part_c"]]),)


def _ahead(found: Found, today: date) -> Pieces:
    return (Day(today + timedelta(words.DAYS_AHEAD[found[0]])),)


def _later(found: Found, today: date) -> Pieces:
    if found[0] == "半年後":
        return (Day(add_months(today, 6)),)
    many, unit = number(found["later_n"]), found["later_u"]
    if unit.startswith("年"):
        return (Day(add_months(today, 12 * many)),)
    if unit.endswith("月"):
        return (Day(add_months(today, many)),)
    day = today + timedelta(many * (7 if unit.startswith("週") else 1))
    if unit.startswith("週") and _WEEKDAY_FOLLOWS.match(found.string, found.end()):
        return (Period(monday_of(day), monday_of(day) + timedelta(6)),)
    return (Day(day),)


def _season(found: Found, _: date) -> Pieces:
    season = words.SEASONS[found["season_w"].lower()]
    return (Season(season.first, season.last, season.stretches, after=bool(found["season_after"])),)


def _named(found: Found, _: date) -> Pieces:
    return (Named(words.HOLIDAYS[found[0]]),)


def _days_off(found: Found, today: date) -> Pieces:
    run = next_run(today + timedelta(1) if found["daysoff_next"] else today)
    if run is None:
        return ()
    return (Day(workday_after(run[1])),) if found["daysoff_after"] else (Period(*run),)


def _nth(found: Found, _: date) -> Pieces:
    written = found["nth_a"] or found["nth_b"] or found["nth_c"]
    nths = tuple(map(number, re.findall("[1-5一二三四五]", written))) if written else (-1,)
    letter = found["nth_w"]
    return (Nth(nths), Weekdays(_kinds(letter))) if letter else (Nth(nths),)


def _next(found: Found, _: date) -> Pieces:
    return (Next(nearest=not found[0].startswith(("次", "つぎ"))),)


def _weekdays(found: Found, _: date) -> Pieces:
    return (Weekdays(_kinds(found[0].replace("曜日", "").replace("曜", ""))),)


def _weekday_in_kana(found: Found, _: date) -> Pieces:
    return (Weekdays((DayKind(words.WEEKDAYS_IN_KANA[found["kana_w"]]),)),)


def _letter_range(found: Found, _: date) -> Pieces:
    first, last = LETTERS.index(found["range_a"]), LETTERS.index(found["range_b"])
    return (Weekdays(kinds_between(DayKind(first), DayKind(last))),)


def _run_of_letters(found: Found, today: date) -> Pieces:
    """月水金; only in the week's order, so 土木 and 日月 are none."""
    places = [LETTERS.index(letter) for letter in found[0] if letter in LETTERS]
    return _weekdays(found, today) if places == sorted(set(places)) and found[0] != "月日" else ()


def _set(found: Found, _: date) -> Pieces:
    return (Weekdays(words.SETS[found[0]]),)


def _past(_: Found, __: date) -> Pieces:
    return (Past(),)


def _kinds(letters: str) -> Kinds:
    """土・日・祝日 -> Saturday, Sunday, holiday; in the week's order."""
    known = LETTERS + "祝"
    return tuple(
        sorted({DayKind(known.index(letter)) for letter in letters.replace("祝日", "祝") if letter in known})
    )


def kinds_between(first: DayKind, last: DayKind) -> Kinds:
    """月〜金, and 土〜月 over the end of the week."""
    return tuple(sorted(DayKind((first + step) % 7) for step in range((last - first) % 7 + 1)))


def _any(table: Iterable[str]) -> str:
    return "|".join(sorted(table, key=len, reverse=True))


_ERA = r"(?:令和|平成|昭和|大正|明治|(?<![A-Za-z])[RHS]\.?)"
_BORN = r"(?![0-9]|日?[ 　]?(?:生|うまれ))"
_WEEKDAY = rf"(?:[{LETTERS}]曜|土日|週末|平日|祝日|(?:げつ|すい|もく|きん|にち|か|ど)よう)"
_WEEKDAY_FOLLOWS = re.compile(rf"の?(?={_WEEKDAY})")
_SEP = "[・、,/かと]"
_KANA_BEFORE = r"(?<![ぁ-んァ-ヶー])"
_SURE_AHEAD = _any(
    word for word in words.DAYS_AHEAD if word not in ("きょう", "あした", "あす", "今", "明", "明日")
)

_KINDS_OF_WORD: dict[str, tuple[str, Callable[[Found, date], Pieces]]] = {
    "full": (
        r"(?<![0-9\-/.])(?P<full_y>(?:19|20)[0-9]{2})(?P<full_s>[/.\-])(?P<full_m>[0-9]{1,2})(?P=full_s)"
        rf"(?P<full_d>[0-9]{{1,2}}){_BORN}",
        _full,
    ),
    "erafull": (
        rf"(?P<erafull_e>{_ERA})(?P<erafull_y>[0-9]{{1,2}}|元)(?P<erafull_s>[/.\-])(?P<erafull_m>[0-9]{{1,2}})"
        rf"(?P=erafull_s)(?P<erafull_d>[0-9]{{1,2}}){_BORN}",
        _era_full,
    ),
    "era": (rf"(?P<era_e>{_ERA})(?P<era_y>{NUMBER}|元)年(?P<era_f>度)?", _era),
    "year": (
        rf"(?<![0-9])(?P<year_y>(?:19|20)[0-9]{{2}}|二〇[〇{words.DIGIT[1:-1]}]{{2}})年(?P<year_f>度)?", _year
    ),
    "yearahead": (rf"(?P<yearahead_w>{_any(words.YEARS_AHEAD)})(?P<yearahead_f>度)?", _year_ahead),
    "yearrest": (r"年内", _rest_of_year),
    "slash": (
        r"(?<![0-9/.])(?P<slash_m>[0-9]{1,2})/(?P<slash_d>[0-9]{1,2})(?![0-9/%])"
        r"(?!の?(?:以[上下]|未満|程度|確率|割合|負担|税)|を負担|に減|減)",
        _slash,
    ),
    "season": (
        rf"(?<![A-Za-z])(?P<season_w>{_any(words.SEASONS)}){words.NOT_A_SEASON}(?P<season_after>明け|あけ)?", _season
    ),
    "later": (
        rf"{ALONE}(?P<later_n>{NUMBER})(?P<later_u>日|にち|週間?|[かカヵヶケ箇]月|年)後(?!半|期)|半年後",
        _later,
    ),
    "month": (rf"{ALONE}(?P<month_m>{NUMBER})(?:月|がつ){words.NOT_A_MONTH}", _month),
    "monthahead": (_any(words.MONTHS_AHEAD), _month_ahead),
    "weekahead": (_any(words.WEEKS_AHEAD), _week_ahead),
    "weekbegins": (r"週(?:明け|あけ)", _week_begins),
    "day": (
        rf"{ALONE}(?P<day_d>(?!一[日に]){NUMBER}|(?:(?<=月)|(?<=月の))一)(?:日|にち){words.NOT_A_DAY}", _day
    ),
    "dayto": (rf"{ALONE}[0-9]{{1,2}}(?=日?[~\-・、,][0-9]{{1,2}}日{words.NOT_A_DAY})", _day_to),
    "kanaday": (
        rf"(?:(?<![ぁ-んァ-ヶー])|(?<=の))(?:{_any(words.DAYS_IN_KANA)}){PARTICLE}"
        rf"|(?:(?<=月)|(?<=月の))(?:{_any(words.DAYS_IN_KANA_AFTER_MONTH)}){PARTICLE}",
        _day_in_kana,
    ),
    "part": (
        r"(?<=月)の?(?P<part_a>上旬|初旬|中旬|下旬|末|初め(?!て)|はじめ(?!て|まし)|初(?![一-鿿])|頭(?!痛)|あたま|前半|後半)"
        r"|月(?:の)?(?P<part_b>末|初め(?!て)|はじめ(?!て|まし)|初(?![一-鿿])|頭(?!痛)|あたま)|(?P<part_c>上旬|中旬|下旬)",
        _part,
    ),
    "ahead": (
        rf"{_SURE_AHEAD}|明日{words.NOT_A_NAME}|{_KANA_BEFORE}(?:きょう|あした|あす){PARTICLE}"
        r"|今(?=[朝夜晩夕])|明(?=[朝晩])",
        _ahead,
    ),
    "past": (
        rf"一昨日|昨日|おととい|{_KANA_BEFORE}きのう{PARTICLE}|先々?[週月](?!間)|去年|昨年(?!度)|一昨年(?!度)|昨[夜晩夕]|ゆうべ(?![ぁ-ん])",
        _past,
    ),
    "named": (_any(words.HOLIDAYS), _named),
    "daysoff": (
        r"(?P<daysoff_next>次の|今度の)?(?:[3三4四5五]|大型)?連休(?P<daysoff_after>明け|あけ)?", _days_off
    ),
    "nth": (
        r"(?:毎月の?)?第(?P<nth_a>[1-5一二三四五](?:[・、,と][第]?[1-5一二三四五]){0,4})の?"
        rf"(?:(?={_WEEKDAY})|(?P<nth_w>[火水木金土])(?![{KANJI}]))"
        rf"|(?P<nth_b>[1-5一二三四五])(?:番目|回目|つ目|週目)の(?={_WEEKDAY})"
        rf"|最(?:終|後)の?(?={_WEEKDAY})(?P<nth_c>)",
        _nth,
    ),
    "next": (rf"(?:次|つぎ|今度|こんど|直近|こ)の(?={_WEEKDAY})", _next),
    "letters": (
        rf"(?<![{KANJI}0-9])[{LETTERS}](?:{_SEP}[{LETTERS}]曜?日?){{0,6}}(?:{_SEP}[{LETTERS}])曜日?(?!大工)"
        rf"|(?<![{KANJI}0-9])[{LETTERS}](?:[・、,/][{LETTERS}祝]){{1,7}}日?(?![{KANJI}])",
        _weekdays,
    ),
    "range": (
        rf"(?<![{KANJI}0-9])(?P<range_a>[{LETTERS}])[~\-](?P<range_b>[{LETTERS}])(?:曜日?)?(?![{KANJI}])",
        _letter_range,
    ),
    "weekday": (rf"(?:毎週の?)?[{LETTERS}]曜日?(?!大工)", _weekdays),
    "paren": (rf"\([{LETTERS}祝](?:[・、,/]?[{LETTERS}祝]){{0,7}}日?\)", _weekdays),
    "kana": (
        rf"{_KANA_BEFORE}(?P<kana_w>げつ|すい|もく|きん|にち|か(?=ようび)|ど(?=ようび))よう(?:び|日)?{PARTICLE}",
        _weekday_in_kana,
    ),
    "set": (
        rf"土日祝日?|日祝日?(?![{KANJI}])|土日(?!本)|どにち{PARTICLE}|平日|へいじつ|ウィークデー|祝前日|祝祭日|祝日|しゅくじつ|祭日"
        rf"|(?<!連)休日{PARTICLE}|週末|(?<=週)末",
        _set,
    ),
    "run": (rf"(?<![{KANJI}0-9])[{LETTERS}]{{2,7}}(?![{KANJI}])", _run_of_letters),
}  # fmt: skip
_LEXER = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, (pattern, _) in _KINDS_OF_WORD.items()), re.IGNORECASE
)
