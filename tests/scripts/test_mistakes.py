"""Every mistake in the sources is told with file and line, and nothing is written."""

import unittest

from fixture import Fixture

RULE = "core/rules/framing/length-in-204.md"
CHINESE = "core/rules/framing/length-in-204.zh-CN.md"


class Mistakes(Fixture):
    def assert_told(self, *expected: str) -> None:
        status, _, told = self.run_generator()
        self.assertEqual(status, 1)
        for text in expected:
            self.assertIn(text, told)
        self.assertFalse(self.out.exists())

    def check(self, name: str, old: str, new: str, *expected: str) -> None:
        self.change(name, old, new)
        self.assert_told(*expected)

    def test_all_at_once(self):
        self.change(RULE, "severity: error", "severity: fatal")
        self.change(CHINESE, "{value}", "{size}")
        self.assert_told(f"{RULE}:2: severity is 'fatal'", f"{CHINESE}:2: message: the placeholders differ", "2 mistake(s)")

    def test_citation_names_the_nearest_section(self):
        self.check(RULE, "section 8.6", "section 8.6.4", f"{RULE}:4: cite: RFC 9110 has no section 8.6.4; the nearest is section 8.6")

    def test_citation_of_an_unknown_document(self):
        self.check(RULE, "RFC 9110 section 8.6", "RFC 9111 section 1", "'RFC 9111' is not in documents.tsv; the nearest is RFC 9110")

    def test_reference_in_a_table(self):
        self.check("core/data/methods.tsv", "section 8\n", "section 9\n", "core/data/methods.tsv:2: reference: RFC 9110 has no section 9")

    def test_unknown_key(self):
        self.check(RULE, "severity:", "level:", f"{RULE}:2: 'level' is not a key", "missing in the front matter: severity")

    def test_values_that_yaml_reads_differently(self):
        for value in ("{value} is there", "a: b", "*x", '"open', "note # comment", "- x"):
            with self.subTest(value):
                self.write(RULE, self._rule_with_message(value))
                self.assert_told(f"{RULE}:6: message: ")

    def _rule_with_message(self, value: str) -> str:
        from fixture import FILES

        return FILES[RULE].replace("204 carries Content-Length ({value})", value)

    def test_on(self):
        for on, said in [
            ("sometimes", "it starts with one of"),
            ("status", "needs at least one name"),
            ("response 204", "stands alone"),
            ("status 2x", "three digits like 204 or a class like 4xx"),
            ("field Content-Lenght", "the nearest is Content-Length"),
            ("method FETCH", "not in methods.tsv"),
            ("content yaml", "the kinds are: any json xml"),
        ]:
            with self.subTest(on):
                self.setUp()
                self.check(RULE, "on: status 204, 1xx", f"on: {on}", f"{RULE}:3: on: ", said)

    def test_problem_kind(self):
        self.write("core/include/statuslab/parse.h", "enum class ProblemKind { line_end };\n")
        self.check(RULE, "on: status 204, 1xx", "on: problem chunk_size", "ProblemKind has no 'chunk_size'; the nearest is line_end")

    def test_examples(self):
        self.check(RULE, "^^^^^^^^^^^^^^^^^\n", " " * 30 + "^\n", f"{RULE}:18: the caret in column 31 is beyond")

    def test_no_good_example(self):
        self.check(RULE, "## Good\n```http\nHTTP/1.1 204 No Content\n```\n", "", "no example under '## Good'")

    def test_a_mark_belongs_into_bad(self):
        self.check(RULE, "## Good\n```http\n", "## Good\n```http\nA\n^\n", "only bad ones are")

    def test_fix_without_fixed_and_fixed_without_fix(self):
        self.check(RULE, "## Fixed\n```http\nHTTP/1.1 204 No Content\n```\n", "", "there is a fix but no '## Fixed'")
        self.setUp()
        self.change(CHINESE, "fix: 删除 Content-Length\nfix-to-check: 改用 200\n", "")
        self.check(RULE, "fix: Remove Content-Length\nfix-to-check: Send 200\n", "", "there is '## Fixed' but no fix")

    def test_unknown_section(self):
        self.check(RULE, "## Good", "## Nice", f"{RULE}:20: '## Nice'")

    def test_translation(self):
        self.check(CHINESE, "fix-to-check: 改用 200\n", "", "1 fix line(s), but length-in-204.md has 2")
        self.setUp()
        self.check(CHINESE, "fix-to-check:", "fix:", f"{CHINESE}:4: this is 'fix'")
        self.setUp()
        self.write("core/rules/framing/other.zh-CN.md", "---\nmessage: x\n---\nx\n")
        self.assert_told("there is no other.md to translate")

    def test_retired_ids_do_not_come_back(self):
        self.write("core/rules/RETIRED.txt", "# gone\nlength-in-204 replaced\n")
        self.assert_told(f"{RULE}:1: the id 'length-in-204' was retired (RETIRED.txt:2)")

    def test_names(self):
        self.write("core/rules/framing/Length_In.md", "")
        self.assert_told("core/rules/framing/Length_In.md:1: a rule file is named like")

    def test_an_id_in_two_families(self):
        for name, text in {
            "core/rules/other/README.md": "# Other\n",
            "core/src/lint/other.cpp": "",
            "core/rules/other/length-in-204.md": (self.root / RULE).read_text(encoding="utf-8"),
        }.items():
            self.write(name, text)
        self.assert_told("the id 'length-in-204' is also in family 'framing'")

    def test_family_without_source_or_title(self):
        (self.root / "core/src/lint/framing.cpp").unlink()
        (self.root / "core/rules/framing/README.md").unlink()
        self.assert_told("this family has no core/src/lint/framing.cpp", "README.md whose first heading is its title")

    def test_snippet_tables(self):
        notes = "core/data/snippet_notes.tsv"
        self.check(notes, "{0} 只", "只", f"{notes}:2: the two languages of 'log-only' have different placeholders")
        targets = "core/data/snippet_targets.tsv"
        told = f"{targets}:2: version 1.27.4 is not what frameworks.tsv proves with: 1.27.3"
        self.check(targets, "net/http\t1.27.3", "net/http\t1.27.4", told)
        self.setUp()
        proofs = "core/data/snippet_proofs.tsv"
        self.check(proofs, "go\tnet/http\t204\tnone", "go\tcaddy\t204\tnone", f"{proofs}:3: 'go' on 'caddy' is not in frameworks.tsv")

    def test_tables(self):
        self.check("core/data/fields.tsv", "TE\trequest", "TE\tboth\tx", "core/data/fields.tsv:4: 8 cells, but 7 columns")
        self.setUp()
        self.check("core/data/fields.tsv", "TE\trequest", "TE\tsideways", "fields.tsv:4: direction is 'sideways'; it is one of:")
        self.setUp()
        self.check("core/data/fields.tsv", "\nTE\t", "\nIf\t", "fields.tsv:4: name 'If' is already on line 3")
        self.setUp()
        self.check("core/data/fields.tsv", "hop", "hip", "fields.tsv:1: column 'hop' is missing")
        self.setUp()
        self.check("core/data/status_texts.tsv", "\n204\t", "\n205\t", "status_texts.tsv:2: key '205' is not in status_codes.tsv")

    def test_a_missing_table(self):
        (self.root / "core/data/fields.tsv").unlink()
        self.assert_told("core/data/fields.tsv:1: this table is missing")


if __name__ == "__main__":
    unittest.main()
