import Testing
import TextForms

/// Yes and no on a terminal.
struct AgreementTests {
  @Test(
    arguments: [
      ("y", true), ("Yes", true), ("o", true), ("OUI", true), ("j", true), ("Ja", true),
      ("n", false),
      ("No", false), ("non", false), ("Nein", false), ("", nil), ("yess", nil), ("1", nil),
      ("é", nil),
    ] as [(String, Bool?)])
  func itIsReadInEachLanguage(_ answer: String, _ isYes: Bool?) {
    #expect(Agreement.read(answer) == isYes)
  }
}
