"""The example programs do what they say. Built in this tree; tests/install builds them against the installed library."""

import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "python"))
import samples  # noqa: E402  (the path above comes first)

FOLDER = pathlib.Path(os.environ["MARSAD_EXAMPLES"])
GROUP = "239.255.77.2"


def run(name, *arguments, expected=0):
    done = subprocess.run([FOLDER / name, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == expected, f"{name} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


class Examples(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.file = pathlib.Path(self.folder.name) / "input"

    def test_decode_file_reads_what_write_cat021_wrote(self):
        run("write_cat021", self.file)
        lines = [line.split() for line in run("decode_file", self.file).splitlines()]
        self.assertEqual([line[0] for line in lines], ["EIN52K", "UAE7"])
        for line, (latitude, longitude) in zip(lines, [(33.2625, 44.2346), (31.9394, 47.6626)]):
            self.assertAlmostEqual(float(line[1]), latitude, delta=1e-5)
            self.assertAlmostEqual(float(line[3]), longitude, delta=1e-5)
        run("decode_file", pathlib.Path(self.folder.name) / "nowhere", expected=1)

    def test_round_trip_rebuilds_records_and_notices_longer_ones(self):
        self.file.write_bytes(samples.block(48, samples.plot(), samples.bare(), bytes([0x81, 0, 25, 201])))
        self.assertIn("3 records, 2 rebuilt octet by octet", run("round_trip", self.file))

    def test_typed_plots_averages_each_minute(self):
        self.file.write_bytes(samples.block(48, *[samples.plot(time_s=3600 + s, rho_nm=s) for s in range(0, 120, 10)]))
        self.assertEqual(run("typed_plots", self.file).split("\n")[:2],
                         ["60:00      6 plots,  25.00 NM on average".replace("60:00", "01:00"),
                          "01:01      6 plots,  85.00 NM on average"])

    def test_mode_s_positions_pairs_what_the_receiver_heard(self):
        heard = [(1.0, samples.identification_squitter(0x4CA2D6, "EIN52K"))]
        for i in range(8):
            heard.append((2.0 + 0.5 * i, samples.position_squitter(0x4CA2D6, 33.3 + i * 1e-3, 44.2, odd=i % 2)))
        self.file.write_bytes(samples.beast(heard))
        lines = [line.split() for line in run("mode_s_positions", self.file).splitlines()]
        self.assertGreaterEqual(len(lines), 5)
        for line in lines:
            self.assertEqual(line[1:3], ["4CA2D6", "EIN52K"])
            self.assertAlmostEqual(float(line[3]), 33.3 + (float(line[0]) - float(lines[-1][0])) * 2e-3 + 7e-3, delta=1e-4)
            self.assertAlmostEqual(float(line[4]), 44.2, delta=1e-4)

    def test_subscribe_prints_what_arrives_in_its_group(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("", 0))
            port = probe.getsockname()[1]
        listening = subprocess.Popen([FOLDER / "subscribe", GROUP, str(port), "5", "127.0.0.1"], stdout=subprocess.PIPE, text=True)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
            for _ in range(20):  # until it has joined
                sender.sendto(samples.block(48, samples.plot()), (GROUP, port))
                time.sleep(0.1)
        printed, _ = listening.communicate(timeout=30)
        self.assertEqual(listening.returncode, 0)
        self.assertIn('"I048/040":{"RHO":50.25,"THETA":90}', printed.splitlines()[0])
        self.assertNotIn('"t":null', printed)
        run("subscribe", "not-an-address", port, 1, expected=1)


if __name__ == "__main__":
    unittest.main()
