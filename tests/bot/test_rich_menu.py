import dataclasses
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import urllib3

from bot.__main__ import main
from bot.platform import Platform
from bot.platform.rich_menus import Image, RefusedError
from bot.platform.server import Fails, serve
from bot.platform.talk import UserId
from bot.rich_menu import read_rich_menu, show_on, upload

FOLDER = Path(__file__).parent.parent.parent / "data" / "rich_menu"
HANAKO = UserId("U" + "1" * 32)


@pytest.fixture
def command(monkeypatch, capsys, tmp_path):
    """The exit code of `rich-menu`, and what it says."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/helpdesk.db")
    monkeypatch.setenv("LINE_CHANNEL_SECRET", "s")
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", "t")

    def run(line_api: str, data_dir: Path = FOLDER.parent) -> tuple[int, str]:
        monkeypatch.setenv("LINE_API_BASE", line_api)
        monkeypatch.setenv("DATA_DIR", str(data_dir))
        code = main(["rich-menu"])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@pytest.fixture
def platform():
    return Platform(lambda: datetime.now(UTC))


@pytest.fixture
def menu():
    return read_rich_menu(FOLDER)


def test_the_menu_leads_to_the_six_topics_and_covers_the_picture(menu):
    actions = [area["action"] for area in menu.definition["areas"]]
    assert [action["data"] for action in actions] == [
        f"hd:menu:{topic}"
        for topic in ("procedures", "waste", "offices", "consultations", "disaster", "person")
    ]
    assert all(action["label"] == action["displayText"] for action in actions)
    bounds = [area["bounds"] for area in menu.definition["areas"]]
    assert sum(each["width"] * each["height"] for each in bounds) == 2500 * 1686


def test_a_definition_that_line_would_refuse_is_named(tmp_path, menu):
    (tmp_path / "ja.json").write_text(json.dumps({**menu.definition, "chatBarText": "長" * 15}))
    with pytest.raises(ValueError, match=r"ja.json: chatBarText: Length"):
        read_rich_menu(tmp_path)


def test_upload_replaces_the_earlier_menu_and_leaves_others_alone(platform, menu):
    with serve(platform) as server:
        foreign = platform.rich_menus.create({**menu.definition, "name": "somebody else's"})
        first = upload(menu, "token", server.address)
        second = upload(menu, "token", server.address)
    assert first != second
    assert set(platform.rich_menus.menus) == {foreign.id, second}
    shown = platform.rich_menus.shown_to(HANAKO)
    assert (shown.id, shown.definition) == (second, menu.definition)
    assert shown.image == Image(menu.image, "image/png")


def test_when_the_picture_is_refused_the_earlier_menu_stays(platform, menu):
    from linebot.v3.messaging import ApiException

    with serve(platform) as server:
        first = upload(menu, "token", server.address)
        with pytest.raises(ApiException) as refused:
            upload(dataclasses.replace(menu, image=menu.image + b"\0" * 2**20), "token", server.address)
    assert refused.value.status == 413
    assert platform.rich_menus.shown_to(HANAKO).id == first


def test_a_failing_line_is_the_sdks_exception(platform, menu):
    from linebot.v3.messaging import ApiException

    with serve(platform) as server:
        server.fail_next(Fails(500, path="/v2/bot/user/all/richmenu"))
        with pytest.raises(ApiException) as failed:
            upload(menu, "token", server.address)
    assert failed.value.status == 500


def test_the_command_says_what_came_of_it(platform, command, tmp_path):
    with serve(platform) as server:
        assert command(server.address) == (0, f"The rich menu is {platform.rich_menus.default_id}.\n")
        shutil.copy(FOLDER.parent / "city.toml", tmp_path)
        code, said = command(server.address, tmp_path)
        assert (code, "cannot be read" in said) == (1, True)
        server.fail_next(Fails(401))
        code, said = command(server.address)
        assert (code, "is LINE_CHANNEL_ACCESS_TOKEN right?" in said) == (1, True)
    code, said = command("http://127.0.0.1:9")
    assert (code, "LINE cannot be reached" in said) == (1, True)


@pytest.mark.parametrize(
    ("image", "status"),
    [
        (Image(b"no picture", "image/png"), 400),
        (Image(b"\xff\xd8\xff", "image/jpeg"), None),
        (Image(b"\xff\xd8\xff", "application/json"), 415),
        (Image(b"\x89PNG\r\n\x1a\n" + b"\0" * 8 + (100).to_bytes(4) + (100).to_bytes(4), "image/png"), 400),
    ],
)
def test_pictures(platform, menu, image, status):
    created = platform.rich_menus.create(menu.definition)
    if status is None:
        platform.rich_menus.set_image(created.id, image)
        assert created.image == image
        return
    with pytest.raises(RefusedError) as refused:
        platform.rich_menus.set_image(created.id, image)
    assert refused.value.status == status


def test_a_menu_has_one_picture_and_none_is_shown_without(platform, menu):
    created = platform.rich_menus.create(menu.definition)
    with pytest.raises(RefusedError, match="must upload"):
        platform.rich_menus.show_to_all(created.id)
    platform.rich_menus.set_image(created.id, Image(menu.image, "image/png"))
    with pytest.raises(RefusedError, match="already"):
        platform.rich_menus.set_image(created.id, Image(menu.image, "image/png"))


def test_ones_own_menu_comes_before_everybodys(platform, menu):
    show_on(platform, menu)
    everybodys = platform.rich_menus.default_id
    own = platform.rich_menus.create(menu.definition)
    platform.rich_menus.set_image(own.id, Image(menu.image, "image/png"))
    platform.rich_menus.show_to(HANAKO, own.id)
    assert platform.rich_menus.shown_to(HANAKO).id == own.id
    assert platform.rich_menus.shown_to("U" + "2" * 32).id == everybodys
    platform.rich_menus.delete(own.id)
    assert platform.rich_menus.shown_to(HANAKO).id == everybodys


def test_aliases_over_http(platform, menu):
    show_on(platform, menu)
    menu_id = platform.rich_menus.default_id
    with serve(platform) as server, urllib3.PoolManager() as pool:

        def call(method, path, body=None):
            headers = {"Authorization": "Bearer x"}
            response = pool.request(
                method, f"{server.address}/v2/bot/richmenu/{path}", json=body, headers=headers
            )
            return response.status, response.json()

        alias = {"richMenuAliasId": "front", "richMenuId": menu_id}
        assert call("POST", "alias", alias)[0] == 200
        assert call("POST", "alias", alias)[0] == 400
        assert call("GET", "alias/front") == (200, alias)
        assert call("POST", "alias/front", {"richMenuId": "richmenu-unknown"})[0] == 404
        assert call("DELETE", "alias/front")[0] == 200
        assert call("GET", "alias/front")[0] == 404


def test_the_sdk_speaks_with_the_platform(platform):
    from linebot.v3 import messaging as line

    token = platform.issue_reply_token(HANAKO)
    with (
        serve(platform) as server,
        line.ApiClient(line.Configuration(host=server.address, access_token="x")) as client,
    ):
        api = line.MessagingApi(client)
        hello = line.TextMessage(text="こんにちは")
        api.show_loading_animation(line.ShowLoadingAnimationRequest(chatId=HANAKO, loadingSeconds=5))
        api.reply_message(line.ReplyMessageRequest(replyToken=token, messages=[hello]))
        push = line.PushMessageRequest(to=HANAKO, messages=[hello])
        key = "6f0a1e5c-4c8b-4a57-9d8e-2f5a3a7f9b10"
        api.push_message(push, x_line_retry_key=key)
        with pytest.raises(line.ApiException) as again:
            api.push_message(push, x_line_retry_key=key)
    assert again.value.status == 409
    assert [message["text"] for message in platform.sent_to(HANAKO)] == ["こんにちは"] * 2
