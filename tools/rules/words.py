"""Identifiers speak the glossary's language."""

import re
import tomllib

from .sources import Finding, bare

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def parts_of(identifier):
    """`LostTrackWarning`, `lost_track_warning` and `kLostTrack` in lower-case words."""
    return [part.lower() for part in PART.findall(identifier)]


def load(text):
    return tomllib.loads(text)["banned"]


def check(path, text, banned):
    rules = [b for b in banned if any(path.startswith(folder + "/") for folder in b["folders"])]
    if not rules:
        return []
    findings = []
    for number, line in enumerate(bare(text).split("\n"), 1):
        if line.lstrip().startswith("#"):
            continue
        for identifier in IDENTIFIER.findall(line):
            words = parts_of(identifier)
            for rule in rules:
                if rule["word"] in words and identifier not in rule.get("allow", []):
                    findings.append(Finding(path, number, "words", f"{identifier}: say {rule['instead']}, not {rule['word']}"))
    return findings
