/// A group of digits in a run of ``PhoneField``, and what stands before it.
struct FieldGroup {
  /// Digits and keys, the first of a number perhaps with its plus.
  var keys: String
  /// The separators between the group before and this one.
  var before: String
  /// Of how many groups it was made, as `3165` of `31 65`.
  var parts = 1

  /// The groups of a run.
  static func groups(of run: String) -> [FieldGroup] {
    // The zero that is dialled at home, written twice: `+33 (0) 01 99 00 10 01`.
    let run =
      run.utf8.contains(UInt8(ascii: "("))
      ? run.replacing("(0) 0", with: "0").replacing("(0)0", with: "0") : run
    var groups: [FieldGroup] = []
    var (keys, before) = ("", "")
    for character in run {
      switch character {
      case "0"..."9", "*", "#", "+":
        if character == "+", !keys.isEmpty {
          groups.append(FieldGroup(keys: keys, before: before))
          (keys, before) = ("", "")
        }
        keys.append(character)
      default:
        if !keys.isEmpty, keys != "+" {
          groups.append(FieldGroup(keys: keys, before: before))
          (keys, before) = ("", "")
        }
        before.append(character)
      }
    }
    return keys.isEmpty || keys == "+" ? groups : groups + [FieldGroup(keys: keys, before: before)]
  }

  /// Whether the mark is among the separators before it.
  func has(_ mark: Character) -> Bool { before.contains(mark) }
  /// Whether it can end another number than the one before it: a few digits and nothing else.
  var isShort: Bool { keys.utf8.count <= 5 && keys.allSatisfy { ("0"..."9").contains($0) } }
  /// Whether a word says that another ending follows, of whatever value: `/ Fax 21`.
  var isLabelled: Bool { has("=") }
  /// Whether a comma stands before it, behind which an address or a department may follow as well.
  var isListed: Bool { has(",") }
  /// Whether it is said to be another ending: `/23`, `/ -47`, `à 25`.
  var isEnding: Bool { isShort && before.contains { "/~".contains($0) } }
  /// Whether something else than the rest of the number before it may follow.
  var isBoundary: Bool { isDashApart || before.contains { "/~|".contains($0) } }
  /// Whether a new number is likelier to begin here than the one before to go on.
  var isApart: Bool { before.contains { "/(".contains($0) } || isDashApart }
  /// Whether only a hyphen or a dot stands before it.
  var isTight: Bool { before == "-" || before == "." }
  /// Whether a dash with blanks around it stands before it.
  var isDashApart: Bool { before.utf8.count > 2 && before.contains(" - ") }
  /// Whether a hyphen stands before it as before the direct number of a German company (DIN 5008).
  var isHyphened: Bool { before.filter { $0 != " " } == "-" && (!isDashApart || isZeros) }
  /// Whether it is the switchboard of a company whose direct numbers have other digits: `-0`, `-00`.
  var isZeros: Bool { keys.utf8.count <= 3 && keys.allSatisfy { $0 == "0" } }
}

extension ArraySlice<FieldGroup> {
  /// The groups, with one for those that end another number as several: `01 99 00 31 61 à 31 65`.
  var withJoinedEndings: ArraySlice<FieldGroup> {
    guard count > 3, dropFirst(2).contains(where: \.isBoundary) else { return self }
    var joined: [FieldGroup] = []
    var index = startIndex
    while index < endIndex {
      let group = self[index]
      defer { index += 1 }
      guard index > startIndex, group.isBoundary else {
        joined.append(group)
        continue
      }
      let end =
        self[(index + 1)...].firstIndex { ![" ", ".", "-"].contains($0.before) } ?? endIndex
      let ending = self[index..<end]
      let last = self[startIndex..<index].suffix(ending.count)
      var whole = FieldGroup(
        keys: ending.map(\.keys).joined(), before: group.before, parts: ending.count)
      let isAlike = zip(last, ending).allSatisfy { $0.keys.utf8.count == $1.keys.utf8.count }
      if ending.count < 2 || last.count < ending.count || !isAlike || !whole.isShort {
        whole = group
      } else {
        index = end - 1
      }
      joined.append(whole)
    }
    return joined[...]
  }

  /// The groups, where behind the direct number of a company another has a hyphen of its own: `030 1234-56 -57`.
  var withHyphenedEndings: ArraySlice<FieldGroup> {
    var groups = self
    for index in groups.indices.dropFirst(2) where groups[index].before == " -" {
      let last = groups[index - 1]
      guard last.isShort, last.before == "-" || last.before == " / -",
        last.keys.utf8.count == groups[index].keys.utf8.count
      else { continue }
      groups[index].before = " / -"
    }
    return groups
  }

  /// The groups as they were written.
  var text: String {
    enumerated().map { $0 == 0 ? $1.keys : $1.before + $1.keys }.joined()
  }

  /// Whether the same separator stands between all groups, so that none says anything.
  var isUniform: Bool { Set(dropFirst().map(\.before)).count < 2 }
}
