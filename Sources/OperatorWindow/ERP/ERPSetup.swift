package import ERPSync
import Glibc
package import OperatorConfiguration
package import RecordOpener
import TextForms

/// The ERP as it is configured.
package struct ERPSetup: Sendable {
  package private(set) var profile: ERPProfile
  /// How it is asked; nil: only the machine's service may, to whom the password belongs.
  package let access: ERPAccess?
  /// Where a record opens; nil without `erp.url`, or where the profile has no address.
  package let record: OpenTarget?
  /// Where a new third party is entered, in the same way.
  package let newParty: OpenTarget?

  /// The ERP of the settings; nil: there is none. `profile` goes before the configured one.
  ///
  /// Throws when what is configured makes no sense.
  package init?(_ settings: Settings, profile name: String? = nil) throws(ConfigurationError) {
    guard let name = name ?? settings.erpProfile else { return nil }
    do throws(ERPError) {
      profile = try ERPProfile.named(name)
    } catch {
      throw ConfigurationError("erp.profile: \(error.sentence)")
    }
    do throws(ERPError) {
      profile = try profile.naming(settings.erpColumns)
    } catch {
      throw ConfigurationError("erp.columns: \(error.sentence)")
    }
    let connection = settings.erpConnection ?? ""
    guard !connection.isEmpty || !profile.needsConnection else {
      throw ConfigurationError(
        "erp.connection is missing: an ODBC connection string, \"DSN=NAME\", or the address of an OData "
          + "service")
    }
    guard !ERPAccess.namesPassword(connection) else {
      throw ConfigurationError(
        "erp.connection holds a password: write it to a file that only you may read, and name that as "
          + "erp.password_file")
    }
    access = try Self.access(profile, connection, settings)
    record = try Self.target(
      profile.recordURL, "\(profile.name): record_url", settings.erpURL, needsPlaceholder: true)
    newParty =
      if let page = settings.erpNewURL {
        try Self.target(page, "erp.new_url", settings.erpURL, needsPlaceholder: false)
      } else {
        try Self.target(
          profile.newPartyURL, "\(profile.name): new_url", settings.erpURL, needsPlaceholder: false)
      }
  }

  private static func access(
    _ profile: ERPProfile, _ connection: String, _ settings: Settings
  ) throws(ConfigurationError) -> ERPAccess? {
    var password: String?
    if let path = settings.erpPasswordFile {
      guard !isOthers(path, settings) else { return nil }
      password = try SecretFile.line(of: path, key: "erp.password_file")
    }
    do throws(ERPError) {
      return try ERPAccess(
        for: profile, connection: connection, password: password, trusted: settings.erpCAFile)
    } catch {
      throw ConfigurationError(error.sentence)
    }
  }

  /// Whether only the machine's service may read the password's file.
  private static func isOthers(_ path: String, _ settings: Settings) -> Bool {
    settings.storeParties != nil && faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) != 0
      && errno == EACCES
  }

  /// A template, the ERP's own address in the place of `{base}`; `name` is where it was written.
  private static func target(
    _ template: String, _ name: String, _ base: String?, needsPlaceholder: Bool
  ) throws(ConfigurationError) -> OpenTarget? {
    guard let base, !template.isEmpty else { return nil }
    // Braces of an address are not placeholders.
    let plain = base.replacing("{", with: "{{").replacing("}", with: "}}")
    let trimmed = plain.hasSuffix("/") ? String(plain.dropLast()) : plain
    do throws(OpenError) {
      return .url(
        try URLTemplate(
          template.replacing("{base}", with: trimmed), needsPlaceholder: needsPlaceholder))
    } catch {
      throw ConfigurationError("\(name): \(error.sentence)")
    }
  }
}
