import Glibc

/// The absolute path of an executable that this build made, such as `screenpop`.
///
/// It lies beside the test program. A test target that uses it depends on the executable's target, but for
/// `clicktocall`, which is built with all tests and must not be linked with any.
public func builtProgram(_ name: String) throws -> String {
  var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
  let count = readlink("/proc/self/exe", &buffer, buffer.count)
  guard count > 0 else { throw SystemFailure("find the test program") }
  let own = String(decoding: buffer[..<count], as: UTF8.self)
  guard let slash = own.lastIndex(of: "/") else { throw SystemFailure("find the test program") }
  let path = String(own[...slash]) + name
  guard access(path, X_OK) == 0 else { throw SystemFailure("run \(path)") }
  return path
}
