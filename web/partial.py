"""A part of a page, made alone: for what is asked for at every key, or every few seconds."""

import flask


def partial(template: str, **values: object) -> str:
    """The template with these values and what every template may use, but for what stands around a page.

    Menu, look and viewer are of the frame; to find them out takes longer than a list of suggestions does.
    """
    return flask.current_app.jinja_env.get_template(template).render(values)
