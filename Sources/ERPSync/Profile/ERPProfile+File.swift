import SystemPackage
import TOMLKit

extension ERPProfile {
  /// The profiles that the program brings along.
  public static let ready = files.map(\.name)

  private static let files: [(name: String, bytes: [UInt8])] = [
    ("tryton", PackageResources.tryton_toml), ("odoo", PackageResources.odoo_toml),
    ("dolibarr", PackageResources.dolibarr_toml), ("erpnext", PackageResources.erpnext_toml),
    ("axelor", PackageResources.axelor_toml), ("espocrm", PackageResources.espocrm_toml),
    ("suitecrm", PackageResources.suitecrm_toml), ("sage100", PackageResources.sage100_toml),
    ("divalto", PackageResources.divalto_toml), ("weavy", PackageResources.weavy_toml),
  ]

  /// The profile of this name, or in the file at this path.
  public static func named(_ name: String) throws(ERPError) -> ERPProfile {
    if let file = files.first(where: { $0.name == name }) {
      return try ERPProfile(name: name, bytes: file.bytes, of: "\(name).toml")
    }
    guard name.contains("/") else {
      throw ERPError(
        .badProfile,
        "there is no profile \"\(ODBC.line(name.utf8))\": give \(ready.joined(separator: ", ")), "
          + "or the path of a file")
    }
    let file = FilePath(name)
    return try ERPProfile(name: file.stem ?? name, bytes: try bytes(of: file), of: name)
  }

  private static let longestFile = 1 << 20

  private static func bytes(of path: FilePath) throws(ERPError) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
      return try file.closeAfter {
        var bytes = [UInt8](repeating: 0, count: longestFile)
        let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
        return Array(bytes[..<count])
      }
    } catch {
      throw ERPError(.badProfile, "the profile \(path) cannot be read: \(error)")
    }
  }
}
