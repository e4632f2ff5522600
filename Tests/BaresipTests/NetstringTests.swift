import Baresip
import TestSupport
import Testing

/// Netstrings out of a stream of bytes, whatever a peer sends.
struct NetstringTests {
  @Test(arguments: Capture.allCases)
  func aCaptureIsTheSameWhereverItIsCut(capture: Capture) throws {
    let bytes = try capture.bytes()
    var reader = NetstringReader()
    let whole = try reader.feed(bytes)
    #expect(whole.count == capture.count)
    for cut in bytes.indices {
      var reader = NetstringReader()
      let texts = try reader.feed(bytes[..<cut]) + reader.feed(bytes[cut...])
      #expect(texts == whole, "cut before byte \(cut)")
    }
    var single = NetstringReader()
    #expect(try bytes.flatMap { try single.feed([$0]) } == whole)
  }

  @Test(arguments: [
    ":,", "x:a,", "-1:a,", "+1:a,", " 1:a,", "01:a,", "00:,", "1234567890:", "1;a,",
    "{\"event\":true}",
    "HTTP/1.1 400 Bad Request\r\n",
  ])
  func whatHasNoLengthIsNoNetstring(text: String) {
    var reader = NetstringReader()
    #expect(throws: NetstringReader.Fault.length) { try reader.feed(Array(text.utf8)) }
  }

  @Test(arguments: ["2:a,1:b,", "1:ab,", "0:x", "3:abc\n"])
  func aLengthThatLiesIsFound(text: String) {
    var reader = NetstringReader()
    #expect(throws: NetstringReader.Fault.comma) { try reader.feed(Array(text.utf8)) }
  }

  @Test func anEmptyTextIsOne() throws {
    var reader = NetstringReader()
    #expect(try reader.feed(Array("0:,1:a,".utf8)) == [[], Array("a".utf8)])
  }

  /// A hundred million bytes leave nothing behind, and the next text is understood.
  @Test func aTextThatIsTooLongIsPassedOver() throws {
    var reader = NetstringReader()
    #expect(try reader.feed(Array("100000000:".utf8)).isEmpty)
    let piece = [UInt8](repeating: 0x61, count: 1_000_000)
    for _ in 0..<100 { #expect(try reader.feed(piece).isEmpty) }
    #expect(try reader.feed(Array(",2:ok,".utf8)) == [Array("ok".utf8)])
  }

  /// A length alone claims no memory: the longest text that is kept comes only when it is there.
  @Test func theLongestTextIsKept() throws {
    var reader = NetstringReader()
    let text = [UInt8](repeating: 0x61, count: NetstringReader.longest)
    #expect(try reader.feed(Array("\(text.count):".utf8) + text + Array(",".utf8)) == [text])
    let more = text + [0x61]
    #expect(try reader.feed(Array("\(more.count):".utf8) + more + Array(",".utf8)).isEmpty)
  }

  /// Whatever comes, reading ends with texts or with a fault, and never keeps more than a text.
  @Test(arguments: 0..<200)
  func anyBytesAreSurvived(seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    var bytes = try Capture.answered.bytes()
    for _ in 0..<Int.random(in: 1...20, using: &random) {
      let index = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: index)
      default: bytes.insert(UInt8.random(in: 0x2C...0x3A, using: &random), at: index)
      }
    }
    var reader = NetstringReader()
    var calls = StoryOfCalls()
    while !bytes.isEmpty {
      let piece = bytes.prefix(Int.random(in: 1...300, using: &random))
      bytes.removeFirst(piece.count)
      guard let texts = try? reader.feed(piece) else { return }
      #expect(texts.allSatisfy { $0.count <= NetstringReader.longest })
      for text in texts { calls.take(text) }
    }
  }
}
