import TextForms

/// A program and its arguments, with placeholders in the arguments: `["erp", "--code={code}"]`.
public struct CommandTemplate: Hashable, Sendable {
  /// The program and the arguments as they were written.
  public let words: [String]
  /// The program: a name that is looked for in PATH, or an absolute path.
  public var program: String { words[0] }
  private let arguments: [Template]

  /// Checks the command; throws ``OpenError/badTarget(_:)``.
  public init(_ words: [String]) throws(OpenError) {
    guard let program = words.first, !program.isEmpty else {
      throw .badTarget("the command is empty: name a program, then its arguments")
    }
    guard !program.unicodeScalars.contains("{") else {
      throw .badTarget(
        "the program \"\(program.brief)\" has a placeholder: no value may choose the program")
    }
    guard program.utf8.first == UInt8(ascii: "/") || !program.unicodeScalars.contains("/") else {
      throw .badTarget(
        "the program \"\(program.brief)\" is a relative path: give a name or an absolute path")
    }
    guard !words.contains(where: { $0.utf8.contains(0) }) else {
      throw .badTarget("the command contains a NUL character, which no argument can carry")
    }
    var arguments: [Template] = []
    for word in words.dropFirst() { arguments.append(try Template(word)) }
    self.words = words
    self.arguments = arguments
  }

  /// The placeholders in the arguments.
  public var placeholders: Set<Placeholder> {
    arguments.reduce(into: []) { $0.formUnion($1.placeholders) }
  }

  /// The arguments after the program, each one argument whatever its value.
  ///
  /// Throws ``OpenError/optionLike(placeholder:program:)`` when a value begins an argument with `-`
  /// and no `--` of the template's own stands before it. Changing the value instead would open another
  /// record.
  public func arguments(for values: RecordValues) throws(OpenError) -> [String] {
    var result: [String] = []
    var optionsAreOver = false
    for argument in arguments {
      let text = argument.filled(with: values)
      if let placeholder = argument.leading, Self.isOptionLike(text), !optionsAreOver {
        throw .optionLike(placeholder: placeholder, program: program)
      }
      if argument.placeholders.isEmpty, text == "--" { optionsAreOver = true }
      result.append(text)
    }
    return result
  }

  /// Whether a program could take the argument for an option: by its first scalar, not its first
  /// character, which may be a dash with a mark over it. The small and the full-width hyphen-minus become
  /// `-` where a program brings its arguments to a compatible form (UAX #15, NFKC).
  private static func isOptionLike(_ argument: String) -> Bool {
    switch argument.unicodeScalars.first {
    case "-", "\u{FE63}", "\u{FF0D}": true
    default: false
    }
  }
}
