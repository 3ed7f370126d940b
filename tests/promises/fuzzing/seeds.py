"""What the fuzzing begins with: inputs as they should be, hostile ones, and what earlier runs found."""

from collections.abc import Iterator
from pathlib import Path

from tests import pictures
from tests.conftest import DATA
from tests.line import body_of, postback_event, text_event
from tests.promises.hostile_texts import TEXTS

KEPT = Path(__file__).parent / "kept"
"""A folder a target: inputs that failed or took long once."""
QUESTIONS = (
    "住民票の写しがほしい",
    "12月29日の9時から東区役所は開いていますか",
    "田中花子 090-1234-5678 に電話してください",
    "健康づくり相談を予約したい\n>0\n>0\n>0\n>0",
    "予約したい\n@2028-02-29\n>1",
    "メニュー\n>1\n>2\n>0",
    "市に伝えたい\n>0\n公園の遊具が壊れています\n>0\n>0",
    "English please\nWhere can I get a residence certificate?",
    "死にたい",
)
SHORT = 300
"""Letters of a hostile text that are enough to begin with: what is longer the fuzzing makes itself."""


def of(target: str) -> Iterator[bytes]:
    """The inputs to begin with."""
    yield from (file.read_bytes() for file in sorted((KEPT / target).glob("*")))
    yield from _MADE[target]()


def _texts() -> Iterator[bytes]:
    yield from (words.encode() for words in QUESTIONS)
    yield from (words[:SHORT].encode("utf-8", "surrogatepass") for words in TEXTS.values())


def _webhook() -> Iterator[bytes]:
    yield body_of(
        text_event("(hello) 🗑ごみの日(moon)", [{"index": 0, "length": 7}, {"index": 14, "length": 6}])
    )
    yield body_of(postback_event("hd:day", {"date": "2026-12-01"}), text_event("\ud83d"))
    yield from (body_of(text_event(words[:SHORT])) for words in list(TEXTS.values())[:9])
    yield b'{"events":[{"webhookEventId":"1","timestamp":1e400,"x":' + b"[" * 500 + b"]" * 500 + b"}]}"


def _files() -> Iterator[bytes]:
    for number, file in enumerate(sorted(DATA.glob("*.csv"))):
        yield bytes([number]) + b"\n".join(file.read_bytes().split(b"\n")[:3])
    yield b'\0[{"id": "1", "question": "\\ud800", "answer": null}]'
    yield '\0番号\t質問\r\n1\t"=1+1"\r\n'.encode("cp932")


def _photographs() -> Iterator[bytes]:
    small = pictures.picture(16, 8)
    yield from (make(small) for make in (pictures.jpeg, pictures.png, pictures.webp, pictures.gif))
    yield pictures.turned(small)


def _api() -> Iterator[bytes]:
    yield '{"q": "転入届", "whole": true}'.encode()
    yield b'{"q": "\\ud800", "whole": 1}'
    yield b'{"q": ["' + b"[" * 900 + b'"], "q": "a"}'


_MADE = {
    "webhook": _webhook,
    "analysis": _texts,
    "search": _texts,
    "route": _texts,
    "files": _files,
    "photographs": _photographs,
    "api": _api,
}
