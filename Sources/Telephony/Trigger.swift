/// Which event opens the record by itself (R2).
public enum Trigger: String, Hashable, Sendable, CaseIterable {
  /// Only a request of the telephony side.
  case application
  case ring
  case answer
  case request
}
