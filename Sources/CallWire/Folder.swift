import CLibrary

/// Makes sure that `path` is a folder that this user alone can enter, creating it if need be.
///
/// Links are not followed. An own folder that others may enter is closed to them: what they may have
/// left in it is checked by whoever uses it (a socket's peer, a spool file's owner).
func preparePrivateFolder(_ path: String) throws(CallWireError) {
  var status = stat()
  if lstat(path, &status) != 0 {
    guard errno == ENOENT else { throw .system(tried: "look at", path: path, code: errno) }
    // Somebody else may come first: the look below decides.
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw .system(tried: "create", path: path, code: errno)
    }
    guard lstat(path, &status) == 0 else {
      throw .system(tried: "look at", path: path, code: errno)
    }
  }
  guard status.isFolder, status.st_uid == geteuid() else {
    throw .foreignFolder(path: path)
  }
  if status.st_mode & 0o7777 != 0o700, chmod(path, 0o700) != 0 {
    throw .system(tried: "close to others", path: path, code: errno)
  }
}

/// The names in a folder that are wanted, in no order, at most `limit`; nil when it cannot be read.
func folderNames(
  _ path: String, limit: Int = .max, where isWanted: (String) -> Bool = { _ in true }
) -> [String]? {
  guard let folder = opendir(path) else { return nil }
  defer { closedir(folder) }
  var names: [String] = []
  while names.count < limit, let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != "..", isWanted(name) { names.append(name) }
  }
  return names
}

/// Whether `path` is a folder of this user; links are not followed.
func isOwnFolder(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0 && status.isFolder
    && status.st_uid == geteuid()
}
