"""What people do most, in English: as they write it, and what they are told."""

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
            ("Hi, I have a question", "You wrote in English, so we answer in English."),
            ("menu", "【How can we help you?】"),
            (">City procedures", "［How do I register after moving here?］"),
            ("help", "[How to use this chat]"),
            ("language", "［한국어］"),
            ("stop", "We will end this here."),
        ],
    )


def test_what_staff_approved_is_answered_in_english(resident: Speaker) -> None:
    approve(resident, "waste-sorting", Language.ENGLISH)
    hold(
        resident,
        [
            ("How do I sort garbage?", "Sort it into 7 groups."),
            ("yes", "If you want to know anything else, write to us at any time."),
        ],
    )


def test_what_nobody_approved_is_answered_in_japanese_with_the_plaza(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("How do I sort garbage?", "This answer is in Japanese only."),
            ("How do I sort garbage?", "096-359-2121"),
            ("How do I sort garbage?", "7つに分けます。"),
            ("best ramen in Kumamoto", "Sorry, we did not find an answer."),
        ],
    )


@pytest.mark.parametrize(
    ("asked", "handler", "answered"),
    [
        ("Phone number of Higashi Ward Office", "office", "Phone：096-367-9121"),
        ("When are the ward offices open?", "office", "Chuo Ward Office（中央区役所）"),
        ("is higashi ward office open on saturday", "office", "Sat, 28 Nov: closed."),
        ("Where is the nearest shelter?", "nearest", "Press “Send my location” below"),
        ("Offices and shelters near me", "nearest", "Press “Send my location” below"),
        ("shelters in Higashi Ward", "nearest", "Designated shelters in Higashi Ward（東区）"),
        ("my data", "my_data", "【What we keep about you】"),
        ("delete my data", "my_data", "［Delete everything］"),
        ("I want to talk to a person", "escalation", "［Write it here］"),
        ("any news on my inquiry?", "case_acts", "We found no inquiries sent from this chat."),
        ("thank you", "smalltalk", "We are glad to help."),
        ("my bookings", "booking", "We found no bookings made in this chat."),
    ],
)
def test_each_question_reaches_who_answers_it(
    resident: Speaker, asked: str, handler: str, answered: str
) -> None:
    resident.speaks(Language.ENGLISH)
    assert resident.says(asked).routed.handler == handler
    hold(resident, [(asked, answered)])


def test_a_place_is_answered_in_the_language_kept(resident: Speaker) -> None:
    resident.speaks(Language.ENGLISH)
    hold(
        resident,
        [
            (CITY_HALL, "These are the offices and designated shelters near you."),
            (CITY_HALL, "Chuo Ward Office（中央区役所）"),
        ],
    )


def test_from_booking_to_cancelling(booker: Speaker) -> None:
    booker.speaks(Language.ENGLISH)
    hold(
        booker,
        [
            ("I want to book a legal consultation", "1. Wed, 25 Nov 13:00–, 6 free"),
            ("2", "1. 13:00–13:30"),
            ("1", "【Your booking is not finished yet】"),
        ],
    )
    assert booker.buttons == ["Open the form", "I need more time", "Another time", "Stop"]
    send_form(booker)
    hold(
        booker,
        [
            ("my bookings", "Fri, 27 Nov, 13:00 to 13:30"),
            ("Cancel my booking", "【Do you want to cancel this booking?】"),
            ("no", "Your booking stays as it is."),
            ("how do I cancel my appointment", "［Yes, cancel］"),
            ("yes", "We have canceled your booking: Fri, 27 Nov, 13:00 to 13:30."),
        ],
    )


def test_to_the_staff_in_writing(resident: Speaker) -> None:
    resident.speaks(Language.ENGLISH)
    hold(
        resident,
        [
            ("ask a person", "［Write it here］"),
            (">Write it here", "Please write your message in this chat."),
            ("My neighbor is very noisy every night", "【Not sent yet】"),
            ("in this chat", "【Your inquiry was sent】"),
            ("any news?", "Waiting for the section to read it"),
            ("withdraw", "【Do you want to withdraw this inquiry?】"),
            ("yes", "Your inquiry is withdrawn."),
        ],
    )
