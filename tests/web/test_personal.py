"""What staff write about a case, and what of it is a person's own."""

import pytest

from web.personal import personal_in, without_personal


@pytest.fixture
def known(pages):
    with pages.site.database.read() as tx:
        return pages.site.city(tx)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("転入届は、引っ越した日から14日以内です。", ()),
        ("090-1234-5678 にお電話します。", ("電話番号",)),
        ("山田太郎様の口座 普通 1234567 に振り込みます。", ("口座番号", "お名前")),
        ("住所は手取本町1番1号でよろしいですか。", ("住所",)),
        ("お問い合わせは 096-334-1500 へ。", ()),
        ("東区役所（096-367-9121）へお越しください。", ()),
        ("担当の山鹿と申します。", ()),
        ("山鹿灯子と申します。", ()),
        ("佐藤と申します。", ("お名前",)),
    ],
)
def test_what_of_a_person_is_found(known, text, found):
    assert personal_in(known, text, "山鹿 灯子") == found


def test_a_number_that_an_entry_shows_is_no_secret(known):
    shown = next(each for each in known.knowledge.entries if each.id == "appliances")
    assert personal_in(known, shown.answer, "") == ()


def test_what_is_written_down_is_masked_line_by_line(known):
    assert (
        without_personal(known, "電話した。\n090-1234-5678 は留守。") == "電話した。\n［電話番号］ は留守。"
    )
