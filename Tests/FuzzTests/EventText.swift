@testable import CTIPoll

/// The relay's stream of events, and the header that offers it.
enum EventText: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let events = readAlike(bytes, { EventStream() }, { try $0.feed($1) })
    precondition(events.allSatisfy { $0.data.count <= EventStream.limit })
    let header = String(decoding: bytes, as: UTF8.self)
    if let address = StreamLink.address(in: [header], base: "http://192.0.2.1:8080/getevent") {
      precondition(address.lowercased().hasPrefix("http://192.0.2.1:8080"), address)
    }
  }
}
