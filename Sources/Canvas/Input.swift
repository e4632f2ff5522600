/// Something that the operator or the terminal did, as plain data.
public enum Input: Hashable, Sendable {
  /// A character was typed.
  case character(Character)
  /// A key without a character was pressed.
  case key(Key)
  /// The left button was pressed on a cell.
  case click(Point)
  /// The wheel was turned over a cell.
  case wheel(WheelDirection, Point)
  /// Text was pasted as one piece: it must not act as keys. Bounded by the terminal's reader.
  case paste(String)
  /// The screen has another size now.
  case resize(Size)
  /// The terminal has gone, or the system asked the program to end: it ends now, without asking.
  case hangup

  /// Which way the wheel was turned.
  public enum WheelDirection: Hashable, Sendable { case up, down }
}

/// A key that types no character.
public enum Key: Hashable, Sendable {
  case enter, escape, tab, backtab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// A function key; 1 is F1.
  case function(Int)
  /// A letter held with Ctrl, in lower case: `.control("c")`.
  case control(Character)
}
