import dataclasses
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import urllib3

from bot import rich_menu
from bot.__main__ import main
from bot.line import LineClient
from bot.platform import Platform
from bot.platform.rich_menus import Image, RefusedError
from bot.platform.server import Fails, serve
from bot.platform.talk import UserId
from bot.rich_menu import NotUploaded, Uploading, read_rich_menus, show_on
from store import rich_menus
from tests.conftest import NOON

FOLDER = Path(__file__).parent.parent.parent / "data" / "rich_menu"
HANAKO = UserId("U" + "1" * 32)


@pytest.fixture
def command(monkeypatch, capsys, tmp_path):
    """The exit code of `rich-menu`, and what it says."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/helpdesk.db")
    monkeypatch.setenv("LINE_CHANNEL_SECRET", "s")
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", "t")
    monkeypatch.setenv("PUBLIC_URL", "https://helpdesk.example.jp")

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
def menus():
    return read_rich_menus(FOLDER)


@pytest.fixture
def menu(menus):
    return menus["ja"]


@pytest.mark.parametrize("name", ["ja", "ja-disaster"])
def test_a_menu_leads_to_its_six_areas_and_the_languages_and_covers_the_picture(menus, name):
    areas = menus[name].definition["areas"]
    topics = {
        "ja": ["menu:" + each for each in ("procedures", "waste", "offices", "consultations", "disaster")],
        "ja-disaster": [
            "disaster:" + each for each in ("shelters", "counters", "water", "waste", "telephones")
        ],
    }[name]
    expected = [f"hd:{each}" for each in (*topics, "menu:person", "language")]
    assert [area["action"]["data"] for area in areas] == expected
    bounds = [area["bounds"] for area in areas]
    assert sum(each["width"] * each["height"] for each in bounds) == 2500 * 1686


def test_a_definition_that_line_would_refuse_is_named(tmp_path, menu):
    (tmp_path / "ja.json").write_text(json.dumps({**menu.definition, "chatBarText": "長" * 15}))
    with pytest.raises(ValueError, match=r"ja.json: chatBarText: Length"):
        read_rich_menus(tmp_path)


def uploaded(server, menus):
    return Uploading("token", server.address).upload(menus, str)


def test_what_is_there_is_not_uploaded_again_and_others_are_left_alone(platform, menus, menu):
    some = {name: menus[name] for name in ("ja", "en")}
    with serve(platform) as server:
        foreign = platform.rich_menus.create({**menu.definition, "name": "somebody else's"})
        first = uploaded(server, some)
        assert uploaded(server, some) == first
        changed = uploaded(server, {**some, "en": dataclasses.replace(menus["en"], image=menu.image)})
        assert (changed["ja"], changed["en"] == first["en"]) == (first["ja"], False)
        assert Uploading("token", server.address).remove_others(changed) == 1
    assert set(platform.rich_menus.menus) == {foreign.id, *changed.values()}
    shown = platform.rich_menus.menus[first["ja"]]
    assert shown.image == Image(menu.image, "image/png")


@pytest.mark.parametrize("fault", [Fails(500), Fails(500, after_effect=True)])
def test_broken_off_it_goes_on_where_it_was(platform, menus, fault):
    """Also a menu that was made and has no picture yet."""
    some = {name: menus[name] for name in ("ja", "en", "vi")}
    with serve(platform) as server:
        for path in ("/v2/bot/richmenu/richmenu-", "/v2/bot/richmenu"):
            server.fail_next(dataclasses.replace(fault, path=path))
            with pytest.raises(NotUploaded):
                uploaded(server, some)
        made = uploaded(server, some)
        Uploading("token", server.address).remove_others(made)
    assert {each.id for each in platform.rich_menus.menus.values()} == set(made.values())
    assert all(each.image for each in platform.rich_menus.menus.values())


def test_a_picture_that_line_refuses_is_told(platform, menus, menu):
    with serve(platform) as server, pytest.raises(NotUploaded, match="413"):
        uploaded(server, {"ja": dataclasses.replace(menu, image=menu.image + b"\0" * 2**20)})


def test_the_command_says_what_came_of_it(platform, command, tmp_path):
    with serve(platform) as server:
        code, said = command(server.address)
        assert (code, "ja-disaster: uploaded" in said, "0 earlier ones" in said) == (0, True, True)
        default = platform.rich_menus.default_id
        assert platform.rich_menus.menus[default].definition["name"].startswith("city-helpdesk-ja.")
        code, said = command(server.address)
        assert (code, "uploaded" in said, platform.rich_menus.default_id) == (0, False, default)
        shutil.copy(FOLDER.parent / "city.toml", tmp_path)
        code, said = command(server.address, tmp_path)
        assert (code, "no menus" in said) == (1, True)
        server.fail_next(Fails(401))
        code, said = command(server.address)
        assert (code, "is LINE_CHANNEL_ACCESS_TOKEN right?" in said) == (1, True)
    code, said = command("http://127.0.0.1:9")
    assert (code, "LINE cannot be reached" in said) == (1, True)


def test_earlier_menus_stay_while_somebody_sees_one(platform, sqlite, tmp_path, menus):
    """The default cannot be changed: the old one must not be taken from under everybody."""
    with serve(platform) as server:
        line = LineClient("token", server.address)
        uploading = Uploading("token", server.address)
        said: list[str] = []

        def publish(folder: Path) -> None:
            rich_menu.publish(folder, sqlite, uploading, line, lambda: NOON, said.append)

        shutil.copytree(FOLDER, tmp_path / "menus")
        publish(FOLDER)
        before = platform.rich_menus.default_id
        shutil.copy(FOLDER / "en.png", tmp_path / "menus" / "ja.png")
        server.fail_next(Fails(500, path="/v2/bot/user/all/richmenu"))
        with pytest.raises(NotUploaded, match="earlier menu"):
            publish(tmp_path / "menus")
        assert platform.rich_menus.default_id == before
        with sqlite.read() as tx:
            assert rich_menus.astray(tx, in_disaster=False) == 1
        line.close()


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
    show_on(platform, {"ja": menu})
    everybodys = platform.rich_menus.default_id
    own = platform.rich_menus.create(menu.definition)
    platform.rich_menus.set_image(own.id, Image(menu.image, "image/png"))
    platform.rich_menus.show_to(HANAKO, own.id)
    assert platform.rich_menus.shown_to(HANAKO).id == own.id
    assert platform.rich_menus.shown_to("U" + "2" * 32).id == everybodys
    platform.rich_menus.delete(own.id)
    assert platform.rich_menus.shown_to(HANAKO).id == everybodys


def test_aliases_over_http(platform, menu):
    show_on(platform, {"ja": menu})
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
