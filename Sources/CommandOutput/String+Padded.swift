extension String {
  /// The text, with blanks up to `width` characters.
  package func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
