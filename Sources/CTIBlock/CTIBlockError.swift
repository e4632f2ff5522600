/// What is wrong with the description of a CTI server: everything, at once.
public struct CTIBlockError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One thing that is wrong.
  public struct Problem: Hashable, Sendable {
    /// The key whose value is wrong; nil when it is the text around the keys.
    public var field: CTIField?
    /// What is wrong and what to do.
    public var sentence: String

    /// A problem with a field, or with the text around the fields.
    public init(_ field: CTIField?, _ sentence: String) {
      self.field = field
      self.sentence = sentence
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
