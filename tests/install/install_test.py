"""Installs marsad from a build into an empty folder, and builds and runs programs against it, out of tree."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["MARSAD_BUILD"])
SOURCE = pathlib.Path(os.environ["MARSAD_SOURCE"])
COMPILER = os.environ["MARSAD_CXX"]
HERE = pathlib.Path(__file__).resolve().parent


def run(*command, ends=0, **options):
    """What the command said; the test fails, with all of that, unless it ends as it should."""
    done = subprocess.run([str(word) for word in command], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False, **options)
    if done.returncode != ends:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-4000:]}")
    return done.stdout


class Installed:
    """The components in a folder that is then moved, so that nothing can depend on where it was installed."""

    def __init__(self, *components):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="marsad-install-"))
        for component in components:
            run("cmake", "--install", BUILD, "--component", component, "--prefix", self.folder / "first")
        self.prefix = (self.folder / "first").rename(self.folder / "moved")

    def build(self, project, *definitions):
        """Configures and builds a project against the installed library; its build folder."""
        binary = self.folder / f"build-{project.name}"
        run("cmake", "-S", project, "-B", binary, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={COMPILER}",
            f"-DCMAKE_PREFIX_PATH={self.prefix}", "-DCMAKE_BUILD_TYPE=Debug", *definitions)
        run("cmake", "--build", binary, "-j", "2")
        return binary

    def remove(self):
        shutil.rmtree(self.folder)


class TheCodec(unittest.TestCase):
    """What needs nothing but a compiler."""

    @classmethod
    def setUpClass(cls):
        cls.installed = Installed("core", "asterix")

    @classmethod
    def tearDownClass(cls):
        cls.installed.remove()

    def test_is_found_by_cmake_without_our_warnings_and_works(self):
        binary = self.installed.build(HERE / "consumer")
        self.assertEqual(run(binary / "consumer"), "3 7 asterix\n")
        commands = run("ninja", "-C", binary, "-t", "commands")
        self.assertNotIn("-Werror", commands)
        self.assertNotIn(str(SOURCE / "src"), commands)

    def test_is_found_by_pkg_config(self):
        flags = run("pkg-config", "--cflags", "--libs", "marsad-asterix",
                    env={**os.environ, "PKG_CONFIG_PATH": str(self.installed.prefix / "lib/pkgconfig")}).split()
        program = self.installed.folder / "by_pkg_config"
        run(COMPILER, "-std=c++20", HERE / "consumer/consumer.cpp", *flags, "-o", program)
        self.assertEqual(run(program), "3 7 asterix\n")

    def test_works_as_its_page_tells(self):
        page = (SOURCE / "docs/library.md").read_text()
        project = self.installed.folder / "mine"
        project.mkdir()
        for language, name in (("cmake", "CMakeLists.txt"), ("cpp", "mine.cpp")):
            snippet, = re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
            (project / name).write_text(snippet)
        recording = project / "radar.ast"
        recording.write_bytes(bytes([48, 0, 10, 0b10010000, 25, 201, 50, 64, 0, 0]))
        self.assertEqual(run(self.installed.build(project) / "mine", recording), "50.250 NM\n")

    def test_holds_no_header_of_tests_and_no_other_component(self):
        names = [str(p.relative_to(self.installed.prefix)) for p in self.installed.prefix.rglob("*") if p.is_file()]
        self.assertFalse([n for n in names if "test" in n or "fixture" in n])
        self.assertFalse([n for n in names if "tracking" in n or "libmarsad_geo" in n])
        self.assertIn("include/marsad/wire/asterix/fields/cat048.hpp", names)

    def test_says_what_to_do_where_a_component_is_not_installed(self):
        project = self.installed.folder / "asks_for_more"
        project.mkdir()
        (project / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.25)\nproject(p LANGUAGES CXX)\n"
                                                "find_package(marsad REQUIRED COMPONENTS modes)\n")
        with self.assertRaisesRegex(AssertionError, '"modes" is not installed'):
            self.installed.build(project)


class TheWhole(unittest.TestCase):
    """All components: the examples as they are told to be built."""

    @classmethod
    def setUpClass(cls):
        cls.installed = Installed("core", "asterix", "modes", "observation", "marsad")

    @classmethod
    def tearDownClass(cls):
        cls.installed.remove()

    def test_the_examples_are_built_and_run_against_it(self):
        binary = self.installed.build(SOURCE / "examples", "-DMARSAD_COMPONENTS=asterix;modes;observation;marsad")
        written = binary / "two.ast"
        run(binary / "write_cat021", written)
        decoded = run(binary / "decode_file", written)
        self.assertIn("EIN52K", decoded)
        self.assertIn("2 records, 2 rebuilt", run(binary / "round_trip", written))
        self.assertNotEqual("", run(binary / "typed_plots", written, ends=1), "CAT021 has no plots")
        run(binary / "mode_s_positions", written)
        run(binary / "subscribe", "239.255.77.1", "0", "0.05", "127.0.0.1")


if __name__ == "__main__":
    import sys
    sys.argv[1:] = ["The" + word for word in sys.argv[1:]]
    unittest.main()
