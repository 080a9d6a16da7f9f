"""The rules about functions see what they should, and nothing else."""

import unittest

from rules import functions


def measured(code):
    return [(name, length, depth) for name, _, length, depth in functions.functions_of(code)]


class FunctionLength(unittest.TestCase):
    def test_a_function_of_70_lines_passes_and_one_of_71_does_not(self):
        body = "  x();\n"
        self.assertEqual(functions.check("a.cpp", "void f() {\n" + body * 68 + "}\n"), [])
        found = functions.check("a.cpp", "\nvoid f() {\n" + body * 69 + "}\n")
        self.assertEqual([(f.line, f.rule) for f in found], [(2, "function-length")])
        self.assertIn("f has 71 lines", str(found[0]))

    def test_a_namespace_or_class_is_no_function_but_what_is_in_it_is(self):
        code = "namespace a {\nclass B final : public C<D(int)> {\n public:\n  int f() const {\n    return 1;\n  }\n};\n}\n"
        self.assertEqual(measured(code), [("f", 3, 0)])

    def test_initialiser_lists_and_values_in_braces_belong_to_the_function(self):
        code = "A::A(int a) : b_{a}, c_{1, 2} {\n  d = {1, 2};\n  e(F{3});\n}\nint g() {\n}\n"
        self.assertEqual(measured(code), [("A::A", 4, 0), ("g", 2, 0)])

    def test_a_table_of_constants_is_no_function(self):
        self.assertEqual(measured("constexpr int kTable[] = {\n1,\n2,\n};\nconst A kB{f(1)};\n"), [])

    def test_a_lambda_counts_within_its_function(self):
        self.assertEqual(measured("void f() {\n  sort([](int a) {\n    return a;\n  });\n}\n"), [("f", 5, 0)])

    def test_braces_in_comments_and_literals_count_for_nothing(self):
        code = "void f() {\n  // {\n  char c = '{';\n  s = \"{{\" R\"(})\";  /* { */ int n = 1'000;\n}\nvoid g() {\n}\n"
        self.assertEqual(measured(code), [("f", 5, 0), ("g", 2, 0)])

    def test_macros_are_not_read_as_code(self):
        self.assertEqual(measured("#define X(a) \\\n  do { \\\n    if (a) {\n#define Y }\nvoid f() {\n}\n"), [("f", 2, 0)])


class Nesting(unittest.TestCase):
    def nested(self, depth):
        return "void f() {\n" + "if (a) {\n" * depth + "}\n" * depth + "}\n"

    def test_three_deep_passes_and_four_deep_does_not(self):
        self.assertEqual(functions.check("a.cpp", self.nested(3)), [])
        self.assertEqual([f.rule for f in functions.check("a.cpp", self.nested(4))], ["nesting"])

    def test_else_and_switch_and_loops_nest_but_one_after_the_other_does_not(self):
        code = "void f() {\n  if (a) {\n  } else if (b) {\n    for (int i = 0; i < 3; ++i) {\n    }\n    switch (c) {\n      case 1: {\n      }\n    }\n  }\n}\n"
        self.assertEqual(measured(code), [("f", 11, 2)])


if __name__ == "__main__":
    unittest.main()
