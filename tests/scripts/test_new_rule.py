"""scripts/new-rule: the scaffold names what is still to be filled in."""

import subprocess
import sys
import unittest
from pathlib import Path

from fixture import Fixture

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "new-rule"


class NewRule(Fixture):
    def new_rule(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, str(SCRIPT), *arguments, "--root", str(self.root)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def test_in_a_new_family(self):
        made = self.new_rule("no-content", "etag-in-204", "--on", "status 204", "--cite", "RFC 9110 section 8.6")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn(
            "void check_etag_in_204(const MessageView& response, Reporter& report) {\n}\n\n}  // namespace",
            self.read("core/src/lint/no_content.cpp"),
        )
        status, _, told = self.run_generator()
        self.assertEqual(status, 1)
        for expected in (
            "etag-in-204.md:6: message: the value is empty",
            "etag-in-204.md:8: the prose is missing",
        ):
            self.assertIn(expected, told)

    def test_in_a_family_that_is_there(self):
        self.write("core/src/lint/framing.cpp", "namespace a {\n\nvoid f() {}\n\n}  // namespace a\n")
        self.new_rule("framing", "te-in-get", "--on", "request-field TE", "--fix", "Remove TE")
        self.assertEqual(
            self.read("core/src/lint/framing.cpp"),
            "namespace a {\n\nvoid f() {}\n\nvoid check_te_in_get(const FieldView& field, Reporter& report) {\n}\n\n}  // namespace a\n",
        )
        self.assertIn("## Fixed\n\n```http request", self.read("core/rules/framing/te-in-get.md"))

    def test_refusals(self):
        self.write("core/rules/RETIRED.txt", "old-one\n")
        for arguments, said in [
            (("framing", "length-in-204", "--on", "response"), "already"),
            (("framing", "old-one", "--on", "response"), "was retired"),
            (("framing", "Bad_Name", "--on", "response"), "single hyphens"),
            (("framing", "new-one", "--on", "sometimes"), "core/src/lint/README.md"),
        ]:
            with self.subTest(said):
                made = self.new_rule(*arguments)
                self.assertEqual(made.returncode, 2)
                self.assertIn(said, made.stderr)


if __name__ == "__main__":
    unittest.main()
