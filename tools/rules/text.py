"""Rules about single files: size, marks of unfinished work, machine paths, idioms that the style forbids."""

import pathlib
import re

from .sources import TESTS_AND_THEIR_HELPERS, Finding, bare, is_cpp, line_of

LONGEST_FILE = 600
LARGEST_OCTETS = 1024 * 1024
PROSE_AND_CODE = (".cpp", ".hpp", ".py", ".ts", ".css", ".html", ".md", ".cmake", ".toml", ".sh", "CMakeLists.txt", "run")
# Put together from halves, so that this file does not break its own rules.
UNFINISHED = re.compile(r"\b(?:" + "TO" "DO|FIX" "ME|XX" r"X|HA" r"CK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.<>])/(?:" + "wo" r"rk|ho" r"me|ro" r"ot|Us" r"ers)/[\w.]")
DEAD_CODE = re.compile(r"^[ \t]*//(?!/)[ \t]*(?:return\b[^.]*;|#[ \t]*(?:include|define|if)\b.*|(?:if|for|while) \(.*\)[ \t]*\{?|(?:[\w:<>&*]+ )?[\w:.>-]+(?:\[.*\])? ?=[^=].*;"
                       r"|(?:[\w:]+(?:<.*>)?[&*]? )?[\w:.>-]+\(.*\);|\}.*)[ \t]*$", re.MULTILINE)
PRINTS_OR_EXITS = re.compile(r"\bstd::(?:cout|cerr|clog|exit|quick_exit|abort|terminate)\b|\b(?:f?printf|puts|exit|_exit|abort)\(")
# Literals have no other way in. A room's helpers for its tests, and marsad's own rooms in programs that stand outside them.
USING_NAMESPACE = re.compile(r"\busing\s+namespace\b(?!\s+std::[\w:]*literals;)")
USING_NAMESPACE_IN_TESTS = re.compile(r"\busing\s+namespace\b(?!\s+(?:std::[\w:]*literals|test);)")
USING_NAMESPACE_IN_PROGRAMS = re.compile(r"\busing\s+namespace\b(?!\s+(?:std::[\w:]*literals|marsad[\w:]*);)")
TRAILING_SPACE = re.compile(r"[ \t]+$", re.MULTILINE)
READS_THE_WORLD = re.compile(r"\b(?:system_clock|steady_clock|high_resolution_clock|utc_clock|random_device|gettimeofday|clock_gettime"
                             r"|getenv|localtime\w*|f(?:re)?open)\b|\bstd::(?:time|clock|rand|srand)\(|(?<!\w)::open\(")
MAY_PRINT = ("src/marsad/base/check.cpp",)


def check_size(path, octets, text):
    findings = []
    if octets > LARGEST_OCTETS:
        findings.append(Finding(path, 1, "large", f"{octets} octets: files of 1 MiB and more are for elsewhere"))
    lines = text.count("\n") + (not text.endswith("\n")) if text else 0
    if lines > LONGEST_FILE and path.endswith((".cpp", ".hpp", ".py", ".ts", ".css")):
        findings.append(Finding(path, lines, "file-length", f"{lines} lines, {LONGEST_FILE} at most"))
    return findings


def check_marks(path, text):
    findings = []
    for pattern, rule, message in ((UNFINISHED, "unfinished", "finish it, or write an issue"),
                                   (MACHINE_PATH, "machine-path", "names a place on one machine")):
        for match in pattern.finditer(text):
            findings.append(Finding(path, line_of(text, match.start()), rule, f"{match.group(0)}: {message}"))
    return findings


def using_namespace_rule(path):
    if path.startswith(("fuzz/", "bench/", "tests/", "examples/")):
        return USING_NAMESPACE_IN_PROGRAMS
    return USING_NAMESPACE_IN_TESTS if path.endswith("_test.cpp") else USING_NAMESPACE


def check_cpp(path, text):
    code = bare(text)
    findings = []

    def report(pattern, source, rule, message):
        for match in pattern.finditer(source):
            findings.append(Finding(path, line_of(source, match.start()), rule, message))

    report(using_namespace_rule(path), code, "using-namespace", "name what you use")
    report(DEAD_CODE, text, "dead-code", "code in a comment: delete it, git remembers")
    report(TRAILING_SPACE, text, "trailing-space", "space at the end of the line")
    if path.endswith(".hpp") and not text.startswith("#pragma once\n"):
        findings.append(Finding(path, 1, "pragma-once", "a header begins with #pragma once"))
    in_library = path.startswith("src/marsad/") and not path.startswith("src/marsad/io/")
    if in_library and not path.endswith(TESTS_AND_THEIR_HELPERS) and path not in MAY_PRINT:
        report(READS_THE_WORLD, code, "outside", "clocks, files, environment and random devices are read in io/ and apps/ alone")
        report(PRINTS_OR_EXITS, code, "prints-or-exits", "library code returns what happened, it never prints or exits")
    return findings


def check_own_header_first(path, text, files):
    """x.cpp begins its includes with x.hpp, which proves that the header compiles alone. So does x_test.cpp."""
    header = re.sub(r"(?:_test)?\.cpp$", ".hpp", path)
    if not path.startswith("src/") or not path.endswith(".cpp") or header not in files:
        return []
    first = re.search(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">]', text, re.MULTILINE)
    if first and "src/" + first.group(1) == header:
        return []
    return [Finding(path, 1, "own-header-first", f"must include \"{header.removeprefix('src/')}\" before anything else")]


def check_test_place(path, text, files):
    """Unit tests are named *_test.cpp and stand beside the code that they test."""
    if not path.startswith("src/") or not is_cpp(path):
        return []
    uses_gtest = re.search(r"^[ \t]*#[ \t]*include[ \t]*<(?:gtest|gmock|rapidcheck)", text, re.MULTILINE)
    if uses_gtest and not path.endswith(TESTS_AND_THEIR_HELPERS):
        return [Finding(path, 1, "test-place", "tests are named *_test.cpp, what they share *_test_support.hpp or *_fixture.hpp")]
    if not path.endswith("_test.cpp"):
        return []
    folder = pathlib.PurePosixPath(path).parent
    beside = [f for f in files if pathlib.PurePosixPath(f).parent == folder and is_cpp(f) and not f.endswith("_test.cpp")]
    return [] if beside else [Finding(path, 1, "test-place", "stands beside no code")]
