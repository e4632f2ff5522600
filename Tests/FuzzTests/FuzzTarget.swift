/// A parser of what strangers write, as a fuzzer sees it: a type of this name in a file of this name.
protocol FuzzTarget: SendableMetatype {
  /// Reads the bytes; traps when what came of them cannot be right.
  static func feed(_ bytes: [UInt8])
}

/// All of them.
let fuzzTargets: [any FuzzTarget.Type] = [
  AddressFile.self,
  BaresipStream.self,
  BoxAnswer.self,
  CSTAStream.self,
  CTIText.self,
  DBusStream.self,
  DialogDocument.self,
  EventSocketStream.self,
  EventText.self,
  ForwardedText.self,
  FritzBoxStream.self,
  ImportedFile.self,
  LauncherLine.self,
  ManagerStream.self,
  NumberText.self,
  RedisText.self,
  RelayRequest.self,
  SIPCalls.self,
  SIPStreams.self,
  ServerAnswer.self,
  SourceOutput.self,
  TraceFileText.self,
  WebhookBody.self,
]

/// The target of this name.
func fuzzTarget(named name: String) -> (any FuzzTarget.Type)? {
  fuzzTargets.first { "\($0)" == name }
}

/// What libFuzzer, which calls a function of C, has no other way of being told.
nonisolated(unsafe) var chosenTarget: (any FuzzTarget.Type)?

/// Hands libFuzzer's bytes to the chosen target; here and not beside `main`, which only Tests/fuzz compiles.
func feedChosenTarget(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  chosenTarget?.feed(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// What a reader makes of a stream must not depend on the pieces in which it comes: the same bytes at
/// once and in pieces, whose size the last byte says, must give the same items or both fail.
func readAlike<Reader, Item: Equatable>(
  _ bytes: [UInt8], _ reader: () -> Reader,
  _ take: (inout Reader, ArraySlice<UInt8>) throws -> [Item]
) -> [Item] {
  let size = Int(bytes.last ?? 0) % 32 + 1
  let stream = bytes.dropLast()
  var whole = reader()
  let items = try? take(&whole, stream)
  var piecewise = reader()
  var parts: [Item]? = []
  for start in stride(from: stream.startIndex, to: stream.endIndex, by: size) {
    let piece = stream[start..<min(start + size, stream.endIndex)]
    guard let more = try? take(&piecewise, piece) else {
      parts = nil
      break
    }
    parts?.append(contentsOf: more)
  }
  precondition(items == parts, "read otherwise in pieces of \(size)")
  return items ?? []
}

/// No control character may be in what the project hands on of this kind of text.
func expectPlain(_ text: String?) {
  let isPlain =
    text?.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } ?? true
  precondition(isPlain, "a control character in \(text ?? "")")
}
