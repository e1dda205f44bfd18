"""The start: what cannot work is told in one sentence, with exit code 2, before anything is served."""

import socket
import sqlite3
from contextlib import closing

import pytest

import main
from storage import database


@pytest.fixture
def start(tmp_path, monkeypatch, capsys):
    """`start("--port", "x")` gives exit code and what was said, for a data folder of its own."""

    def start_(*words):
        monkeypatch.setattr("sys.argv", ["main.py", "--data", str(tmp_path / "practice"), *words])
        try:
            code = main.main()
        except SystemExit as left:
            code = left.code
        return code, capsys.readouterr().err

    return start_


@pytest.fixture
def taken():
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


def test_a_port_in_use_is_told(start, taken):
    assert start("--host", "127.0.0.1", "--port", taken) == (
        2, f"Sessionbook: Port {taken} is in use. Stop the other program, or choose another port with --port.\n")


def test_an_address_of_another_computer_is_told(start):
    code, said = start("--host", "203.0.113.9", "--port", "8080")
    assert (code, "no address 203.0.113.9" in said) == (2, True)


@pytest.mark.parametrize("port", ["99999", "0", "eight"])
def test_what_is_no_port_is_told(start, monkeypatch, port):
    assert start("--port", port)[0] == 2
    monkeypatch.setenv("SESSIONBOOK_PORT", port)
    code, said = start()
    assert (code, f"{port} is no port" in said) == (2, True)


def test_a_second_start_on_the_same_folder_is_told(start, tmp_path):
    database.prepare_folder(tmp_path / "practice")
    with closing(database.have_to_oneself(tmp_path / "practice")):
        code, said = start("--port", "1")
    assert (code, "already runs on the folder" in said) == (2, True)
    database.have_to_oneself(tmp_path / "practice").close()


def test_a_folder_that_is_a_file_is_told(start, tmp_path):
    (tmp_path / "practice").write_text("")
    code, said = start()
    assert (code, "cannot be written" in said) == (2, True)


def test_data_of_a_newer_version_is_told_and_left_alone(start, tmp_path):
    database.prepare_folder(tmp_path / "practice")
    file = tmp_path / "practice" / database.FILE
    database.bring_up_to_date(file)
    with closing(sqlite3.connect(file)) as data, data:
        data.execute("UPDATE alembic_version SET version_num = '9999'")
    assert start() == (2, f"Sessionbook: {database.NEWER}\n")
    assert database.revision_of(file) == "9999"


def test_a_backup_is_for_its_owner_only(start, tmp_path):
    database.prepare_folder(tmp_path / "practice")
    database.bring_up_to_date(tmp_path / "practice" / database.FILE)
    assert start("backup", str(tmp_path / "copies"))[0] == 0
    [copy] = (tmp_path / "copies").iterdir()
    assert copy.stat().st_mode & 0o077 == 0
