/// A command to the softphone, as one would type it behind `/` on its console.
///
///     50:{"command":"callfind","params":"164535fd","token":"1"},
package struct BaresipCommand: Hashable {
  /// The command's long name.
  package let name: String
  /// What it is about; nil: nothing.
  package let parameter: String?

  /// A command; ids of calls come from strangers, and are escaped.
  package init(_ name: String, _ parameter: String? = nil) {
    self.name = name
    self.parameter = parameter
  }

  /// The command as a netstring, with the token that its answer will carry.
  package func encoded(token: String) -> [UInt8] {
    let fields =
      [("command", name)] + (parameter.map { [("params", $0)] } ?? []) + [("token", token)]
    let json = "{" + fields.map { "\"\($0)\":\"\(Self.escaped($1))\"" }.joined(separator: ",") + "}"
    return Array("\(json.utf8.count):\(json),".utf8)
  }

  /// The text inside a JSON string; what is below the blank is left out, which no command needs.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars where scalar.value >= 0x20 {
      if scalar == "\"" || scalar == "\\" { escaped.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}
