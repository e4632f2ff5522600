import Testing

/// The rules of direction: who may import what.
struct ModuleTests {
  /// Everything that each module may import: the plan of the house, of which Package.swift is a part.
  ///
  /// The core (Canvas, Telephony, NumberForms, OperatorScreen) does no I/O and asks no clock: no Glibc.
  /// What softphones start while the telephone rings (clicktocall, into which CallWire, NumberForms
  /// and TextForms are compiled) is Embedded Swift, which has neither Foundation nor Glibc.
  static let mayImport: [String: Set<String>] = [
    "CCurses": [],
    "CLibrary": [],
    "TextForms": ["Glibc"],
    "CHiredis": [],
    "CMessageDigest": [],
    "CMinizip": [],
    "CPhoneNumber": [],
    "CODBC": [],
    "Canvas": [],
    "Telephony": [],
    "NumberForms": ["TextForms"],
    "CallWire": ["TextForms", "CLibrary", "Glibc"],
    "CTIBlock": ["TextForms"],
    "OperatorScreen": ["Telephony", "Canvas", "DequeModule"],
    "Curses": ["TextForms", "CCurses", "Canvas", "Glibc", "Dispatch", "Synchronization"],
    "PhoneNumbers": ["TextForms", "Telephony", "NumberForms", "CPhoneNumber", "Foundation"],
    "XMLForms": ["TextForms", "Foundation", "FoundationXML"],
    "HeaderForms": ["CMessageDigest"],
    "TrafficTrace": ["TextForms", "Telephony", "NIOPosix", "Logging", "Glibc", "Synchronization"],
    "Connector": [
      "Telephony", "TrafficTrace", "NIOCore", "NIOPosix", "NIOSSL", "Glibc", "Synchronization",
    ],
    "WebAccess": [
      "Connector", "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL", "Foundation",
      "Synchronization",
    ],
    "LauncherSource": [
      "Telephony", "TrafficTrace", "CallWire", "Connector", "NumberForms", "PhoneNumbers",
      "NIOCore", "NIOPosix", "Glibc", "Synchronization",
    ],
    "CTIPoll": [
      "TrafficTrace", "TextForms", "Telephony", "Connector", "CTIBlock", "NumberForms",
      "PhoneNumbers", "XMLForms", "WebAccess", "AsyncHTTPClient", "NIOCore", "NIOHTTP1",
      "Foundation",
      "FoundationXML",
    ],
    "Asterisk": [
      "TrafficTrace", "TextForms", "Telephony", "Connector", "PhoneNumbers", "Glibc",
    ],
    "Baresip": [
      "TrafficTrace", "TextForms", "Telephony", "Connector", "CTIBlock", "PhoneNumbers",
    ],
    "FreeSwitch": [
      "TextForms", "Telephony", "TrafficTrace", "Connector", "CTIBlock", "NumberForms",
      "PhoneNumbers",
    ],
    "CSTA": [
      "TextForms", "Telephony", "TrafficTrace", "Connector", "PhoneNumbers", "XMLForms",
    ],
    "Mobile": ["TextForms", "Telephony", "TrafficTrace", "Connector", "PhoneNumbers"],
    "FritzBox": [
      "TextForms", "Telephony", "TrafficTrace", "Connector", "PhoneNumbers", "HeaderForms",
      "XMLForms", "WebAccess",
    ],
    "SIP": [
      "TrafficTrace", "TextForms", "Telephony", "Connector", "PhoneNumbers", "XMLForms",
      "HeaderForms", "Foundation", "FoundationXML", "Synchronization",
    ],
    "RelayServer": [
      "TextForms", "CHiredis", "CMessageDigest", "CTIBlock", "Telephony", "NumberForms",
      "NIOHTTP1", "NIOCore", "NIOPosix", "NIOEmbedded", "TrafficTrace", "NIOSSL", "Logging",
      "TOMLKit", "FoundationEssentials", "Dispatch", "Glibc", "Synchronization",
    ],
    "ThirdPartyStore": [
      "TextForms", "Telephony", "PhoneNumbers", "XMLForms", "CMinizip", "GRDB", "GRDBSQLite",
      "FoundationEssentials", "Foundation", "FoundationXML", "Glibc", "Synchronization",
    ],
    "ERPSync": [
      "TextForms", "Telephony", "PhoneNumbers", "Connector", "ThirdPartyStore", "CODBC", "CTIBlock",
      "RecordOpener", "WebAccess", "TOMLKit", "SystemPackage", "Glibc", "Dispatch",
      "Synchronization", "Foundation",
    ],
    "RecordOpener": ["TextForms", "Telephony", "Subprocess", "SystemPackage", "Glibc"],
    "OperatorConfiguration": [
      "TextForms", "Telephony", "CTIBlock", "RecordOpener", "TOMLKit", "SystemPackage", "Glibc",
    ],
    "DesktopSetup": [
      "TextForms", "CTIBlock", "OperatorConfiguration", "RecordOpener", "Subprocess", "Glibc",
    ],
    "Doctor": [
      "TextForms", "Telephony", "PhoneNumbers", "CallWire", "RecordOpener",
      "OperatorConfiguration", "ThirdPartyStore", "ERPSync", "Glibc",
    ],
    "CommandOutput": [
      "TextForms", "Doctor", "Glibc", "PhoneNumbers", "Telephony", "ThirdPartyStore",
    ],
    "OperatorWindow": [
      "CSTA", "Mobile", "FreeSwitch", "FritzBox", "TextForms", "Telephony", "Canvas",
      "OperatorScreen",
      "Curses",
      "PhoneNumbers", "CallWire", "CTIBlock", "Connector", "LauncherSource", "CTIPoll", "Asterisk",
      "Baresip",
      "SIP", "ThirdPartyStore", "ERPSync", "RecordOpener", "OperatorConfiguration",
      "CommandOutput", "TrafficTrace", "NIOCore", "NIOPosix", "Dispatch", "Glibc",
      "Synchronization",
    ],
    "screenpop": [
      "CSTA", "Mobile", "FreeSwitch", "FritzBox", "TextForms", "OperatorWindow", "CommandOutput",
      "Doctor",
      "DesktopSetup",
      "Telephony", "TrafficTrace", "Curses", "PhoneNumbers", "CallWire", "Asterisk", "Baresip",
      "ThirdPartyStore", "ERPSync", "OperatorConfiguration",
      "ArgumentParser", "Dispatch", "Glibc", "Foundation",
    ],
    "clicktocall": ["CLibrary"],
    "ctirelay": [
      "CallWire", "RelayServer", "TrafficTrace", "Logging", "ArgumentParser", "Glibc", "Dispatch",
      "Synchronization",
    ],
  ]

