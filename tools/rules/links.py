"""Documents name only files that are there."""

import pathlib
import re

from .sources import Finding, line_of

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
QUOTED_PATH = re.compile(r"`((?:src|apps|web|tests|fuzz|bench|examples|tools|packaging|docs|specs|codegen|cmake|\.ci)/[\w./-]+)`")
# Everything that is made by a build or a run, not kept.
MADE = ("build/",)


def resolve(path, target):
    folder = pathlib.PurePosixPath(path).parent
    parts = []
    for part in (folder / target).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def anchors_of(text):
    """The anchors that a reader's page gives to headings."""
    anchors = set()
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        plain = re.sub(r"[`*_\[\]()]|\(.*?\)", "", heading).strip().lower()
        anchors.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return anchors


def check(path, text, exists, read):
    """exists(name): is there such a file or folder; read(name): its text."""
    findings = []
    prose = re.sub(r"^```.*?^```", lambda m: re.sub(r"[^\n]", " ", m.group(0)), text, flags=re.MULTILINE | re.DOTALL)
    for match in LINK.finditer(prose):
        target, _, anchor = match.group(1).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        name = resolve(path, target) if target else path
        if name is None or not exists(name):
            findings.append(Finding(path, line_of(prose, match.start()), "doc-links", f"there is no {match.group(1)}"))
        elif anchor and name.endswith(".md") and anchor not in anchors_of(read(name)):
            findings.append(Finding(path, line_of(prose, match.start()), "doc-links", f"{name} has no heading for #{anchor}"))
    for match in QUOTED_PATH.finditer(prose):
        name = match.group(1).rstrip("/")
        if not exists(name) and not name.startswith(MADE):
            findings.append(Finding(path, line_of(prose, match.start()), "doc-links", f"there is no {match.group(1)}"))
    return findings
