import Foundation

/// The stream that an answer offers in its `Link` headers (RFC 8288): `<events?telorg=1024>;
/// rel="events"`.
package enum StreamLink {
  /// The absolute address of the first link whose relation is `events`, if it is on the server that was
  /// asked at `base`: headers with tokens go to no other.
  package static func address(in headers: [String], base: String) -> String? {
    guard let base = URL(string: base) else { return nil }
    for header in headers {
      for link in links(header) where link.relations.contains("events") {
        guard let url = URL(string: link.target, relativeTo: base)?.absoluteURL else { continue }
        if origin(url) == origin(base) { return url.absoluteString }
      }
    }
    return nil
  }

  private static func origin(_ url: URL) -> [String] {
    let scheme = url.scheme?.lowercased() ?? ""
    let port = url.port ?? (scheme == "https" ? 443 : 80)
    return [scheme, url.host()?.lowercased() ?? "", String(port)]
  }

  /// The links of one header; a comma or a semicolon inside `<>` or quotes separates nothing.
  private static func links(_ header: String) -> [(target: String, relations: [String])] {
    split(header, at: ",").compactMap { link -> (target: String, relations: [String])? in
      let parts = split(link, at: ";")
      guard let target = parts.first, target.hasPrefix("<"), target.hasSuffix(">") else {
        return nil
      }
      let relations =
        parts.dropFirst().lazy
        .compactMap { Self.relations($0) }.first ?? []
      return (String(target.dropFirst().dropLast()), relations)
    }
  }

  private static func relations(_ parameter: String) -> [String]? {
    let sides = parameter.split(separator: "=", maxSplits: 1)
    guard sides.count == 2, sides[0].trimmingCharacters(in: .whitespaces).lowercased() == "rel"
    else { return nil }
    return sides[1].lowercased().split { $0 == "\"" || $0.isWhitespace }.map(String.init)
  }

  private static func split(_ text: String, at separator: Character) -> [String] {
    var parts = [""]
    var isQuoted = false
    var isTarget = false
    for character in text {
      switch character {
      case "\"" where !isTarget: isQuoted.toggle()
      case "<" where !isQuoted: isTarget = true
      case ">" where !isQuoted: isTarget = false
      default: break
      }
      if character == separator, !isQuoted, !isTarget {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
