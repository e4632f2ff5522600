/// A call that the softphone has while nobody told of its beginning: a line of its command `listcalls`.
///
///     --- Active calls (2) ---
///       [line 1]  0:00:42  ESTABLISHED  (on hold)  sip:0388202122@pbx
///     > [line 2, id 164535fd]  0:00:00  INCOMING             sip:0199001111@pbx
///
/// The first form is that of version 1.0.0; later ones say the id.
package struct BaresipListing: Hashable {
  /// What baresip says of the call.
  package enum State: Hashable { case incoming, outgoing, established }

  /// SIP's Call-ID, if it is said.
  package var callID: String?
  /// The address of the other end.
  package var peer: String
  /// Where the call stands.
  package var state: State
  /// How long it has been established [s].
  package var age: Int

  /// Reads the calls in what `listcalls` prints; lines of another form are passed over.
  package static func calls(in text: String) -> [BaresipListing] {
    text.split(separator: "\n").compactMap { BaresipListing(line: $0) }
  }

  private init?(line: Substring) {
    guard let open = line.firstIndex(of: "["), let close = line[open...].firstIndex(of: "]") else {
      return nil
    }
    let heading = line[open..<close].split { $0 == "," || $0 == " " }
    let words = line[close...].dropFirst().split(separator: " ")
    guard words.count >= 3, let peer = words.last else { return nil }
    switch words[1] {
    case "INCOMING": state = .incoming
    case "OUTGOING", "RINGING", "EARLY": state = .outgoing
    case "ESTABLISHED": state = .established
    default: return nil
    }
    if let id = heading.firstIndex(of: "id"), id + 1 < heading.count {
      callID = String(heading[id + 1].prefix(256))
    }
    self.peer = String(peer)
    age = words[0].split(separator: ":").reduce(0) { total, part in
      min(total, 100_000) * 60 + (Int(part) ?? 0) % 60
    }
  }
}
