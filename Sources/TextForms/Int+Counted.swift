extension Int {
  /// The number with what is counted: `1 row`, `2 rows`, `2 third parties`.
  public func counted(_ one: String, _ many: String? = nil) -> String {
    "\(self) \(self == 1 ? one : many ?? one + "s")"
  }
}
