/// What is wrong with the description of a CTI server: everything, at once.
public struct CTIBlockError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One thing that is wrong.
  public struct Problem: Hashable, Sendable {
    /// The key whose value is wrong; nil when it is the text around the keys.
    public var field: CTIField?
    /// What is wrong and what to do.
    public var sentence: String
    /// The line of the text, from 1; nil when it is about the whole, or when there is no text.
    public var line: Int?

    /// A problem with a field, or with the text around the fields.
    public init(_ field: CTIField?, _ sentence: String, line: Int? = nil) {
      self.field = field
      self.sentence = sentence
      self.line = line
    }
  }

  /// At least one problem, in the order of the text.
  public var problems: [Problem]

  /// The error that collects these problems.
  public init(problems: [Problem]) {
    precondition(!problems.isEmpty, "an error without a problem is none")
    self.problems = problems
  }

  /// The sentences, one a line.
  public var description: String {
    problems.map { problem in
      problem.field.map { "\($0.rawValue): \(problem.sentence)" } ?? problem.sentence
    }.joined(separator: "\n")
  }
}
