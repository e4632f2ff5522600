import FoundationEssentials

/// A JSON body, flat: `{"telorg":1024,"tel":"0388202122","event":"ring"}`.
///
/// Numbers and truth values are taken as they are written; null is as good as absent; what is nested is
/// nothing that the relay asks for.
struct JSONObject {
  /// The names of the object's members and their texts.
  let members: [String: String]

  /// Throws 400 when the bytes are no JSON object, or when one name is there twice: which one counts, nobody
  /// can know (RFC 8259, 4).
  init(_ bytes: [UInt8]) throws(Refusal) {
    let scalars: [String: Scalar]
    do {
      scalars = try JSONDecoder().decode([String: Scalar].self, from: Data(bytes))
    } catch {
      throw .badRequest("the body is not a JSON object")
    }
    guard scalars.count == Self.count(bytes) else {
      throw .badRequest("the body is a JSON object with one name twice")
    }
    members = scalars.compactMapValues(\.text)
  }

  /// How many members an object has, by the colons that follow its own names; the decoder keeps one member
  /// of each name, and does not say which.
  private static func count(_ bytes: [UInt8]) -> Int {
    var (count, depth) = (0, 0)
    var (isText, isEscaped) = (false, false)
    for byte in bytes {
      if isText {
        if byte == UInt8(ascii: "\""), !isEscaped { isText = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ":") where depth == 1: count += 1
      default: break
      }
    }
    return count
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
