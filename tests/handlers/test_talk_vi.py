"""What people do most, in Vietnamese: as they write it, and what they are told."""

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
            ("Xin chào", "Bạn viết bằng tiếng Việt nên chúng tôi trả lời bằng tiếng Việt."),
            ("menu", "【Bạn cần giúp gì?】"),
            (">Thủ tục", "［Nhận thẻ My Number như thế nào?］"),
            ("trợ giúp", "[Cách sử dụng]"),
            ("ngôn ngữ", "［English］"),
            ("dừng", "Chúng tôi kết thúc việc này tại đây."),
        ],
    )


def test_what_staff_approved_is_answered_in_vietnamese(resident: Speaker) -> None:
    approve(resident, "waste-sorting", Language.VIETNAMESE)
    hold(
        resident,
        [
            ("cách phân loại rác", "Chia thành 7 loại."),
            ("có", "Nếu muốn biết thêm, bạn cứ gửi bất cứ lúc nào."),
        ],
    )


def test_what_nobody_approved_is_answered_in_japanese_with_the_plaza(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("cách phân loại rác", "Câu trả lời này chỉ có tiếng Nhật."),
            ("cách phân loại rác", "096-359-2121"),
            ("cách phân loại rác", "7つに分けます。"),
            ("quán phở ngon ở đâu", "Xin lỗi. Chúng tôi không tìm thấy câu trả lời."),
        ],
    )


@pytest.mark.parametrize(
    ("asked", "handler", "answered"),
    [
        ("Số điện thoại Văn phòng quận Higashi", "office", "Điện thoại：096-367-9121"),
        ("Văn phòng quận mở cửa đến mấy giờ?", "office", "Văn phòng quận Chuo（中央区役所）"),
        ("Văn phòng quận Higashi thứ bảy có mở cửa không?", "office", "Thứ Bảy 28/11: nghỉ."),
        ("Nơi lánh nạn gần nhất ở đâu?", "nearest", "Hãy bấm “Gửi vị trí” bên dưới"),
        ("Quầy và nơi lánh nạn gần tôi", "nearest", "Hãy bấm “Gửi vị trí” bên dưới"),
        ("nơi lánh nạn quận Higashi", "nearest", "Ở quận Higashi（東区） có 33 nơi lánh nạn"),
        ("dữ liệu của tôi", "my_data", "【Những gì đang lưu về bạn】"),
        ("xóa dữ liệu của tôi", "my_data", "［Xóa tất cả］"),
        ("tôi muốn nói chuyện với nhân viên", "escalation", "［Viết tại đây］"),
        ("câu hỏi của tôi đến đâu rồi?", "case_acts", "Chúng tôi không tìm thấy câu hỏi nào"),
        ("cảm ơn", "smalltalk", "Chúng tôi rất vui vì giúp được bạn."),
        ("lịch hẹn của tôi", "booking", "Không tìm thấy lịch hẹn nào"),
    ],
)
def test_each_question_reaches_who_answers_it(
    resident: Speaker, asked: str, handler: str, answered: str
) -> None:
    resident.speaks(Language.VIETNAMESE)
    assert resident.says(asked).routed.handler == handler
    hold(resident, [(asked, answered)])


def test_a_place_is_answered_in_the_language_kept(resident: Speaker) -> None:
    resident.speaks(Language.VIETNAMESE)
    hold(
        resident,
        [
            (CITY_HALL, "Đây là các quầy và nơi lánh nạn chỉ định gần bạn."),
            (CITY_HALL, "Văn phòng quận Chuo（中央区役所）"),
        ],
    )


def test_from_booking_to_cancelling(booker: Speaker) -> None:
    booker.speaks(Language.VIETNAMESE)
    hold(
        booker,
        [
            ("tôi muốn đặt lịch tư vấn pháp luật", "1. Thứ Tư 25/11 13:00–, còn 6 chỗ"),
            ("2", "1. 13:00–13:30"),
            ("1", "【Việc đặt lịch chưa xong】"),
        ],
    )
    assert booker.buttons == ["Mở trang nhập", "Tôi cần thêm giờ", "Giờ khác", "Dừng"]
    send_form(booker)
    hold(
        booker,
        [
            ("lịch hẹn của tôi", "Thứ Sáu 27/11, 13:00 đến 13:30"),
            ("tôi muốn hủy lịch hẹn", "【Bạn muốn hủy lịch hẹn này?】"),
            ("không", "Lịch hẹn vẫn giữ nguyên."),
            ("tôi không đi được", "［Có, hủy］"),
            ("có", "Đã hủy lịch hẹn Thứ Sáu 27/11, 13:00 đến 13:30."),
        ],
    )


def test_to_the_staff_in_writing(resident: Speaker) -> None:
    resident.speaks(Language.VIETNAMESE)
    hold(
        resident,
        [
            ("hỏi nhân viên", "［Viết tại đây］"),
            (">Viết tại đây", "Hãy viết nội dung vào cuộc trò chuyện này."),
            ("Hàng xóm ồn ào mỗi đêm", "【Chưa gửi】"),
            ("ở đây", "【Đã gửi câu hỏi của bạn】"),
            ("Đến đâu rồi?", "Ban phụ trách sẽ xem"),
            ("rút lại", "【Bạn muốn rút lại câu hỏi này?】"),
            ("có", "Đã rút lại câu hỏi."),
        ],
    )
