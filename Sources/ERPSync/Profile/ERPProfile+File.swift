import SystemPackage
import TOMLKit

extension ERPProfile {
  /// The names of the profiles that the program brings along.
  public static let ready = files.map(\.name)

  private static let files: [(name: String, bytes: [UInt8], database: Database)] = [
    ("tryton", PackageResources.tryton_toml, .postgreSQL),
    ("odoo", PackageResources.odoo_toml, .postgreSQL),
    ("dolibarr", PackageResources.dolibarr_toml, .mariaDB),
    ("erpnext", PackageResources.erpnext_toml, .mariaDB),
    ("axelor", PackageResources.axelor_toml, .postgreSQL),
    ("espocrm", PackageResources.espocrm_toml, .mariaDB),
    ("suitecrm", PackageResources.suitecrm_toml, .mariaDB),
    ("sage100", PackageResources.sage100_toml, .sqlServer),
    ("divalto", PackageResources.divalto_toml, .sqlServer),
    ("weavy", PackageResources.weavy_toml, .sqlServer),
  ]

  /// The database that an ERP usually has, by what Debian's package of the ODBC driver calls it.
  private enum Database: String {
    case postgreSQL = "PostgreSQL Unicode"
    case mariaDB = "MariaDB Unicode"
    case sqlServer = "FreeTDS"
  }

  /// What a connection string for the profile of this name looks like; nil: not one that the program brings along.
  public static func exampleConnection(_ name: String) -> String? {
    files.first { $0.name == name }.map {
      "Driver={\($0.database.rawValue)};Server=erp.example;Database=company;Uid=erp_ro"
    }
  }

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
