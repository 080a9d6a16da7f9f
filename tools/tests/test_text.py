"""The rules about single files, words and documents see what they should, and nothing else."""

import unittest

from rules import links, text, words


def rules(findings):
    return [(f.line, f.rule) for f in findings]


class Size(unittest.TestCase):
    def test_600_lines_pass_and_601_do_not(self):
        self.assertEqual(rules(text.check_size("a.cpp", 1, "x\n" * 600)), [])
        self.assertEqual(rules(text.check_size("a.cpp", 1, "x\n" * 601)), [(601, "file-length")])
        self.assertEqual(rules(text.check_size("a.md", 1, "x\n" * 601)), [])

    def test_over_one_mebioctet_is_for_elsewhere(self):
        self.assertEqual(rules(text.check_size("a.png", 1024 * 1024, "")), [])
        self.assertEqual(rules(text.check_size("a.png", 1024 * 1024 + 1, "")), [(1, "large")])


class Marks(unittest.TestCase):
    def test_unfinished_work_and_machine_paths_are_found(self):
        self.assertEqual(rules(text.check_marks("a.cpp", "\n// TODO: more\n")), [(2, "unfinished")])
        self.assertEqual(rules(text.check_marks("a.cpp", "// FIXME\n")), [(1, "unfinished")])
        self.assertEqual(rules(text.check_marks("a.md", "see /home/me/x\n")), [(1, "machine-path")])
        self.assertEqual(rules(text.check_marks("a.md", "see `/work/x`\n")), [(1, "machine-path")])

    def test_words_that_only_look_like_them_pass(self):
        self.assertEqual(text.check_marks("a.md", "Todorov's HACKNEY; https://x.org/home/a; src/work/a; <root>/work/x\n"), [])


class Cpp(unittest.TestCase):
    def rules_of(self, code, path="src/marsad/geo/a.cpp"):
        return rules(text.check_cpp(path, code))

    def test_using_namespace_is_refused(self):
        self.assertEqual(self.rules_of("\nusing namespace std;\n"), [(2, "using-namespace")])
        self.assertEqual(self.rules_of("// using namespace std;\nusing std::move;\n"), [])
        self.assertEqual(self.rules_of("using namespace test;\n"), [(1, "using-namespace")])
        self.assertEqual(self.rules_of("using namespace test;\n", "src/marsad/geo/a_test.cpp"), [])
        self.assertEqual(self.rules_of("using namespace std;\n", "src/marsad/geo/a_test.cpp"), [(1, "using-namespace")])
        self.assertEqual(self.rules_of("using namespace std::chrono_literals;\n"), [])
        self.assertEqual(self.rules_of("using namespace marsad::geo;\n", "fuzz/a_fuzz.cpp"), [])
        self.assertEqual(self.rules_of("using namespace marsad::geo;\n", "src/marsad/io/a.cpp"), [(1, "using-namespace")])

    def test_code_in_comments_is_refused(self):
        for dead in ("// return x;", "  // foo(bar);", "// x = y + 1;", "// if (a) {", "// #include <vector>", "// int n = f(x);"):
            self.assertEqual(self.rules_of(dead + "\n"), [(1, "dead-code")], dead)

    def test_prose_in_comments_is_not(self):
        for prose in ("// The value of f(x) is what counts.", "/// `x = 1;` is how.", "// if (and only if) it holds", "// so: a, b;",
                      "// return what was read, or nothing; never both at once."):
            self.assertEqual(self.rules_of(prose + "\n"), [], prose)

    def test_a_header_begins_with_its_guard(self):
        self.assertEqual(self.rules_of("// words\n#pragma once\n", "src/marsad/geo/a.hpp"), [(1, "pragma-once")])
        self.assertEqual(self.rules_of("#pragma once\n", "src/marsad/geo/a.hpp"), [])

    def test_libraries_neither_print_nor_exit_nor_look_at_the_clock(self):
        for code in ("std::cout << 1;", "printf(\"\");", "std::exit(1);", "exit(1);"):
            self.assertEqual(self.rules_of(code + "\n"), [(1, "prints-or-exits")], code)
        for code in ("std::chrono::system_clock::now();", "std::random_device d;", "std::time(nullptr);", "getenv(\"A\");", "std::fopen(p);", "::open(p);"):
            self.assertEqual(self.rules_of(code + "\n"), [(1, "outside")], code)
        self.assertEqual(self.rules_of("std::cout << 1;\n", "src/marsad/io/a.cpp"), [])
        self.assertEqual(self.rules_of("int printf_like; void open(char); r.open(); // std::cout\n"), [])


