"""The closing line of the tests counts what ctest reports."""

import contextlib
import io
import pathlib
import runpy
import tempfile
import unittest

TOOL = runpy.run_path(str(pathlib.Path(__file__).resolve().parent.parent / "test_summary"))

CASE = '<testcase name="{}" status="{}">{}</testcase>'


def summary(*cases):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "tests-x.xml"
        report.write_text("<testsuite>" + "".join(CASE.format(*case) for case in cases) + "</testsuite>")
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            code = TOOL["main"]([str(report)])
    return code, said.getvalue().splitlines()


class TestSummary(unittest.TestCase):
    def test_it_closes_with_the_three_numbers_alone_on_a_line(self):
        code, said = summary(("a", "run", ""), ("b", "run", ""), ("c", "notrun", "<skipped/>"))
        self.assertEqual((code, said[-1]), (0, "2 passed, 0 failed, 1 skipped"))

    def test_a_failure_is_named_and_fails_the_run(self):
        code, said = summary(("a", "run", ""), ("b", "fail", "<failure/>"))
        self.assertEqual((code, said[-1]), (1, "1 passed, 1 failed, 0 skipped"))
        self.assertIn("failed: b", said[0])

    def test_a_run_of_nothing_is_no_success(self):
        self.assertEqual(summary()[0], 1)
        self.assertEqual(summary(("a", "notrun", "<skipped/>"))[0], 1)


if __name__ == "__main__":
    unittest.main()
