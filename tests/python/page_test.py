"""What docs/library.md shows of Python works as it stands there."""

import contextlib
import io
import os
import pathlib
import re
import tempfile
import unittest

import samples

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs/library.md"


class Page(unittest.TestCase):
    def test_every_snippet_runs(self):
        snippets = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
        self.assertGreaterEqual(len(snippets), 4)
        heard = [(1 + i / 2, samples.position_squitter(0x4CA2D6, 33.3, 44.2, odd=i % 2)) for i in range(8)]
        before, names = pathlib.Path.cwd(), {}
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as printed:
            pathlib.Path(folder, "radar.ast").write_bytes(
                samples.block(48, samples.plot(registers=[0x40]), samples.named_plot("UAE7"), samples.bare()))
            pathlib.Path(folder, "adsb.beast").write_bytes(samples.beast(heard))
            os.chdir(folder)
            try:
                for snippet in snippets:
                    exec(snippet, names)  # one after another, as a reader would type them
            finally:
                os.chdir(before)
        self.assertIn("50.25 NM", printed.getvalue())
        self.assertIn("UAE7", printed.getvalue())
        self.assertEqual(len(names["adsb"]["lat"][names["located"]]), 7)


if __name__ == "__main__":
    unittest.main()
