import OperatorConfiguration
import Telephony
import ThirdPartyStore

/// Who has a number, and in which file that stands (R63).
struct HolderCheck: Check {
  let subject = "third party"
  private let site: NumberSite
  /// How many near misses are worth being named.
  private static let nearMisses = 3

  init(_ site: NumberSite) { self.site = site }

  func look() async -> [Finding] {
    guard let number = site.caller.number else {
      return [Finding(.well, "Nobody is looked up without a number.")]
    }
    guard site.hasParties else {
      return [
        Finding(.mend, "There is no store at \(site.paths.parties).", advice: site.filling)
      ]
    }
    do throws(StoreError) {
      let directory = try site.directory()
      let found = try directory.explain(number)
      let matches = found.filter { $0.match != nil }
      guard matches.isEmpty else { return matches.map(holder) + Self.several(matches) }
      guard try directory.parties.count() > 0 else {
        return [
          Finding(.mend, "The store at \(site.paths.parties) is empty.", advice: site.filling)
        ]
      }
      return [nobody(hasNearMisses: !found.isEmpty)] + found.prefix(Self.nearMisses).map(nearMiss)
    } catch {
      return [Finding(.mend, error.sentence.ended)]
    }
  }

  private func holder(_ found: LookupExplanation) -> Finding {
    let (party, strength) = (found.party, found.match?.strength ?? .weak)
    let relation = found.numbers.map(\.relation).min { $0.rawValue < $1.rawValue }
    let place =
      switch relation {
      case .attached: "attached here, in \(site.paths.operatorData)"
      case .attachedByOthers: "attached by another user of this machine"
      default: "in \(found.file)"
      }
    let contact = found.match?.contact.map { " (\($0))" } ?? ""
    let sentence =
      "\(party.name)\(contact), \(party.code), has it: \(strength.rawValue), \(place)"
      + (found.match?.isRemembered == true ? ", and was chosen the last time." : ".")
    guard strength == .weak else { return Finding(.well, sentence) }
    return Finding(
      .note, sentence,
      advice: "A weak match is shown, and opens nothing by itself: screenpop lookup --explain.")
  }

  private static func several(_ matches: [LookupExplanation]) -> [Finding] {
    guard matches.count > 1 else { return [] }
    return [
      Finding(
        .note,
        "\(matches.count) third parties match: the operator chooses, no record opens by itself.")
    ]
  }

  private func nobody(hasNearMisses: Bool) -> Finding {
    let asksERP = site.settings.erpProfile != nil && site.settings.erpLive
    let advice =
      asksERP
      ? "The ERP is asked for it with each call, too. What it has by now: screenpop sync."
      : "Create or attach it on the call (c, a), or "
        + site.filling.prefix(1).lowercased() + site.filling.dropFirst()
    let directory = " Then lookup.command is asked, whose answer is shown as a directory's."
    return Finding(
      .note,
      "Nobody in \(site.paths.parties) has it: "
        + site.reading.absence(hasNearMisses: hasNearMisses).ended,
      advice: site.settings.lookupCommand == nil ? advice : advice.ended + directory)
  }

  private func nearMiss(_ found: LookupExplanation) -> Finding {
    let numbers = found.numbers.map(\.listed.text).joined(separator: ", ")
    return Finding(
      .note, "\(found.party.name), \(found.party.code), has \(numbers), which only ends alike.")
  }
}
