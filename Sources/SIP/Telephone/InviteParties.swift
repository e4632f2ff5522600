import Connector
import HeaderForms
import PhoneNumbers
import Telephony
import TextForms

/// Who calls, and which number was called, as an INVITE says.
///
///     From: <sip:1042@pbx.example>;tag=a6c85cf              ← may be the colleague who puts the call through
///     P-Asserted-Identity: "Dupont SA" <sip:0388202122@pbx.example>
///     Diversion: <sip:0353011233@pbx.example>;reason=unconditional
struct InviteParties: Hashable {
  /// The other end: who the network says that it is, else who it says itself (RFC 3325; Remote-Party-ID).
  let caller: Caller
  /// The caller's address as it was told, the station's own too; nil of one who is withheld.
  let uri: String?
  /// Whether the station calls itself, by a group that it is in: all that are named are its own, and nobody is withheld.
  let isStation: Bool
  /// The number that was called first, unless it is the station's own; nil: nobody says.
  let called: String?

  /// Reads an INVITE; `own` is what the station is called, `contact` the user part that is ours alone.
  init(_ invite: SIPMessage, own: Set<String>, contact: String, plan: NumberPlan) {
    (caller, uri, isStation) = Self.caller(invite, own, plan)
    called = Self.called(invite).first { user in
      user != contact && !own.contains(plan.caller(user).number?.key ?? user)
    }
  }

  // MARK: - Who calls

  private static func caller(
    _ invite: SIPMessage, _ own: Set<String>, _ plan: NumberPlan
  ) -> (Caller, uri: String?, isStation: Bool) {
    let remote = invite.entries("remote-party-id").compactMap { SIPAddress($0) }
      .filter { ($0.parameters["party"] ?? "calling").lowercased() == "calling" }
    let told =
      invite.entries("p-asserted-identity").compactMap { SIPAddress($0) } + remote
      + [invite.address("from")].compactMap { $0 }
    guard !wishesPrivacy(invite), !told.contains(where: isHidden) else {
      return (Caller(identity: .withheld), nil, false)
    }
    if told.isEmpty, let from = invite["from"] {
      // What is no address is read as every door reads it.
      let text = HeaderSyntax.split(from, at: ";").first ?? ""
      return (plan.caller(text), nil, false)
    }
    let callers = told.map { (caller: plan.caller($0.uri, name: $0.name), uri: $0.uri) }
      .filter { $0.caller.number.map { !own.contains($0.key) } ?? true }
    guard
      var best = callers.first(where: { $0.caller.number != nil })
        ?? callers.first(where: { !$0.caller.isWithheld }) ?? callers.first
    else { return (Caller(identity: .withheld), told.first?.uri, !told.isEmpty) }
    // A name belongs to its number: that in From may be a colleague's.
    let same = callers.filter { $0.caller.identity == best.caller.identity }
    best.caller.name = same.lazy.compactMap(\.caller.name).first
    return (best.caller, best.caller.isWithheld ? nil : best.uri, false)
  }

  /// RFC 3323, section 4.2, and RFC 3325, section 9.3.
  private static func wishesPrivacy(_ invite: SIPMessage) -> Bool {
    invite.fields("privacy").flatMap { $0.lowercased().split { ";, ".contains($0) } }
      .contains { ["id", "user", "header", "full"].contains($0) }
  }

  /// Whether somebody wished that this address is not known: RFC 3323, section 4.1.1.3, and Remote-Party-ID.
  private static func isHidden(_ address: SIPAddress) -> Bool {
    let privacy = (address.parameters["privacy"] ?? "").lowercased()
    if privacy.hasPrefix("full") || privacy.hasPrefix("uri") { return true }
    if SIPHop(uri: address.uri)?.host.lowercased() == "anonymous.invalid" { return true }
    return ["anonymous", "restricted", "private"].contains(address.user?.lowercased())
  }

  // MARK: - Who was called

  /// The user parts of all addresses that say who was called, what was dialled first before what became of it.
  private static func called(_ invite: SIPMessage) -> [String] {
    let history = invite.entries("history-info").prefix(1)
    // Each diversion was written above the one before.
    let addresses =
      history + invite.entries("diversion").suffix(1)
      + invite.entries("p-called-party-id").prefix(1) + [invite["to"]].compactMap { $0 }
    let uris = addresses.compactMap { SIPAddress($0)?.uri } + [invite.target].compactMap { $0 }
    return uris.compactMap { uri in
      let isTelephone = uri.lowercased().hasPrefix("tel:")
      let user = isTelephone ? String(uri.dropFirst("tel:".count)) : SIPAddress.user(of: uri)
      let bare = user.map { $0.prefix { $0 != ";" && $0 != "?" } }
      let bytes = PercentCoding.decode(Array((bare ?? "").utf8)[...])
      let text = PlainText.cleaned(String(decoding: bytes, as: UTF8.self), limit: 60)
      return text.isEmpty ? nil : text
    }
  }
}
