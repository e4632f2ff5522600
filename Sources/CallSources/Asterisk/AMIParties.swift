import PhoneNumbers
import Telephony

/// Who a channel of a followed station talks to, and what other channels are.
struct AMIParties {
  let stations: AMIStations
  let plan: NumberPlan

  /// The other end of the station's channel: who is connected, or what was dialled.
  func other(_ direction: Direction, _ station: Int, _ message: AMIMessage) -> Caller {
    if direction == .outgoing, let number = Self.dialled(message) { return plan.caller(number) }
    let connected = message[.connectedLineNum]
    if Self.isUnknown(connected) || isOwn(connected, station, message) {
      return Caller(identity: .withheld)
    }
    let hasName = !Self.isUnknown(message[.connectedLineName])
    return plan.caller(
      message.text(.connectedLineNum), name: hasName ? message.name(.connectedLineName) : nil)
  }

  /// Whether the number is the station's own, as on a channel that Asterisk makes for it.
  func isOwn(_ number: UnsafeRawBufferPointer, _ station: Int, _ message: AMIMessage) -> Bool {
    guard !Self.isUnknown(number) else { return false }
    return number.elementsEqual(message[.callerIDNum])
      || number.elementsEqual(stations.names[station].utf8)
  }

  /// The number that was dialled, if the extension of the dialplan is one: `s` is none.
  static func dialled(_ message: AMIMessage) -> String? {
    let exten = message[.exten]
    guard (1...32).contains(exten.count), exten.allSatisfy("+0123456789*#".utf8.contains)
    else { return nil }
    return message.text(.exten)
  }

  /// Whether Asterisk has no number, or none that it may tell.
  static func isUnknown(_ number: UnsafeRawBufferPointer) -> Bool {
    number.isEmpty || number.equals("<unknown>")
  }

  /// Whether the channel is one that was called, and no plumbing (`Local/…`); the channel that began a
  /// call gave it its name.
  static func isCalled(
    _ channel: UnsafeRawBufferPointer, _ uniqueid: UnsafeRawBufferPointer,
    _ linkedid: UnsafeRawBufferPointer
  ) -> Bool {
    let isLocal =
      channel.count > 6 && UnsafeRawBufferPointer(rebasing: channel[..<6]).equals("local/")
    return !isLocal && !uniqueid.elementsEqual(linkedid)
  }
}
