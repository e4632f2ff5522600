import Connector

/// Where the call monitor of a FRITZ!Box listens, and what of it is the operator's.
public struct FritzBoxMonitor: Hashable, Sendable {
  /// A name or an IP address: `fritz.box`.
  public var address: String
  /// The port; 1012 on every box.
  public var port: Int
  /// The box's own numbers, or lines (`SIP0`), whose calls are followed, in any spelling; empty: all of them.
  public var numbers: [String]
  /// The operator's telephones at the box: `10` as the monitor tells it, `610` or `**610` as it is dialled inside;
  /// empty: all of them.
  public var extensions: [String]
  /// What stands before the numbers of the place, which come without it: `030`, or with the country `+4930`; empty: it
  /// is not known.
  public var areaCode: String

  /// A call monitor; see the properties.
  public init(
    address: String, port: Int = 1012, numbers: [String] = [], extensions: [String] = [],
    areaCode: String = ""
  ) {
    self.address = address
    self.port = port
    self.numbers = numbers
    self.extensions = extensions
    self.areaCode = areaCode
  }

  /// Where it is, as a connection is made to it.
  var peer: ConnectorPeer { ConnectorPeer(host: address, port: port) }

  /// Why it cannot be followed as it is configured, with the key; nil: it can.
  public var problem: String? {
    if let number = numbers.first(where: { Self.significant($0).count < 3 && !Self.isLine($0) }) {
      return "numbers: \"\(number)\" is neither a number nor a line such as \"SIP0\""
    }
    if let name = extensions.first(where: { Self.extensionNumber($0) == nil }) {
      return "extensions: \"\(name)\" is no extension such as \"10\", \"610\" or \"**610\""
    }
    let code = areaCode.utf8
    let digits = code.dropFirst()
    guard
      code.isEmpty
        || "+0".utf8.contains(areaCode.utf8.first ?? 0) && (2...7).contains(digits.count)
          && digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return "area_code: \"\(areaCode)\" is no area code such as \"030\" or \"+4930\"" }
    return nil
  }

  /// An extension as the monitor tells it. What is dialled inside has a 6 before it, but for the answering machines,
  /// which are dialled from 600 and told from 40.
  static func extensionNumber(_ name: String) -> Int? {
    let text = name.hasPrefix("**") ? name.dropFirst(2) : name[...]
    guard (1...3).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text)
    else { return nil }
    switch number {
    case 600..<610: return number - 560
    case 610..<700: return number - 600
    default: return name.hasPrefix("**") || number >= 100 ? nil : number
    }
  }

  /// Whether it is the name of a line: it has letters.
  static func isLine(_ text: String) -> Bool { text.contains { $0.isLetter } }

  /// The digits that count: without zeros before them.
  static func significant(_ number: String) -> String {
    String(number.filter { ("0"..."9").contains($0) }.drop { $0 == "0" })
  }
}
