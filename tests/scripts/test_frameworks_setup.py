"""tests/frameworks/setup with tools that only pretend: where nothing can be reached it skips, where something is refused it fails."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Each tool notes what it is asked, and fails where a file named after the question is in the folder `refused`.
TOOL = """#!/bin/sh
case "$0 $*" in
  */node*) echo v24.21.0; exit ;;
  *ensurepip*) exit ;;
  *-m\\ venv*) mkdir -p build/frameworks/venv/bin; cp "$0" build/frameworks/venv/bin/pip; exit ;;
  */npm\\ ci*) question=npm-install ;;
  */npm\\ view*) question=npm-reach ;;
  */pip\\ install*) question=pip-install ;;
  */pip\\ index*) question=pip-reach ;;
  */mvn\\ *validate*) question=maven-reach ;;
  */mvn\\ *) question=maven-install ;;
  *) exit ;;
esac
echo $question >>"$TOLD"
[ ! -e "$REFUSED/$question" ]
"""


class Setup(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        for part in ("scripts/lib.sh", "tests/frameworks", "core/data/frameworks.tsv"):
            (self.root / part).parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, self.root / part)
        for folder in ("bin", "refused"):
            (self.root / folder).mkdir()
        for tool in ("node", "npm", "mvn", "javac", "python3", "sleep"):
            (self.root / "bin" / tool).write_text(TOOL)
            (self.root / "bin" / tool).chmod(0o755)

    def setup(self, *refused: str) -> tuple[int, list[str], str]:
        for question in refused:
            (self.root / "refused" / question).touch()
        told = self.root / "told"
        told.write_text("")
        environment = os.environ | {"PATH": f"{self.root}/bin:{os.environ['PATH']}", "TOLD": str(told), "REFUSED": str(self.root / "refused")}
        done = subprocess.run([self.root / "tests/frameworks/setup"], cwd=self.root, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, told.read_text().split(), done.stdout + done.stderr

    def installed(self) -> set[str]:
        return {path.name for path in (self.root / "build/frameworks/stamps").iterdir()}

    def test_all_is_there_and_is_not_asked_for_again(self):
        status, told, said = self.setup()
        self.assertEqual(status, 0, said)
        self.assertEqual(self.installed(), {"node", "npm", "python", "spring-3.5", "spring-4.0", "google-java-format"})
        self.assertEqual(self.setup()[1], [])
        self.assertNotIn("maven-reach", told)

    def test_a_source_that_cannot_be_reached_is_skipped(self):
        status, told, said = self.setup("npm-install", "npm-reach")
        self.assertEqual(status, 0, said)
        self.assertIn("frameworks: npm: skipped", said)
        self.assertEqual(told.count("npm-install"), 1)
        self.assertEqual(self.installed(), {"node", "python", "spring-3.5", "spring-4.0", "google-java-format"})

    def test_what_a_source_refuses_is_a_failure_after_three_times(self):
        for source in ("npm", "pip", "maven"):
            with self.subTest(source):
                shutil.rmtree(self.root / "build", ignore_errors=True)
                status, told, said = self.setup(f"{source}-install")
                self.assertEqual(status, 1, said)
                self.assertEqual(told.count(f"{source}-install") % 3, 0, told)
                self.assertIn("could not be installed, although", said)

    def test_what_was_there_in_another_version_does_not_count(self):
        self.setup()
        (self.root / "tests/frameworks/requirements.txt").write_text("Django==0.1\n")
        self.assertEqual(self.setup("pip-install", "pip-reach")[0], 0)
        self.assertNotIn("python", self.installed())


if __name__ == "__main__":
    unittest.main()
