/// The placeholder of a softphone or desk phone that was passed on instead of what it stands for.
///
///     $1   $remote   ${CALLERID(num)}   $(CALLER)   %CallerNumber%   %(caller)s   {{.Number}}   [Caller Number]   <CallerID>
enum UnreplacedKeyword {
  private static let longest = 64

  /// Whether the text is marks, one name, and marks again, which no number is.
  static func matches(_ bytes: Bytes) -> Bool {
    guard bytes.count <= longest, let last = bytes.last else { return false }
    let name = bytes.drop { "$%{[(<#@&= .".utf8.contains($0) }
    let opening = bytes[..<name.startIndex]
    if opening.isEmpty {
      return bytes.starts(with: "__".utf8) && bytes.suffix(2).elementsEqual("__".utf8)
    }
    guard let first = name.first, opening.first.map({ "$%{[<#@&".utf8.contains($0) }) == true else {
      return false
    }
    let isClosed = "}]%)>".utf8.contains(last) || bytes.suffix(2).elementsEqual(")s".utf8)
    // An address and a name may stand in angle brackets, and behind other marks.
    guard opening.contains(where: { "$%{[".utf8.contains($0) }) else {
      let isBracket = opening.first == UInt8(ascii: "<")
      // `@CallerNumber`, `&caller`.
      if !isBracket, FieldName.isNumber(name) { return true }
      guard isBracket ? isClosed : last == opening.first else { return false }
      let field = name.prefix { $0 != (isBracket ? UInt8(ascii: ">") : last) }
      // `<number>0199003161</number>` has a value.
      guard name[field.endIndex...].allSatisfy({ $0 == last }) else { return false }
      return (opening.starts(with: "<<".utf8) && first.isLetter) || FieldName.isNumber(field)
        || FieldName.isName(field)
    }
    // `$1` is an argument of a shell or of a dial plan; `$0388202122` is a mistake of another kind, `%20` a blank.
    if first.isDigit {
      let digits = name.prefix { $0.isDigit }
      let isShell = opening.elementsEqual("$".utf8) || digits.count == 1
      return digits.count <= 2 && isShell
        && name[digits.endIndex...].allSatisfy { "$s}]%)>".utf8.contains($0) }
    }
    let inside = name[..<(name.firstIndex { "}]$%>".utf8.contains($0) } ?? name.endIndex)]
    let isOne = name[inside.endIndex...].allSatisfy { "}]$%)>; ".utf8.contains($0) }
    guard first.isLetter || first == UInt8(ascii: "_"), isOne else { return false }
    if isClosed, FieldName.isNumber(inside) || FieldName.isName(inside) { return true }
    return inside.trimmed.allSatisfy { $0.isLetter || $0.isDigit || "_-.:()[]{;".utf8.contains($0) }
  }
}
