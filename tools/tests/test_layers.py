"""The rules about rooms see what they should, and nothing else."""

import unittest

from rules import layers

TABLE = """
[rooms.low]
folder = "src/marsad/low"
level = 0
[rooms.mid]
folder = "src/marsad/mid"
level = 1
uses = ["low"]
headers = ["eigen"]
sources = ["fmt"]
[rooms.mid_inner]
folder = "src/marsad/mid/inner"
level = 1
[rooms.top]
folder = "src/marsad/top"
level = 2
outside = true
uses = ["low", "mid"]
[libraries]
eigen = { headers = ["Eigen/"], target = "Eigen3::Eigen" }
fmt = { headers = ["fmt/"], target = "fmt::fmt" }
gtest = { headers = ["gtest/"], target = "GTest::gtest", tests = true }
[outside]
headers = ["fstream", "sys/"]
except = { "src/marsad/low/check.cpp" = ["fstream"] }
"""


class Includes(unittest.TestCase):
    def setUp(self):
        self.house = layers.House(TABLE)

    def rules(self, path, text):
        return [(f.line, f.rule) for f in layers.check_file(self.house, path, text)]

    def test_a_room_includes_itself_and_what_it_uses(self):
        text = '#include "marsad/mid/b.hpp"\n#include "marsad/low/a.hpp"\n#include <vector>\n'
        self.assertEqual(self.rules("src/marsad/mid/a.cpp", text), [])

    def test_a_room_above_or_unnamed_is_refused_at_its_line(self):
        self.assertEqual(self.rules("src/marsad/low/a.hpp", '#pragma once\n#include "marsad/mid/b.hpp"\n'), [(2, "layers")])
        self.assertEqual(self.rules("src/marsad/mid/a.hpp", '#include "marsad/mid/inner/b.hpp"\n'), [(1, "layers")])
        self.assertEqual(self.rules("src/marsad/mid/a.hpp", '#include "marsad/nowhere/b.hpp"\n'), [(1, "layers")])
        self.assertEqual(self.rules("src/marsad/mid/a.hpp", '#include "b.hpp"\n'), [(1, "layers")])

    def test_a_comment_includes_nothing(self):
        self.assertEqual(self.rules("src/marsad/low/a.hpp", '// #include "marsad/mid/b.hpp"\n'), [])

    def test_a_library_stands_where_the_table_says(self):
        self.assertEqual(self.rules("src/marsad/mid/a.hpp", "#include <Eigen/Core>\n"), [])
        self.assertEqual(self.rules("src/marsad/mid/a.cpp", "#include <fmt/core.h>\n"), [])
        self.assertEqual(self.rules("src/marsad/mid/a.hpp", "#include <fmt/core.h>\n"), [(1, "layers")])
        self.assertEqual(self.rules("src/marsad/low/a.cpp", "#include <Eigen/Core>\n"), [(1, "layers")])
        self.assertEqual(self.rules("src/marsad/mid/a.cpp", "#include <unheard/of.hpp>\n"), [(1, "layers")])

    def test_only_tests_include_test_libraries(self):
        self.assertEqual(self.rules("src/marsad/low/a_test.cpp", "#include <gtest/gtest.h>\n"), [])
        self.assertEqual(self.rules("src/marsad/low/a.cpp", "#include <gtest/gtest.h>\n"), [(1, "layers")])

    def test_the_world_outside_is_for_rooms_that_may_touch_it(self):
        self.assertEqual(self.rules("src/marsad/low/a.cpp", "#include <fstream>\n"), [(1, "outside")])
        self.assertEqual(self.rules("src/marsad/low/a.cpp", "#include <sys/socket.h>\n"), [(1, "outside")])
        self.assertEqual(self.rules("src/marsad/low/check.cpp", "#include <fstream>\n"), [])
        self.assertEqual(self.rules("src/marsad/top/a.cpp", "#include <sys/socket.h>\n"), [])
        self.assertEqual(self.rules("src/marsad/low/a_test.cpp", "#include <fstream>\n"), [])


class Links(unittest.TestCase):
    def findings(self, cmake):
        return layers.check_links(layers.House(TABLE), "mid", "CMakeLists.txt", cmake)

    def test_the_list_equals_the_table(self):
        self.assertEqual(self.findings("# a comment\nmarsad_room(mid LINKS low PUBLIC Eigen3::Eigen PRIVATE fmt::fmt)\n"), [])

    def test_a_room_too_many_or_too_few_is_refused(self):
        self.assertEqual(len(self.findings("marsad_room(mid LINKS low top PUBLIC Eigen3::Eigen PRIVATE fmt::fmt)")), 1)
        self.assertEqual(len(self.findings("marsad_room(mid PUBLIC Eigen3::Eigen PRIVATE fmt::fmt)")), 1)
        self.assertEqual(len(self.findings("marsad_room(mid LINKS low PUBLIC Eigen3::Eigen fmt::fmt)")), 2)
        self.assertEqual(len(self.findings("marsad_room(low)")), 1)


class Table(unittest.TestCase):
    def test_a_sound_table_passes(self):
        self.assertEqual(layers.check_table(layers.House(TABLE)), [])

    def test_a_room_that_looks_up_or_sideways_is_refused(self):
        up = TABLE.replace('level = 0\n', 'level = 0\nuses = ["mid"]\n')
        self.assertEqual(len(layers.check_table(layers.House(up))), 1)
        side = TABLE.replace('level = 0\n', 'level = 0\nside = true\n')
        self.assertEqual(len(layers.check_table(layers.House(side))), 1)  # top may, being outside; mid may not
        self.assertEqual(len(layers.check_table(layers.House(TABLE.replace('uses = ["low"]', 'uses = ["gone"]')))), 1)


if __name__ == "__main__":
    unittest.main()
