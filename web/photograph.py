"""A photograph of a case, for who keeps the case and may see personal data. Each look is audited."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import photographs
from store.photographs import PhotographId
from web.case_page import kept
from web.door import viewer
from web.rule import STAFF_WITH_NAMES, page
from web.site import site

photograph = Blueprint("photograph", __name__)


@page(photograph, "/staff/cases/<int:number>/photographs/<int:photograph>", STAFF_WITH_NAMES)
def show(number: int, photograph: int) -> ResponseReturnValue:
    """The picture as a JPEG: nothing else can be in it, and no cache keeps it."""
    with site().database.write() as tx:
        of = {each.id for each in photographs.of_case(tx, viewer(), kept(tx, number).id)}
        wanted = PhotographId(photograph)
        data = photographs.read(tx, viewer(), wanted, site().clock()) if wanted in of else None
    if data is None:
        flask.abort(404)
    return flask.Response(data, headers={"Content-Disposition": "inline"}, content_type="image/jpeg")
