/// How an export is written; an import reads all of them.
public enum ExportFormat: Hashable, Sendable {
  /// A version of vCard; the raw value as the cards say it.
  public enum VCardVersion: String, Hashable, Sendable {
    /// RFC 2426.
    case three = "3.0"
    /// RFC 6350.
    case four = "4.0"
  }

  /// Separated values with a line of headers.
  case csv
  /// A card for each party and for each contact person.
  case vCard(VCardVersion)
}
