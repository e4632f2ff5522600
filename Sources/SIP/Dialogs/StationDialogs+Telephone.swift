import PhoneNumbers
import Telephony

/// What dialog state and the telephone beside it know together.
///
/// - A server that leaves calls their names (a proxy) may say who calls by another word (`From`) than the telephone
///   heard (P-Asserted-Identity, Privacy): the telephone's counts.
/// - A server may not say who calls: the one caller at the telephone is who rings.
/// - A server may tell of one call where several ring, and go on to name its caller whichever of them is answered.
///   Then whoever is taken from the telephone at that moment was answered; when nobody is, it is not known who.
/// - A server may tell of a ring for as long as there is one, and of the talk behind it then: it is with the only one of
///   those that rang whom another telephone took.
extension StationDialogs {
  /// Takes a dialog that goes on in; those that rang and of which nothing more will be told.
  mutating func receive(_ dialog: DialogInfo.Dialog, at now: Moment) -> [DialogInfo.Dialog] {
    var dialog = dialog
    let known = dialogs[dialog.id]
    if nameByCall(&dialog, known) {
      guard let known, known.callID == dialog.callID else { return dialogs.apply(dialog) }
      dialogs.replace(dialog, as: known)
      return []
    }
    if let known, dialog.state == .confirmed, known.isParted {
      (dialog.remote, dialog.remoteName) = (known.remote, known.remoteName)
      (dialog.isParted, dialog.isUntold) = (true, known.isUntold)
      (dialog.heldUntil, dialog.direction) = (known.heldUntil, known.direction)
      dialogs.replace(dialog, as: known)
      return []
    }
    dialog = renewed(dialog, known)
    let taken = dialog.state == .confirmed && dialog.remote == nil ? onlyTaken(dialog.id) : nil
    if let taken {
      (dialog.remote, dialog.remoteName, dialog.direction) = (
        taken.remote, taken.remoteName, .incoming
      )
    }
    let isRenamed = known.map { namesAnother(dialog, than: $0) } ?? false
    if let known, dialog.state == .confirmed, known.state < .confirmed, !isRenamed,
      isOneOfSeveral(known)
    {
      (dialog.remote, dialog.remoteName) = (known.remote, known.remoteName)
      (dialog.isParted, dialog.direction) = (true, .incoming)
      dialog.heldUntil = now + TelephoneRings.patience
      dialogs.replace(dialog, as: known)
      return rings.justTaken(at: now).map { settle(dialog, $0) } ?? []
    }
    // A call's own name says which one it is, and so does another caller than it named before.
    dialog.isSure =
      hasName(dialog) || isRenamed || taken != nil || known.map { isOnly($0) } ?? false
    if let ring = onlyRing(for: dialog, known) { name(&dialog, ring) }
    // It was answered before the server told that it rang.
    if known == nil, dialog.state == .confirmed, dialog.remote == nil,
      dialog.direction != .outgoing, let ring = rings.justTaken(at: now), !ring.wasTold
    {
      dialog.name(ring)
      dialog.direction = .incoming
    }
    return dialogs.apply(dialog)
  }

  /// Takes in what happened at the telephone.
  mutating func learn(_ word: String, at now: Moment) -> [CallEvent] {
    let taken = rings.learn(word, told: told, at: now)
    var dropped: [DialogInfo.Dialog] = []
    if let taken {
      let held = dialogs.latest.filter { $0.heldUntil != nil }
      guard held.count == 1 else { return [] }
      dropped = settle(held[0], taken)
    } else if !nameByCall() {
      if let renewed = rings.renewed { renew(renewed) }
      let nameless = dialogs.latest.filter { onlyRing(for: $0, nil) != nil }
      guard Set(nameless.map(Self.call)).count == 1, let ring = rings.first else { return [] }
      for var dialog in nameless {
        name(&dialog, ring)
        dialogs.replace(dialog, as: dialog)
      }
    }
    return compare(dropped: Set(dropped.map(Self.key)), at: now)
  }

