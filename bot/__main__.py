"""`python -m bot`: reads what was written, and runs the command."""

import logging
import os
import sys
from argparse import Namespace

from bot import logs
from bot.arguments import parser
from bot.commands import COMMANDS
from bot.settings import SettingsError
from faq.ranker import BadWeightsError
from store.keyring import WrongKey
from store.migrations import UnknownVersion


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; the exit code."""
    given = parser().parse_args(arguments)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        logs.begin(os.environ.get("LOG_LEVEL") or "INFO", os.environ.get("LOG_FORMAT") or "", given.command)
        return _run(given)
    except SettingsError as error:
        sys.stderr.write(f"The settings are wrong:\n{error}\n")
        return 2
    except BadWeightsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except UnknownVersion:
        sys.stderr.write(
            "This database has been used by a later version of the program, and nothing in it was touched: "
            "run that version, or restore a backup of before.\n"
        )
        return 2
    except WrongKey:
        sys.stderr.write("FIELD_KEYS does not open this database: set the keys it was made with.\n")
        return 2
    except BrokenPipeError:
        # Who reads the output, such as `head`, has had enough; Python would try once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if (told := _told(error)) is None:
            raise
        sys.stderr.write(told)
        return 1


def _told(error: Exception) -> str | None:
    """What is the matter with the database or its disk; None where it is something else."""
    from store.failures import is_passing, reason  # not before it is needed: `--help` knows no database

    if not is_passing(error):
        return None
    return (
        f"The database or its disk cannot be used now: {reason(error)}\n`python -m bot doctor` says more.\n"
    )


def _run(given: Namespace) -> int:
    code = COMMANDS[given.command](given)
    sys.stdout.flush()
    return code


if __name__ == "__main__":
    sys.exit(main())
