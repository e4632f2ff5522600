/// The best ways to take a run apart into several numbers.
///
/// Each number is of neighbouring groups and stands by itself. Where no zero shows where one begins, those ways are
/// the best by which most digits are of numbers that a range is assigned to: `10001 212-555-0123` begins with a
/// postal code. Then those that leave the fewest digits over, then those with the fewest numbers that no range is assigned
/// to, then those with the fewest numbers.
struct FieldSplit {
  /// A number, and the groups it is of.
  struct Part {
    var read: CountryNumber
    var groups: ArraySlice<FieldGroup>
  }

  /// The best ways, each with its numbers in order; a few at most.
  private(set) var solutions: [[Part]] = []
  /// How many digits belong to none.
  private(set) var leftover = 0
  private let groups: ArraySlice<FieldGroup>

  private struct Cost: Comparable {
    /// Digits that belong to no number to which a range is assigned, where no zero shows where one begins.
    var unassigned = 0
    var leftover = 0
    var possible = 0
    var parts = 0

    static func < (a: Cost, b: Cost) -> Bool {
      (a.unassigned, a.leftover, a.possible, a.parts)
        < (b.unassigned, b.leftover, b.possible, b.parts)
    }
  }

  private static let shortest = 5
  private static let mostSolutions = 8

  /// Takes the groups apart; `whole`: not as one number, if these are all.
  init(
    _ groups: ArraySlice<FieldGroup>, _ reader: PlanReader,
    leaving whole: ArraySlice<FieldGroup> = []
  ) {
    self.groups = groups
    let (start, end) = (groups.startIndex, groups.endIndex)
    // Without a zero before them, numbers may begin anywhere.
    let isUnmarked = !Region.trunkPrefix(reader.region).hasPrefix("0")
    var best = [Cost](repeating: Cost(), count: groups.count + 1)
    var ways = [[Part?]](repeating: [], count: groups.count)
    for first in groups.indices.reversed() {
      let here = first - start
      let digits = DialString.digitCount(groups[first].keys)
      // Left over.
      var cost = best[here + 1]
      cost.leftover += digits
      if isUnmarked { cost.unassigned += digits }
      (best[here], ways[here]) = (cost, [nil])
      guard Self.canBegin(groups[first], reader), !Self.isWithin(first, groups, reader) else {
        continue
      }
      var count = 0
      for last in first..<end {
        count += DialString.digitCount(groups[last].keys)
        if count > PlanReader.longest || (last > first && groups[last].keys.hasPrefix("+")) {
          break
        }
        if last - first + 1 == whole.count { break }
        let span = groups[first...last]
        guard Self.isTogether(span, in: groups) else { continue }
        guard count >= Self.shortest, let read = reader.standing(DialString(span.text)),
          read.significant.utf8.count >= Self.shortest
        else { continue }
        var cost = best[last + 1 - start]
        cost.parts += 1
        if read.fit != .valid {
          cost.possible += 1
          if isUnmarked, !Region.isOpen(countryCode: read.countryCode) { cost.unassigned += count }
        }
        if cost < best[here] { (best[here], ways[here]) = (cost, []) }
        if cost == best[here] { ways[here].append(Part(read: read, groups: span)) }
      }
    }
    leftover = best[0].leftover
    isAllValid = best[0].possible == 0
    var found: [[Part]] = []
    func follow(_ here: Int, _ parts: [Part]) {
      guard found.count < Self.mostSolutions else { return }
      guard here < ways.count else { return found.append(parts) }
      for way in ways[here] {
        if let way {
          follow(way.groups.endIndex - start, parts + [way])
        } else {
          follow(here + 1, parts)
        }
      }
    }
    follow(0, [])
    solutions = found
  }

  /// Whether ranges are assigned for all numbers.
  private let isAllValid: Bool

  /// Whether digits that belong to none stand before a number as its own groups stand behind each other; more than
  /// three are a postal code.
  func isCutOut(_ part: Part) -> Bool {
    let first = part.groups.startIndex
    guard first > groups.startIndex, part.groups.count > 1, !groups[first].isApart,
      !groups[first].keys.hasPrefix("+"), groups[first - 1].keys.utf8.count <= 3,
      !solutions.joined().contains(where: { $0.groups.endIndex == first })
    else { return false }
    return part.groups.dropFirst().allSatisfy { $0.before == groups[first].before }
  }

  /// Whether all digits belong to numbers to which ranges are assigned.
  var isWhole: Bool { leftover == 0 && isAllValid }

  /// Whether there is one way, and more than a blank stands before each further number of it.
  var isApart: Bool {
    guard solutions.count == 1 else { return false }
    return solutions[0].dropFirst().allSatisfy {
      guard let first = $0.groups.first else { return false }
      return first.isApart && (first.keys.hasPrefix("0") || first.keys.hasPrefix("+"))
    }
  }

  /// Whether no end of the groups is closer to what is outside than a slash in them: no number is cut out of
  /// `8555-0124 / 8555-0125` from within one to within the other.
  static func isTogether(
    _ span: ArraySlice<FieldGroup>, in groups: ArraySlice<FieldGroup>
  ) -> Bool {
    let slashes = span.dropFirst().filter { $0.has("/") || $0.isDashApart }
    guard !slashes.isEmpty, let first = span.first else { return true }
    if span.startIndex > groups.startIndex, first.isTight { return false }
    return span.endIndex == groups.endIndex || !groups[span.endIndex].isTight
      || !slashes.contains { $0.has(" ") }
  }

  /// Whether two zeros are digits of a number that begins before them, and not what is dialled to reach another
  /// country: `01 99 00 31 61 75011`.
  private static func isWithin(
    _ index: Int, _ groups: ArraySlice<FieldGroup>, _ reader: PlanReader
  ) -> Bool {
    guard index > groups.startIndex, groups[index].keys == "00", !groups[index].isApart else {
      return false
    }
    for start in groups.startIndex..<index where "0+".contains(groups[start].keys.first ?? " ") {
      for end in index..<min(index + mostBehind, groups.endIndex) {
        let read = reader.standing(DialString(groups[start...end].text))
        if let read, read.fit == .valid, !Region.isOpen(countryCode: read.countryCode) {
          return true
        }
      }
    }
    return false
  }

  /// The most groups of a number behind two zeros in it.
  private static let mostBehind = 5

  /// A number begins with a plus or a zero, where the region writes one.
  static func canBegin(_ group: FieldGroup, _ reader: PlanReader) -> Bool {
    guard let first = group.keys.first else { return false }
    return first == "+" || first == "0" || group.has("(")
      || !Region.trunkPrefix(reader.region).hasPrefix("0")
  }
}
