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
    var (keys, before) = ([UInt8](), [UInt8]())
    func endGroup() {
      groups.append(
        FieldGroup(
          keys: String(decoding: keys, as: UTF8.self),
          before: String(decoding: before, as: UTF8.self)))
      keys.removeAll(keepingCapacity: true)
      before.removeAll(keepingCapacity: true)
    }
    for byte in run.utf8 {
      if isKey(byte) {
        if byte == plus, !keys.isEmpty { endGroup() }
        keys.append(byte)
      } else {
        if !keys.isEmpty, keys != [plus] { endGroup() }
        before.append(byte)
      }
    }
    if !keys.isEmpty, keys != [plus] { endGroup() }
    return groups
  }

  private static let plus = UInt8(ascii: "+")

  /// Whether it is a digit, or a key that stands among digits.
  static func isKey(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || "+*#".utf8.contains(byte)
  }

  /// Whether one of the marks is among the separators before it.
  func has(_ marks: StaticString) -> Bool {
    marks.withUTF8Buffer { marks in before.utf8.contains { marks.contains($0) } }
  }
  /// Whether it can end another number than the one before it: a few digits and nothing else.
  var isShort: Bool { keys.utf8.count <= 5 && keys.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  /// Whether a word says that another ending follows, of whatever value: `/ Fax 21`.
  var isLabelled: Bool { has("=") }
  /// Whether a comma stands before it, behind which an address or a department may follow as well.
  var isListed: Bool { has(",") }
  /// Whether it is said to be another ending: `/23`, `/ -47`, `à 25`.
  var isEnding: Bool { isShort && has("/~") }
  /// Whether something else than the rest of the number before it may follow.
  var isBoundary: Bool { isDashApart || has("/~|") }
  /// Whether a new number is likelier to begin here than the one before to go on.
  var isApart: Bool { has("/(") || isDashApart }
  /// Whether only a hyphen or a dot stands before it.
  var isTight: Bool { before == "-" || before == "." }
  /// Whether a dash with blanks around it stands before it.
  var isDashApart: Bool { before.utf8.count > 2 && before.contains(" - ") }
  /// Whether a hyphen stands before it as before the direct number of a German company (DIN 5008).
  var isHyphened: Bool {
    before.utf8.lazy.filter { $0 != UInt8(ascii: " ") }.elementsEqual("-".utf8)
      && (!isDashApart || isZeros)
  }
  /// Whether it is the switchboard of a company whose direct numbers have other digits: `-0`, `-00`.
  var isZeros: Bool { keys.utf8.count <= 3 && keys.utf8.allSatisfy { $0 == 0x30 } }
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
    dropFirst().reduce(into: first?.keys ?? "") { text, group in
      text += group.before
      text += group.keys
    }
  }

  /// Whether the same separator stands between all groups, so that none says anything.
  var isUniform: Bool {
    let others = dropFirst()
    return others.allSatisfy { $0.before == others.first?.before }
  }

  /// Whether a dash sets off a single digit behind a longer group: `02-123-4567-9`, from …67 to …69.
  var endsInOne: Bool {
    guard let last, let former = dropLast().last else { return false }
    return last.keys.utf8.count == 1 && last.has("-") && former.keys.utf8.count > 1
  }
}
