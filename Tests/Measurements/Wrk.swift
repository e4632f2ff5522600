import Glibc

/// What the load generator wrk measured.
struct Wrk {
  /// Answers a second.
  let rate: Double
  /// The time that 99 of 100 answers took at most [ms].
  let slowest: Double

  /// Asks a URL over 32 connections that are kept alive, for some seconds.
  ///
  /// - Parameter script: A file that makes the requests (wrk's Lua interface); nil: the URL again and
  ///   again.
  @MainActor
  init(_ url: String, seconds: Int, script: String? = nil, site: Site) throws {
    let output = "\(site.folder)/wrk.txt"
    let options =
      ["-t1", "-c32", "-d\(seconds)s", "--latency"] + (script.map { ["-s", $0] } ?? [])
    let ended = try Command(
      "/usr/bin/wrk", options + [url], environment: site.environment(parties: 0), output: output
    ).run()
    let text = try String(readingFile: output)
    let words = text.split { $0 == " " || $0 == "\n" }
    guard ended.status == 0,
      let rate = Self.word(after: "Requests/sec:", words).flatMap(Double.init),
      let slowest = Self.word(after: "99%", words).flatMap(Self.milliseconds)
    else { throw Failure(because: "wrk ended with status \(ended.status): \(text)") }
    guard Self.word(after: "Non-2xx", words) == nil else {
      throw Failure(because: "not all answers were 200: \(text)")
    }
    self.rate = rate
    self.slowest = slowest
  }

  private static func word(after key: String, _ words: [Substring]) -> String? {
    guard let index = words.firstIndex(of: key[...]), index + 1 < words.count else { return nil }
    return String(words[index + 1])
  }

  /// `812.00us`, `1.25ms`, `1.10s` in [ms].
  private static func milliseconds(_ text: String) -> Double? {
    for (unit, factor) in [("us", 0.001), ("ms", 1), ("s", 1000)] where text.hasSuffix(unit) {
      return Double(text.dropLast(unit.count)).map { $0 * factor }
    }
    return nil
  }
}

extension String {
  /// The text of a file.
  init(readingFile path: String) throws(Failure) {
    guard let stream = fopen(path, "re") else { throw Failure("read \(path)") }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 {
      bytes += buffer[..<count]
    }
    self.init(decoding: bytes, as: UTF8.self)
  }

  /// Writes the text to a file, which it replaces.
  func write(toFile path: String) throws(Failure) {
    guard let stream = fopen(path, "we") else { throw Failure("write \(path)") }
    let written = fputs(self, stream)
    guard fclose(stream) == 0, written >= 0 else { throw Failure("write \(path)") }
  }
}
