import Glibc

/// Invented third parties in any quantity, each with two numbers of its own, as a CSV file.
///
/// The numbers are made when they are needed, in ranges that are in use: those kept for fiction hold
/// far fewer than millions. Nothing ever calls them.
enum PartyFile {
  /// The landline of a party: neighbours in the file have numbers far apart.
  static func phone(_ party: Int) -> String { "01" + digits(party * 48_271 % 100_000_000, 8) }

  /// The mobile number of a party.
  static func mobile(_ party: Int) -> String {
    "07" + digits(30_000_000 + party * 69_621 % 50_000_000, 8)
  }

  /// The name of a party. Where an even party's name has a letter, an odd party's has another one in
  /// all eight places: a terminal that shows one after the other gets all of its bytes.
  static func name(_ party: Int) -> String {
    let alphabet = Array(party % 2 == 0 ? "ABCDEFGHIJ" : "KLMNOPQRST")
    return String(digits(party, 8).utf8.map { alphabet[Int($0 - 0x30)] })
  }

  /// Writes so many parties.
  static func write(_ count: Int, to path: String) throws(Failure) {
    guard let file = fopen(path, "w") else { throw Failure("write \(path)") }
    defer { fclose(file) }
    fputs("code;name;kind;phone;mobile;email;address;zip;city\n", file)
    for party in 0..<count {
      let code = "C" + digits(party, 8)
      fputs(
        "\(code);\(name(party));client;\(phone(party));\(mobile(party));\(code)@example.com;"
          + "\(party % 300) rue des Tanneurs;67000;Strasbourg\n", file)
    }
    guard ferror(file) == 0 else { throw Failure("write \(path)") }
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }
}
