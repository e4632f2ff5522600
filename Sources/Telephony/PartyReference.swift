/// How the operator's data names a third party: by the ERP's key, which stays when the ERP gives the party
/// another code, and by the code where there is no key.
public struct PartyReference: Hashable, Sendable {
  /// The code, as it was when this was written.
  public var code: String
  /// The ERP's own key; empty for a party that was not copied from it.
  public var sourceKey: String

  /// A party by its code, and by its key where it has one.
  public init(code: String, sourceKey: String = "") {
    self.code = code
    self.sourceKey = sourceKey
  }

  /// This party.
  public init(_ party: ThirdPartySummary) {
    self.init(code: party.code, sourceKey: party.sourceKey)
  }

  /// Whether this party is meant: a key that both have decides, else the code.
  public func means(_ party: ThirdPartySummary) -> Bool {
    sourceKey.isEmpty || party.sourceKey.isEmpty
      ? code == party.code : sourceKey == party.sourceKey
  }
}
