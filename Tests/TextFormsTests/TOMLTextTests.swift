import Testing
import TextForms

/// What the parser of TOML takes for granted is so in what it is given.
struct TOMLTextTests {
  @Test(arguments: [
    ("[é]", "[]é]"), ("[[ +a]]", "[[ ]+a]]"), ("[\n]", "[]\n]"), (" [.a]", " [].a]"),
    ("a = [\u{85}1]", "a = [\u{A0}1]"), ("a = {\u{2028}}\u{2029}", "a = {\u{A0}}\u{A0}"),
    (
      "a" + String(repeating: ".a", count: 70),
      "a" + String(repeating: ".a", count: 63) + ".." + "a" + String(repeating: ".a", count: 6)
    ),
  ])
  func whatItCannotBeGivenIsOtherwise(text: String, given: String) {
    #expect(TOMLText.harmless(text) == given)
  }

  /// Everything else stays as it is, above all within a text, a comment and a value of several lines.
  @Test(arguments: [
    "", "[", "[[", "[a]\n[[\"b c\"]]\n['d']\n[-]\n[]",
    "a = [\n[+1],\n[{}]\n]\n", "# [+]\n#\u{85}",
    "a = \"\"\"\n[+]\u{2028}\\\"\"\"\"\n",
    "a = '''\n[é]\\'''\n", "a = \"\u{85}\\\"\"\n", "a = 'x\\'\n",
    "a = 1.5\nb.c = 2024-01-01\r\n", "a = \"", "a = \"\"\"", "a = 'x", "é = ü", "]]]\n}",
    Array(repeating: "1.5", count: 100).joined(separator: ","),
    String(repeating: "a.b = 1\n", count: 100),
  ])
  func theRestIsTheSame(text: String) {
    #expect(TOMLText.harmless(text) == text)
  }
}
