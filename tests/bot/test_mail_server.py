"""The mail server is named by one address; what is wrong with it is said without its password."""

import pytest

from bot.mail_server import MailServer, Tls, read_mail_server

FROM = "from=helpdesk@city.example"


@pytest.mark.parametrize(
    ("text", "server"),
    [
        (f"smtp://mail.city.example?{FROM}", ("mail.city.example", 587, Tls.STARTTLS)),
        (f"smtp://mail.city.example:25?{FROM}&tls=starttls", ("mail.city.example", 25, Tls.STARTTLS)),
        (f"smtp://mail.city.example?{FROM}&tls=none", ("mail.city.example", 25, Tls.NONE)),
        (f"smtps://mail.city.example/?{FROM}", ("mail.city.example", 465, Tls.AT_ONCE)),
        (f"smtps://mail.city.example:2465?{FROM}", ("mail.city.example", 2465, Tls.AT_ONCE)),
    ],
)
def test_where_and_how(text, server):
    assert read_mail_server(text) == MailServer(*server, "helpdesk@city.example")


def test_who_hands_in_is_written_as_in_any_address():
    read = read_mail_server(f"smtps://us%40city:p%2Fw%3A%23@mail.city.example?{FROM}")
    assert (read.user, read.password) == ("us@city", "p/w:#")
    assert "p/w" not in repr(read)


def test_on_this_machine_a_password_needs_no_encryption():
    assert read_mail_server(f"smtp://us:secret@127.0.0.1?{FROM}&tls=none").password == "secret"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"mail.city.example?{FROM}", "must be of the form"),
        (f"https://mail.city.example?{FROM}", "must be of the form"),
        (f"smtp://?{FROM}", "must be of the form"),
        (f"smtp://mail.city.example:port?{FROM}", "no port"),
        (f"smtp://mail.city.example:99999?{FROM}", "no port"),
        (f"smtp://mail.city.example/inbox?{FROM}", "must be of the form"),
        ("smtp://mail.city.example", "?from="),
        ("smtp://mail.city.example?from=helpdesk", "?from="),
        ("smtp://mail.city.example?from=a@city.example%0d%0aBcc:b@city.example", "?from="),
        (f"smtp://us@mail.city.example?{FROM}", "without a password"),
        (f"smtp://:secret@mail.city.example?{FROM}", "without a user"),
        (f"smtp://us:secret@mail.city.example?{FROM}&tls=none", "unencrypted"),
        (f"smtp://us:s%C3%A4cret@mail.city.example?{FROM}", "letters"),
        (f"smtp://mail.city.example?{FROM}&tls=maybe", "tls=starttls"),
        (f"smtps://mail.city.example?{FROM}&tls=none", "nothing after smtps"),
        (f"smtp://mail.city.example?{FROM}&timeout=3", "has timeout"),
    ],
)
def test_what_is_wrong_is_said_without_the_password(text, said):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - what it says is looked at below
        read_mail_server(text)
    assert said in str(error.value)
    assert "secret" not in str(error.value)
