import re

import pytest

from web.static_files import FILES, read_static_files

A_YEAR = "public, max-age=31536000, immutable"


def test_a_page_names_files_by_their_content(pages):
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', pages.visitor().get("/login").text)
    assert {path.rpartition("/")[2] for path in named} == {"pages.css", "dark.css", "icon.svg", "htmx.min.js"}
    for path in named:
        answer = pages.visitor().get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, A_YEAR)
        assert "Set-Cookie" not in answer.headers


def test_the_address_changes_with_the_content(tmp_path):
    (tmp_path / "a.css").write_text("a {}")
    before = read_static_files(tmp_path)["a.css"].version
    (tmp_path / "a.css").write_text("b {}")
    assert read_static_files(tmp_path)["a.css"].version != before


def test_a_page_of_yesterdays_program_gets_todays_file_for_now(pages):
    answer = pages.visitor().get("/static/0123456789abcdef/pages.css")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.data == FILES["pages.css"].content


@pytest.mark.parametrize("name", ["ORIGIN.md", "LICENSE-htmx.txt", "nothing.css", "..%2Fpages.py"])
def test_nothing_else_is_served(pages, name):
    assert pages.visitor().get(f"/static/0123456789abcdef/{name}").status_code == 404


def test_what_is_no_file_is_not_kept(pages):
    for path in ("/login", "/is-not-there"):
        assert pages.visitor().get(path).headers["Cache-Control"] == "no-store"
