/// Addresses of the Internet in figures.
package enum InternetAddress {
  /// Whether it is one of the fourth version: `192.168.1.50`.
  package static func isIPv4(_ text: ArraySlice<UInt8>) -> Bool {
    let groups = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return groups.count == 4
      && groups.allSatisfy { group in
        (group.first != UInt8(ascii: "0") || group.count == 1)
          && WrittenDate.number(group).map { $0 < 256 } ?? false
      }
  }
}
