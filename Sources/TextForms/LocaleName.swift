/// The locale of a category, such as `LC_MESSAGES`: the first of `LC_ALL`, the category and `LANG` that is not empty; empty
/// when none says one (locale(7)).
public func localeName(
  of category: String, in environment: (String) -> String?
) -> String {
  for name in ["LC_ALL", category, "LANG"] {
    if let value = environment(name), !value.isEmpty { return value }
  }
  return ""
}
