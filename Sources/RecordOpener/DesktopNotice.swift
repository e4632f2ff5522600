import TextForms

/// Notifications of the desktop (org.freedesktop.Notifications), through `gdbus`.
///
///     gdbus call --session --timeout 2 --dest org.freedesktop.Notifications
///       --object-path /org/freedesktop/Notifications --method org.freedesktop.Notifications.Notify
///       "'ScreenPop'" "uint32 0" "'call-start'" "'Incoming call'" "'Dupont SA'" "@as []"
///       "{'urgency': <byte 2>}" "int32 60000"
///     (uint32 5,)
public enum DesktopNotice {
  /// The program.
  public static let program = "gdbus"

  /// Shows a notification, in place of the one with the number `replacing`; 0: of none.
  public static func show(title: String, text: String, replacing number: UInt32) -> [String] {
    call("Notify")
      + [
        quoted("ScreenPop"), "uint32 \(number)", quoted("call-start"), quoted(title.brief),
        quoted(XMLWriting.escaped(text.brief)), "@as []", "{'urgency': <byte 2>}", "int32 60000",
      ]
  }

  /// Takes a notification back.
  public static func close(_ number: UInt32) -> [String] {
    call("CloseNotification") + ["uint32 \(number)"]
  }

  /// The number of a notification that was shown, out of the program's output: `(uint32 5,)`.
  public static func number(in output: String) -> UInt32? {
    let numbers = output.split { !("0"..."9").contains($0) }
    return output.contains("uint32") && numbers.count > 1 ? UInt32(numbers[1]) : nil
  }

  private static func call(_ method: String) -> [String] {
    [
      "call", "--session", "--timeout", "2", "--dest", "org.freedesktop.Notifications",
      "--object-path", "/org/freedesktop/Notifications", "--method",
      "org.freedesktop.Notifications.\(method)",
    ]
  }

  /// A text as GVariant writes it: an argument that begins with a quote is nothing else.
  private static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }
    return "'" + scalars.joined() + "'"
  }
}
