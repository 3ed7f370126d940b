"""Japanese within pages of other languages."""

import pytest

from web.tongues import marked


def page(language, body):
    return f'<!doctype html>\n<html lang="{language}"><body>{body}</body></html>'


@pytest.mark.parametrize(
    ("language", "body", "made"),
    [
        ("en", "<p>Call ひごまるコール now.</p>", '<p>Call <span lang="ja">ひごまるコール</span> now.</p>'),
        ("vi", "<p>熊本市 (Kumamoto)</p>", '<p><span lang="ja">熊本市</span> (Kumamoto)</p>'),
        ("en", '<p lang="ja">熊本市<br>東区</p>', '<p lang="ja">熊本市<br>東区</p>'),
        ("en", '<a title="東区">East</a>', '<a title="東区">East</a>'),
        ("en", "<textarea>東区</textarea>", "<textarea>東区</textarea>"),
        (
            "zh-Hant",
            "<p>熊本市，「くまもと はなこ」</p>",
            '<p>熊本市，「<span lang="ja">くまもと はなこ</span>」</p>',
        ),
        (
            "en",
            '<ul><li lang="ko">한국어<li lang="ja">日本語</ul>東',
            '<ul><li lang="ko">한국어<li lang="ja">日本語</ul><span lang="ja">東</span>',
        ),
        ("en", "<p>&lt;市&gt;</p>", '<p>&lt;<span lang="ja">市</span>&gt;</p>'),
    ],
)
def test_what_is_japanese_is_marked(language, body, made):
    assert marked(page(language, body)) == page(language, made)


def test_pages_of_residents_are_marked_and_the_japanese_ones_left(pages):
    visitor = pages.visitor()
    assert '<span lang="ja">ひごまるコール</span>' in visitor.get("/voices/new?lang=en").text
    japanese = visitor.get("/voices/new").text
    assert marked(japanese.replace('<html lang="ja">', '<html lang="en">')) != japanese == marked(japanese)
