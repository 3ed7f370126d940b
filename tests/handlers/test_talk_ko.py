"""What people do most, in Korean: as they write it, and what they are told."""

import pytest

from nlp.language import Language
from tests.dialogue import Speaker, hold
from tests.handlers.booking_town import send_form
from tests.handlers.tongues import approve

CITY_HALL = "@32.8032,130.7079"


def test_the_first_words_choose_the_language(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("안녕하세요", "한국어로 쓰셔서 한국어로 답해 드립니다."),
            ("메뉴", "【무엇을 도와드릴까요?】"),
            (">각종 절차", "［마이넘버카드는 어떻게 받나요?］"),
            ("도움말", "[사용 방법]"),
            ("언어", "［Tiếng Việt］"),
            ("그만", "지금까지의 이야기는 여기서 마칩니다."),
        ],
    )


def test_what_staff_approved_is_answered_in_korean(resident: Speaker) -> None:
    approve(resident, "waste-sorting", Language.KOREAN)
    hold(
        resident,
        [
            ("쓰레기 분리수거 방법", "7가지로 나눕니다."),
            ("네", "알고 싶은 것이 더 있으면 언제든지 보내 주세요."),
        ],
    )


def test_what_nobody_approved_is_answered_in_japanese_with_the_plaza(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("쓰레기 분리수거 방법", "이 답변은 일본어로만 되어 있습니다."),
            ("쓰레기 분리수거 방법", "096-359-2121"),
            ("쓰레기 분리수거 방법", "7つに分けます。"),
            ("맛있는 라멘집 추천해 주세요", "죄송합니다. 답을 찾지 못했습니다."),
        ],
    )


@pytest.mark.parametrize(
    ("asked", "handler", "answered"),
    [
        ("히가시구청 전화번호", "office", "전화：096-367-9121"),
        ("구청 창구는 몇 시까지 하나요?", "office", "주오구청（中央区役所）"),
        ("히가시구청 토요일에 하나요?", "office", "11월 28일(토): 쉽니다."),
        ("가까운 대피소는 어디인가요?", "nearest", "‘위치 정보 보내기’를 눌러"),
        ("가까운 창구와 대피소", "nearest", "‘위치 정보 보내기’를 눌러"),
        ("히가시구 대피소", "nearest", "히가시구（東区）에는 지정 대피소가"),
        ("내 정보", "my_data", "【보관 중인 내 정보】"),
        ("내 정보를 삭제해 주세요", "my_data", "［모두 삭제］"),
        ("직원과 이야기하고 싶어요", "escalation", "［여기서 전하기］"),
        ("문의는 어떻게 됐나요?", "case_acts", "이 채팅에서 보낸 문의를 찾지 못했습니다."),
        ("감사합니다", "smalltalk", "도움이 되었다니 기쁩니다."),
        ("예약 확인", "booking", "이 채팅에서 한 예약을 찾지 못했습니다."),
    ],
)
def test_each_question_reaches_who_answers_it(
    resident: Speaker, asked: str, handler: str, answered: str
) -> None:
    resident.speaks(Language.KOREAN)
    assert resident.says(asked).routed.handler == handler
    hold(resident, [(asked, answered)])


@pytest.mark.parametrize(
    "asked", ["택시를 예약하고 싶어요", "내 냉장고 정보", "대피소에 강아지를 데려가도 되나요?"]
)
def test_what_says_more_is_not_taken_for_less(resident: Speaker, asked: str) -> None:
    resident.speaks(Language.KOREAN)
    assert resident.says(asked).routed.handler == "question"


def test_a_place_is_answered_in_the_language_kept(resident: Speaker) -> None:
    resident.speaks(Language.KOREAN)
    hold(
        resident,
        [(CITY_HALL, "가까운 창구와 지정 대피소입니다."), (CITY_HALL, "주오구청（中央区役所）")],
    )


def test_from_booking_to_cancelling(booker: Speaker) -> None:
    booker.speaks(Language.KOREAN)
    hold(
        booker,
        [
            ("법률 상담을 예약하고 싶어요", "1. 11월 25일(수) 13:00~ 빈자리 6"),
            ("2", "1. 13:00~13:30"),
            ("1", "【예약이 아직 끝나지 않았습니다】"),
        ],
    )
    assert booker.buttons == ["입력 페이지 열기", "시간이 더 필요해요", "다른 시간", "그만"]
    send_form(booker)
    hold(
        booker,
        [
            ("예약 확인", "11월 27일(금) 13시부터 13시 30분까지"),
            ("예약을 취소하고 싶어요", "【이 예약을 취소하시겠습니까?】"),
            ("아니요", "예약은 그대로입니다."),
            ("못 가게 됐어요", "［네, 취소합니다］"),
            ("네", "11월 27일(금) 13시부터 13시 30분까지 예약을 취소했습니다."),
        ],
    )


def test_to_the_staff_in_writing(resident: Speaker) -> None:
    resident.speaks(Language.KOREAN)
    hold(
        resident,
        [
            ("사람과 상담", "［여기서 전하기］"),
            (">여기서 전하기", "용건을 이 채팅에 글로 보내 주세요."),
            ("옆집이 매일 밤 너무 시끄러워요", "【아직 보내지 않았습니다】"),
            ("이 채팅으로", "【문의를 보냈습니다】"),
            ("어떻게 됐나요?", "담당 과가 확인합니다"),
            ("취하하고 싶어요", "【이 문의를 취하하시겠습니까?】"),
            ("네", "문의를 취하했습니다."),
        ],
    )
