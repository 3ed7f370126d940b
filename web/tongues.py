"""Japanese within a page, or a piece of one, in another language, marked so that a screen reader speaks it as Japanese.

Names of offices, consultations and laws stay Japanese whatever language a page is in (WCAG 3.1.2). They come out of
sentences and records in the midst of other words, so they are marked in the page that is made, not in each template.
"""

import re
from typing import Final

from flask import Response

_OTHERS: Final = re.compile(r'\slang="(?!ja")')
"""What stands in a page that is in another language, or holds a piece of one: a bubble in Chinese, say."""
_TAG: Final = re.compile(r"(<[^>]*>)")
_NAME: Final = re.compile(r"</?([a-z0-9]+)")
_LANG: Final = re.compile(r'\slang="([^"]+)"')
_LETTERS: Final = "ぁ-ゖァ-ヺー々〆一-鿿"
_JAPANESE: Final = re.compile(rf"[{_LETTERS}]+(?:[・ 　][{_LETTERS}]+)*")
_WITH_KANA: Final = re.compile(rf"[{_LETTERS}]*[ぁ-ゖァ-ヺ][{_LETTERS}]*(?:[・ 　][{_LETTERS}]+)*")
"""Among Chinese, only what has kana can be told for Japanese."""
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
_TEXT_ALONE: Final = frozenset({"title", "textarea", "option", "script", "style"})
"""Elements that can hold no mark."""


def mark_japanese(response: Response) -> Response:
    """The page with the Japanese words in what is not Japanese in `<span lang="ja">`; anything but a page as it is."""
    if response.mimetype != "text/html" or response.is_streamed:
        return response
    page = response.get_data(as_text=True)
    if _OTHERS.search(page):
        response.set_data(marked(page))
    return response


def marked(page: str) -> str:
    """The same for the text of a page. Its elements have to be closed as HTML's void ones alone are not."""
    made: list[str] = []
    open_elements: list[tuple[str, str]] = []
    for piece in _TAG.split(page):
        if piece.startswith("<"):
            _step(open_elements, piece)
            made.append(piece)
        else:
            made.append(_with_marks(piece, open_elements))
    return "".join(made)


def _step(open_elements: list[tuple[str, str]], tag: str) -> None:
    """Keeps the elements around, each with the language in it."""
    name = _NAME.match(tag)
    if name is None or name[1] in _VOID or tag.endswith("/>"):
        return
    if tag.startswith("</"):
        while open_elements and open_elements.pop()[0] != name[1]:
            pass  # `</ul>` closes the `<li>` before it
        return
    said = _LANG.search(tag)
    around = open_elements[-1][1] if open_elements else ""
    open_elements.append((name[1], said[1] if said else around))


def _with_marks(text: str, open_elements: list[tuple[str, str]]) -> str:
    if not open_elements or open_elements[-1][0] in _TEXT_ALONE:
        return text
    match open_elements[-1][1].split("-")[0]:
        case "ja" | "":
            return text
        case "zh":
            pattern = _WITH_KANA
        case _:
            pattern = _JAPANESE
    return pattern.sub(r'<span lang="ja">\g<0></span>', text)
