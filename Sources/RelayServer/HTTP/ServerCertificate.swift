import Glibc
import Logging
import NIOPosix
import NIOSSL
import Synchronization
import Telephony

/// The certificate by which the relay shows who it is, and its key: two PEM files.
///
/// Certificates are renewed every few weeks, by programs that know nothing of the relay. Connections therefore have the
/// files looked at, once a minute at most. What does not fit together, as between the writing of one file and of the
/// other, leaves the old certificate in use.
final class ServerCertificate: Sendable {
  private struct State {
    var context: NIOSSLContext
    /// What the files were when they were read.
    var files: [FileState]
    var lookedAt: Moment
  }

  /// Changes when a file is written or replaced.
  private struct FileState: Equatable {
    var device: dev_t
    var inode: ino_t
    var size: off_t
    var seconds: Int
    var nanoseconds: Int

    init(_ path: String) {
      var file = stat()
      // What is missing is all zeros, and is read again when it is there.
      if stat(path, &file) != 0 { file = Glibc.stat() }
      (device, inode, size) = (file.st_dev, file.st_ino, file.st_size)
      (seconds, nanoseconds) = (file.st_mtim.tv_sec, file.st_mtim.tv_nsec)
    }
  }

  /// How long the files are not looked at again [ms].
  private static let pause: Int64 = 60_000

  private let certificate: String
  private let key: String
  private let now: @Sendable () -> Moment
  private let logger: Logger
  private let state: Mutex<State>

  /// Throws ``RelayError/certificate(path:problem:)`` when the files cannot be used.
  init(
    _ files: (certificate: String, key: String), now: @escaping @Sendable () -> Moment,
    logger: Logger
  ) throws(RelayError) {
    (certificate, key) = files
    self.now = now
    self.logger = logger
    // Looked at before they are read: what changes in between is read again.
    let states = [files.certificate, files.key].map { FileState($0) }
    let context = try Self.context(files, logger)
    state = Mutex(State(context: context, files: states, lookedAt: now()))
  }

  /// What a new connection is served by. The files are looked at behind it: a disk that hangs holds up nobody.
  func context() -> NIOSSLContext {
    let now = now()
    let (context, isDue) = state.withLock { state in
      let isDue = now - state.lookedAt >= Self.pause
      if isDue { state.lookedAt = now }
      return (state.context, isDue)
    }
    if isDue {
      // Dispatch's own threads, once used, wake the process every second.
      NIOThreadPool.singleton.submit { _ in
        if let problem = self.renew() { self.logger.error("\(problem): the old one is shown") }
      }
    }
    return context
  }

  /// Reads files that have changed; what is wrong with them, each time that they change.
  func renew() -> String? {
    let states = [certificate, key].map { FileState($0) }
    let isNew = state.withLock { state in
      defer { state.files = states }
      return state.files != states
    }
    guard isNew else { return nil }
    do throws(RelayError) {
      let context = try Self.context((certificate, key), logger)
      state.withLock { $0.context = context }
      logger.notice("a new certificate is shown, from \(certificate)")
      return nil
    } catch {
      return error.sentence
    }
  }

  private static func context(
    _ files: (certificate: String, key: String), _ logger: Logger
  ) throws(RelayError) -> NIOSSLContext {
    let chain: [NIOSSLCertificate]
    let key: NIOSSLPrivateKey
    do {
      chain = try NIOSSLCertificate.fromPEMFile(files.certificate)
    } catch {
      throw .certificate(path: files.certificate, problem: "\(error)")
    }
    do {
      key = try NIOSSLPrivateKey(file: files.key, format: .pem)
    } catch {
      throw .certificate(path: files.key, problem: "\(error)")
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    do {
      let context = try NIOSSLContext(configuration: configuration)
      if let first = chain.first, let problem = Self.dates(first) {
        logger.warning("clients refuse the certificate in \(files.certificate): \(problem)")
      }
      return context
    } catch NIOSSLError.failedToLoadPrivateKey {
      throw .certificate(
        path: files.key, problem: "it is not the key of the certificate in \(files.certificate)")
    } catch {
      throw .certificate(path: files.certificate, problem: "\(error)")
    }
  }

  /// What is wrong with a certificate's time; nil: nothing.
  private static func dates(_ certificate: NIOSSLCertificate) -> String? {
    let now = time(nil)
    return if certificate.notValidAfter < now {
      "its time is over"
    } else if certificate.notValidBefore > now {
      "its time has not begun, by the clock of this machine"
    } else {
      nil
    }
  }
}
