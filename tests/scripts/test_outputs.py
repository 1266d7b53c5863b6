"""What the generator writes."""

import base64
import json
import unittest

from fixture import Fixture
from generator import cpp

RULE = "core/rules/framing/length-in-204.md"


class Strings(unittest.TestCase):
    def test_escapes_cannot_join_what_follows(self):
        self.assertEqual(cpp.string(b"\x00" + b"1\xffA\r\n\t\"\\?"), '"\\0001\\377A\\r\\n\\t\\"\\\\?"')

    def test_enumerators(self):
        for name, expected in [("Content-Length", "content_length"), ("If", "if_"), ("3D", "field_3d"), ("*", "x2a")]:
            self.assertEqual(cpp.word(name), expected)


class Engine(Fixture):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_generator()[::2], (0, ""))

    def test_field_ids_follow_the_table(self):
        self.assertIn("{\n  unknown,\n  content_length,\n  if_,\n  te,\n}", self.output("core/field_id.h"))
        self.assertIn("field_count = 3;", self.output("core/field_id.h"))

    def test_tables(self):
        self.assertIn(
            '{FieldId::te, "TE", FieldDirection::request, FieldSection::header, FieldShape::list, '
            'FieldStatus::permanent, true, "1#token", "trailers"},\n',
            self.output("core/field_table.inc"),
        )
        self.assertIn(
            '{"POST", false, false, false, RequestContent::defined, ""},\n', self.output("core/method_table.inc")
        )

    def test_status_table_is_sorted_and_has_no_sub_codes(self):
        rows = self.output("core/status_table.inc").splitlines()[1:]
        self.assertEqual(
            rows,
            [
                '{204, "204", "No Content", StatusKind::registered, "", "RFC 9110 section 8.6", ContentRule::forbidden, '
                'true, false, "", "ETag,Location"},',
                '{419, "419-laravel", "Page Expired", StatusKind::unofficial, "Laravel", "", ContentRule::allowed, '
                'false, false, "", ""},',
            ],
        )

    def test_rules(self):
        self.assertIn("void check_length_in_204(const MessageView&, Reporter&);", self.output("core/checks/framing.h"))
        self.assertIn('rule_ids =\n    "length-in-204"\n;', self.output("core/rule_table.inc"))
        self.assertIn("{0, 0, Severity::error, Sides::both, 2, 1},", self.output("core/rule_table.inc"))
        dispatch = self.output("core/rule_dispatch.inc")
        self.assertIn(
            "std::array<StatusRule, 2> status_rules{{\n"
            "    {100, 199, 0},\n    {204, 204, 0},\n}};",
            dispatch,
        )
        self.assertIn("std::array<std::uint16_t, 0> field_rules{{\n}};", dispatch)

    def test_examples(self):
        text = self.output("tests/rule_examples.h")
        self.assertIn("std::array<RuleExample, 3>", text)
        self.assertIn(
            '{"length-in-204", ExampleKind::bad, 0,\n     std::nullopt,\n'
            '     std::string_view{"HTTP/1.1 204 No Content\\r\\n" "Content-Length: 5\\r\\n" "\\r\\n", 46},\n'
            '     "", std::nullopt, {"response", 25, 42}, "core/rules/framing/length-in-204.md:15",\n     "value "},',
            text,
        )

    def test_an_unchanged_file_is_left_alone(self):
        before = (self.out / "core/checks/framing.h").stat().st_mtime_ns
        status, said, _ = self.run_generator()
        self.assertIn("; 0 file(s) changed", said)
        self.assertEqual((self.out / "core/checks/framing.h").stat().st_mtime_ns, before)

    def test_depfile_names_inputs_and_folders(self):
        deps, stamp = self.out / "deps.d", self.out / "stamp"
        self.run_generator("--depfile", str(deps), "--stamp", str(stamp))
        text = deps.read_text(encoding="utf-8")
        self.assertTrue(text.startswith(f"{stamp}: "))
        for name in (RULE, "core/rules/framing ", "core/data/fields.tsv"):
            self.assertIn(str(self.root / name.strip()), text)
        self.assertTrue(stamp.is_file())


class Triggers(Fixture):
    def dispatch_of(self, on: str) -> tuple[str, str]:
        self.change(RULE, "on: status 204, 1xx", f"on: {on}")
        self.assertEqual(self.run_generator()[::2], (0, ""))
        return self.output("core/rule_dispatch.inc"), self.output("core/checks/framing.h")

    def test_field(self):
        dispatch, checks = self.dispatch_of("request-field TE, content-length")
        # Content-Length is the first of three fields, TE the last one; nothing belongs to an unknown field.
        self.assertIn("field_rules{{\n    0,\n    0,\n}};", dispatch)
        self.assertIn("field_rules_begin{{0, 0, 1, 1, 2}};", dispatch)
        self.assertIn("check_length_in_204(const FieldView&, Reporter&)", checks)

    def test_problem_is_sorted_as_its_enumeration(self):
        self.write(
            "core/include/statuslab/parse.h",
            "enum class ProblemKind : std::uint8_t {\n  line_end,  // a, b\n  chunk_size,\n};\n",
        )
        dispatch, checks = self.dispatch_of("problem chunk_size, line_end")
        self.assertLess(dispatch.index("ProblemKind::line_end, 0"), dispatch.index("ProblemKind::chunk_size, 0"))
        self.assertIn("(const ProblemView&, Reporter&)", checks)

    def test_method(self):
        self.assertIn('method_rules{{\n    {"GET", 0},', self.dispatch_of("method GET")[0])

    def test_content(self):
        dispatch, checks = self.dispatch_of("content event-stream, any")
        self.assertIn("content_rules{{\n    {ContentKind::any, 0},", dispatch)
        self.assertLess(dispatch.index("ContentKind::any, 0"), dispatch.index("ContentKind::event_stream, 0"))
        self.assertIn("(const ContentView&, Reporter&)", checks)

    def test_message_and_exchange(self):
        self.assertIn("message_rules{{\n    {0},", self.dispatch_of("response")[0])

    def test_exchange(self):
        dispatch, checks = self.dispatch_of("exchange")
        self.assertIn("exchange_rules{{\n    {0},", dispatch)
        self.assertIn("(const ExchangeView&, Reporter&)", checks)


