import PhoneNumbers
import Telephony

/// Who a channel of a followed station talks to.
struct AMIParties {
  let stations: AMIStations
  let plan: NumberPlan

  /// Who is connected to the station's channel, as its own messages say; withheld when they name nobody,
  /// or the station itself.
  func connected(_ station: Int, _ message: AMIMessage) -> Caller {
    caller(
      message[.connectedLineNum], message[.connectedLineName], station, message[.callerIDNum])
  }

  /// Whom the station's telephone shows: a program has the called number shown as ours, too.
  func shown(_ station: Int, _ message: AMIMessage) -> Caller {
    let number = message[.connectedLineNum]
    return Self.isUnknown(number) || number.elementsEqual(stations.names[station].utf8)
      ? Caller(identity: .withheld) : plan.caller(AMIMessage.text(Array(number)))
  }

  /// Who is at the other channel.
  func party(_ channel: AMIChannel, _ station: Int, own: [UInt8]) -> Caller {
    channel.number.withUnsafeBytes { number in
      channel.numberName.withUnsafeBytes { name in
        own.withUnsafeBytes { caller(number, name, station, $0) }
      }
    }
  }

  /// What was dialled, as a party; nil: no number, as the extension `s` of the dialplan.
  func dialled(_ exten: UnsafeRawBufferPointer) -> Caller? {
    Self.called(exten).map { plan.caller($0) }
  }

  /// The number in what the dialplan dials: `0199003333@trunk`, `trunk/0199003333`,
  /// `102/sip:102@192.0.2.7:5060`; nil: none.
  func dialled(string: UnsafeRawBufferPointer) -> Caller? {
    let address = string.prefix { $0 != UInt8(ascii: "@") }
    let user = address.suffix(from: (address.lastIndex { "/:".utf8.contains($0) } ?? -1) + 1)
    let number = UnsafeRawBufferPointer(rebasing: user)
    return Self.isNumber(number) ? dialled(number) : nil
  }

  /// Whether an extension of the dialplan is a number that one calls: `s` is none, and `*8` is a service.
  static func isNumber(_ exten: UnsafeRawBufferPointer) -> Bool {
    (1...32).contains(exten.count) && exten.allSatisfy("+0123456789".utf8.contains)
  }

  /// The number or the code that was dialled, if the extension of the dialplan is one.
  static func called(_ exten: UnsafeRawBufferPointer) -> String? {
    let isOne = (1...32).contains(exten.count) && exten.allSatisfy("+0123456789*#".utf8.contains)
    return isOne ? AMIMessage.text(Array(exten)) : nil
  }

  private func caller(
    _ number: UnsafeRawBufferPointer, _ name: UnsafeRawBufferPointer, _ station: Int,
    _ own: UnsafeRawBufferPointer
  ) -> Caller {
    // All telephones of a house may show one number: that of the other end is then nobody's.
    if Self.isUnknown(number) || number.elementsEqual(own)
      || number.elementsEqual(stations.names[station].utf8)
    {
      return Caller(identity: .withheld)
    }
    return plan.caller(
      AMIMessage.text(Array(number)), name: Self.isUnknown(name) ? nil : AMIMessage.name(name))
  }

  /// Whether Asterisk has no number, or none that it may tell.
  static func isUnknown(_ number: UnsafeRawBufferPointer) -> Bool {
    number.isEmpty || number.equals("<unknown>")
  }
}
