/// What becomes of the live parties when staged ones join them: conditions in SQL on the live tables
/// `party` and `number`, beside `next_party`.
struct StagedChange {
  /// Live parties that stay as they are. Of the staged ones none does.
  var stays: String
  /// Numbers that stay with a party that is staged.
  var keeps: String
  /// A SELECT of live parties that go although nothing is staged for them.
  var gone: String?
  /// Further numbers that go, from parties that stay.
  var strays: String?
}