  /// Libraries that only these targets of tests import.
  static let keptIn: [String: Set<Substring>] = [
    // The whole program meets stores that another program holds or has spoiled.
    "GRDB": ["ThirdPartyStoreTests", "ProgramTroubleTests"],
    "CCurses": ["CursesTests"],
  ]

  /// One import of a Swift file.
  struct Import {
    var file: Project.File
    var line: Int
    var module: String
    var isPublic: Bool

    /// `Sources/Canvas/Cell.swift:3 imports Glibc`.
    var sentence: String { "\(file.path):\(line) imports \(module)" }
  }

  @Test func modulesAreTheFoldersOfSources() {
    let folders = Set(Project.names(in: "Sources"))
    #expect(folders.symmetricDifference(Manifest.modules).isEmpty)
    #expect(folders.symmetricDifference(Self.mayImport.keys).isEmpty)
  }

  @Test(arguments: mayImport.keys.sorted())
  func aModuleImportsOnlyWhatItMay(module: String) throws {
    let allowed = try #require(Self.mayImport[module])
    for found in Self.imports(in: "Sources/\(module)") where !allowed.contains(found.module) {
      Issue.record("\(found.sentence), which \(module) may not")
    }
    let target = try #require(Manifest.targets[module])
    let undue = target.dependencies.subtracting(allowed)
    #expect(undue.isEmpty, "Package.swift lets \(module) import what it may not")
  }

  @Test(arguments: mayImport.keys.sorted())
  func whatAModuleImportsIsDeclaredAndNothingElse(module: String) throws {
    let target = try #require(Manifest.targets[module])
    let libraries = Manifest.targets.values.reduce(into: Manifest.modules) {
      $0.formUnion($1.dependencies)
    }
    let imports = Self.imports(in: "Sources/\(module)")
    for found in imports where libraries.contains(found.module) {
      #expect(target.dependencies.contains(found.module), "\(found.sentence) undeclared")
    }
    let unused = target.dependencies.subtracting(imports.map(\.module))
    #expect(unused.isEmpty, "\(module) depends on what it does not import")
  }

  /// Embedded Swift brings its own counting of references and its own memory: linked into a program that
  /// has the runtime of Swift, they would take the place of the runtime's.
  @Test func nothingIsLinkedWithTheLauncher() {
    for target in Manifest.targets.values where target.dependencies.contains("clicktocall") {
      Issue.record("\(target.name) depends on clicktocall")
    }
  }

  @Test func typesOfLibrariesStayInsideTheirModules() {
    let own = Manifest.modules.union(["Glibc"])
    for found in Self.imports(in: "Sources") where found.isPublic {
      #expect(own.contains(found.module), "\(found.sentence) publicly")
    }
  }

  @Test func testsLeaveLibrariesToTheirModules() {
    for found in Self.imports(in: "Tests") {
      guard let owners = Self.keptIn[found.module], let target = found.file.folders.last else {
        continue
      }
      #expect(owners.contains(target), "\(found.sentence)")
    }
  }

  @Test func everyTargetOfTestsHasItsFolderAndEveryFolderItsTarget() {
    let declared = Set(Manifest.targets.values.filter(\.isTest).map(\.name))
    let folders = Project.files.filter { $0.path.hasPrefix("Tests/") && $0.folders.count == 2 }
      .filter { $0.path.hasSuffix(".swift") }
      .map { String($0.folders[1]) }
      // Tests/fuzz compiles its own, file by file.
      .filter { $0 != "Fuzz" }
    #expect(declared.symmetricDifference(folders).isEmpty)
  }

  /// All imports of the Swift files below a folder.
  static func imports(in folder: String) -> [Import] {
    Project.swiftFiles(in: folder).flatMap { file in
      file.lines.compactMap { line in
        // Only a declaration at the beginning of its line, or one for some compilations: nothing else of ours reads
        // like one.
        let words = line.text.split(separator: " ").drop { $0.hasPrefix("@") }
        guard let place = words.firstIndex(of: "import"), place - words.startIndex < 2,
          place + 1 < words.endIndex,
          !line.text.hasPrefix(" ") || (place == words.startIndex && words.count == 2)
        else { return nil }
        return Import(
          file: file, line: line.number, module: String(words[words.endIndex - 1]),
          isPublic: words.first == "public")
      }
    }
  }
}
