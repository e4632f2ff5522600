package import ThirdPartyStore

extension StoreAccess {
  /// Whether the store has no third parties yet.
  package func isEmpty() throws(StoreError) -> Bool { try partyStore().count() == 0 }

  /// Fills the demonstration's store with the sample third parties.
  package func fillDemo() async throws(StoreError) {
    let parties = try partyStore()
    _ = try await PartyImport(into: parties).run(
      InputFile(
        name: "the sample third parties", bytes: PackageResources.sample_third_parties_csv)
    ) { _ in }
  }
}
