"""A page that shows every part that pages are made of, in both frames; it exists in the tests alone."""

from datetime import UTC, datetime
from pathlib import Path

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from web.rule import EVERYBODY, page

NOON = datetime(2026, 11, 24, 3, 5, tzinfo=UTC)

gallery = Blueprint("gallery", __name__, template_folder=str(Path(__file__).parent / "templates"))


class GalleryForm(FlaskForm):
    """A field of each kind."""

    name = StringField(validators=[InputRequired("お名前を入力してください。")])
    mail = EmailField()
    password = PasswordField()
    role = SelectField(choices=[SelectChoice("operator", "オペレーター"), SelectChoice("staff", "職員")])
    ward = RadioField(
        choices=[SelectChoice("中央区", "中央区"), SelectChoice("東区", "東区")],
        validators=[InputRequired("区を選んでください。")],
    )
    about = TextAreaField()
    agreed = BooleanField(validators=[InputRequired("同意の欄に印を付けてください。")])

    def validate_mail(self, field):
        if "@" not in (field.data or ""):
            raise ValidationError("メールアドレスを、@ を入れて入力してください。")


@page(gallery, "/gallery", EVERYBODY, methods=["GET", "POST"])
def staff() -> ResponseReturnValue:
    return _shown("base.html")


@page(gallery, "/gallery/resident", EVERYBODY, methods=["GET", "POST"])
def resident() -> ResponseReturnValue:
    return _shown("resident.html")


@page(gallery, "/gallery/confirm", EVERYBODY)
def confirm() -> ResponseReturnValue:
    return flask.render_template(
        "confirm.html",
        title="アカウントを停止しますか",
        says=["佐藤 花子さんは、ただちにログアウトになり、ログインできなくなります。"],
        yes="停止する",
        address="/gallery",
        back="/gallery",
    )


@page(gallery, "/gallery/failure", EVERYBODY)
def failure() -> ResponseReturnValue:
    raise ZeroDivisionError


@page(gallery, "/gallery/failure/<int:status>", EVERYBODY)
def refused(status: int) -> ResponseReturnValue:
    flask.abort(status)


def _shown(frame: str) -> ResponseReturnValue:
    form = GalleryForm()
    if form.is_submitted():
        form.validate()
    flask.flash("アカウントを追加しました。")
    flask.flash("この操作は取り消せません。", "error")
    return flask.render_template("gallery.html", frame=frame, form=form, noon=NOON)
