import Testing
import TextForms

/// How text is written into URLs, forms and JSON, and read out of them again.
struct CodingTests {
  @Test(arguments: [
    ("0388202122", "0388202122"), ("+33 3", "%2B33%203"), ("a~b-c_d.e", "a~b-c_d.e"),
    ("é\u{0}", "%C3%A9%00"), ("", ""),
  ])
  func everythingButUnreservedIsPercentEncoded(text: String, encoded: String) {
    #expect(PercentCoding.encode(text) == encoded)
    #expect(PercentCoding.decode(Array(encoded.utf8)[...]) == Array(text.utf8))
  }

  @Test(arguments: [
    ("%", "%"), ("%4", "%4"), ("%zz%41", "%zzA"), ("%+A", "%+A"), ("%%41", "%A"), ("a+b", "a+b"),
    ("%c3%A9", "é"),
  ])
  func whatBeginsNoEscapeStaysInAURI(encoded: String, text: String) {
    #expect(PercentCoding.decode(Array(encoded.utf8)[...]) == Array(text.utf8))
  }

  @Test func anEscapeMayBeginWithAnotherSign() {
    let bytes = Array("x=C3=A9=+A=".utf8)[1...]
    #expect(PercentCoding.decode(bytes, escape: UInt8(ascii: "=")) == Array("é=+A=".utf8))
  }

  @Test(arguments: [
    ("a b&c=d", "a+b%26c%3Dd"), ("*-._~", "*-._%7E"), ("\n\u{202E}", "%0A%E2%80%AE"), ("", ""),
  ])
  func aFormsValueComesBack(text: String, encoded: String) {
    #expect(FormCoding.encode(text) == encoded)
    #expect(FormCoding.decode(Array(encoded.utf8)[...]) == text)
  }

  @Test func fieldsKeepTheirOrderAndTheirFaults() {
    let fields = FormCoding.fields(Array("a=1&&b&c=%FF+%&a==".utf8)[...])
    #expect(fields.map(\.key) == ["a", "b", "c", "a"])
    #expect(fields.map(\.value) == ["1", "", "ÿ %", "="])
  }

  @Test(arguments: UInt8.min...UInt8.max)
  func aByteIsTwoDigits(byte: UInt8) {
    let digits = [HexDigit.upper(byte >> 4), HexDigit.upper(byte)]
    #expect(UInt8(String(decoding: digits, as: UTF8.self), radix: 16) == byte)
    let isDigit = Character(Unicode.Scalar(byte)).isHexDigit && byte < 0x80
    #expect((HexDigit.value(byte) != nil) == isDigit)
    if isDigit { #expect(HexDigit.value(HexDigit.lower(HexDigit.value(byte) ?? 0)) != nil) }
  }
}
