"""How long functions are and how deep their blocks nest.

Not a parser: it follows braces through code whose comments and literals are blanked, and tells from what stands before a
brace what it opens. That is enough for code laid out by clang-format, which puts a space before the brace of a body and
none before that of a value.
"""

import re

from .sources import Finding, bare, line_of

LONGEST = 70
DEEPEST = 3

CONTROL = re.compile(r"^(?:\}?\s*)?(?:else\b|if\b|for\b|while\b|switch\b|do\b|try\b|catch\b)")
SCOPE = re.compile(r"\b(?:namespace|class|struct|union|enum|concept|requires\s*$)\b|^\s*extern\s")
VALUE_BEFORE = re.compile(r"(?:=|\breturn|,|\(|\{|\?|:|&&|\|\||<<|\bco_yield|\bco_return)\s*$")
LAMBDA = re.compile(r"\[[^\[\]]*\]\s*(?:\([^{}]*\))?\s*(?:mutable|noexcept|constexpr|->\s*[\w:<>,\s*&]+|\s)*$")
CASE = re.compile(r"^\s*(?:case\b.*|default\s*):\s*$", re.DOTALL)


def kind_of_brace(before, touching, inside_function):
    """What a brace opens: 'scope', 'function', 'control', 'lambda', 'block' or 'value'.

    before: the text since the last `;`, `{` or `}` of the same level; touching: no space stands before the brace.
    """
    stripped = before.strip()
    if inside_function:
        if CONTROL.match(stripped):
            return "control"
        if LAMBDA.search(before):
            return "lambda"
        if stripped == "" or CASE.match(stripped):
            return "block"
        return "scope" if re.match(r"(?:struct|class|union|enum)\b", stripped) else "value"
    if touching:
        return "value"
    is_scope = SCOPE.search(re.sub(r"template\s*<.*?>(?=\s)|\([^()]*\)", "", before, flags=re.DOTALL))
    if is_scope and not re.search(r"\)\s*(?:const|noexcept|override|final|->.*|\s)*$", before):
        return "scope"
    if LAMBDA.search(before) and "operator[]" not in before.replace(" ", ""):
        return "function"
    if VALUE_BEFORE.search(before) or "(" not in before:
        return "value"
    return "function"


class Brace:
    def __init__(self, kind, position, before):
        self.kind, self.position, self.before = kind, position, before


def name_in(before):
    names = re.findall(r"([~\w:]+|operator\s*\S+?)\s*\(", before)
    return names[0] if names else "lambda"


def functions_of(text):
    """Yields (name, first line, number of lines, deepest nesting) of every function body."""
    code = bare(text)
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group(0)), code, flags=re.MULTILINE)
    stack, begin, current, depth, deepest = [], 0, None, 0, 0
    for match in re.finditer(r"[{};]", code):
        at, sign = match.start(), match.group(0)
        before = code[begin:at]
        if sign == ";":
            if before.count("(") <= before.count(")"):  # not inside the head of a for
                begin = at + 1
        elif sign == "{":
            touching = at > 0 and not code[at - 1].isspace()
            kind = kind_of_brace(before, touching, current is not None)
            stack.append(Brace(kind, at, begin))
            if kind == "function" and current is None:
                current, depth, deepest = stack[-1], 0, 0
                head = name_in(before)
            elif kind == "control":
                depth += 1
                deepest = max(deepest, depth)
            if kind != "value":
                begin = at + 1
        elif stack:
            closed = stack.pop()
            depth -= closed.kind == "control"
            begin = closed.before if closed.kind == "value" else at + 1
            if closed is current:
                first, last = line_of(code, closed.position), line_of(code, at)
                yield head, first, last - first + 1, deepest
                current = None


def check(path, text):
    findings = []
    for name, line, length, depth in functions_of(text):
        if length > LONGEST:
            findings.append(Finding(path, line, "function-length", f"{name} has {length} lines, {LONGEST} at most"))
        if depth > DEEPEST:
            findings.append(Finding(path, line, "nesting", f"{name} nests {depth} deep, {DEEPEST} at most"))
    return findings
