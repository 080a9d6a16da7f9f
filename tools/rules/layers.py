"""Who may include whom: the table of the house against every #include and every CMake link list."""

import pathlib
import re
import tomllib

from .sources import TESTS_AND_THEIR_HELPERS, Finding, bare, is_cpp, own_files

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


class House:
    """The table, with every room's words filled in."""

    def __init__(self, text):
        table = tomllib.loads(text)
        self.rooms = table["rooms"]
        self.libraries = table["libraries"]
        self.outside_headers = tuple(table["outside"]["headers"])
        self.outside_except = table["outside"]["except"]
        for name, room in self.rooms.items():
            for key in ("uses", "headers", "sources"):
                room.setdefault(key, [])
            if room["uses"] == "all":
                room["uses"] = [other for other, one in self.rooms.items() if other != name and one.get("cmake", True)]

    def room_of_file(self, path):
        """The name of the room whose folder holds `path`, or None."""
        inside = [n for n, r in self.rooms.items() if path.startswith(r["folder"] + "/")]
        return max(inside, key=lambda n: len(self.rooms[n]["folder"]), default=None)

    def room_of_header(self, header):
        """The room of "marsad/geo/frames.hpp", generated headers among them."""
        return self.room_of_file("src/" + header)

    def library_of(self, header):
        for name, library in self.libraries.items():
            if header.startswith(tuple(library["headers"])):
                return name
        return None


def check_table(house):
    """The table against itself: only lower rooms, no side branches on the main line."""
    findings = []
    for name, room in house.rooms.items():
        for lower in room["uses"]:
            where = ("tools/house.toml", 1, "layers")
            if lower not in house.rooms:
                findings.append(Finding(*where, f"{name} uses {lower}, which is no room"))
            elif house.rooms[lower]["level"] >= room["level"]:
                findings.append(Finding(*where, f"{name} uses {lower}, which is not below it"))
            elif house.rooms[lower].get("side") and not room.get("outside"):
                findings.append(Finding(*where, f"{name} uses {lower}, which is a side branch"))
    return findings


def check_own_include(house, path, line, room_name, header):
    target = house.room_of_header(header)
    if target is None:
        return [Finding(path, line, "layers", f"\"{header}\" is in no room of the house; own headers are \"marsad/room/file.hpp\"")]
    if target == room_name or target in house.rooms[room_name]["uses"]:
        return []
    return [Finding(path, line, "layers", f"{room_name} may not include {target} (\"{header}\"): see tools/house.toml")]


def check_foreign_include(house, path, line, room_name, header):
    room, is_test = house.rooms[room_name], path.endswith(TESTS_AND_THEIR_HELPERS)
    library = house.library_of(header)
    if library is not None:
        allowed = room["headers"] + (room["sources"] if path.endswith(".cpp") else [])
        if library in allowed or (is_test and house.libraries[library].get("tests")):
            return []
        return [Finding(path, line, "layers", f"{room_name} may not include {library} (<{header}>) here")]
    known_standard = re.fullmatch(r"[a-z0-9_]+(?:\.h)?|(?:sys|netinet|arpa|net|linux)/\w+\.h|cxxabi\.h", header)
    if not known_standard:
        return [Finding(path, line, "layers", f"<{header}> belongs to no library of tools/house.toml")]
    touches = any(header == h or (h.endswith("/") and header.startswith(h)) for h in house.outside_headers)
    if touches and not room.get("outside") and not is_test and header not in house.outside_except.get(path, []):
        return [Finding(path, line, "outside", f"<{header}>: clocks, files, threads and devices are for io/ alone")]
    return []


def check_file(house, path, text):
    """Every include of one file of a room."""
    room_name = house.room_of_file(path)
    if room_name is None:
        return []
    findings = []
    kept = bare(text)
    for match in INCLUDE.finditer(text):
        if kept[match.start(): match.end()].strip() == "":
            continue  # in a comment
        line = text.count("\n", 0, match.start(1) if match.group(1) else match.start(2)) + 1
        own, foreign = match.groups()
        if own is not None and (own.startswith("marsad/") or house.rooms[room_name].get("cmake", True)):
            findings += check_own_include(house, path, line, room_name, own)
        elif foreign is not None:
            findings += check_foreign_include(house, path, line, room_name, foreign)
    return findings


def check_links(house, room_name, cmake_path, cmake_text):
    """marsad_room(...) of a folder against the table."""
    text = re.sub(r"#[^\n]*", "", cmake_text)
    call = re.search(r"\bmarsad_room\(\s*(\w+)([^)]*)\)", text)
    if call is None or call.group(1) != room_name:
        return [Finding(cmake_path, 1, "links", f"must declare marsad_room({room_name} ...)")]
    lists, current = {"LINKS": [], "PUBLIC": [], "PRIVATE": []}, None
    for word in call.group(2).split():
        if word in lists:
            current = word
        elif current is not None:
            lists[current].append(word)
    room = house.rooms[room_name]
    target = lambda names: {house.libraries[n]["target"] for n in names if n in house.libraries}
    header_only = {"Boost::headers"}  # found by its headers alone; linking it is optional
    findings = []
    for key, wanted in (("LINKS", set(room["uses"])), ("PUBLIC", target(room["headers"])), ("PRIVATE", target(room["sources"]))):
        surplus, lacking = set(lists[key]) - wanted, wanted - set(lists[key]) - header_only
        if surplus or lacking:
            findings.append(Finding(cmake_path, 1, "links", f"{key} of {room_name} differs from tools/house.toml: "
                                    f"not in the table {sorted(surplus)}, not linked {sorted(lacking)}"))
    return findings


def check_tree(root):
    root = pathlib.Path(root)
    house = House((root / "tools/house.toml").read_text())
    findings = check_table(house)
    for name, room in house.rooms.items():
        if room.get("cmake", True):
            cmake = f"{room['folder']}/CMakeLists.txt"
            findings += check_links(house, name, cmake, (root / cmake).read_text())
    for path in own_files(root):
        if not is_cpp(path):
            continue
        findings += check_file(house, path, (root / path).read_text())
        if path.startswith("src/") and house.room_of_file(path) is None:
            findings.append(Finding(path, 1, "layers", "stands in no room of tools/house.toml"))
    return findings
