import PhoneNumbers
import Telephony

/// Whose channels are followed, and who is at the other end of them.
struct FreeSwitchStation: Sendable {
  /// The user's name: `1024`.
  let user: String
  /// The user's domain, where it is said: two may have a user of this name.
  let domain: String?
  let plan: NumberPlan
  /// The name that FreeSWITCH gives to everybody whom it calls.
  private static let calledName = "Outbound Call"

  /// The station of this name, with or without a domain.
  init(_ name: String, plan: NumberPlan) {
    let parts = name.split(separator: "@", maxSplits: 1)
    user = parts.first.map { String($0) } ?? ""
    domain = parts.count == 2 ? parts[1].lowercased() : nil
    self.plan = plan
  }

  /// What FreeSWITCH is to ring for the station.
  var endpoint: String { "user/" + user + (domain.map { "@" + $0 } ?? "") }

  /// Whether a channel is one of the station's.
  ///
  /// It says so by its presence id. Without one, a telephone that FreeSWITCH calls by the user who was dialled, and one
  /// that calls FreeSWITCH by the user who has logged in: anybody can call himself 1024 on a trunk.
  func isOwn(_ event: ChannelEvent) -> Bool {
    let presence = event[.presence]
    guard presence.isEmpty else { return isName(presence[...]) }
    let name = Self.lastPart(of: event[.channel])
    if event[.direction] == "outbound" {
      let dialled = event[.dialledUser]
      return dialled.isEmpty ? isContact(name) || isAddress(name) : dialled == user
    }
    guard event[.user] == user, isAddress(name) else { return false }
    let login = event[.login]
    return login.isEmpty ? event[.context] != "public" : login == user
  }

  private func isName(_ name: Substring) -> Bool {
    let parts = name.split(separator: "@", maxSplits: 1)
    guard parts.first.map({ $0 == user }) ?? false else { return false }
    return domain == nil || parts.count < 2 || parts[1].lowercased() == domain
  }

  private func isAddress(_ name: Substring) -> Bool { name.contains("@") && isName(name) }

  /// Whether it is what a telephone of the station registered as: `1024-0x55db9605deb0@192.0.2.24`.
  private func isContact(_ name: Substring) -> Bool { name.hasPrefix(user + "-0x") }

  /// The last part of a channel's name, without a scheme: `1024@pbx.example` of `sofia/internal/1024@pbx.example`.
  private static func lastPart(of channel: String) -> Substring {
    let name = channel.split(separator: "/").last ?? ""
    return name.hasPrefix("sip:") ? name.dropFirst(4) : name
  }

  // MARK: - The other end

  /// Who a number and a name are; withheld when there is none, and when it is the station itself.
  func caller(_ number: String, _ name: String, isHidden: Bool) -> Caller {
    guard !isHidden, !number.isEmpty, number != user, !isContact(number[...]) else {
      return Caller(identity: .withheld)
    }
    // Without a name the number stands in its place.
    return plan.caller(number, name: name == number || name == Self.calledName ? nil : name)
  }

  /// Who calls the station's telephone, as its own channel says.
  func caller(_ event: ChannelEvent) -> Caller {
    caller(
      event[.callerNumber], event[.callerName], isHidden: event[.hidesNumber] == "true")
  }

  /// The number of the house that the caller dialled; nil when it is not said: behind a transfer the
  /// extension stands there that made it, and of one whom a program called first his own number.
  func called(_ event: ChannelEvent) -> String? {
    let text = event[.redirected]
    guard Self.isNumber(text), let number = plan.caller(text).number, number.kind != .extension,
      number.key != plan.caller(event[.callerNumber]).number?.key
    else { return nil }
    return text
  }

  /// Whether it is a number that one calls: `*97` is a service.
  static func isNumber(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count) && text.utf8.allSatisfy("+0123456789".utf8.contains)
  }
}
