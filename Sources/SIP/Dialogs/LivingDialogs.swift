import PhoneNumbers
import Telephony

/// The dialogs of a station that are not terminated.
///
/// Some servers tell of all calls of a station under one id, the latest or the loudest of them at a time:
/// another caller under a known id is another call, a *turn* of the id, and the one before goes on beside
/// it until the server says that nothing goes on.
struct LivingDialogs {
  /// The most dialogs that are remembered.
  private static let memory = 500

  private let plan: NumberPlan
  /// What was last told, by the id.
  private var present: [String: DialogInfo.Dialog] = [:]
  /// The calls whose turn is over, although nobody said that they are.
  private var earlier: [String: [DialogInfo.Dialog]] = [:]
  private var turns = 0

  /// No dialog yet.
  init(plan: NumberPlan) { self.plan = plan }

  /// All that go on.
  var all: [DialogInfo.Dialog] { present.values + earlier.values.flatMap { $0 } }

  subscript(id: String) -> DialogInfo.Dialog? { present[id] }

  /// The dialogs that are not in this full document are no more.
  mutating func keep(only document: [DialogInfo.Dialog]) {
    let told = Set(document.map(\.id))
    present = present.filter { told.contains($0.key) }
    earlier = earlier.filter { told.contains($0.key) }
  }

  /// The dialog is over, and whatever else was told under its id; those.
  mutating func end(_ id: String) -> [DialogInfo.Dialog] {
    [present.removeValue(forKey: id)].compactMap { $0 } + (earlier.removeValue(forKey: id) ?? [])
  }

  /// Takes over what is told of a dialog that goes on; those that rang and of which nothing more will be
  /// told.
  mutating func apply(_ news: DialogInfo.Dialog) -> [DialogInfo.Dialog] {
    var news = news
    guard let known = present[news.id] else {
      if present.count < Self.memory { present[news.id] = news }
      return []
    }
    news.callID = news.callID ?? known.callID
    guard news.callID == known.callID else {
      earlier[news.id] = nil
      present[news.id] = news
      return []
    }
    news.turn = known.turn
    defer { present[news.id] = news }
    if news.remote == nil { return applyState(&news, known) }
    // No dialog goes back to ringing: it rings beside a call that the server did not name.
    if known.state == .confirmed, news.state == .early, isUnnamed(known, beside: news) {
      begin(&news, besides: known)
      return []
    }
    return isOther(news, than: known) ? change(&news, known) : []
  }

  /// Only the state is told: whose it is follows, unless several rang.
  private mutating func applyState(
    _ news: inout DialogInfo.Dialog, _ known: DialogInfo.Dialog
  ) -> [DialogInfo.Dialog] {
    let others = earlier[news.id] ?? []
    // The name is the station's, and it rings again beside its call.
    if known.state == .confirmed, news.state == .early {
      begin(&news, besides: known)
      return []
    }
    guard news.state == .confirmed, known.state < .confirmed, !others.isEmpty else {
      (news.remote, news.remoteName) = (known.remote, known.remoteName)
      return []
    }
    let ringing = ([known] + others).filter { $0.state < .confirmed }
    earlier[news.id] = others.filter { $0.state == .confirmed }
    if ringing.count > 1 {
      news.isUntold = true
      turns += 1
      news.turn = turns
    } else if let talking = earlier[news.id]?.popLast() {
      // The one that was answered before goes on; the ring beside it is over.
      news = talking
    }
    return ringing
  }

  /// Another caller is told of under the id.
  private mutating func change(
    _ news: inout DialogInfo.Dialog, _ known: DialogInfo.Dialog
  ) -> [DialogInfo.Dialog] {
    var others = earlier[news.id] ?? []
    let isKept = known.state == .confirmed || news.state < .confirmed
    if let place = others.firstIndex(where: { isSame(news, as: $0) }) {
      news.turn = others.remove(at: place).turn
      earlier[news.id] = others + (isKept && known.state == .confirmed ? [known] : [])
      return known.state == .confirmed ? [] : [known]
    }
    begin(&news, besides: isKept ? known : nil)
    return isKept ? [] : [known]
  }

  /// The station took one of several calls of which one is told: the dialog is another's from now on.
  mutating func part(_ news: DialogInfo.Dialog) -> [DialogInfo.Dialog] {
    var news = news
    let known = present[news.id]
    turns += 1
    news.turn = turns
    news.callID = news.callID ?? known?.callID
    present[news.id] = news
    return [known].compactMap { $0 }
  }

  /// Replaces what is known of a dialog by what somebody else knows better: it stays the same call.
  mutating func replace(_ dialog: DialogInfo.Dialog, as known: DialogInfo.Dialog) {
    var dialog = dialog
    (dialog.turn, dialog.callID) = (known.turn, dialog.callID ?? known.callID)
    present[dialog.id] = dialog
  }

  /// The calls that were told to ring under this id, the latest first.
  func ringing(_ id: String) -> [DialogInfo.Dialog] {
    ([present[id]].compactMap { $0 } + (earlier[id] ?? []))
      .filter { $0.state < .confirmed && $0.direction != .outgoing }
  }

  /// The dialogs under their latest names.
  var latest: [DialogInfo.Dialog] { present.values.sorted { $0.id < $1.id } }

  private mutating func begin(
    _ news: inout DialogInfo.Dialog, besides known: DialogInfo.Dialog?
  ) {
    turns += 1
    news.turn = turns
    guard let known, (earlier[news.id] ?? []).count < 8 else { return }
    earlier[news.id, default: []].append(known)
  }

  /// Whether nobody said who is at the other end of a call, or the station made it, while it rings now.
  private func isUnnamed(_ call: DialogInfo.Dialog, beside ring: DialogInfo.Dialog) -> Bool {
    call.remote == nil || call.direction == .outgoing && ring.direction == .incoming
  }

  /// Whether the known one has the same caller. One whom nobody named is anybody, and whom the station called does not call.
  private func isSame(_ news: DialogInfo.Dialog, as known: DialogInfo.Dialog) -> Bool {
    known.remote != nil && known.direction != .outgoing && !known.isUntold
      && !isOther(news, than: known)
  }

  /// Whether the two name different callers. Who was dialled may be named otherwise once he answers.
  private func isOther(_ news: DialogInfo.Dialog, than known: DialogInfo.Dialog) -> Bool {
    guard news.direction != .outgoing, known.direction != .outgoing, !known.isUntold,
      let one = news.remote, let other = known.remote, one != other
    else { return false }
    let callers = (plan.caller(one), plan.caller(other))
    guard let key = callers.0.number?.key, let otherKey = callers.1.number?.key else {
      // Whoever is withheld is not named later, unless the telephone beside knows that it is he.
      return callers.0.isWithheld != callers.1.isWithheld && !news.isNamed && !known.isNamed
        && (callers.0.number ?? callers.1.number) != nil
    }
    return key != otherKey
  }
}
