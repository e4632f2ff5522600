import NumberForms
import Telephony
import TextForms

/// A call as it is written down in Redis: a flat JSON object.
///
///     {"ident":"","station":"1024","tel":"0388202122","event":"ring","name":"Marie Dupont"}
///
/// Without `tel` the caller is withheld. Without `id` the event's number is the call's id. Number and time
/// of the event stand beside it, because Redis gives them.
struct CallRecord {
  var key: StationKey
  var call: RelayedCall

  /// The text in Redis.
  var text: String {
    var object = JSONLine()
    func add(_ name: String, _ text: String?) {
      if let text { object.add(name, text) }
    }
    add("ident", key.ident)
    add("station", key.station)
    if case .number(let number) = call.number { add("tel", number) }
    add("event", call.event)
    let isNumbered = call.hasOwnID && call.id == String(call.sequence)
    add("id", isNumbered ? nil : call.id)
    add("own", call.hasOwnID ? "1" : nil)
    add("name", call.name)
    add("direction", call.direction)
    add("reason", call.reason)
    return object.text
  }
}

extension CallRecord {
  /// The longest text that a relay can have written [bytes]: each part is bounded when it is reported, and
  /// grows sixfold at most in JSON.
  static let longest = 8 * 1024

  /// Reads a text of Redis.
  ///
  /// Throws when it is none of a relay's: what a relay writes down has been through the rules for reports,
  /// and would go through them again unchanged.
  init(_ text: String, sequence: UInt64, at moment: Moment) throws(ForeignValue) {
    guard text.utf8.count <= Self.longest,
      let members = (try? JSONObject(Array(text.utf8)))?.members, let ident = members["ident"],
      let station = members["station"], let event = members["event"]
    else { throw ForeignValue() }
    let direction = members["direction"]
    let reason = members["reason"]
    let isOurs =
      StationKey.isPlain(ident, limit: StationKey.longestIdent)
      && !station.isEmpty && StationKey.isPlain(station, limit: StationKey.longestStation)
      && members["tel"].map { StationKey.isPlain($0, limit: CallReport.longestNumber) } ?? true
      && EventWord(event).word == event
      && members["id"].map { PlainText.cleaned($0, limit: CallReport.longestID) == $0 } ?? true
      && members["name"].map { PlainText.cleaned($0) == $0 } ?? true
      && (direction == nil || DirectionWord(direction ?? "")?.rawValue == direction)
      && (reason == nil || EventWord.endReason(reason ?? "") == reason)
    guard isOurs else { throw ForeignValue() }
    key = StationKey(ident: ident, station: station)
    call = RelayedCall(
      number: members["tel"].map { .number($0) } ?? .withheld, event: event,
      id: members["id"] ?? String(sequence), hasOwnID: members["own"] != nil,
      name: members["name"], direction: direction, reason: reason,
      sequence: sequence, at: moment)
  }
}
