"""The words for days: tables, and the letters that may not follow or go before them."""

from nlp.days.pieces import Season
from nlp.when import DayKind, Kinds

LETTERS = "月火水木金土日"
"""Weekdays, Monday first."""
WEEKDAY = rf"(?:[{LETTERS}]曜|土日|週末|平日|祝日|(?:げつ|すい|もく|きん|にち|か|ど)よう)"
"""How a weekday or a kind of day begins."""
KANJI = "一-鿿々"

SEASONS = {
    # 行政機関の休日に関する法律 (昭和63年法律第91号) 1条1項3号: 十二月二十九日から翌年の一月三日まで
    "年末年始": Season((12, 29), (1, 3)),
    "年末": Season((12, 29), (12, 31)),
    "年始": Season((1, 1), (1, 3)),
    "年明け": Season((1, 1), (1, 31)),
    "年あけ": Season((1, 1), (1, 31)),
    "新年": Season((1, 1), (1, 31)),
    "お正月": Season((1, 1), (1, 3)),
    "正月": Season((1, 1), (1, 3)),
    "三が日": Season((1, 1), (1, 3)),
    "三ケ日": Season((1, 1), (1, 3)),
    "三ヶ日": Season((1, 1), (1, 3)),
    "三箇日": Season((1, 1), (1, 3)),
    "三賀日": Season((1, 1), (1, 3)),
    "さんがにち": Season((1, 1), (1, 3)),
    "元日": Season((1, 1), (1, 1)),
    "元旦": Season((1, 1), (1, 1)),
    "お盆": Season((8, 13), (8, 16)),  # 月遅れの盆, kept so in most of the country
    "おぼん": Season((8, 13), (8, 16)),
    "旧盆": Season((8, 13), (8, 16)),
    "大晦日": Season((12, 31), (12, 31)),
    "大みそか": Season((12, 31), (12, 31)),
    "おおみそか": Season((12, 31), (12, 31)),
    "クリスマスイブ": Season((12, 24), (12, 24)),
    "クリスマス": Season((12, 25), (12, 25)),
    "5月の連休": Season((4, 29), (5, 5), stretches=True),
    "5月連休": Season((4, 29), (5, 5), stretches=True),
    "gw": Season((4, 29), (5, 5), stretches=True),
    "ゴールデンウィーク": Season((4, 29), (5, 5), stretches=True),
    "ゴールデンウイーク": Season((4, 29), (5, 5), stretches=True),
}
NOT_A_SEASON = (
    r"(?!調整|ジャンボ|残高|のご?挨拶|のご?あいさつ|状|飾|かざり|料理|太り|会|度|玉|踊|おどり|提灯"
    r"|ツリー|ケーキ|プレゼント|カード|[A-Za-z])"
)

SETS: dict[str, Kinds] = {
    "平日": (DayKind.WORKDAY,),
    "へいじつ": (DayKind.WORKDAY,),
    "ウィークデー": (DayKind.WORKDAY,),
    "休日": (DayKind.SATURDAY, DayKind.SUNDAY, DayKind.HOLIDAY),
    "土日祝日": (DayKind.SATURDAY, DayKind.SUNDAY, DayKind.HOLIDAY),
    "土日祝": (DayKind.SATURDAY, DayKind.SUNDAY, DayKind.HOLIDAY),
    "土日": (DayKind.SATURDAY, DayKind.SUNDAY),
    "どにち": (DayKind.SATURDAY, DayKind.SUNDAY),
    "日祝日": (DayKind.SUNDAY, DayKind.HOLIDAY),
    "日祝": (DayKind.SUNDAY, DayKind.HOLIDAY),
    "週末": (DayKind.SATURDAY, DayKind.SUNDAY),
    "末": (DayKind.SATURDAY, DayKind.SUNDAY),
    "祝前日": (DayKind.EVE,),
    "祝日": (DayKind.HOLIDAY,),
    "祭日": (DayKind.HOLIDAY,),
    "祝祭日": (DayKind.HOLIDAY,),
    "しゅくじつ": (DayKind.HOLIDAY,),
}
WEEKDAYS_IN_KANA = {"げつ": 0, "か": 1, "すい": 2, "もく": 3, "きん": 4, "ど": 5, "にち": 6}