class Places(unittest.TestCase):
    def test_a_source_includes_its_own_header_first(self):
        files = {"src/marsad/geo/a.hpp", "src/marsad/geo/a.cpp"}
        good, bad = '#include "marsad/geo/a.hpp"\n#include <vector>\n', '#include <vector>\n#include "marsad/geo/a.hpp"\n'
        self.assertEqual(text.check_own_header_first("src/marsad/geo/a.cpp", good, files), [])
        self.assertEqual(rules(text.check_own_header_first("src/marsad/geo/a.cpp", bad, files)), [(1, "own-header-first")])
        self.assertEqual(text.check_own_header_first("src/marsad/geo/b.cpp", bad, files), [])

    def test_tests_are_named_so_and_stand_beside_code(self):
        gtest = "#include <gtest/gtest.h>\n"
        self.assertEqual(text.check_test_place("src/marsad/geo/a_test.cpp", gtest, {"src/marsad/geo/a.hpp"}), [])
        self.assertEqual(rules(text.check_test_place("src/marsad/geo/a.cpp", gtest, set())), [(1, "test-place")])
        self.assertEqual(rules(text.check_test_place("src/marsad/geo/a_test.cpp", gtest, {"src/marsad/io/a.hpp"})), [(1, "test-place")])


class Words(unittest.TestCase):
    BANNED = [{"word": "squawk", "instead": "mode_a", "folders": ["src/marsad/tracking"], "allow": ["squawk_column"]}]

    def rules_of(self, code, path="src/marsad/tracking/a.cpp"):
        return rules(words.check(path, code, self.BANNED))

    def test_a_banned_word_is_found_in_every_way_of_writing(self):
        for name in ("squawk", "last_squawk", "SquawkCode", "kSquawk", "squawk_"):
            self.assertEqual(self.rules_of(f"int {name};\n"), [(1, "words")], name)

    def test_it_is_free_elsewhere_in_texts_in_other_words_and_where_allowed(self):
        self.assertEqual(self.rules_of("int squawk;\n", "src/marsad/wire/a.cpp"), [])
        self.assertEqual(self.rules_of('f("squawk");  // squawk\nint squawking; int squawk_column;\n'), [])


class Links(unittest.TestCase):
    FILES = {"docs/a.md": "# One thing\n## Two, `things`\n", "docs": "", "README.md": "", "tools/tidy": ""}

    def rules_of(self, prose):
        return rules(links.check("docs/b.md", prose, lambda n: n in self.FILES, self.FILES.get))

    def test_links_and_paths_that_exist_pass(self):
        self.assertEqual(self.rules_of("[a](a.md) [r](../README.md) [o](a.md#one-thing) [t](a.md#two-things) [w](https://x.org) `tools/tidy`\n"), [])

    def test_those_that_do_not_are_found(self):
        self.assertEqual(self.rules_of("\n[a](c.md)\n"), [(2, "doc-links")])
        self.assertEqual(self.rules_of("[a](a.md#three)\n"), [(1, "doc-links")])
        self.assertEqual(self.rules_of("![a](../../outside.png)\n"), [(1, "doc-links")])
        self.assertEqual(self.rules_of("`tools/gone`\n"), [(1, "doc-links")])

    def test_a_listing_of_commands_is_no_document(self):
        self.assertEqual(self.rules_of("```\n[a](c.md)\n```\n"), [])


if __name__ == "__main__":
    unittest.main()
