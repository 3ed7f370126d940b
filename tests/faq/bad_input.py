"""Texts that nobody should send and somebody will."""

NOTHING = {
    "empty": "",
    "blank": " \u3000\n",
    "emoji": "😀👨‍👩‍👧‍👦",
    "long emoji": "😀" * 5000,
    "a lone surrogate": "\ud800",
    "NUL": "\0",
    "marks": "。。。！？",
    "another script": "안녕하세요",
    "another language": "How is the weather?",
    "unassigned letters": "\uffff\U000e0001",
}
"""By what is wrong with it; nothing is asked in any of them."""

DISTURBED = {
    "emoji around": "🐶犬🐶を飼い始めました😀",
    "a lone surrogate within": "犬を\ud800飼い始めました",
    "NUL within": "犬\0を飼い始めました",
    "right to left": "\u202e犬を飼い始めました\u202c",
    "half-width kana": "犬を飼い始めました｡ﾄｳﾛｸﾊ?",
    "combining marks": "犬\u0301を飼い始\u0308めました",
    "parted voicing marks": "犬を飼い始めましたか\u3099",
    "no width": "犬を\u200b飼い\ufeff始めました",
    "5,000 letters": "犬を飼い始めました。" * 500,
}
"""Texts in which somebody asks what to do with a new dog."""

ENORMOUS = {
    "one word": "ごみ" * 2500,
    "kana": "じゅうみんひょう" * 625,
    "voicing marks": "か" + "\u3099" * 5000,
    "every kanji": "".join(map(chr, range(0x4E00, 0x6188))),
    "ligatures": "\ufdfa" * 5000,
    "letters": "k" * 5000,
    "one kana": "あ" * 5000,
}
"""Texts of 5,000 characters."""
