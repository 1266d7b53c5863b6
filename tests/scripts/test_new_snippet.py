"""scripts/new-snippet: the scaffold is in all the places that the engine looks at."""

import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = ["core/src/snippet/target.h", "core/src/snippet/snippet.cpp", "core/data/snippet_targets.tsv"]


class NewSnippet(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        (self.root / "core/src/snippet/targets").mkdir(parents=True)
        (self.root / "core/data").mkdir()
        for name in FILES:
            shutil.copy(ROOT / name, self.root / name)

    def new_snippet(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, str(ROOT / "scripts/new-snippet"), *arguments, "--root", str(self.root)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def test_a_new_framework(self):
        made = self.new_snippet("flask", "--name", "Flask", "--version", "3.1.2", "--language", "python")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn('const Framework flask_framework{"flask", refuse, write};', self.read("core/src/snippet/targets/flask.cpp"))
        self.assertIn("extern const Framework flask_framework;\n", self.read("core/src/snippet/target.h"))
        before = (ROOT / "core/src/snippet/snippet.cpp").read_text(encoding="utf-8").count("_framework,")
        after = self.read("core/src/snippet/snippet.cpp")
        self.assertIn(f"std::array<const Framework*, {before + 1}> frameworks{{\n    &flask_framework,\n", after)
        self.assertTrue(self.read("core/data/snippet_targets.tsv").endswith("flask\tflask\tFlask\t3.1.2\tpython\t-\t-\t-\tn\n"))

    def test_what_is_there_already_or_no_name(self):
        arguments = ["--name", "Flask", "--version", "3.1.2", "--language", "python"]
        self.new_snippet("flask", *arguments)
        self.assertIn("is there already", self.new_snippet("flask", *arguments).stderr)
        self.assertIn("is no word", self.new_snippet("Fl ask", *arguments).stderr)


if __name__ == "__main__":
    unittest.main()
