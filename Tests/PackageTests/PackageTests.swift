import Foundation
import TestSupport
import Testing

/// The package that `Resources/package` makes of this build, on a Debian without Swift: what an administrator and
/// an operator do with it, one after the other, because the machine and the package take long to make.
struct PackageTests {
  private let folder: TemporaryFolder
  private let machine: BareDebian
  private let operatorsEnvironment = [
    "HOME": "/home/anna", "XDG_RUNTIME_DIR": "/home/anna/run", "LC_ALL": "C.UTF-8",
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
  ]

  init() async throws {
    folder = try TemporaryFolder()
    let made = Task { try await BareDebian() }
    try await Self.makePackage(in: folder)
    machine = try await made.value
  }

  @Test func aPackageIsInstalledUpgradedAndPurged() async throws {
    try await checkedByLintian()
    try await installed()
    try await describedToTheDesktopAndInTheManual()
    try await operatorsProgramsRun()
    try await oneCopyIsReadByAGroup()
    try await upgradedUnderAWindow()
    try await purged()
    try await machine.remove()
  }

  private static let project = String(
    #filePath.dropLast("Tests/PackageTests/PackageTests.swift".count))

  /// Packages hardly compressed: this is about what is in them.
  private static let quickly = [
    "DPKG_DEB_COMPRESSOR_TYPE": "gzip", "DPKG_DEB_COMPRESSOR_LEVEL": "1",
  ]

  private static func makePackage(in folder: TemporaryFolder) async throws {
    let build = try builtProgram("screenpop").dropLast("/screenpop".count)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let packages = try await BareDebian.run(
      [project + "Resources/package"],
      environment: quickly.merging(
        ["PATH": path, "BUILD": String(build), "OUT": folder.path, "HOME": folder.path]
      ) { $1 }, log: folder.file("log"))
    #expect(packages.contains("\(folder.path)/screenpop-dbgsym_"))
    #expect(packages.contains("\(folder.path)/screenpop_"))
    try await BareDebian.run(["sh", "-c", "mv \"$0\"/screenpop_*.deb \"$0/1.deb\"", folder.path])
  }

  private func checkedByLintian() async throws {
    let verdict = try await BareDebian.run(
      ["lintian", "--allow-root", "--fail-on", "none", folder.file("1.deb")],
      environment: ["HOME": folder.path], log: folder.file("log"))
    let errors = verdict.split(separator: "\n").filter { $0.hasPrefix("E:") }
    #expect(errors == [])
  }

  // MARK: - The administrator

  private func installed() async throws {
    try await BareDebian.run(["cp", folder.file("1.deb"), machine.root + "/tmp/1.deb"])
    try await machine.shell(
      "apt-get -qq update && apt-get -qq install --yes --no-install-recommends /tmp/1.deb")
    try await machine.shell("! command -v swift && useradd --create-home --uid 1000 anna")
    // Nothing of the package is missing, changed or left half done.
    #expect(try await machine.shell("dpkg --verify screenpop; dpkg --audit") == "")
    let programs = try await machine.shell(
      "for program in screenpop ctirelay; do $program --version; done; clicktocall --version")
    #expect(Set(programs.split { $0.isWhitespace }).count == 2, "\(programs)")
    let help = try await machine.shell("ctirelay --help")
    #expect(help.contains("--address"))
    // Nor do the libraries of telephone numbers come before the first number.
    let loaded = try await machine.shell("LD_TRACE_LOADED_OBJECTS=1 screenpop")
    #expect(loaded.contains("libncursesw") && !loaded.contains("libphonenumber"), "\(loaded)")
    // All comments: the machine's file changes nothing before somebody edits it.
    let options = try await machine.shell("grep -v '^#' /etc/xdg/screenpop/config.toml || true")
    #expect(options.filter { !$0.isWhitespace } == "")
    #expect(
      try await machine.shell("dpkg-query -W -f '${Conffiles}' screenpop").contains("config.toml"))
  }

