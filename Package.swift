// swift-tools-version: 6.2
import PackageDescription

/// Module settings that every Swift target shares.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "ScreenPop",
  products: [
    .executable(name: "screenpop", targets: ["screenpop"]),
    .executable(name: "clicktocall", targets: ["clicktocall"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // C below Swift: the terminal and the phone-number plans.
    .systemLibrary(name: "CCurses"),
    .target(name: "CPhoneNumber", linkerSettings: [.linkedLibrary("phonenumber")]),

    // The core: no I/O, no clock, no Foundation.
    .target(name: "Canvas", swiftSettings: strict),
    .target(name: "Telephony", swiftSettings: strict),
    .target(name: "NumberForms", swiftSettings: strict),
    .target(name: "CallWire", swiftSettings: strict),
    .target(name: "OperatorScreen", dependencies: ["Telephony", "Canvas"], swiftSettings: strict),

    // The edges.
    .target(name: "Curses", dependencies: ["CCurses", "Canvas"], swiftSettings: strict),
    .target(
      name: "PhoneNumbers", dependencies: ["Telephony", "NumberForms", "CPhoneNumber"],
      swiftSettings: strict),
    .target(
      name: "CallSources",
      dependencies: [
        "Telephony", "CallWire", "NumberForms", "PhoneNumbers",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ], swiftSettings: strict),
    .target(
      name: "ThirdPartyStore",
      dependencies: [
        "Telephony", "PhoneNumbers", .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: strict),
    .target(
      name: "Configuration",
      dependencies: ["Telephony", .product(name: "TOMLKit", package: "TOMLKit")],
      swiftSettings: strict),
    .target(name: "RecordOpener", dependencies: ["Telephony"], swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
