"""What somebody can send who wants a helpdesk to stumble: each as long as LINE lets anybody write."""

from collections.abc import Mapping

from nlp.compact import MOST


def _over(*letters: str) -> str:
    """The letters over and over, up to the most that LINE takes (in UTF-16 units)."""
    text = "".join(letters)
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return text * (MOST // units)


UNICODE: Mapping[str, str] = {
    "combining marks on one kana": "か" + "\u3099" * (MOST - 1),
    "combining marks on one letter": "e" + "\u0301" * (MOST - 1),
    "marks of many classes": _over("ご\u0300\u0301\u0302\u0334"),
    "half-width marks": _over("ｶﾞ"),
    "joined people": "👨" + _over("\u200d👩"),
    "joiners": _over("\u200d"),
    "nothing between the letters": _over("住\u200b民\u200b票"),
    "right to left overrides": _over("\u202e住民票\u202c"),
    "isolates without end": _over("\u2066"),
    "more emoji than fit": "😀" * 10_000,
    "flags": _over("🇯🇵"),
    "tags": _over("\U000e0041"),
    "variants of a kanji": _over("葛\U000e0100"),
    "kanji beyond the first plane": _over("𠮷"),
    "letters of mathematics": _over("𝐀"),
    "half letters": _over("\ud83d"),
    "other halves": _over("\udc00"),
    "no letters": _over("\ufffe\uffff"),
    "private letters": _over("\ue000"),
    "control characters": _over("\x00\x01\x1b[31m\x07"),
    "NUL": _over("\0"),
    "one letter that is eighteen": _over("ﷺ"),
    "squared words": _over("㌖㍿㍻"),
    "parts of Hangul": _over("\u1100\u1161\u11a8"),
    "Arabic": _over("م"),
    "Devanagari": _over("क्ष"),
    "Thai": _over("ก็"),
    "Vietnamese": _over("ệ"),
    "every letter there is": "".join(chr((each * 104_729) % 0xD7FF) for each in range(MOST)),
}
"""Hostile by their letters."""

PATTERNS: Mapping[str, str] = {
    "numerals": _over("1"),
    "wide numerals": _over("９"),
    "numerals in kanji": _over("一二三四五六七八九十百千万億"),
    "numbers and dashes": _over("1-2-3-"),
    "telephones": _over("090-1234-5678 "),
    "cards": _over("4111 1111 1111 1111 "),
    "numbers of twelve": _over("123456789012 "),
    "days": _over("令和8年11月24日"),
    "short days": _over("11/24,"),
    "months": _over("11月"),
    "weekdays": _over("月火水木金土日"),
    "hours": _over("10時30分から"),
    "mail addresses": _over("a@b.c"),
    "dots before an at": _over("a.")[:-1] + "@",
    "letters and ats": _over("a@"),
    "web addresses": _over("http://a.b/"),
    "places": _over("熊本市中央区手取本町1-1"),
    "chome": _over("本荘1丁目2番3号"),
    "names": _over("私は山田太郎です"),
    "titles": _over("さん"),
    "brackets that open": _over("（"),
    "brackets that open and close": "（" * (MOST // 2) + "）" * (MOST // 2),
    "JSON": _over('{"a":'),
    "HTML": _over("<script>alert(1)</script>"),
    "SQL": _over("' OR 1=1 --"),
    "formats": _over("{0.__class__}%s%n"),
    "romaji": _over("juuminhyou "),
    "danger": _over("死にたい"),
    "one letter of danger": _over("し"),
}
"""Hostile to patterns such as those of masking, days and mentions."""

WORDS: Mapping[str, str] = {
    "one kanji": _over("住"),
    "the mark that repeats": _over("々"),
    "one kana": _over("あ"),
    "small kana": _over("きょ"),
    "long vowels": "あ" + _over("ー")[1:],
    "particles": _over("と"),
    "an endless question": _over("どうすればいいですか"),
    "one matter after the other": _over("住民票ごみ保険税金引越し子ども"),
    "a matter a line": _over("住民票\n"),
    "all kana in order": _over(
        "いろはにほへとちりぬるをわかよたれそつねならむ", "うゐのおくやまけふこえてあさきゆめみしゑひもせす"
    ),
    "kanji by chance": "".join(chr(0x4E00 + (each * 7919) % 20_000) for each in range(MOST)),
    "kana by chance": "".join(chr(0x3041 + (each * 7919) % 83) for each in range(MOST)),
    "one letter": _over("a"),
    "one letter a word": _over("a "),
    "spaces": _over(" "),
    "lines": _over("\n"),
    "full stops": _over("。"),
    "question marks": _over("？"),
}
"""Hostile to what cuts text into words and looks for them."""

TEXTS: Mapping[str, str] = {**UNICODE, **PATTERNS, **WORDS}
