"""The solver's own lines never stand among the answers of a command."""

import os
import subprocess
import sys
import threading

from monarca.engines.sortition.hushing import hushed

ASIDE = """
import ctypes
from monarca.engines.sortition.hushing import hushed

libc = ctypes.CDLL(None)
print("before")
with hushed():
    libc.printf(b"HighsMipSolverData::transformNewIntegerFeasibleSolution\\n")
    with hushed():
        libc.printf(b"again\\n")
libc.printf(b"C speaks\\n")
libc.fflush(None)
print("after")
"""


def test_what_is_printed_beneath_python_goes_to_standard_error():
    run = [sys.executable, "-c", ASIDE]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() in (
        ["before", "C speaks", "after"],
        ["C speaks", "before", "after"],
    )
    assert done.stderr.splitlines() == [
        "HighsMipSolverData::transformNewIntegerFeasibleSolution",
        "again",
    ]


def test_calls_that_overlap_give_standard_output_back_once_the_last_is_out(capfd):
    first_in, second_in = threading.Event(), threading.Event()

    def first():
        with hushed():
            first_in.set()
            second_in.wait(5)

    thread = threading.Thread(target=first)
    thread.start()
    first_in.wait(5)
    with hushed():
        second_in.set()
        thread.join()
        os.write(1, b"hushed\n")
    os.write(1, b"heard\n")
    told = capfd.readouterr()
    assert (told.out, told.err) == ("heard\n", "hushed\n")
