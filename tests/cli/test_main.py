"""The program itself: how it ends, and that help is at hand at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import click
import pytest

from bywhom.cli.main import COMMANDS, Commands, cli, guarded
from bywhom.errors import NoSpace


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_a_ledger_and_says_what_it_does(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name
    options = {option for parameter in command.params for option in parameter.opts}
    assert ("--ledger" in options) == (name != "gazetteer")  # the user's own places are for every ledger
    assert (command.help or "").split("\n")[0] == COMMANDS[name][1]
    assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option))


def test_help_lists_every_command_without_loading_one(bywhom: Any) -> None:
    out = bywhom("--help").out
    assert all(f"  {name} " in out and line in out for name, (_, line) in COMMANDS.items())
    code = (
        "import sys; from bywhom.cli.main import cli; cli.main(['--help'], standalone_mode=False); "
        "print(*[name for name in sys.modules if name.startswith(('rich', 'sqlalchemy', 'bywhom.cli.claims', 'lxml'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (NoSpace("the disk is full; make room"), 2, "bywhom: the disk is full; make room\n"),
        (KeyboardInterrupt(), 130, "bywhom: interrupted"),
        (click.UsageError("no such option"), 2, "Error: no such option"),
    ],
)
def test_what_stops_a_command_is_told_in_one_line(
    fault: BaseException, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def run() -> None:
        raise fault

    assert guarded(run) == status
    assert said in capsys.readouterr().err


def test_an_error_that_names_a_hostile_file_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> None:
        raise NoSpace("no room for \x1b[2Ja\u202efile")

    assert guarded(run) == 2
    assert capsys.readouterr().err == "bywhom: no room for afile\n"


def test_a_bug_is_not_hidden() -> None:
    def run() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        guarded(run)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("clams", "No such command 'clams'. Did you mean 'claims'?"),
        ("problem", "Did you mean 'problems'?"),
        ("zzz", "No such command 'zzz'."),
    ],
)
def test_a_slip_of_the_pen_is_told_what_it_meant(bywhom: Any, typed: str, said: str) -> None:
    answer = bywhom(typed)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err
    assert ("Did you mean" in answer.err) == ("Did you mean" in said)


def test_a_fault_of_another_file_is_not_taken_for_one_of_the_output() -> None:
    def run() -> None:
        raise FileNotFoundError(2, "No such file or directory", "some/file")

    with pytest.raises(FileNotFoundError):
        guarded(run)


def test_the_group_knows_no_other_command() -> None:
    assert isinstance(cli, Commands)
    assert cli.get_command(click.Context(cli), "destroy") is None


# Real processes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["claims", "problems", "verify", "export", "show x", "trace abcd"])
def test_a_ledger_that_is_not_there_is_one_line(bywhom: Any, command: str, tmp_path: Path) -> None:
    there = tmp_path / "none.db"
    answer = bywhom(*command.split(), "--ledger", str(there))
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == f"bywhom: there is no ledger at {there}; make one with: bywhom add PATH --ledger {there}\n"
    assert not there.exists()


def test_the_ledger_may_be_named_by_the_environment(process: Any) -> None:
    answer = process("claims", BYWHOM_LEDGER="elsewhere.db")
    assert (answer.status, answer.out) == (2, "")
    assert "there is no ledger at elsewhere.db" in answer.err


@pytest.mark.parametrize("command", ["export", "claims --table", "show fortress"])
def test_a_reader_that_has_heard_enough_is_no_error(sample: Any, command: str) -> None:
    program = f"{sys.executable} -m bywhom {command} --ledger {sample.path} 2>/dev/null"
    line = f"set -o pipefail; {{ {program}; status=$?; {program} || exit $?; exit $status; }} | true"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("command", ["export", "claims --table", "claims --json", "show fortress", "problems"])
def test_an_output_that_is_full_is_one_line(sample: Any, command: str) -> None:
    line = f"{sys.executable} -m bywhom {command} --ledger {sample.path} > /dev/full"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "bywhom: the output cannot be written (No space left on device); make room" in done.stderr
    assert "Traceback" not in done.stderr


def test_standard_input_is_a_report(process: Any, tmp_path: Path) -> None:
    answer = process(
        "add", "-", "--ledger", "piped.db", "--jobs", "1", stdin="The envoy said that the town was quiet.\n"
    )
    assert answer.status == 0, answer.err
    assert (tmp_path / "piped.db").exists()


def test_ctrl_c_is_a_clean_line(tmp_path: Path) -> None:
    pipe = tmp_path / "slow"
    os.mkfifo(pipe)
    program = [sys.executable, "-m", "bywhom", "add", str(pipe), "--ledger", str(tmp_path / "a.db"), "--jobs", "1"]
    # A test run in the background would pass on that the signal is ignored.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        program,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heard,  # noqa: PLW1509  no threads here
    ) as started:
        wait_for((tmp_path / "a.db").exists)
        time.sleep(0.3)
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=30)
    assert (started.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert "goes on from there" in err


def wait_for(there: Any, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