  /// The telephone knows who was put through while it rings: documents may go on to name whoever called before.
  private mutating func renew(_ renewal: TelephoneRings.Renewal) {
    for var dialog in dialogs.latest
    where dialog.state < .confirmed && dialog.direction != .outgoing
      && isSame(dialog, renewal.before)
    {
      let known = dialog
      dialog.told = dialog.told ?? dialog.remote
      (dialog.remote, dialog.remoteName) = (renewal.now.uri, renewal.now.name)
      dialogs.replace(dialog, as: known)
      rename(Self.key(of: known), renewal.now.uri ?? "", renewal.now.name)
    }
  }

  /// The dialog as it is told, but for a caller of whom the telephone knows better.
  private func renewed(
    _ dialog: DialogInfo.Dialog, _ known: DialogInfo.Dialog?
  ) -> DialogInfo.Dialog {
    guard let known, let told = known.told, let better = known.remote, let remote = dialog.remote
    else { return dialog }
    let callers = [told, better, remote].map { plan.caller($0).identity }
    guard callers[0] != callers[1], callers[..<2].contains(callers[2]) else { return dialog }
    var dialog = dialog
    (dialog.remote, dialog.remoteName, dialog.told) = (known.remote, known.remoteName, told)
    return dialog
  }

  /// Names the dialog after the call of the same name at the telephone; whether there is one, or was.
  private func nameByCall(_ dialog: inout DialogInfo.Dialog, _ known: DialogInfo.Dialog?) -> Bool {
    guard dialog.direction != .outgoing else { return false }
    let callID = dialog.callID ?? known?.callID
    if let ring = rings.all.first(where: { $0.callID == callID }) {
      dialog.name(ring)
      // Withheld is what the caller wishes, whatever the document says.
      (dialog.remote, dialog.isNamed) = (ring.uri ?? "", true)
    } else if let known = known ?? dialogs.all.first(where: { $0.callID == callID }),
      known.isNamed, known.callID == callID
    {
      dialog.name(as: known)
    }
    guard dialog.isNamed else { return false }
    (dialog.callID, dialog.direction) = (callID, .incoming)
    return true
  }

  /// Names those that ring after the calls of the same names at the telephone; whether there are any.
  private mutating func nameByCall() -> Bool {
    var isNamed = false
    for var dialog in dialogs.latest where !dialog.isNamed && dialog.state < .confirmed {
      let known = dialog
      guard nameByCall(&dialog, known) else { continue }
      dialogs.replace(dialog, as: known)
      isNamed = true
    }
    return isNamed
  }

  /// The station took this one of several; those that rang and of which nothing more will be told.
  private mutating func settle(
    _ dialog: DialogInfo.Dialog, _ ring: TelephoneRings.Ring
  ) -> [DialogInfo.Dialog] {
    var settled = dialog
    settled.name(ring)
    // Of two calls of one caller the dialog is the first.
    let isSecond = rings.all.contains {
      $0.serial < ring.serial && $0.takenAt == nil && isSame(dialog, $0)
    }
    guard isSame(dialog, ring), !isSecond else { return dialogs.part(settled) }
    dialogs.replace(settled, as: dialog)
    return []
  }

  /// Until when the telephone may say who was answered; nil: nobody waits.
  var heldUntil: Moment? { dialogs.latest.compactMap(\.heldUntil).min() }

  /// Tells of calls of which the telephone did not say who was answered, as of when somebody was.
  mutating func release(at now: Moment) -> [CallEvent] {
    let due = dialogs.latest.filter { $0.heldUntil.map { $0 <= now } ?? false }
    guard let answered = due.compactMap(\.heldUntil).min() else { return [] }
    var dropped: [DialogInfo.Dialog] = []
    for var dialog in due {
      (dialog.heldUntil, dialog.isUntold, dialog.remote, dialog.remoteName) = (nil, true, nil, nil)
      dropped += dialogs.part(dialog)
    }
    return compare(dropped: Set(dropped.map(Self.key)), at: answered - TelephoneRings.patience)
  }

  /// The only one who rings at the telephone, where the dialog does not say who rings: it names nobody, or it is one of
  /// FreeSWITCH, which tells the number that its caller does not wish to be shown.
  private func onlyRing(
    for dialog: DialogInfo.Dialog, _ known: DialogInfo.Dialog?
  ) -> TelephoneRings.Ring? {
    guard dialog.state < .confirmed, dialog.direction == .incoming, rings.count == 1,
      let ring = rings.first
    else { return nil }
    let isNameless = dialog.remote == nil && known?.remote == nil
    return isNameless || isHidden(ring) && !isBesideRing(dialog, known) ? ring : nil
  }

