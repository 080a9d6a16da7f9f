"""Finding the tree's own files, and reading C++ without its comments and literals."""

import pathlib
import re
import subprocess

SKIPPED_FOLDERS = {"build", "node_modules", ".git", "__pycache__"}
# Unit tests, and headers that only unit tests include.
TESTS_AND_THEIR_HELPERS = ("_test.cpp", "_test_support.hpp", "_fixture.hpp")


class Finding:
    """One breach of a rule, at a place."""

    def __init__(self, path, line, rule, message):
        self.path, self.line, self.rule, self.message = str(path), line, rule, message

    def __str__(self):
        return f"{self.path}:{self.line}: [{self.rule}] {self.message}"


def own_files(root):
    """Every file that is, or could be, committed: what git tracks or would add; without git, all but build output."""
    root = pathlib.Path(root)
    command = ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z", "--cached", "--others",
               "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
        names = sorted({name for name in listed if name})
    except (OSError, subprocess.CalledProcessError):
        names = sorted(str(p.relative_to(root)) for p in root.rglob("*")
                       if p.is_file() and not SKIPPED_FOLDERS & set(p.relative_to(root).parts))
    return [name for name in names if (root / name).is_file()]


def is_cpp(name):
    return name.endswith((".cpp", ".hpp"))


LITERAL = re.compile(
    r'//[^\n]*'                                   # comment to the end of the line
    r'|/\*.*?\*/'                                 # comment in asterisks
    r'|(?:u8|u|U|L)?R"([^()\\\s]{0,16})\(.*?\)\1"'  # raw string
    r'|"(?:\\.|[^"\\\n])*"'                       # string
    r"|(?<![0-9a-zA-Z_])'(?:\\.|[^'\\\n])+'",     # character, but not the separator in 1'000
    re.DOTALL)


def bare(text):
    """C++ with comments blanked and literals emptied; every line keeps its number, every character its column."""

    def blank(match):
        kept = re.sub(r"[^\n]", " ", match.group(0))
        quote = match.group(0)[0]
        return quote + kept[1:-1] + quote if quote in "\"'" and len(kept) > 1 else kept

    return LITERAL.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1
