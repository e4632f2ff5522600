import FoundationEssentials

/// A JSON body, flat: `{"telorg":1024,"tel":"0388202122","event":"ring"}`.
///
/// Numbers and truth values are taken as they are written; null is as good as absent; what is nested is
/// nothing that the relay asks for.
struct JSONObject {
  /// The names of the object's members and their texts.
  let members: [String: String]

  /// Throws 400 when the bytes are no JSON object.
  init(_ bytes: [UInt8]) throws(Refusal) {
    do {
      members = try JSONDecoder().decode([String: Scalar].self, from: Data(bytes))
        .compactMapValues(\.text)
    } catch {
      throw .badRequest("the body is not a JSON object")
    }
  }

  /// One member's value.
  private struct Scalar: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      text =
        if let text = try? value.decode(String.self) {
          text
        } else if let flag = try? value.decode(Bool.self) {
          flag ? "1" : "0"
        } else if let number = try? value.decode(Decimal.self) {
          number.description
        } else {
          nil
        }
    }
  }
}
