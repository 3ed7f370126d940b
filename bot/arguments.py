"""What may be written behind `python -m bot`."""

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from faq.periods import Period, read_month, read_year
from store.sight import Role


def parser() -> argparse.ArgumentParser:
    """What may be written behind `python -m bot`; `command` of what is read names the function to run."""
    made = argparse.ArgumentParser(
        prog="python -m bot", description="A city's helpdesk behind its LINE account."
    )
    commands = made.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, does: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=does, description=does)
        command.set_defaults(command=name)
        return command

    for name, does in (("run", "everything in one process"), ("web", "the web part alone (PostgreSQL)")):
        server = add(name, does)
        server.add_argument("--host", default="127.0.0.1", help="address to listen at (default 127.0.0.1)")
        server.add_argument("--port", type=int, help="port (default: PORT, or 8000)")
    add("worker", "the worker alone (PostgreSQL)")
    add(
        "migrate",
        "bring the database to the present schema, and fill it from DATA_DIR with what it never had",
    )
    looking = add("doctor", "look at settings, database, knowledge, machine and LINE channel")
    looking.add_argument("--json", action="store_true", help="print JSON")
    _add_files(add)
    _add_talks(add)
    _add_measuring(add)
    _add_users(add)
    _add_report(add)
    _add_keeping(add)
    add("rich-menu", "upload the rich menus to the LINE channel and show everybody theirs")
    return made


KINDS = (
    *("faq", "offices", "shelters", "synonyms", "questions"),
    *("sections", "procedures", "hours", "closures", "programmes", "programme-days", "booking-terms"),
    *("translations", "readings", "neighbours", "danger-lines", "danger-texts", "topics"),
    *("danger-translations", "danger-line-names"),
    "voice-categories",
    "plans",
    *("hearings", "ways"),
)
OTHER_EXPORTS = ("snapshot", "faqpage", "audit")

Add = Callable[[str, str], argparse.ArgumentParser]


def _add_files(add: Add) -> None:
    importing = add("import", "take in a CSV, TSV, JSON or Excel file; with one bad row nothing changes")
    importing.add_argument("kind", metavar="KIND", choices=KINDS, help=", ".join(KINDS))
    importing.add_argument("file", metavar="FILE", type=Path, help="in the form that export writes")
    importing.add_argument("--check", action="store_true", help="only say what would happen")
    importing.add_argument("--replace", action="store_true", help="remove what is not in the file")
    exporting = add("export", "write a file; its ending (.csv .tsv .json .xlsx) tells the format")
    kinds = (*KINDS, *OTHER_EXPORTS)
    exporting.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
    exporting.add_argument("file", metavar="FILE", type=Path, help="file to write")


def _add_keeping(add: Add) -> None:
    erasing = add("erase", "erase a resident: their key, and all that is theirs")
    erasing.add_argument("resident", help="their LINE user id, or their number in the audit")
    erasing.add_argument("--yes", action="store_true", help="do not ask")
    backing_up = add("backup", "the whole database in one file, the keys in another")
    backing_up.add_argument(
        "file", metavar="FILE", type=Path, nargs="?", help="file to write (default: the next in BACKUP_DIR)"
    )
    restoring = add("restore", "bring a backup into an empty database, of either kind")
    restoring.add_argument("file", metavar="FILE", type=Path, help="what backup wrote")
    add("rewrap", "wrap all keys by the first of FIELD_KEYS")


def _add_talks(add: Add) -> None:
    asking = add("ask", "one question by a new resident, leaving nothing behind")
    asking.add_argument("text")
    talking = add("talk", "a talk by a test resident: each line of standard input is a message")
    chatting = add("chat", "the same for a person at a terminal")
    for talk in (talking, chatting):
        talk.add_argument("--resident", default="test", help="name of the test resident (default: test)")
    for command in (asking, talking, chatting):
        command.add_argument("--at", type=_moment, help="ISO time in Asia/Tokyo (default: now)")
    for command in (asking, talking):
        command.add_argument("--json", action="store_true", help="print JSON")


def _moment(text: str) -> datetime:
    from bot.talking import parse_time

    try:
        return parse_time(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a time is written like 2026-11-24T12:00") from error


def _add_report(add: Add) -> None:
    reporting = add("report", "a month's or a year's figures: calls, first-answer rate, LINE, bookings")
    period = reporting.add_mutually_exclusive_group(required=True)
    period.add_argument("--month", type=_month, metavar="YYYY-MM", help="as it is counted in Japan")
    period.add_argument(
        "--year", type=_year, metavar="YYYY", help="the fiscal year that begins in April of it"
    )
    reporting.add_argument("--json", action="store_true", help="print JSON")


def _month(text: str) -> Period:
    found = read_month(text)
    if found is None:
        raise argparse.ArgumentTypeError("a month is written like 2026-11")
    return found


def _year(text: str) -> Period:
    found = read_year(text)
    if found is None:
        raise argparse.ArgumentTypeError("a fiscal year is written like 2026")
    return found


def _add_users(add: Add) -> None:
    user = add("user", "accounts of the people at the city")
    acts = user.add_subparsers(title="what to do", dest="act", required=True, metavar="ACT")
    adding = acts.add_parser("add", help="make an account and print its first sign-in link")
    roles = [role.value for role in Role]
    adding.add_argument("--role", required=True, choices=roles, help="what they do at the city")
    adding.add_argument(
        "--section", metavar="ID", help="the section they belong to, by its id in sections.csv"
    )
    adding.add_argument(
        "--shown", metavar="NAME", default="", help="what colleagues read (default: the name)"
    )
    adding.add_argument("--personal", action="store_true", help="may see personal data")
    adding.add_argument(
        "--leads", action="store_true", help="leads operators: sees their calls, is called to help"
    )
    adding.add_argument(
        "--outside", action="store_true", help="works for a contractor, and sees less (operators only)"
    )
    resetting = acts.add_parser("reset", help="void the password, and print a link to choose another")
    resetting.add_argument(
        "--authenticator", action="store_true", help="void the authenticator app too: the device is lost"
    )
    disabling = acts.add_parser("disable", help="keep an account out, and end its sessions")
    enabling = acts.add_parser("enable", help="let a disabled account in again")
    for act in (adding, resetting, disabling, enabling):
        act.add_argument("name", help="what they sign in with")
    acts.add_parser("list", help="list the accounts")


def _add_measuring(add: Add) -> None:
    evaluate = add("evaluate", "labelled questions against an FAQ: figures")
    evaluate.add_argument("--faq", type=Path, required=True, help="CSV: id,question,answer")
    evaluate.add_argument(
        "--questions", type=Path, required=True, help="CSV: query_id,query,faq_id,relevance"
    )
    evaluate.add_argument("--json", action="store_true", help="print JSON")
    evaluate.add_argument("--semantic", action="store_true", help="with the vectors of EMBEDDINGS_URL")
    training = add("train", "labelled questions against an FAQ: weights of the ranker")
    training.add_argument("--faq", type=Path, required=True, help="CSV as for evaluate")
    training.add_argument("--questions", type=Path, required=True, help="CSV as for evaluate")
    training.add_argument("--out", type=Path, help="file to write (default: weights.json in DATA_DIR)")
    training.add_argument(
        "--semantic", action="store_true", help="weights_semantic.json, with the vectors of EMBEDDINGS_URL"
    )