  private static func call(_ dialog: DialogInfo.Dialog) -> String { dialog.callID ?? dialog.id }

  /// Whether the documents tell a number that is withheld at the telephone.
  private func isHidden(_ ring: TelephoneRings.Ring) -> Bool { tellsOne && ring.uri == nil }

  /// Whether another call rings; several telephones of the station ring for one.
  private func isBesideRing(_ dialog: DialogInfo.Dialog, _ known: DialogInfo.Dialog?) -> Bool {
    let call = dialog.callID ?? known?.callID ?? dialog.id
    return dialogs.all.contains {
      Self.call($0) != call && $0.direction != .outgoing && $0.state < .confirmed
    }
  }

  private func name(_ dialog: inout DialogInfo.Dialog, _ ring: TelephoneRings.Ring) {
    dialog.name(ring)
    if isHidden(ring) { (dialog.remote, dialog.isNamed) = ("", true) }
  }

  /// Whether the dialog has the call's own name.
  func hasName(_ dialog: DialogInfo.Dialog) -> Bool {
    dialog.callID != nil && !dialog.isForPickup
  }

  /// Whether more rings at the telephone than is told, this dialog among it, or somebody else.
  private func isOneOfSeveral(_ dialog: DialogInfo.Dialog) -> Bool {
    guard dialog.direction != .outgoing, !hasName(dialog) else { return false }
    return rings.count > max(told, 1) || rings.wasHidden || isStale(dialog)
  }

  /// Of several that were told to ring and ring no more at the telephone, the only one that another telephone took.
  private func onlyTaken(_ id: String) -> DialogInfo.Dialog? {
    let told = dialogs.ringing(id)
    guard told.count > 1 else { return nil }
    var taken: [DialogInfo.Dialog] = []
    for dialog in told {
      guard let ring = (rings.over + rings.all).last(where: { isSame(dialog, $0) }) else {
        return nil
      }
      if ring.takenAt != nil {
        taken.append(dialog)
      } else if rings.all.contains(ring) {
        return nil
      }
    }
    return taken.count == 1 ? taken[0] : nil
  }

  /// Whether the document says itself that it is not about the caller whom it named before.
  private func namesAnother(
    _ dialog: DialogInfo.Dialog, than known: DialogInfo.Dialog
  ) -> Bool {
    guard let one = dialog.remote, let other = known.remote else { return false }
    return plan.caller(one).identity != plan.caller(other).identity
  }

  /// Whether somebody rings at the telephone, and not whom the dialog names: his call may have ended untold.
  private func isStale(_ dialog: DialogInfo.Dialog) -> Bool {
    guard dialog.remote != nil, !rings.all.isEmpty else { return false }
    return !rings.all.contains { isSame(dialog, $0) }
  }

  /// Whether the dialog's caller is the only one who rings at the telephone.
  private func isOnly(_ dialog: DialogInfo.Dialog) -> Bool {
    rings.all.count == 1 && rings.all.allSatisfy { isSame(dialog, $0) }
  }

  /// Which of those that ring at the telephone are told.
  mutating func noteTold() {
    guard !rings.all.isEmpty else { return }
    let ringing = dialogs.all.filter { $0.direction != .outgoing && $0.state < .confirmed }
    for ring in rings.all where ringing.contains(where: { isSame($0, ring) }) {
      rings.noteTold(ring.serial)
    }
  }

  private func isSame(_ dialog: DialogInfo.Dialog, _ ring: TelephoneRings.Ring) -> Bool {
    plan.caller(dialog.remote ?? "").identity == plan.caller(ring.uri ?? "").identity
  }

  /// How many calls are told to ring.
  private var told: Int {
    dialogs.all.count { $0.direction != .outgoing && $0.state < .confirmed }
  }
}

extension DialogInfo.Dialog {
  /// The telephone has named it before.
  mutating func name(as known: DialogInfo.Dialog) {
    (remote, remoteName, isNamed, isSure) = (known.remote, known.remoteName, true, true)
  }

  /// It is the call that rings, or rang, at the telephone.
  fileprivate mutating func name(_ ring: TelephoneRings.Ring) {
    (remote, remoteName, heldUntil, isSure) = (ring.uri, ring.name, nil, true)
  }
}
