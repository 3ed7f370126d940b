import pytest

SYSTEM = 'media="screen and (prefers-color-scheme: dark)"'


def sheets(visitor):
    """How the page loads the dark colours: None where it does not."""
    text = visitor.get("/login").text
    line = next((line for line in text.splitlines() if "dark.css" in line), None)
    return line and line.partition(" media=")[2].rstrip(">")


@pytest.mark.parametrize(
    ("chosen", "media", "scheme"),
    [
        ("", '"screen and (prefers-color-scheme: dark)"', "light dark"),
        ("light", None, "light"),
        ("dark", '"screen"', "dark"),
        ("purple", '"screen and (prefers-color-scheme: dark)"', "light dark"),
    ],
)
def test_what_was_chosen_stays(pages, chosen, media, scheme):
    visitor = pages.visitor()
    answer = visitor.send("/login", "/look", look=chosen, back="/login")
    assert (answer.status_code, answer.location) == (303, "/login")
    assert sheets(visitor) == media
    page = visitor.get("/login").text
    assert f'<meta name="color-scheme" content="{scheme}">' in page
    assert page.count('aria-pressed="true"') == 1


def test_back_to_the_system_forgets_the_choice(pages):
    visitor = pages.visitor()
    visitor.send("/login", "/look", look="dark")
    assert visitor.client.get_cookie("look") is not None
    visitor.send("/login", "/look", look="")
    assert visitor.client.get_cookie("look") is None


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_nobody_is_led_elsewhere(pages, back):
    assert pages.visitor().send("/login", "/look", look="dark", back=back).location == "/"


def test_a_cookie_of_somebody_elses_making_changes_nothing(pages):
    visitor = pages.visitor()
    visitor.client.set_cookie("look", '"><script>')
    assert "<script>" not in visitor.get("/login").text


def test_the_choice_needs_the_token_of_a_form(pages):
    assert pages.visitor().client.post("/look", data={"look": "dark"}).status_code == 400
