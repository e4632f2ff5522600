extension Frame {
  /// The text as ``put(_:at:role:width:ellipsis:)`` shows it in so many columns: for what a terminal is given
  /// beside frames, such as its title, so that one filter knows what a stranger may send there (R43).
  public static func line(_ text: String, columns: Int) -> String {
    var frame = Frame(Size(width: max(0, columns), height: 1))
    let used = frame.put(text, at: Point(x: 0, y: 0), ellipsis: true)
    return frame.cells.prefix(used).reduce(into: "") { $0 += $1.text }
  }
}
