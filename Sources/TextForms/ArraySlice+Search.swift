extension ArraySlice<UInt8> {
  /// Where these bytes stand for the first time; nil: nowhere.
  ///
  /// What the standard library has for it allocates memory at each place that it looks at: 0.2 µs a byte, 20 s for a file
  /// of 100 MB.
  public func firstPlace(of bytes: [UInt8]) -> Range<Int>? {
    guard let first = bytes.first else { return startIndex..<startIndex }
    var rest = self
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: bytes) { return start..<start + bytes.count }
      rest = rest.dropFirst()
    }
    return nil
  }
}