class Site(Fixture):
    def json(self, name: str):
        return json.loads(self.output(name))

    def test_catalogues(self):
        self.run_generator()
        english = self.json("catalog/en.json")["rules"]["length-in-204"]
        self.assertEqual(english["summary"], "Some clients wait for bytes that never come.")
        self.assertEqual(english["citeUrl"], "https://www.rfc-editor.org/rfc/rfc9110#section-8.6")
        self.assertEqual(english["fixes"], ["Remove Content-Length", "Send 200"])
        chinese = self.json("catalog/zh-CN.json")
        self.assertEqual(chinese["rules"]["length-in-204"]["message"], "204 带有 Content-Length（{value}）")
        self.assertEqual(chinese["status"]["204"], {"title": "无内容", "summary": "已完成，无内容。"})
        self.assertEqual(chinese["severities"]["error"], "错误")

    def test_without_a_translation_the_site_has_null_and_the_catalogue_english(self):
        (self.root / RULE.replace(".md", ".zh-CN.md")).unlink()
        status, said, _ = self.run_generator()
        self.assertIn("1 rule(s) without zh-CN", said)
        self.assertIsNone(self.json("site/rules.json")["rules"][0]["zh-CN"])
        self.assertEqual(
            self.json("catalog/zh-CN.json")["rules"]["length-in-204"]["message"], "204 carries Content-Length ({value})"
        )

    def test_rules(self):
        self.run_generator()
        site = self.json("site/rules.json")
        self.assertEqual(site["families"], [{"id": "framing", "title": {"en": "Framing", "zh-CN": None}}])
        (rule,) = site["rules"]
        self.assertEqual(rule["quote"], "A server MUST NOT send it: never.")
        self.assertTrue(rule["en"]["prose"].endswith("More."))
        self.assertEqual(rule["bad"][0]["mark"], {"on": "response", "begin": 25, "end": 42})
        self.assertEqual(rule["fixed"]["response"], rule["good"][0]["response"])

    def test_clients(self):
        self.run_generator()
        clients = self.json("site/clients.json")
        self.assertEqual([client["id"] for client in clients], ["by-the-book", "curl"])
        self.assertEqual(clients[1], {"id": "curl", "name": "curl", "version": "1.0", "measured": "2026-01-01"})

    def test_proofs_are_the_runs_with_bytes_on_record(self):
        self.run_generator()
        proofs = self.json("site/proofs.json")
        run = {"framework": "net/http 1.27.3", "server": "net/http 1.27.3", "measured": "2026-11-25"}
        self.assertEqual(proofs, {"go": {"runs": [run], "cells": {"204 none": [[0, "HTTP/1.1 204 No Content\r\n\r\n"]]}}})

    def test_the_matrix_counts_every_cell_once_and_tells_why_not(self):
        self.run_generator()
        matrix = self.json("site/matrix.json")
        self.assertEqual(matrix["columns"], ["json", "none", "text", "upgrade"])
        self.assertEqual(matrix["rows"], [{"code": "204", "proven": [None, 1, 1, 0]}])
        ((run, proven, cannot, failed),) = [found.values() for found in matrix["runs"]]
        self.assertEqual((run["id"], run["serverVersion"], proven, cannot, failed), ("go", "1.27.3", 2, 1, 0))
        self.assertEqual([reason["words"]["en"] for reason in matrix["reasons"]], ["{code} stands in logs only.", "It sends no upgrade."])

    def test_what_frameworks_did_keeps_its_bytes(self):
        self.run_generator()
        (seen,) = self.json("site/frameworks.json")["behaviour"]
        self.assertEqual(seen["code"], 'f("\\r☃")\n')
        self.assertEqual(base64.b64decode(seen["wire"]), b"HTTP/1.1 204 No Content\r\nX: \xe9\r\n\r\n")

    def test_meta(self):
        self.run_generator()
        meta = self.json("site/meta.json")
        self.assertEqual(meta["version"], "1.2.3")
        self.assertEqual(meta["counts"], {"rules": 1, "families": 1, "status": 3, "fields": 3, "methods": 2})
        self.assertEqual(meta["severities"], {"error": 1, "warning": 0, "info": 0, "hint": 0, "fine": 0})

    def test_status_keeps_sub_codes(self):
        self.run_generator()
        rows = {row["key"]: row for row in self.json("site/status.json")}
        self.assertEqual(rows["400.1-iis"]["logOnly"], True)
        self.assertEqual(rows["204"]["customary"], ["ETag", "Location"])
        self.assertEqual(rows["204"]["referenceUrl"], "https://www.rfc-editor.org/rfc/rfc9110#section-8.6")
        self.assertIsNone(rows["419-laravel"]["referenceUrl"])

    def test_what_is_left_out_of_fixed_is_as_in_bad(self):
        self.change(RULE, "## Bad\n", "## Bad\n```http request scheme=https\nGET / HTTP/1.1\n```\n")
        self.run_generator()
        (rule,) = self.json("site/rules.json")["rules"]
        self.assertEqual(rule["fixed"]["request"], rule["bad"][0]["request"])
        self.assertEqual(rule["fixed"]["scheme"], "https")


if __name__ == "__main__":
    unittest.main()
