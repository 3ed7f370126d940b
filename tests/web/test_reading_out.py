import pytest

from web.reading_out import first_sentences


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            "引っ越した日から14日以内に、届けを出してください。\n先には出せません。",
            "引っ越した日から14日以内に、届けを出してください。",
        ),
        (
            "できます。区役所の窓口で受け付けております。お持ちください。",
            "できます。区役所の窓口で受け付けております。",
        ),
        ("はい。" + "あ" * 100 + "。", "はい。"),
        ("句点のない答え", "句点のない答え"),
        ("\n\n先に空の行。", "先に空の行。"),
        ("各区役所の電話です。\n・中央区 096-328-2451\n・東区 096-367-9131", "各区役所の電話です。"),
        ("・中央区 096-328-2451\n・東区 096-367-9131", "・中央区 096-328-2451"),
        ("", ""),
    ],
)
def test_as_long_as_one_breath(answer: str, said: str):
    assert first_sentences(answer) == said
