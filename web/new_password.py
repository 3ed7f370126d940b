"""Choosing a password: typed twice, and refused where it would be guessed."""

from flask_wtf import FlaskForm
from wtforms import PasswordField

from store.accounts import Account
from web.password_rules import SHORTEST, weakness
from web.passwords import LONGEST
from web.site import site


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password and the same again."""

    password = PasswordField()
    again = PasswordField()


def chosen(form: NewPasswordForm, account: Account) -> str | None:
    """The password, or None where something is wrong, which the form's fields then say."""
    password: str = form.password.data or ""
    profile = site().profile
    about = (account.name, account.shown, profile.name, *profile.wards, *profile.counter_kinds)
    found = weakness(password, about)
    if found is not None:
        problem = site().say(f"password.{found.value}", shortest=SHORTEST, longest=LONGEST)
        form.password.errors = [problem]
        return None
    if password != form.again.data:
        form.again.errors = [site().say("password.differs")]
        return None
    return password
