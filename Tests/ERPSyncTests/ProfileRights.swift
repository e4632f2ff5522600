import TestSupport

/// The rights that a ready profile asks for: the GRANT statements at the head of its file, for `user`.
func rights(of profile: String, for user: String = "erp_ro") -> [String] {
  let folder = #filePath.dropLast("Tests/ERPSyncTests/ProfileRights.swift".count)
  var statements: [String] = []
  var statement = ""
  for line in contents(ofFile: "\(folder)Resources/profiles/\(profile).toml").split(separator: "\n")
  where line.hasPrefix("#   ") {
    statement += line.dropFirst(3)
    // Behind the end there may be a comment.
    guard let end = statement.firstIndex(of: ";") else { continue }
    let whole = String(statement[..<end].drop { $0 == " " })
    if whole.hasPrefix("GRANT") {
      statements.append(whole.replacing("TO erp_ro", with: "TO \(user)"))
    }
    statement = ""
  }
  return statements
}
