import Connector
import HeaderForms

/// An address with its parameters, as in From, To, Contact and Record-Route (RFC 3261, section 20.10).
///
///     "Dupont, Jean" <sip:0388202122@pbx.example;user=phone>;tag=a6c85cf
struct SIPAddress: Hashable {
  /// `sip:0388202122@pbx.example;user=phone`
  var uri: String
  /// What stands before the address, without its quotes; nil: nothing.
  var name: String?
  /// The parameters behind the address, by their names in lower case.
  var parameters: [String: String]

  /// Nil when there is no address.
  init?(_ text: String) {
    let parts = HeaderSyntax.split(text, at: ";")
    guard let first = parts.first else { return nil }
    let bytes = Array(first.utf8)
    var scanner = HeaderSyntax.Scanner(of: bytes)
    let open = bytes.firstIndex { scanner.isOutside(before: $0) && $0 == UInt8(ascii: "<") }
    if let open {
      guard let close = bytes[open...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
      uri = String(decoding: bytes[(open + 1)..<close], as: UTF8.self)
      let text = String(decoding: bytes[..<open], as: UTF8.self)
      let before =
        scanner.isBalanced
        ? HeaderSyntax.unquoted(text) : text.filter { $0 != "\"" }.trimmingBlanks
      name = before.isEmpty ? nil : before
    } else {
      uri = first
    }
    guard !uri.isEmpty, !uri.contains(" ") else { return nil }
    parameters = HeaderSyntax.parameters(parts.dropFirst())
  }

  /// The user part as it stands; nil without one.
  var user: String? { Self.user(of: uri) }

  /// The user part of a SIP address as it stands; nil without one.
  static func user(of uri: String) -> String? {
    let rest = uri.drop { $0 != ":" }.dropFirst().prefix { $0 != "?" }
    guard let mark = rest.lastIndex(of: "@"), mark > rest.startIndex else { return nil }
    return String(rest[..<mark])
  }

  /// The parameter that tells the two ends of a dialog apart.
  var tag: String? { parameters["tag"].flatMap { $0.isEmpty ? nil : $0 } }
}

extension SIPHop {
  /// `192.0.2.1:5060` or `[2001:db8::1]:5060`; without a port the one of SIP. Nil when it is none.
  init?(_ text: some StringProtocol) {
    var rest = Substring(text)
    let isBracketed = rest.hasPrefix("[")
    let host: String
    var port = 5060
    if isBracketed {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      host = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[rest.index(after: end)...]
    } else {
      host = String(rest.prefix { $0 != ":" })
      rest = rest.dropFirst(host.count)
    }
    if rest.hasPrefix(":") {
      guard let given = HeaderSyntax.number(rest.dropFirst()), (1...65_535).contains(given) else {
        return nil
      }
      port = given
    } else if !rest.isEmpty {
      return nil
    }
    let isAllowed = isBracketed ? Self.isAddressCharacter : Self.isNameCharacter
    guard (1...255).contains(host.utf8.count), host.utf8.allSatisfy(isAllowed) else { return nil }
    self.init(host: host, port: port)
  }

  /// Where a SIP URI leads; nil when it is no such address.
  init?(uri: String) {
    let scheme = uri.prefix { $0 != ":" }
    guard ["sip", "sips"].contains(scheme.lowercased()) else { return nil }
    let rest = uri.dropFirst(scheme.count + 1).prefix { $0 != "?" }
    let afterUser = rest.lastIndex(of: "@").map { rest[rest.index(after: $0)...] } ?? rest
    self.init(afterUser.prefix { $0 != ";" })
  }

  private static func isNameCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: ".-_".utf8.contains(byte)
    }
  }

  private static func isAddressCharacter(_ byte: UInt8) -> Bool {
    "0123456789abcdefABCDEF:.".utf8.contains(byte)
  }
}

/// One entry of Via (RFC 3261, section 20.42; RFC 3581).
///
///     SIP/2.0/UDP 192.0.2.10:40112;branch=z9hG4bK776;rport=40112;received=203.0.113.7
struct SIPVia: Hashable {
  /// Where the sender says that it is.
  var sentBy: SIPHop
  /// By their names in lower case.
  var parameters: [String: String]

  /// Nil when it is broken.
  init?(_ text: String) {
    let parts = HeaderSyntax.split(text, at: ";")
    // Blanks may stand around each mark: `SIP / 2.0 / UDP pbx.example : 5060`.
    let pieces = (parts.first ?? "").split(separator: "/", maxSplits: 2)
    guard pieces.count == 3, pieces[0].trimmingBlanks.uppercased() == "SIP",
      pieces[1].trimmingBlanks == "2.0"
    else { return nil }
    let words = pieces[2].split { $0 == " " || $0 == "\t" }
    guard words.count > 1, let sentBy = SIPHop(words.dropFirst().joined()) else { return nil }
    self.sentBy = sentBy
    parameters = HeaderSyntax.parameters(parts.dropFirst())
  }

  /// The name of the transaction.
  var branch: String? { parameters["branch"].flatMap { $0.isEmpty ? nil : $0 } }
}
