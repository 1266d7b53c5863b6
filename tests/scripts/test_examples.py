"""Examples in rule files: line ends, escapes, marks, cases."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from generator.examples import Mark, Mistake, parse_cases, parse_fence  # noqa: E402


def fence(text: str, info: str = ""):
    return parse_fence(info, text.split("\n"), line=10)


class LineEnds(unittest.TestCase):
    def test_an_open_head_is_closed(self):
        self.assertEqual(fence("HTTP/1.1 204 No Content\nA: b").data, b"HTTP/1.1 204 No Content\r\nA: b\r\n\r\n")

    def test_a_head_closed_by_an_empty_line_stays_as_it_is(self):
        self.assertEqual(fence("HTTP/1.1 204 No Content\n").data, b"HTTP/1.1 204 No Content\r\n\r\n")

    def test_content_ends_in_lf_and_its_last_line_in_nothing(self):
        self.assertEqual(fence("HTTP/1.1 200 OK\n\none\ntwo").data, b"HTTP/1.1 200 OK\r\n\r\none\ntwo")
        self.assertEqual(fence("HTTP/1.1 200 OK\n\none\n").data, b"HTTP/1.1 200 OK\r\n\r\none\n")

    def test_a_start_line_after_the_empty_line_begins_the_next_head(self):
        self.assertEqual(
            fence("HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nA: b\n\nhi").data,
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\nhi",
        )
        self.assertEqual(
            fence("GET / HTTP/1.1\n\nGET /2 HTTP/1.1", "request").data, b"GET / HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n"
        )

    def test_a_curl_head_ends_at_its_bare_prefix(self):
        self.assertEqual(
            fence("> GET / HTTP/1.1\n>\n< HTTP/1.1 200 OK\n<\nhi").data,
            b"> GET / HTTP/1.1\r\n>\r\n< HTTP/1.1 200 OK\r\n<\r\nhi",
        )

    def test_a_backslash_at_the_end_leaves_the_line_end_out(self):
        self.assertEqual(fence("HTTP/1.1 200 OK\nContent-Le\\").data, b"HTTP/1.1 200 OK\r\nContent-Le")
        self.assertEqual(fence("HTTP/1.1 200 OK\\n\\\nA: b\\n\\n\\").data, b"HTTP/1.1 200 OK\nA: b\n\n")

    def test_an_empty_fence_is_an_empty_text(self):
        self.assertEqual(parse_fence("", [], 1).data, b"")


class Escapes(unittest.TestCase):
    def test_each_escape(self):
        self.assertEqual(fence("H\n\n\\r\\n\\t\\0\\xff\\x41B\\\\").data, b"H\r\n\r\n\r\n\t\0\xffAB\\")

    def test_text_is_utf8(self):
        self.assertEqual(fence("H\n\n中").data, b"H\r\n\r\n\xe4\xb8\xad")

    def test_an_unknown_escape_names_its_line(self):
        with self.assertRaises(Mistake) as caught:
            fence("H\nA: \\q")
        self.assertEqual(caught.exception.line, 12)
        self.assertIn("'\\q' is not an escape", str(caught.exception))


class Marks(unittest.TestCase):
    def test_carets_mark_bytes_of_the_line_above(self):
        self.assertEqual(fence("HTTP/1.1 204 No Content\n         ^^^").mark, Mark("response", 9, 12))
        self.assertEqual(fence("GET / HTTP/1.1\n^^^", "request").mark, Mark("request", 0, 3))

    def test_first_to_last_caret(self):
        self.assertEqual(fence("H\nA: bcd\n^    ^").mark, Mark("response", 3, 9))

    def test_over_several_lines(self):
        self.assertEqual(fence("H\nA: b\n   ^\nC: d\n^^^^").mark, Mark("response", 6, 13))

    def test_a_wide_character_and_an_escape_are_marked_whole(self):
        self.assertEqual(fence("H\nA: 中b\n   ^").mark, Mark("response", 6, 9))
        self.assertEqual(fence("H\nA: \\xffb\n    ^").mark, Mark("response", 6, 7))

    def test_the_columns_behind_the_line_are_its_end(self):
        self.assertEqual(fence("H\nA: b\n    ^^").mark, Mark("response", 7, 9))
        self.assertEqual(fence("H\n\nab\n  ^\nc").mark, Mark("response", 7, 8))

    def test_marked_lines_are_no_content(self):
        self.assertEqual(fence("H\n\nab\n ^").data, b"H\r\n\r\nab")

    def test_a_caret_beyond_the_line_is_a_mistake(self):
        with self.assertRaises(Mistake) as caught:
            fence("H\n\nab\n  ^")
        self.assertIn("beyond the end of the line above", str(caught.exception))
        self.assertEqual(caught.exception.line, 14)

    def test_carets_need_a_line_above(self):
        for text in ("^", "H\n^\n^"):
            with self.assertRaises(Mistake):
                fence(text)


class Cases(unittest.TestCase):
    def cases(self, text: str):
        return parse_cases(list(enumerate(text.split("\n"), start=1)))

    def test_a_response_belongs_to_the_request_before_it(self):
        (case,) = self.cases("```http request\nGET / HTTP/1.1\n```\n\n```http\nHTTP/1.1 200 OK\n```")
        self.assertEqual((case.request, case.response), (b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"))

    def test_a_line_between_keeps_them_apart(self):
        cases = self.cases("```http request\nGET / HTTP/1.1\n```\n---\n```http\nHTTP/1.1 200 OK\n```")
        self.assertEqual([(c.request is None, c.response is None) for c in cases], [(False, True), (True, False)])

    def test_responses_in_a_row_are_cases_of_their_own(self):
        self.assertEqual([case.line for case in self.cases("```http\nA\n```\n```http\nB\n```")], [1, 4])

    def test_scheme(self):
        (case,) = self.cases("```http request scheme=https\nGET / HTTP/1.1\n```\n```http response\nA\n```")
        self.assertEqual(case.scheme, "https")

    def test_mistakes(self):
        for text, said in [
            ("```http\nA", "not closed"),
            ("some words", "only ```http fences"),
            ("```http reply\nA\n```", "'reply' after"),
            ("```http request scheme=http\nA\n```\n```http scheme=https\nA\n```", "scheme=https, but"),
            ("```http request\nA\n^\n```\n```http\nA\n^\n```", "both marked"),
        ]:
            with self.assertRaisesRegex(Mistake, said):
                self.cases(text)

    def test_a_longer_fence_may_hold_a_shorter_one(self):
        (case,) = self.cases("````http\nA\n\n```\n````")
        self.assertEqual(case.response, b"A\r\n\r\n```")


if __name__ == "__main__":
    unittest.main()
