// swift-tools-version: 6.2
import PackageDescription

/// Module settings that every Swift target shares.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
  name: "ScreenPop",
  products: [
    .executable(name: "screenpop", targets: ["screenpop"]),
    .executable(name: "clicktocall", targets: ["clicktocall"]),
    .executable(name: "ctirelay", targets: ["ctirelay"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    // Without its default traits, which bring Foundation.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    // C below Swift: the terminal, Redis, ODBC, the digests of SIP, archives and the phone-number plans.
    .systemLibrary(name: "CCurses"),
    .systemLibrary(name: "CHiredis"),
    .systemLibrary(name: "CODBC"),
    .systemLibrary(name: "CMessageDigest"),
    .systemLibrary(name: "CMinizip"),
    .target(name: "CPhoneNumber", linkerSettings: [.linkedLibrary("phonenumber")]),

    // The core: no I/O, no clock, no Foundation.
    .target(name: "Canvas", swiftSettings: strict),
    .target(name: "Telephony", swiftSettings: strict),
    .target(name: "NumberForms", dependencies: ["TextForms"], swiftSettings: strict),
    .target(name: "CLibrary"),
    .target(name: "TextForms", swiftSettings: strict),
    .target(name: "CallWire", dependencies: ["TextForms", "CLibrary"], swiftSettings: strict),
    .target(name: "CTIBlock", dependencies: ["TextForms"], swiftSettings: strict),
    .target(
      name: "OperatorScreen", dependencies: ["Telephony", "Canvas", deque], swiftSettings: strict),

    // The edges.
    .target(
      name: "Curses", dependencies: ["TextForms", "CCurses", "Canvas"], swiftSettings: strict),
    .target(
      name: "PhoneNumbers",
      dependencies: ["TextForms", "Telephony", "NumberForms", "CPhoneNumber"],
      swiftSettings: strict),
    .target(name: "XMLForms", dependencies: ["TextForms"], swiftSettings: strict),
    .target(name: "HeaderForms", dependencies: ["CMessageDigest"], swiftSettings: strict),
    .target(
      name: "TrafficTrace", dependencies: ["Telephony", "TextForms", nioPosix, logging],
      swiftSettings: strict),

    // Where calls come from: the runtime of connections, and a module for each connector.
    .target(
      name: "Connector",
      dependencies: [
        "Telephony", "TrafficTrace", nioCore, nioPosix, nioSSL,
      ],
      swiftSettings: strict),
    .target(
      name: "WebAccess",
      dependencies: ["Connector", nioCore, nioHTTP1, nioPosix, nioSSL, httpClient],
      swiftSettings: strict),
    .target(
      name: "LauncherSource",
      dependencies: [
        "Telephony", "TrafficTrace", "CallWire", "Connector", "NumberForms", "PhoneNumbers",
        nioCore, nioPosix,
      ], swiftSettings: strict),
    .target(
      name: "CTIPoll",
      dependencies: [
        "TextForms", "Telephony", "Connector", "CTIBlock", "NumberForms", "PhoneNumbers",
        "XMLForms", nioCore, nioHTTP1, httpClient, "TrafficTrace", "WebAccess",
      ], swiftSettings: strict),
    .target(
      name: "Asterisk",
      dependencies: ["TextForms", "Telephony", "Connector", "PhoneNumbers", "TrafficTrace"],
      swiftSettings: strict),
    .target(
      name: "Baresip",
      dependencies: [
        "TextForms", "Telephony", "Connector", "CTIBlock", "PhoneNumbers", "TrafficTrace",
      ], swiftSettings: strict),
    .target(
      name: "FreeSwitch",
      dependencies: [
        "TextForms", "Telephony", "TrafficTrace", "Connector", "CTIBlock", "NumberForms",
        "PhoneNumbers",
      ], swiftSettings: strict),
    .target(
      name: "CSTA",
      dependencies: [
        "TextForms", "Telephony", "TrafficTrace", "Connector", "PhoneNumbers", "XMLForms",
      ], swiftSettings: strict),
    .target(
      name: "Mobile",
      dependencies: ["TextForms", "Telephony", "TrafficTrace", "Connector", "PhoneNumbers"],
      swiftSettings: strict),
    .target(
      name: "FritzBox",
      dependencies: [
        "TextForms", "Telephony", "TrafficTrace", "Connector", "PhoneNumbers", "HeaderForms",
        "XMLForms", "WebAccess",
      ], swiftSettings: strict),
    .target(
      name: "SIP",
      dependencies: [
        "TextForms", "Telephony", "Connector", "PhoneNumbers", "XMLForms", "HeaderForms",
        "TrafficTrace",
      ], swiftSettings: strict),

    .target(
      name: "RelayServer",
      dependencies: [
        "TextForms", "CHiredis", "CMessageDigest", "CTIBlock", "Telephony", "NumberForms", nioHTTP1,
        nioCore, nioPosix, nioSSL, nioEmbedded, "TrafficTrace", logging, toml,
      ], swiftSettings: strict),
    .target(
      name: "ThirdPartyStore",
      dependencies: [
        "TextForms", "Telephony", "PhoneNumbers", "XMLForms", "CMinizip", grdb, sqlite,
      ],
      swiftSettings: strict),
    .target(
      name: "ERPSync",
      dependencies: [
        "TextForms", "Telephony", "PhoneNumbers", "ThirdPartyStore", "CODBC", "CTIBlock",
        "Connector", "RecordOpener", "WebAccess", toml, system,
      ],
      resources: [
        .embedInCode("tryton.toml"), .embedInCode("odoo.toml"), .embedInCode("dolibarr.toml"),
        .embedInCode("erpnext.toml"), .embedInCode("axelor.toml"), .embedInCode("espocrm.toml"),
        .embedInCode("suitecrm.toml"), .embedInCode("sage100.toml"), .embedInCode("divalto.toml"),
        .embedInCode("weavy.toml"),
      ], swiftSettings: strict),
    .target(
      name: "RecordOpener", dependencies: ["TextForms", "Telephony", subprocess, system],
      swiftSettings: strict),
    .target(
      name: "OperatorConfiguration",
      dependencies: [
        "TextForms", "Telephony", "CTIBlock", "RecordOpener", toml, system,
      ],
      swiftSettings: strict),

    .target(
      name: "DesktopSetup",
      dependencies: [
        "TextForms", "CTIBlock", "OperatorConfiguration", "RecordOpener", subprocess,
      ],
      swiftSettings: strict),
    .target(
      name: "Doctor",
      dependencies: [
        "TextForms", "Telephony", "PhoneNumbers", "CallWire", "RecordOpener",
        "OperatorConfiguration", "ThirdPartyStore", "ERPSync",
      ], swiftSettings: strict),

    .target(
      name: "CommandOutput",
      dependencies: [
        "TextForms", "Telephony", "PhoneNumbers", "ThirdPartyStore", "Doctor",
      ],
      swiftSettings: strict),
    .target(
      name: "OperatorWindow",
      dependencies: [
        "TextForms", "Telephony", "Canvas", "OperatorScreen", "Curses", "PhoneNumbers", "CallWire",
        "CTIBlock", "Connector", "LauncherSource", "CTIPoll", "Asterisk", "Baresip", "SIP",
        "ThirdPartyStore", "ERPSync", "RecordOpener", "OperatorConfiguration", "CommandOutput",
        nioCore, nioPosix, "TrafficTrace", "FreeSwitch", "FritzBox", "CSTA", "Mobile",
      ],
      resources: [.embedInCode("sample-third-parties.csv")], swiftSettings: strict),

    // The programs.
    .executableTarget(
      name: "screenpop",
      dependencies: [
        "TextForms", "Telephony", "Curses", "PhoneNumbers", "CallWire", "Asterisk", "Baresip",
        "ThirdPartyStore", "ERPSync", "OperatorConfiguration",
        "OperatorWindow", "CommandOutput", "Doctor", "DesktopSetup", arguments, "TrafficTrace",
        "FreeSwitch", "FritzBox", "CSTA", "Mobile",
      ], swiftSettings: strict),
    // Embedded Swift imports no module that is compiled otherwise: the folder links to the files of
    // CallWire, NumberForms and TextForms. No other target may depend on it: what stands in for the runtime of Swift
    // would be linked beside the runtime. It has no static library either: --static-swift-stdlib is for
    // the others.
    .executableTarget(
      name: "clicktocall", dependencies: ["CLibrary"],
      exclude: [
        "TextForms/JSONLine.swift", "TextForms/NewFile.swift",
        "TextForms/SecretFile.swift", "TextForms/XMLWriting.swift",
      ],
      swiftSettings: strict + [
        .enableExperimentalFeature("Embedded"), .unsafeFlags(["-wmo", "-no-static-stdlib"]),
      ],
      linkerSettings: [
        .unsafeFlags(["-static-executable"]),
        .unsafeFlags(["-Xlinker", "-s"], .when(configuration: .release)),
      ]),

    .executableTarget(
      name: "ctirelay",
      dependencies: ["CallWire", "RelayServer", "TrafficTrace", logging, arguments],
      swiftSettings: strict),

    // Measures the program; see Tests/bench.
    .executableTarget(
      name: "Measurements",
      dependencies: [
        "Telephony", "Canvas", "OperatorScreen", "Curses", "PhoneNumbers", "CTIPoll", "Asterisk",
        "CallWire", "CTIBlock", "ThirdPartyStore", sqlite, nioCore, nioPosix,
      ], path: "Tests/Measurements", exclude: ["launcher-peer.c", "ERP"], swiftSettings: strict),
    .executableTarget(
      name: "BareHandler", dependencies: [nioCore, nioPosix, nioHTTP1], path: "Tests/BareHandler",
      swiftSettings: strict),

    // What several test targets share.
    .target(
      name: "GoldenSupport", dependencies: ["Canvas"], path: "Tests/GoldenSupport",
      swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "RESTSupport", dependencies: [nioCore, nioPosix, nioHTTP1],
      path: "Tests/RESTSupport", swiftSettings: strict),
    .target(
      name: "LauncherSupport",
      dependencies: [
        "CallWire", "LauncherSource", "PhoneNumbers", "Telephony", "TestSupport", "ThirdPartyStore",
      ],
      path: "Tests/LauncherSupport", swiftSettings: strict),

    .testTarget(
      name: "TelephonyTests", dependencies: ["Telephony", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CanvasTests", dependencies: ["Canvas", "GoldenSupport"],
      exclude: ["Golden", "generate-character-table.py"], swiftSettings: strict),
    .testTarget(
      name: "CursesTests", dependencies: ["Curses", "CCurses", "Canvas", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "OperatorScreenTests",
      dependencies: [
        "OperatorScreen", "Telephony", "Canvas", "GoldenSupport", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "TextFormsTests", dependencies: ["TextForms", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "NumberFormsTests", dependencies: ["TextForms", "NumberForms"], swiftSettings: strict),
    .testTarget(
      name: "PhoneNumbersTests",
      dependencies: [
        "PhoneNumbers", "CPhoneNumber", "NumberForms", "Telephony", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CallWireTests", dependencies: ["CallWire", "LauncherSupport", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ConnectorTests", dependencies: ["Connector", "Telephony", nioCore, nioEmbedded],
      swiftSettings: strict),
    .testTarget(
      name: "TrafficTraceTests", dependencies: ["TrafficTrace", "Telephony", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LauncherSourceTests",
      dependencies: [
        "LauncherSource", "CallWire", "LauncherSupport", "PhoneNumbers", "Telephony", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "AsteriskTests",
      dependencies: [
        "Asterisk", "LauncherSupport", "PhoneNumbers", "Telephony", "TestSupport", "TrafficTrace",
        "screenpop", nioCore, nioPosix, nioSSL,
      ], exclude: ["Captures"], swiftSettings: strict),
    .testTarget(
      name: "SIPDialogTests",
      dependencies: [
        "SIP", "HeaderForms", "Connector", "LauncherSupport", "PhoneNumbers", "Telephony",
        "TestSupport", "screenpop", nioCore, nioPosix, nioSSL,
      ], exclude: ["Scenarios"], swiftSettings: strict),
    .testTarget(
      name: "CTIBlockTests", dependencies: ["CTIBlock", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "RESTPollTests",
      dependencies: [
        "CTIPoll", "CTIBlock", "LauncherSupport", "PhoneNumbers", "RESTSupport", "Telephony",
        "TestSupport", "WebAccess", httpClient,
      ], swiftSettings: strict),
    .testTarget(
      name: "BaresipTests",
      dependencies: [
        "Baresip", "CTIBlock", "LauncherSupport", "PhoneNumbers", "Telephony", "TestSupport",
        nioCore, nioPosix,
      ], exclude: ["Captures"], swiftSettings: strict),
    .testTarget(
      name: "FreeSwitchTests",
      dependencies: [
        "Connector", "FreeSwitch", "LauncherSupport", "PhoneNumbers", "Telephony", "TestSupport",
        "TextForms", nioCore, nioPosix,
      ], exclude: ["Captures"], swiftSettings: strict),
    .testTarget(
      name: "CSTATests",
      dependencies: [
        "Connector", "CSTA", "LauncherSupport", "PhoneNumbers", "Telephony", "TestSupport",
        "TrafficTrace", "XMLForms", nioCore, nioPosix,
      ], swiftSettings: strict),
    .testTarget(
      name: "MobileTests",
      dependencies: [
        "Connector", "Mobile", "LauncherSupport", "PhoneNumbers", "Telephony", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "FritzBoxTests",
      dependencies: [
        "Connector", "FritzBox", "HeaderForms", "LauncherSupport", "PhoneNumbers", "RESTSupport",
        "Telephony", "TestSupport", "TrafficTrace", "WebAccess", nioCore, nioPosix,
      ], swiftSettings: strict),
    .testTarget(
      name: "RelayServerTests",
      dependencies: [
        "RelayServer", "LauncherSupport", "PhoneNumbers", "Telephony", "TestSupport", "ctirelay",
      ], swiftSettings: strict),
    .testTarget(
      name: "ClickToCallTests",
      dependencies: [
        "LauncherSource", "CallWire", "LauncherSupport", "PhoneNumbers", "Telephony", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "ThirdPartyStoreTests",
      dependencies: ["Telephony", "PhoneNumbers", "ThirdPartyStore", "TestSupport", grdb],
      swiftSettings: strict),
    .testTarget(
      name: "ERPSyncTests",
      dependencies: [
        "Connector", "ERPSync", "PhoneNumbers", "RESTSupport", "Telephony", "ThirdPartyStore",
        "TestSupport", "screenpop",
      ], exclude: ["Tryton"], swiftSettings: strict),
    .testTarget(
      name: "RecordOpenerTests", dependencies: ["RecordOpener", "Telephony", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "OperatorConfigurationTests",
      dependencies: [
        "CTIBlock", "OperatorConfiguration", "RecordOpener", "Telephony", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "DesktopSetupTests",
      dependencies: ["DesktopSetup", "OperatorConfiguration", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DoctorTests",
      dependencies: [
        "Doctor", "CallWire", "OperatorConfiguration", "PhoneNumbers", "Telephony",
        "ThirdPartyStore", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandOutputTests",
      dependencies: [
        "TextForms", "CommandOutput", "Doctor", "Telephony", "ThirdPartyStore", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "OperatorWindowTests",
      dependencies: [
        "CallWire", "TextForms", "OperatorWindow", "OperatorScreen", "OperatorConfiguration",
        "LauncherSource", "PhoneNumbers", "Canvas", "Connector", "Telephony", "ThirdPartyStore",
        "TestSupport", "Curses", "RecordOpener", "TrafficTrace",
      ], swiftSettings: strict),
    .testTarget(
      name: "ProjectTests",
      dependencies: [
        "OperatorScreen", "Telephony", "Canvas", "OperatorConfiguration", "RecordOpener",
        "Asterisk", "Baresip", "SIP", "DesktopSetup", "PhoneNumbers", "TestSupport", "screenpop",
        "ctirelay", "FreeSwitch", "FritzBox", "CSTA", "Mobile",
      ], swiftSettings: strict),
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "CTIPoll", "Asterisk", "Baresip", "SIP", "CallWire", "CTIBlock", "NumberForms",
        "HeaderForms", "XMLForms", "RelayServer", "TestSupport", "TextForms", "ThirdPartyStore",
        "FreeSwitch", "FritzBox", "CSTA", "Mobile", "PhoneNumbers", "Telephony", "TrafficTrace",
        "Connector", "ERPSync", nioHTTP1, system,
      ], exclude: ["Fuzzer.swift", "Seeds"], swiftSettings: strict),
    .testTarget(
      name: "ProgramTests",
      dependencies: ["RESTSupport", "TestSupport", "screenpop"],
      swiftSettings: strict),
    .testTarget(
      name: "ProgramTroubleTests",
      dependencies: [
        "TestSupport", "LauncherSupport", "screenpop", "CallWire", grdb,
      ], swiftSettings: strict),
    .testTarget(
      name: "ChainTests",
      dependencies: [
        "Baresip", "CallWire", "PhoneNumbers", "Telephony", "TestSupport", "screenpop", "ctirelay",
      ],
      exclude: ["Scenarios"], swiftSettings: strict),
    .testTarget(
      name: "PackageTests", dependencies: ["TestSupport", "screenpop", "ctirelay"],
      swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)

// Tests/fuzz makes a program of FuzzTests, and has libFuzzer watch the modules in it.
if Context.environment["SCREENPOP_FUZZ"] != nil {
  let tests = package.targets.first { $0.name == "FuzzTests" }
  package.targets.removeAll { $0.type == .test || $0.name == "clicktocall" }
  package.products = []
  let program = Target.executableTarget(
    name: "Fuzz", dependencies: tests?.dependencies ?? [], path: "Tests/FuzzTests",
    exclude: ["SeedTests.swift", "Seeds"], swiftSettings: strict)
  package.targets.append(program)
  for target in package.targets where target.type != .system {
    target.swiftSettings =
      (target.swiftSettings ?? []) + [.unsafeFlags(["-sanitize=fuzzer", "-enable-testing"])]
  }
}
