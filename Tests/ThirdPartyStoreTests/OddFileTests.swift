import Telephony
import Testing
import ThirdPartyStore

/// CSV files as programs really write them.
@Suite struct OddFileTests {
  /// The file, and its only party as `code name: numbers`.
  @Test(
    arguments: [
      ("sep=;\ncode;name;phone\nC1;A;0199000001\n", "C1 A: +33199000001"),
      ("\u{FEFF}sep=,\r\ncode,name,phone\r\nC1,A,0199000001\r\n", "C1 A: +33199000001"),
      ("\"sep=;\"\ncode;name;phone\nC1;A;0199000001\n", "C1 A: +33199000001"),
      ("Sep=^\ncode^name^phone\nC1^A^0199000001\n", "C1 A: +33199000001"),
      ("sep=,\ncode;name;phone\nC1;A;0199000001\n", "C1 A: +33199000001"),
      ("ID;Prénom;Nom;Tél\nC1;A;B;0199000001\n", "C1 A B: +33199000001"),
      ("code;name;phone\nC1,A,0199000001\n", "C1 A: +33199000001"),
      ("code,name,phone\n\"C1\";\"A;B\";\"0199000001\"\n", "C1 A;B: +33199000001"),
      ("sep=;;;\ncode;name;phone\nC1;A;0199000001\n", "C1 A: +33199000001"),
      ("code;name;phone\nC1;A;0199000001;x;y\n", "C1 A: +33199000001"),
      ("\n\n\ncode;name;phone\nC1;A;0199000001\n", "C1 A: +33199000001"),
      ("code;name;phone;phone\nC1;A;0199000001;0199000002\n", "C1 A: +33199000001 +33199000002"),
      ("code;name;tel;téléphone;TEL\nC1;A;;0199000001;\n", "C1 A: +33199000001"),
      ("code;nom;name;phone\nC1;;A\n", "C1 A: "), ("code;name;age\nC1;A;7\n", nil),
      ("code;name;city\nC1;A;Lyon\n", nil),
      ("code;name;phone\nC1;A\n", "C1 A: "),
      ("code;name;phone;;;\nC1;A;0199000001;;;\n", "C1 A: +33199000001"),
      ("code;name;phone\nC1;\"A \"\"B\"\" C\";\"0199000001\"\n", "C1 A \"B\" C: +33199000001"),
      ("code;name;phone\nC1;A \"B\" C;0199000001\n", "C1 A \"B\" C: +33199000001"),
      ("code;name;phone\nC1;\"A\"B;0199000001\n", "C1 AB: +33199000001"),
      (
        "code;name;phone\nC1;\"A;B\";\"01 99 00 00 01;02 61 91 00 01\"",
        "C1 A;B: +33199000001 +33261910001"
      ),
      ("\"code\",\"name\",\"phone\"\r\r\n\"C1\",\"A\",\"0199000001\"\r\r\n", "C1 A: +33199000001"),
      ("code;name;phone\r\rC1;A;0199000001\r\r", "C1 A: +33199000001"),
      ("code|name;x\nC1|A;B\n", nil), ("code;name;phone\n", nil),
      (" code ; NAME ;Phone\n C1 ; A ; 0199000001 \n", "C1 A: +33199000001"),
      ("code;name;phone\nC1;A;=\"0199000001\"\n", "C1 A: +33199000001"),
      ("code;name;phone\nC1;A;'0199000001\n", "C1 A: +33199000001"),
      ("code;name;phone\nC1;A;1.99E+08\n", nil),
      // Headers in two lines, as merged cells give them.
      ("Client;Client;Téléphone\nCode;Nom;\nC1;A;0199000001\n", "C1 A: +33199000001"),
      (
        "Client;Client;Téléphone;Téléphone\nCode;Nom;Bureau;Mobile\nC1;A;0199000001;0639980001\n",
        "C1 A: +33199000001 +33639980001"
      ),
      ("Client;;Téléphone;\nCode;Nom;Bureau;Fax\nC1;A;0199000001;\n", "C1 A: +33199000001"),
      ("code;name;phone;phone\nC1;Client;0199000001;\n", "C1 Client: +33199000001"),
      ("code;name;phone\nC1;A;199000001,0\n", "C1 A: +33199000001"),
    ] as [(String, String?)])
  func `one party`(text: String, party: String?) async throws {
    let store = try StoreFixture()
    let outcome = try? await store.importing(text)
    let record = try store.parties().record("C1")
    #expect(
      record.map { record in
        "\(record.summary.code) \(record.summary.name): "
          + record.numbers.compactMap { $0.number?.key }.joined(separator: " ")
      } == party, "\(String(describing: outcome))")
  }

  @Test func `a field of a megabyte, and a quotation mark that never closes`() async throws {
    let store = try StoreFixture()
    let long = String(repeating: "x", count: 900_000)
    try await store.importing("code;name;notes;phone\nC1;A;\(long)\n")
    #expect(try store.parties().record("C1")?.remarks == long)
    let open = try await store.importing(
      "code;name;notes;phone\nC2;B;\"\(long)\n\(long)\nC3;C;\n")
    // The mark is a character; nothing after it is lost.
    #expect(open.report.taken == 2)
    #expect(open.refused.count == 1)
  }
}
