import Testing
import TextForms

/// Bytes are found in bytes.
struct SearchTests {
  @Test(
    arguments: [
      ("", "", 0), ("abc", "", 0), ("", "a", nil), ("abc", "c", 2), ("aaab", "aab", 1),
      ("abcab", "abd", nil), ("ab", "abc", nil), ("xabxabc", "abc", 4),
    ] as [(String, String, Int?)])
  func theFirstPlaceIsFound(text: String, part: String, place: Int?) {
    let bytes = Array("--\(text)".utf8)
    let found = bytes[2...].firstPlace(of: Array(part.utf8))
    #expect(found?.lowerBound == place.map { $0 + 2 })
    #expect(found?.count == place.map { _ in part.utf8.count })
  }
}
