"""scripts/layers: what may include and import what."""

import importlib.machinery
import importlib.util
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "layers"
loader = importlib.machinery.SourceFileLoader("layers", str(SCRIPT))
layers = importlib.util.module_from_spec(importlib.util.spec_from_loader("layers", loader))
loader.exec_module(layers)


class Layers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        self.addCleanup(setattr, layers, "ROOT", layers.ROOT)
        layers.ROOT = self.root

    def faults(self, name: str, text: str) -> list[tuple[int, str]]:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        found = [*layers.include_faults(), *layers.import_faults()]
        path.unlink()
        return [(line, told) for _, line, told in found]

    def test_includes_go_down(self):
        below = '#include "statuslab/parse.h"\n#include "syntax/rfc9110.h"\n#include "lint/context.h"\n#include <vector>\n'
        self.assertEqual(self.faults("core/src/lint/context.cpp", below), [])
        self.assertEqual(
            self.faults("core/src/wire/parse.cpp", '\n#include "statuslab/lint.h"\n'),
            [(2, "wire includes statuslab/lint.h of lint, which is above it")],
        )

    def test_neighbours_meet_in_public_headers(self):
        self.assertEqual(self.faults("core/src/lab/judge.cpp", '#include "statuslab/simulate.h"\n'), [])
        (fault,) = self.faults("core/src/lab/judge.cpp", '#include "simulate/cache.h"\n')
        self.assertIn("an inside of simulate", fault[1])

    def test_public_headers_have_layers_too(self):
        self.assertEqual(len(self.faults("core/include/statuslab/parse.h", '#include "statuslab/lint.h"\n')), 1)
        self.assertEqual(self.faults("core/include/statuslab/statuslab.h", '#include "statuslab/json.h"\n'), [])

    def test_what_stays_out_of_the_engine(self):
        for text in ("<iostream>", "<chrono>", "<functional>", "<nlohmann/json.hpp>", "<emscripten/bind.h>"):
            self.assertEqual(len(self.faults("core/src/lint/a.cpp", f"#include {text}\n")), 1, text)

    def test_only_json_reads_json(self):
        text = "#include <nlohmann/json.hpp>\n"
        self.assertEqual(self.faults("core/src/json/reader.cpp", text), [])
        self.assertEqual(len(self.faults("core/src/simulate/a.cpp", text)), 1)
        self.assertEqual(len(self.faults("core/include/statuslab/json.h", text)), 1)

    def test_a_folder_that_is_not_a_layer(self):
        self.assertIn("'utils' is not a layer", self.faults("core/src/utils/a.h", "")[0][1])

    def test_imports_go_down(self):
        self.assertEqual(self.faults("web/src/elements/list/list.ts", 'import { a } from "../../state/a";\n'), [])
        for text in (
            'import { a } from "../elements/list/list";',
            'import "../elements/list/list";',
            'export * from "../elements/list/list";',
            'const later = await import("../elements/list/list");',
            'new Worker(new URL("../elements/list/list.ts", import.meta.url));',
        ):
            self.assertEqual(len(self.faults("web/src/state/a.ts", f"\n{text}\n")), 1, text)

    def test_only_the_engine_folder_talks_to_the_package(self):
        text = 'import { load } from "statuslab";\n'
        self.assertEqual(self.faults("web/src/engine/worker.ts", text), [])
        self.assertEqual(len(self.faults("web/src/pages/index.astro", text)), 1)
        self.assertEqual(self.faults("web/src/state/a.ts", 'import type { Finding } from "statuslab";\n'), [])


if __name__ == "__main__":
    unittest.main()
