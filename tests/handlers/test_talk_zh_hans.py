"""The main paths in 简体中文, as residents write it."""

import pytest

from handlers.turn import Followed, Located, MessageId, Pressed
from nlp.language import Language
from tests.dialogue import Speaker, hold
from tests.handlers.booking_town import send_form
from tests.handlers.talk_town import approve, examples

CHINESE = Language.SIMPLIFIED_CHINESE
MOVED = "刚搬来，需要办什么手续？"


@pytest.fixture
def speaker(resident: Speaker) -> Speaker:
    resident.speaks(CHINESE)
    return resident


@pytest.fixture
def guest(booker: Speaker) -> Speaker:
    """Where bookings are taken."""
    booker.speaks(CHINESE)
    return booker


def test_the_language_is_offered_and_chosen(resident: Speaker) -> None:
    hold(
        resident,
        [
            (Followed(), "需要简体中文，请点下面的按钮。"),
            (">简体中文", "从现在起用简体中文回答。"),
            ("语言", "请选择语言"),
        ],
    )


def test_the_menu_help_and_the_way_out(speaker: Speaker) -> None:
    hold(
        speaker,
        [
            ("菜单", "您遇到了什么问题？"),
            (">垃圾与回收", "这些是常见的问题。"),
            ("怎么用", "【使用方法】"),
            ("结束", "这次的对话就到这里"),
            ("谢谢", "能帮到您很高兴。"),
        ],
    )


@pytest.mark.parametrize("area", ["procedures", "waste", "offices", "consultations", "disaster"])
def test_each_example_of_the_menu_is_answered(speaker: Speaker, area: str) -> None:
    for example in examples(speaker, CHINESE, area):
        assert speaker.says(example).routed.reply.outcome != "none", example


def test_what_nobody_approved_is_answered_in_japanese(speaker: Speaker) -> None:
    hold(
        speaker,
        [
            (MOVED, "这个回答只有日语。"),
            (MOVED, "14日以内に、転入届を出してください"),
            (MOVED, "想用其他语言咨询时，请打电话给外国人総合相談プラザ。电话 096-359-2121"),
            ("没有帮助", "请换一种说法再发送"),
        ],
    )


def test_an_approved_translation_is_the_answer(speaker: Speaker) -> None:
    approve(speaker, "moving-in", CHINESE)
    hold(speaker, [(MOVED, "请在搬来之日起14天以内提交迁入申报（転入届）。"), ("是", "还想知道什么")])
    assert "只有日语" not in speaker.hears(MOVED)


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("東区役所的电话号码", "096-367-9121"),
        ("东区政府几点关门", "现在正在受理（到16点30分）。"),
        ("区役所的窗口几点关门？", "中央区役所：熊本市中央区手取本町1番1号"),
        ("年末年始什么时候休息？", "12月29日（周二）至2027年1月3日（周日）休息（年末年初）。"),
        ("東区役所周六开吗", "11月28日（周六）休息。"),
    ],
)
def test_offices_and_hours(speaker: Speaker, said: str, answered: str) -> None:
    hold(speaker, [(said, answered)])


def test_shelters_near(speaker: Speaker) -> None:
    here = Located(32.8031, 130.7079, MessageId("here"))
    hold(
        speaker,
        [("附近的避难所在哪里？", "请点下面的“发送位置信息”"), (here, "这些是附近的窗口和指定避难所。")],
    )
    hold(speaker, [("东区的避难所", "東区有33处指定避难所"), (">继续看", "第9到第16处")])


def test_a_booking_from_its_start_to_its_end(guest: Speaker) -> None:
    hold(
        guest,
        [
            ("想预约法律咨询", "法律相談可以预约的时间"),
            ("下周五下午", "12月4日（周五）"),
            ("1", "这个时间为您保留到12点10分。"),
            (">需要更多时间", "已延长到12点20分。"),
        ],
    )
    send_form(guest)
    hold(
        guest,
        [
            ("我的预约", "12月4日（周五）13点到13点30分\n状态：已定好"),
            (">更改时间", "现在的预约保持不变"),
            ("12月7号", "12月7日（周一）"),
            ("2", "【已更改日期和时间】\n12月7日（周一）13点30分到14点"),
            ("我想取消预约", "要取消这个预约吗？"),
            ("不取消", "您的预约保持不变"),
            ("取消预约", "要取消这个预约吗？"),
            ("是", "已取消12月7日（周一）13点30分到14点的预约。"),
        ],
    )


@pytest.mark.parametrize("said", ["联系工作人员", "我想和真人说话", "转人工", Pressed("person")])
def test_the_way_to_a_person(speaker: Speaker, said: str | Pressed) -> None:
    hold(speaker, [(said, "您可以打电话，由工作人员为您解答。")])


def test_a_case_from_its_words_to_its_end(speaker: Speaker) -> None:
    hold(
        speaker,
        [
            ("联系工作人员", "请点“在这里说明”"),
            (">在这里说明", "请在这里用文字写下您的事情。"),
            ("想了解广场使用的规定", "【还没有发送】"),
            ("在这里回复", "【您的咨询已发送】"),
            ("怎么样了", "进展：负责的部门会查看"),
            (">补充说明", "请在这里用文字写下要补充的内容"),
            ("下个月想用", "已补充。"),
            ("我想撤回", "要撤回这件咨询吗？"),
            ("是", "咨询已撤回。"),
        ],
    )


def test_my_data(speaker: Speaker) -> None:
    hold(
        speaker,
        [
            ("我的数据", "【我们保存的关于您的内容】"),
            ("我的数据", "语言：简体中文（您自己选择的）"),
            ("请删除我的数据", "【可以删除吗？】"),
            (">不删除", "什么都没有删除"),
        ],
    )


def test_personal_data_is_masked(speaker: Speaker) -> None:
    hold(speaker, [("我的电话是090-1234-5678", "刚才的消息里有个人信息（电话号码）")])
