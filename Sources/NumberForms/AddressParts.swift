// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// The parts of what follows a scheme (RFC 3261, 19.1; RFC 3966, 3).
///
///     0199003161;phone-context=+33:secret@pbx:5060;user=phone?Subject=x
struct AddressParts {
  var user: Bytes
  /// What stands between semicolons, before the host and behind it.
  var parameters: [Bytes]
  var host: Bytes?
  var query: Bytes?

  /// The parts; `isText`: the address may be a text as well, in which `01:99:00:31:61` has no password and `@CALL` no
  /// host.
  init(_ address: Bytes, isText: Bool) {
    let (resource, query) = address.cut(at: UInt8(ascii: "?"))
    let isMark = isText && resource.first == UInt8(ascii: "@")
    let (userPart, rest) = isMark ? (resource, nil) : resource.cut(at: UInt8(ascii: "@"))
    let userParts = Self.parts(isText ? userPart.drop { $0 == UInt8(ascii: ";") } : userPart)
    let hostParts = rest.map { Self.parts($0) } ?? []
    let hasPassword = !isText || rest != nil
    user = hasPassword ? userParts[0].cut(at: UInt8(ascii: ":")).head : userParts[0]
    parameters = Array(userParts.dropFirst() + hostParts.dropFirst())
    host = hostParts.first
    self.query = query
  }

  private static func parts(_ bytes: Bytes) -> [Bytes] {
    bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
  }

  /// RFC 3323, 4.1.1.3: whether the host is that of a caller who asked for privacy.
  var isAnonymous: Bool {
    host?.cut(at: UInt8(ascii: ":")).head.trimmed.spells("anonymous.invalid") ?? false
  }

  /// Whether the user is a host, as in `sip:192.0.2.1` and `sip:[2001:db8::1]`.
  var hasHostOnly: Bool {
    let isIPv6 = user.first == UInt8(ascii: "[") && user.dropFirst().allSatisfy { $0.isHexDigit }
    return host == nil && (InternetAddress.isIPv4(user) || isIPv6)
  }

  /// The `phone-context` of a local number (RFC 3966, 5.1.5).
  var context: Bytes? {
    for parameter in parameters {
      let (key, value) = parameter.cut(at: UInt8(ascii: "="))
      guard let value, key.trimmed.spells("phone-context") else { continue }
      return PercentCoding.decode(value.unquoted)[...].trimmed
    }
    return nil
  }

  /// Whether another number stands behind a semicolon: two callers, of whom nobody says which one it is. What is to be
  /// dialled once the telephone is answered is none.
  var hasSecondNumber: Bool {
    guard let first = Self.digits(user) else { return false }
    return parameters.contains { parameter in
      guard let digits = Self.digits(parameter) else { return false }
      return digits.count > 5 && digits != first
    }
  }

  /// The name behind a number and a semicolon.
  var name: Bytes? {
    guard parameters.count == 1, let name = parameters.first, Self.digits(user) != nil,
      name.contains(where: { $0.isLetter }), !name.contains(UInt8(ascii: "=")),
      !name.spells("npdi"), !name.spells("lr")
    else { return nil }
    return name
  }

  private static func digits(_ bytes: Bytes) -> [UInt8]? {
    guard !bytes.contains(UInt8(ascii: "=")),
      let number = DialCharacters.cleaned(PercentCoding.decode(bytes)[...])
    else { return nil }
    return number.utf8.contains { "*#".utf8.contains($0) } ? nil : number.utf8.filter { $0.isDigit }
  }
}