  private func describedToTheDesktopAndInTheManual() async throws {
    let files = Set(
      try await machine.shell("dpkg -L screenpop").split(separator: "\n").map(String.init))
    for page in try FileManager.default.subpathsOfDirectory(atPath: Self.project + "Resources/man")
    where page.last?.isNumber == true && page.contains(".") {
      #expect(files.contains("/usr/share/man/\(page).gz"))
    }
    let entry = "/usr/share/applications/screenpop-url-ctidivalto.desktop"
    for file in [
      entry, "/lib/systemd/system/ctirelay.service",
      "/lib/systemd/system/screenpop-sync-system.timer",
      "/usr/lib/systemd/user/screenpop-sync.timer",
      "/usr/share/bash-completion/completions/screenpop", "/usr/share/screenpop/profiles/odoo.toml",
      "/usr/share/screenpop/maps/aircall.toml",
      "/usr/share/zsh/vendor-completions/_screenpop",
      "/usr/share/fish/vendor_completions.d/screenpop.fish",
    ] {
      #expect(files.contains(file))
    }
    let verdict = try await BareDebian.run(
      ["desktop-file-validate", machine.root + entry], log: folder.file("log"))
    #expect(verdict == "")
    let started = try await machine.shell(
      "sed -n 's/^Exec[^=]*=\\(\\S*\\).*/\\1/p' \(entry) /lib/systemd/system/ctirelay.service"
        + " /lib/systemd/system/screenpop-sync-*.service"
        + " /usr/lib/systemd/user/screenpop-*.service")
    for program in started.split(separator: "\n") { #expect(files.contains(String(program))) }
  }

  // MARK: - The operator

  @discardableResult
  private func operates(_ line: String) async throws -> String {
    try await BareDebian.run(
      machine.words(as: 1000) + ["sh", "-c", line], environment: operatorsEnvironment,
      log: folder.file("log"))
  }

  private func operatorsProgramsRun() async throws {
    try await operates("mkdir --mode 700 /home/anna/run")
    try await operates("screenpop import /usr/share/screenpop/sample-third-parties.csv")
    #expect(try await operates("screenpop lookup 0388202122").contains("Dupont SA"))
    // The profiles of ERPs and the names of countries are there without the folder that they were built in.
    #expect(try await operates("screenpop doctor || true").contains("/home/anna/run/screenpop"))
    try await operates(
      "printf 'code;name;phone;country\\nM1;Muster AG;069/90009-0;Allemagne\\n' >/home/anna/more.csv"
        + " && screenpop import /home/anna/more.csv")
    #expect(try await operates("screenpop lookup +496990009123").contains("Muster AG"))
    // What the parser of TOML throws is still caught in the program as it is linked here.
    let refused = try await operates(
      "mkdir -p /home/anna/bad/screenpop && echo '[store' >/home/anna/bad/screenpop/config.toml"
        + " && { XDG_CONFIG_HOME=/home/anna/bad screenpop lookup 0388202122 2>&1; echo \"exit $?\"; }"
    )
    #expect(refused.contains("this is not TOML"), "\(refused)")
    #expect(refused.contains("exit 78"), "\(refused)")
  }

  /// What the administrator fills, members of the group read, and nobody else.
  private func oneCopyIsReadByAGroup() async throws {
    let environment = "HOME=/tmp/fresh XDG_CONFIG_DIRS=/tmp/xdg"
    let lookup = "env \(environment) screenpop lookup 0388202122 2>&1"
    let told = try await machine.shell(
      """
      mkdir -p /tmp/xdg/screenpop
      printf '[store]\nparties = "/var/lib/screenpop/parties.sqlite"\n' >/tmp/xdg/screenpop/config.toml
      install -d -m 1777 /tmp/fresh
      env \(environment) screenpop import --system /usr/share/screenpop/sample-third-parties.csv
      stat -c '%U %G %a' /var/lib/screenpop/parties.sqlite* /var/lib/screenpop/shared
      useradd -G screenpop berta && useradd carl
      su berta -s /bin/sh -c '\(lookup)'; rm -rf /tmp/fresh/.local
      su carl -s /bin/sh -c '\(lookup)'; rm -rf /tmp/fresh
      """)
    #expect(told.contains("Dupont SA"), "\(told)")
    #expect(told.contains("may be read by the group screenpop only"), "\(told)")
    #expect(told.matches(of: /screenpop screenpop 640/).count == 3, "\(told)")
    #expect(told.contains("screenpop screenpop 3770"), "\(told)")
  }

  private func upgradedUnderAWindow() async throws {
    let window = try await openWindow()
    try await operates("clicktocall --station 1024 --event ring --call-id 6 0388202122")
    try await window.wait(for: "Dupont SA")

    try await BareDebian.run(
      [
        "sh", "-ec",
        """
        dpkg-deb --raw-extract "$0/1.deb" "$0/2"
        sed -i 's/^Version: .*/&+2/' "$0/2/DEBIAN/control"
        dpkg-deb --root-owner-group --build "$0/2" "$0/2.deb"
        rm -r "$0/2"; cp "$0/2.deb" "$1/tmp"
        """, folder.path, machine.root,
      ], environment: Self.quickly)
    try await machine.shell("dpkg --install /tmp/2.deb")
    #expect(try await machine.shell("dpkg-query -W -f '${Version}' screenpop").hasSuffix("+2"))

    // The old window hears the new launcher.
    try await operates("clicktocall --station 1024 --event ring --call-id 7 0199004567")
    try await window.wait(for: "01 99 00 45 67")
    for (call, caller) in [(6, "0388202122"), (7, "0199004567")] {
      try await operates("clicktocall --station 1024 --event end --call-id \(call) \(caller)")
    }
    // Of calls that ring, it would ask whether to quit is meant.
    try await window.wait(until: "no call that rings") { !$0.contains("ringing") }
    try await window.press("q")
    #expect(try await window.exitStatus() == 0)
    let next = try await openWindow()
    try await next.wait(until: "both calls in the journal") {
      $0.contains("03 88 20 21 22") && $0.contains("01 99 00 45 67")
    }
    try await next.press("q")
    #expect(try await next.exitStatus() == 0)
  }

  private func openWindow() async throws -> TmuxScreen {
    let words = machine.words(as: 1000) + ["screenpop", "watch", "--station", "1024"]
    let window = try await TmuxScreen(
      words[0], Array(words.dropFirst()), environment: operatorsEnvironment)
    try await window.wait(for: "1024")
    return window
  }

  private func purged() async throws {
    try await machine.shell("echo '# ours' >>/etc/xdg/screenpop/config.toml")
    try await machine.shell("dpkg --purge screenpop")
    let left = try await machine.shell(
      "find / -xdev \\( -iname '*screenpop*' -o -name 'ctirelay*' -o -name 'clicktocall*' \\)"
        + " -not -path '/home/*' -not -path '/proc/*' -not -path '/tmp/*' -not -path '/dev/*'")
    #expect(left == "")
    #expect(
      try await machine.shell("ls /home/anna/.local/share/screenpop").contains("parties.sqlite"))
  }
}
