"""Sessionbook's start: options, the data folder, and the commands. No command means serve."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path


def options() -> argparse.ArgumentParser:
    """What can be said on the command line; each also by environment."""
    from platformdirs import user_data_path

    parser = argparse.ArgumentParser(
        prog="main.py",
        description="Sessionbook: a practice's calendar and billing, on its own computer.",
        epilog="Every option can also be set by environment: SESSIONBOOK_DATA, SESSIONBOOK_DATABASE, "
               "SESSIONBOOK_HOST, SESSIONBOOK_PORT.",
    )
    data = os.environ.get("SESSIONBOOK_DATA", str(user_data_path("sessionbook", appauthor=False)))
    parser.add_argument("--data", type=Path, default=Path(data), metavar="DIR",
                        help=f"the one folder that holds everything (now: {data}); copy it only while Sessionbook is stopped")
    parser.add_argument("--database", default=os.environ.get("SESSIONBOOK_DATABASE", ""), metavar="ADDRESS",
                        help="keep the records on a PostgreSQL server, postgresql://name:password@host/database; "
                             "documents stay in the folder (default: a file in the folder)")
    parser.add_argument("--host", default=os.environ.get("SESSIONBOOK_HOST", "0.0.0.0"),  # noqa: S104  tablets on the practice's network are the point
                        help="the address to serve on (default: all of this computer's)")
    parser.add_argument("--port", type=port_number, default=os.environ.get("SESSIONBOOK_PORT", "8080"),
                        help="the port to serve on (default: 8080)")
    parser.add_argument("--demo", action="store_true",
                        help="a made-up practice in a throw-away folder, with a line that says how to sign in")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("serve", help="serve the pages (the default)")
    backup = commands.add_parser("backup", help="copy the data to a folder, also while Sessionbook runs")
    backup.add_argument("to", type=Path, metavar="DIR", help="the folder to copy to; made when it is not there")
    return parser


def port_number(text: str) -> int:
    """A port as typed, by option or environment. Raises argparse's refusal, which exits with code 2."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: choose a number from 1 to 65535")
    return int(text)


def main() -> int:
    """Do what the command line says; returns the exit code."""
    chosen = options().parse_args()
    if chosen.command == "backup":
        return back_up(chosen.data, chosen.to, chosen.database)
    if not chosen.demo:
        return serve(chosen.data, chosen.database, chosen.host, chosen.port)
    with tempfile.TemporaryDirectory(prefix="sessionbook-demo-") as throw_away:
        return serve(Path(throw_away), "", chosen.host, chosen.port, demo=True)


def refuse(sentence: str) -> int:
    """One clear sentence and exit code 2."""
    print(f"Sessionbook: {sentence}", file=sys.stderr)
    return 2


def back_up(data: Path, to: Path, database: str) -> int:
    """Copy database and documents; safe while the app runs."""
    from storage.backup import BackupError, back_up_folder

    if database:
        return refuse(f"The records are on a PostgreSQL server. Copy them with its pg_dump, then the folder {data}.")
    try:
        copied = back_up_folder(data, to)
    except BackupError as failure:
        return refuse(str(failure))
    print(f"Copied to {copied}.")
    return 0


def serve(data: Path, database: str, host: str, port: int, *, demo: bool = False) -> int:
    """Check folder, database and port first, so that each gets its own sentence; then serve until stopped."""
    from storage import postgres
    from storage.database import (
        FILE,
        DatabaseError,
        bring_up_to_date,
        close_database,
        have_to_oneself,
        open_database,
        prepare_folder,
    )

    try:
        prepare_folder(data)
        alone = have_to_oneself(data)
        if database:
            postgres.bring_up_to_date(database)
        else:
            bring_up_to_date(data / FILE)
    except DatabaseError as failure:
        return refuse(str(failure))
    if why_not := port_trouble(host, port):
        return refuse(why_not)
    os.environ["NICEGUI_STORAGE_PATH"] = str(data / "browsers")  # before NiceGUI is imported
    from ui.app import run

    opening = partial(postgres.open_postgres, database) if database else partial(open_database, data)
    with closing(alone):
        run(data, host=host, port=port, demo=demo, opening=opening, closing=close_database)
    return 0


def port_trouble(host: str, port: int) -> str:
    """Why the port cannot be had; empty when it can. NiceGUI would find out only after the database is open."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"Port {port} is kept for the system. Choose one above 1023 with --port."
        except OSError as failure:
            if failure.errno == errno.EADDRINUSE:
                return f"Port {port} is in use. Stop the other program, or choose another port with --port."
            return f"This computer has no address {host}. Choose another with --host, or leave --host out."
    return ""


if __name__ == "__main__":
    sys.exit(main())
