/// What a token lets its owner do (R30).
enum Right: String, Sendable {
  /// Ask for calls: windows.
  case read
  /// Report calls: desk phones, whose URLs are seen by many.
  case write
  /// Either.
  case both

  /// Whether this right is enough for another.
  func includes(_ other: Right) -> Bool { self == .both || self == other }

  /// What two lines about one token allow together.
  func joined(with other: Right) -> Right { self == other ? self : .both }
}