DAYS_IN_KANA = {
    "ついたち": 1,
    "朔日": 1,
    "ふつか": 2,
    "みっか": 3,
    "むいか": 6,
    "とおか": 10,
    "はつか": 20,
    "廿日": 20,
}
DAYS_IN_KANA_AFTER_MONTH = {"よっか": 4, "いつか": 5, "なのか": 7, "ようか": 8, "ここのか": 9}
"""Mostly other words when they stand alone: someday, whether, shall we."""

DAYS_AHEAD = {
    "今日": 0, "きょう": 0, "本日": 0, "今": 0, "明日": 1, "あした": 1, "あす": 1, "明": 1,
    "明後日": 2, "あさって": 2, "明々後日": 3, "明明後日": 3, "しあさって": 3,
}  # fmt: skip
WEEKS_AHEAD = {
    "今週": 0, "こんしゅう": 0, "来週": 1, "らいしゅう": 1,  "再来週": 2, "さ来週": 2, "さらいしゅう": 2,
}  # fmt: skip
MONTHS_AHEAD = {
    "今月": 0, "こんげつ": 0, "来月": 1, "らいげつ": 1,  "再来月": 2, "さ来月": 2, "さらいげつ": 2,
}  # fmt: skip
YEARS_AHEAD = {
    "今年": 0, "ことし": 0, "本年": 0, "来年": 1, "らいねん": 1,  "再来年": 2, "さ来年": 2, "さらいねん": 2,
}  # fmt: skip
PARTS = {
    "上旬": (1, 10), "初旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "末": (25, 31), "初め": (1, 5),
    "はじめ": (1, 5), "初": (1, 5), "頭": (1, 5), "あたま": (1, 5), "前半": (1, 15), "後半": (16, 31),
}  # fmt: skip
"""Days of the month; 旬 as the dictionary has them, the others as one would look them up."""

HOLIDAYS = {
    "成人の日": ("成人の日", 1),
    "建国記念の日": ("建国記念の日", 2),
    "天皇誕生日": ("天皇誕生日", 2),
    "春分の日": ("春分の日", 3),
    "昭和の日": ("昭和の日", 4),
    "憲法記念日": ("憲法記念日", 5),
    "みどりの日": ("みどりの日", 5),
    "こどもの日": ("こどもの日", 5),
    "海の日": ("海の日", 7),
    "山の日": ("山の日", 8),
    "敬老の日": ("敬老の日", 9),
    "秋分の日": ("秋分の日", 9),
    "スポーツの日": ("スポーツの日", 10),
    "文化の日": ("文化の日", 11),
    "勤労感謝の日": ("勤労感謝の日", 11),
    "建国記念日": ("建国記念の日", 2),
    "子どもの日": ("こどもの日", 5),
    "子供の日": ("こどもの日", 5),
    "体育の日": ("スポーツの日", 10),
}
"""As people say it; as the law does, and the month (国民の祝日に関する法律 2条)."""

DIGIT = "[一二三四五六七八九]"
NUMBER = rf"(?:[0-9]{{1,2}}|{DIGIT}?十{DIGIT}?|[〇一二三四五六七八九]{{1,2}})"
"""Of one or two places, in digits or kanji."""
ALONE = r"(?<![0-9〇一二三四五六七八九十百千万第初約全])(?<![0-9][.,])(?<!生後)"
"""No number goes on before it."""
PARTICLE = (
    r"(?=[のはもにで、,。?!？！~()・ \s]|から|まで|って|以降|$"
    r"|開|空|あい|あき|や[っり]|行|来|午|夜|朝|昼|夕|中)"
)
"""After a word in kana that longer words begin with: あす but not あすか, きょう but not きょうと."""

NOT_A_DAY = (
    r"(?!間|かん|以[内上下]|未満|前|分|ほど|くらい|ぐらい|程度|おき|ごと|毎|目|め|ぶり|ばかり|かか|連続|あたり|当た"
    r"|につき|に[0-9何一二三四五]{1,2}[回度]|もかか|たつ|たった|経|酔|坊主|月(?!曜)|市|町|券|乗|フリー|保育|体験|限|平均"
    r"|何|付け|号|[0-9]{1,4}(?:時間|回|円|人|枚|個|本|錠|食|袋|名)|中(?![にはで])|後|特例|三晩|を?過ぎ|を?すぎ|を超|を越|ルール|間際)"
)
NOT_A_MONTH = r"(?!分|号|あたり|当た|につき|人形|晴|雨|病|額|謝|齢|見|曜|産|経|間|ぶり|日)"
NOT_A_NAME = r"(?![香美葉佳奈菜海花翔輝架希那音夏楓斗])"
"""明日香, 明日葉: not tomorrow."""
