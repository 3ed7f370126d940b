"""The pages as one part of the application: their blueprints, and what all of them share."""

from flask import Blueprint, Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from web.account import account
from web.account_acts import account_acts
from web.accounts import accounts
from web.alarm_rules import alarm_rules
from web.alarms import alarms
from web.api import api
from web.api_tokens import api_tokens
from web.audit import audit
from web.booking import booking
from web.booking_form import booking_form
from web.booking_move import booking_move
from web.booking_receipt import booking_receipt
from web.bookings import bookings
from web.bulletins import bulletins
from web.callback import callback
from web.callbacks import callbacks
from web.caller import caller
from web.calls import calls
from web.calls_for_help import calls_for_help
from web.canned import canned
from web.case import case
from web.case_acts import case_acts
from web.case_answer import case_answer
from web.case_form import case_form
from web.case_passing import case_passing
from web.case_reply import case_reply
from web.case_voice import case_voice
from web.cases import cases
from web.cluster import cluster
from web.code import code
from web.collaboration import collaboration
from web.collaboration_form import collaboration_form
from web.collaborations import collaborations
from web.collaborations_public import collaborations_public
from web.contacts import contacts
from web.desk import desk
from web.disaster import disaster
from web.displaced import displaced
from web.error_pages import add_error_pages
from web.favourites import favourites
from web.figures import figures
from web.finding import finding
from web.frame import add_frame
from web.freshness import freshness
from web.handed import handed
from web.headers import add_headers
from web.hearings import hearings
from web.history import history
from web.home import home
from web.knowledge import knowledge
from web.login import login
from web.lots import lots
from web.mailing import mailing
from web.mailings import mailings
from web.measures import measures
from web.my_data import my_data
from web.new_callback import new_callback
from web.new_case import new_case
from web.new_letter import new_letter
from web.new_slip import new_slip
from web.new_slot import new_slot
from web.numbers import RowNumber
from web.opendata import opendata
from web.operators import operators
from web.opinion_acts import opinion_acts
from web.opinion_form import opinion_form
from web.opinions import opinions
from web.own_authenticator import own_authenticator
from web.own_password import own_password
from web.photograph import photograph
from web.plainness import plainness
from web.plans import plans
from web.proposal import proposal
from web.proposal_edit import proposal_edit
from web.proposals import proposals
from web.published_voices import published_voices
from web.record import record
from web.record_edit import record_edit
from web.record_files import record_files
from web.record_removal import record_removal
from web.rehearsal import rehearsal
from web.ripples import ripples
from web.rising import rising
from web.rolling_back import rolling_back
from web.run_settings import run_settings
from web.single_sign_on import single_sign_on
from web.site import Site
from web.slip import slip
from web.slips import slips
from web.slot import slot
from web.slots import slots
from web.successions import successions
from web.team import team
from web.undelivered import undelivered
from web.unmatched import unmatched
from web.voice import voice
from web.voice_figures import voice_figures
from web.voice_form import voice_form
from web.voice_publication import voice_publication
from web.voice_state import voice_state
from web.voice_tags import voice_tags
from web.voices import voices
from web.voices_counted import voices_counted
from web.voices_published import voices_published
from web.waiting import waiting
from web.welcome import welcome

BLUEPRINTS: tuple[Blueprint, ...] = (
    *(home, login, code, welcome, single_sign_on, account, own_password, own_authenticator),
    *(accounts, account_acts, run_settings, contacts, api_tokens, audit),
    *(booking_form, booking_receipt, case_form, case_answer, my_data),
    *(voice_form, voice_state),
    *(plans, opinion_form, opinions, opinion_acts),
    *(operators, bulletins, canned, favourites, rising, api),
    *(bookings, booking, booking_move, slots, slot, new_slot, lots, waiting, desk, caller, finding),
    *(calls, new_callback, callbacks, callback, new_slip, slips, slip, calls_for_help, team),
    *(new_case, handed),
    *(cases, case, case_acts, case_reply, case_passing, photograph),
    *(case_voice, new_letter),
    *(alarms, alarm_rules),
    undelivered,
    *(mailings, mailing),
    *(collaborations, collaboration, collaboration_form, collaborations_public),
    *(disaster, displaced, measures, rehearsal),
    *(unmatched, cluster),
    *(knowledge, record, record_edit, record_removal, record_files, successions, freshness),
    plainness,
    *(proposals, proposal, proposal_edit, ripples, history, rolling_back),
    *(figures, opendata),
    *(voices, voice, voice_publication, voice_tags, voices_published, published_voices),
    *(voice_figures, voices_counted),
    hearings,
)
"""Each is named as its file."""


def add_pages(app: Flask, site: Site) -> None:
    """Adds the pages, their error pages and their headers to an application."""
    app.extensions["site"] = site
    app.config.update(
        SECRET_KEY=site.secret_key,
        SESSION_COOKIE_NAME="__Host-form" if site.is_secure else "form",
        SESSION_COOKIE_SECURE=site.is_secure,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # `web.rule` checks, once it knows who asks
        WTF_CSRF_TIME_LIMIT=None,  # a form may lie open for as long as its session
        WTF_CSRF_SSL_STRICT=False,  # pages behind a one-time link send no referrer
    )
    app.url_map.converters["int"] = RowNumber
    CSRFProtect(app)
    add_frame(app, site)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    add_error_pages(app)
    add_headers(app, secure=site.is_secure)
    if site.hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=site.hops, x_proto=0, x_host=0
        )
