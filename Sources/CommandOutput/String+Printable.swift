extension String {
  /// The text without what a terminal would act upon: names and numbers come from strangers (R43).
  package var printable: String {
    String(
      unicodeScalars.filter { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
          .paragraphSeparator:
          false
        default: true
        }
      })
  }

  /// The same for a text of several lines, which keeps its line ends and tabs.
  package var printableLines: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
      .map { $0.map { String($0).printable }.joined(separator: "\t") }
      .joined(separator: "\n")
  }

  /// The text, with blanks up to `width` characters.
  package func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
