import NIOHTTP1
import Telephony

@testable import RelayServer

/// A webhook, with its content type in the first line, read by a map that asks for everything.
enum WebhookBody: FuzzTarget {
  static func feed(_ bytes: [UInt8]) {
    let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.startIndex
    let type = String(decoding: bytes[..<end].prefix { $0 >= 0x20 && $0 < 0x7F }, as: UTF8.self)
    let head = HTTPRequestHead(
      version: .http1_1, method: .POST, uri: "/hook?name=call_created",
      headers: ["content-type": type])
    for map in maps {
      guard
        let content = try? WebhookContent(head, Array(bytes[end...].dropFirst()), for: map),
        case .reports(let reports)? = try? map.reports(in: content, ParameterNames())
      else { continue }
      precondition(!reports.isEmpty && reports.count <= 100)
      for report in reports { expectKept(report) }
    }
  }

  private static let maps: [WebhookMap] = {
    var map = WebhookMap(path: "hook", offersOthers: true)
    for (parameter, texts) in [
      (Parameter.station, ["user_uuid", "call.user", "data.number.digits"]),
      (.number, ["peer_caller_id_number", "call.from", "data.raw_digits"]),
      (.event, ["call.state", "event", "query name"]), (.id, ["call_id", "call.id"]),
      (.name, ["peer_caller_id_name", "call.first + call.last"]), (.reason, ["reason_code"]),
      (.direction, ["is_caller", "call.way"]), (.ident, ["call.site"]),
    ] {
      map.fields[parameter] = texts.compactMap { FieldPath($0) }
    }
    map.outgoing[.number] = ["dialed_extension", "call.to"].compactMap { FieldPath($0) }
    map.words[.direction] = ["true": "out", "false": "in"]
    var each = map
    if case .body(let way)? = FieldPath("msg{}.members[]")?.places.first { each.each = way }
    each.fields[.station] = ["@.extension.number"].compactMap { FieldPath($0) }
    return [map, each]
  }()
}

/// What is answered 200 is written down in Redis, and must be read there as a relay's.
func expectKept(_ report: CallReport) {
  let fold = StationFold(report, onto: nil, sequence: 0, at: Moment(milliseconds: 1_000))
  for call in [fold.value, fold.event].compactMap(\.self) {
    let written = CallRecord(key: report.key, call: call)
    let read = try? CallRecord(written.text, sequence: 7, at: Moment(milliseconds: 1_000))
    precondition(read?.key == report.key, "a record that no relay reads: \(written.text)")
    precondition(read?.text == written.text || !call.hasOwnID, "a record that is another one")
  }
}
