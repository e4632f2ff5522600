import SystemPackage
import TOMLKit

extension ERPProfile {
  /// The profiles that the program brings along.
  public static let ready = ["tryton", "odoo", "dolibarr"]

  /// The profile of this name, or in the file at this path.
  public static func named(_ name: String) throws(ERPError) -> ERPProfile {
    switch name {
    case "tryton":
      return try ERPProfile(name: name, bytes: PackageResources.tryton_toml, of: "tryton.toml")
    case "odoo":
      return try ERPProfile(name: name, bytes: PackageResources.odoo_toml, of: "odoo.toml")
    case "dolibarr":
      return try ERPProfile(name: name, bytes: PackageResources.dolibarr_toml, of: "dolibarr.toml")
    default:
      guard name.contains("/") else {
        throw ERPError(
          .badProfile,
          "there is no profile \"\(ODBC.line(name.utf8))\": give \(ready.joined(separator: ", ")), "
            + "or the path of a file")
      }
      let file = FilePath(name)
      return try ERPProfile(name: file.stem ?? name, bytes: try bytes(of: file), of: name)
    }
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
