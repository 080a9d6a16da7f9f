"""What the tests of the program share: where it is, where the recordings are, how it is run."""

import json
import os
import pathlib
import subprocess
import sys

SKIP = 77  # ctest's code for "skipped"


def program() -> str:
    binary = os.environ.get("MARSAD_BIN", "")
    if not binary:
        sys.exit("set MARSAD_BIN to the marsad program")
    return binary


def recordings() -> pathlib.Path:
    """The folder of the recordings, or the end of the test as skipped."""
    folder = pathlib.Path(os.environ.get("MARSAD_SHARED", "/nonexistent")) / "data" / "asterix"
    if not (folder / "MANIFEST.tsv").is_file():
        print("skipped: no recordings; set MARSAD_SHARED to the folder that holds data/asterix")
        sys.exit(SKIP)
    return folder


def run(*arguments, check=True, stdin=None, timeout=600):
    """Runs marsad; its result with text streams. `check` wants exit code 0."""
    result = subprocess.run([program(), *map(str, arguments)], capture_output=True, text=True, stdin=stdin, timeout=timeout)
    if check and result.returncode != 0:
        raise AssertionError(f"marsad {' '.join(map(str, arguments))} ended with {result.returncode}:\n{result.stderr[-2000:]}")
    return result


def summary(result) -> dict:
    """The JSON object that --json prints as the last line of standard error."""
    return json.loads(result.stderr.strip().splitlines()[-1])
