"""The type stubs say of every public name what the code says of it."""

import ast
import inspect
import pathlib
import unittest

import marsad

STUBS = ast.parse((pathlib.Path(marsad.__file__).parent / "__init__.pyi").read_text())


def described(body):
    """{name: node} of the functions, classes and annotated names of a stub's body."""
    names = {}
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names[node.name] = node
        elif isinstance(node, ast.AnnAssign):
            names[node.target.id] = node
    return names


def parameters_of(function):
    """[(name, keyword-only, default as text)] of a stub's function."""
    arguments = function.args
    defaults = [None] * (len(arguments.args) - len(arguments.defaults)) + arguments.defaults
    found = [(a.arg, False, d and ast.literal_eval(d)) for a, d in zip(arguments.args, defaults)]
    return found + [(a.arg, True, d and ast.literal_eval(d)) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults)]


def parameters_in(function):
    """The same of the code."""
    return [(p.name, p.kind is p.KEYWORD_ONLY, None if p.default is p.empty else p.default)
            for p in inspect.signature(function).parameters.values()]


def own_members(of):
    """Methods and properties that a class defines for its users."""
    generated = set(dir(tuple)) | {"_make", "_asdict", "_replace", "_fields", "_field_defaults"} if issubclass(of, tuple) else set()
    wanted = {"__init__", "__bool__", "__iter__", "__len__", "__contains__", "__getitem__", "__repr__"} - generated
    members = {n: m for n, m in vars(of).items() if not n.startswith("_") or n in wanted}
    return {n: m for n, m in members.items() if inspect.isfunction(m) or isinstance(m, property)}


class Stubs(unittest.TestCase):
    def test_name_everything_that_is_public_and_nothing_else(self):
        names = {name for name in described(STUBS.body) if not name.startswith("_")}
        self.assertEqual(names, set(marsad.__all__))
        for name in marsad.__all__:
            self.assertTrue(inspect.getdoc(getattr(marsad, name)), f"{name} has no docstring")

    def test_have_the_parameters_of_the_functions(self):
        for name, node in described(STUBS.body).items():
            if isinstance(node, ast.FunctionDef):
                self.assertEqual(parameters_of(node), parameters_in(getattr(marsad, name)), name)

    def test_have_the_members_of_the_classes(self):
        for name, node in described(STUBS.body).items():
            if not isinstance(node, ast.ClassDef):
                continue
            of = getattr(marsad, name)
            stubbed = described(node.body)
            methods = {n: m for n, m in stubbed.items() if isinstance(m, ast.FunctionDef)}
            members = own_members(of)
            if name.endswith(("Table", "Tables")):  # made by `read` and `read_mode_s` alone
                del members["__init__"]
            self.assertEqual(set(methods), set(members), name)
            for member, function in members.items():
                if inspect.isfunction(function):
                    self.assertEqual(parameters_of(methods[member]), parameters_in(function), f"{name}.{member}")
            if issubclass(of, tuple):
                self.assertEqual([n for n, m in stubbed.items() if isinstance(m, ast.AnnAssign)], list(of._fields), name)

    def test_mark_the_package_as_typed(self):
        self.assertTrue((pathlib.Path(marsad.__file__).parent / "py.typed").is_file())


if __name__ == "__main__":
    unittest.main()
