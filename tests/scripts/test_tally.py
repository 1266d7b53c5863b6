"""What test runners print, counted."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from tally import tally  # noqa: E402


class Tally(unittest.TestCase):
    def test_catch2(self):
        self.assertEqual(tally("====\nAll tests passed (25 assertions in 8 test cases)\n"), (8, 0, 0))
        self.assertEqual(tally("test cases: 3 | 2 passed | 1 failed\nassertions: 9 | 8 passed | 1 failed\n"), (2, 1, 0))
        self.assertEqual(tally("test cases: 3 | 2 passed | 1 skipped\n"), (2, 0, 1))

    def test_catch2_v2_skips_early(self):
        self.assertEqual(tally("warning:\n  SKIPPED: no corpus\nAll tests passed (1 assertion in 2 test cases)\n"), (1, 0, 1))

    def test_unittest(self):
        self.assertEqual(tally("Ran 64 tests in 0.2s\n\nOK\n"), (64, 0, 0))
        self.assertEqual(tally("Ran 5 tests in 0.2s\n\nFAILED (failures=1, errors=1, skipped=1)\n"), (2, 2, 1))

    def test_node(self):
        self.assertEqual(tally("ℹ tests 4\nℹ pass 2\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0\n"), (2, 1, 1))
        self.assertEqual(tally("# pass 2\n# fail 0\n"), (2, 0, 0))

    def test_vitest(self):
        log = " Test Files  3 passed (3)\n      Tests  \x1b[32m40 passed\x1b[39m | 1 failed | 2 skipped (43)\n"
        self.assertEqual(tally(log), (40, 1, 2))

    def test_playwright(self):
        self.assertEqual(tally("  1 failed\n    a.spec.ts:3:1 > x\n  1 flaky\n  2 skipped\n  12 passed (3.1s)\n"), (13, 1, 2))

    def test_ours_and_sums(self):
        self.assertEqual(tally("tally: 1 passed, 0 failed, 2 skipped\ntally: 1 passed, 1 failed, 0 skipped\n"), (2, 1, 2))

    def test_nothing(self):
        self.assertEqual(tally("Segmentation fault\n"), (0, 0, 0))


if __name__ == "__main__":
    unittest.main()
