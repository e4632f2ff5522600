/// A call that the softphone has while nobody told of its beginning, out of its command `listcalls`.
///
///     --- Active calls (2) ---
///       [line 1]  0:00:42  ESTABLISHED  (on hold)  sip:0388202122@pbx
///     > [line 2, id 164535fd]  0:00:00  INCOMING             sip:0199001111@pbx
///
/// The first form is that of version 1.0.0; later ones say the id, and some a block for each call:
///
///     ===== Call debug (ESTABLISHED) =====
///      local_uri:  <sip:1024@127.0.0.1:15481>
///      peer_uri:  Dupont SA <sip:0199001111@pbx>
///      af=AF_INET id=164535fd
///      direction: Incoming
package struct BaresipListing: Hashable {
  /// What baresip says of the call.
  package enum State: Hashable { case incoming, outgoing, established }

  /// SIP's Call-ID, if it is said.
  package var callID: String?
  /// The address of the other end.
  package var peer: String
  /// The display name of the other end, if it is said.
  package var name: String?
  /// Where the call stands.
  package var state: State
  /// Whether the station made the call; nil when it is not said.
  package var isOutgoing: Bool?
  /// How long it has been established [s]; 0 when it is not said.
  package var age: Int

  /// Reads the calls in what `listcalls` prints; what has another form is passed over.
  package static func calls(in text: String) -> [BaresipListing] {
    var calls: [BaresipListing] = []
    var block: [Substring]?
    for line in text.split(separator: "\n") + [heading[...]] {
      if line.contains(heading) {
        if let call = block.flatMap({ BaresipListing(block: $0) }) { calls.append(call) }
        block = [line]
      } else if block != nil {
        block?.append(line)
      } else if let call = BaresipListing(line: line) {
        calls.append(call)
      }
    }
    return calls
  }

  /// What each block begins with.
  private static let heading = "===== Call debug ("

  private init?(line: Substring) {
    guard let open = line.firstIndex(of: "["), let close = line[open...].firstIndex(of: "]") else {
      return nil
    }
    let heading = line[open..<close].split { $0 == "," || $0 == " " }
    let words = line[close...].dropFirst().split(separator: " ")
    guard words.count >= 3, let peer = words.last, let state = State(words[1]) else { return nil }
    self.init(peer: peer, state: state)
    if let id = heading.firstIndex(of: "id"), id + 1 < heading.count { name(id: heading[id + 1]) }
    age = words[0].split(separator: ":").reduce(0) { total, part in
      min(total, 100_000) * 60 + (Int(part) ?? 0) % 60
    }
  }

  private init?(block lines: [Substring]) {
    var state: State?
    var fields: [Substring: Substring] = [:]
    for line in lines {
      if line.contains(Self.heading) {
        state = State(line.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" })
      } else if let colon = line.firstIndex(of: ":") {
        let key = line[..<colon].drop { $0 == " " }
        // What stands further down is about the media.
        if fields[key] == nil { fields[key] = line[line.index(after: colon)...].drop { $0 == " " } }
      }
    }
    guard let state, let peer = fields["peer_uri"], let open = peer.lastIndex(of: "<") else {
      return nil
    }
    self.init(peer: peer[open...].dropFirst().prefix { $0 != ">" }, state: state)
    name = String(peer[..<open])
    switch fields["direction"] {
    case "Outgoing": isOutgoing = true
    case "Incoming": isOutgoing = false
    default: break
    }
    let words = lines.first { $0.contains("af=") }?.split(separator: " ") ?? []
    if let id = words.first(where: { $0.hasPrefix("id=") }) { name(id: id.dropFirst(3)) }
  }

  private init(peer: Substring, state: State) {
    self.peer = String(peer)
    self.state = state
    isOutgoing = state == .established ? nil : state == .outgoing
    age = 0
  }

  private mutating func name(id: Substring) { callID = String(id.prefix(256)) }
}

extension BaresipListing.State {
  fileprivate init?(_ word: Substring) {
    switch word {
    case "INCOMING": self = .incoming
    case "OUTGOING", "RINGING", "EARLY": self = .outgoing
    case "ESTABLISHED": self = .established
    default: return nil
    }
  }
}
