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

  /// The texts of a profile; those without which it says nothing come first.
  private static let texts: [(key: String, isNeeded: Bool)] = [
    ("select", true), ("all", true), ("changes", false), ("lookup", false), ("exceptions", false),
    ("count", false), ("record_url", false), ("new_url", false),
  ]

  /// Reads a profile out of TOML; `file` is for sentences.
  init(name: String, bytes: [UInt8], of file: String) throws(ERPError) {
    let table: TOMLTable
    do {
      table = try TOMLTable(string: String(decoding: bytes, as: UTF8.self))
    } catch let error as TOMLParseError {
      throw ERPError(
        .badProfile, "\(file):\(error.source.begin.line): this is not TOML: \(error.description)")
    } catch {
      throw ERPError(.badProfile, "\(file): this is not TOML: \(error)")
    }
    var values: [String: String] = [:]
    var overlap = 600
    var pieces: [String: [Piece]] = [:]
    for (key, value) in table {
      if Self.texts.contains(where: { $0.key == key }), let text = value.string {
        values[key] = text
      } else if key == "overlap", let number = value.int, number >= 0 {
        overlap = number
      } else if key == "piece", let all = value.table {
        for (name, blocks) in all { pieces[name] = try Self.pieces(blocks, name, file) }
      } else {
        let known = Self.texts.map(\.key).joined(separator: ", ")
        throw ERPError(
          .badProfile,
          "\(file): \"\(ODBC.line(key.utf8))\" is unknown or of another type than it must be; there "
            + "are the texts \(known), the number overlap and the tables piece.NAME")
      }
    }
    let missing = Self.texts.filter { $0.isNeeded && values[$0.key] == nil }.map(\.key)
    guard missing.isEmpty else {
      throw ERPError(.badProfile, "\(file): \(missing.joined(separator: " and ")) is missing")
    }
    guard values["select"]?.contains("{where}") == true else {
      throw ERPError(
        .badProfile,
        "\(file): select has no {where}: it stands where a condition goes, such as WHERE {where}")
    }
    self.init(
      name: name, select: values["select"] ?? "", all: values["all"] ?? "",
      changes: values["changes"] ?? "", lookup: values["lookup"] ?? "",
      exceptions: values["exceptions"] ?? "", count: values["count"] ?? "", overlap: overlap,
      recordURL: values["record_url"] ?? "", newPartyURL: values["new_url"] ?? "", pieces: pieces)
  }

  private static func pieces(
    _ value: any TOMLValueConvertible, _ name: String, _ file: String
  ) throws(ERPError) -> [Piece] {
    let blocks = value.array?.compactMap(\.table) ?? []
    let pieces = blocks.compactMap { block in
      block["sql"]?.string.map { Piece(probe: block["probe"]?.string, sql: $0) }
    }
    guard !pieces.isEmpty, pieces.count == blocks.count else {
      throw ERPError(
        .badProfile,
        "\(file): each [[piece.\(name)]] needs a text sql, and a probe unless it always fits")
    }
    return pieces
  }
}
