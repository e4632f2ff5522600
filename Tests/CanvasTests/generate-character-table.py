#!/usr/bin/env python3
"""Writes Sources/Canvas/CharacterTable.swift from Python's Unicode data.

Run from the top of the project:
    python3 Tests/CanvasTests/generate-character-table.py > Sources/Canvas/CharacterTable.swift

The Unicode version should be the one of the oldest C library in use, because ncurses lays out
wide characters with that library's wcwidth: a newer character would be a hole on the screen.
"""
import unicodedata

DROP, MARK, NARROW, WIDE, SPACE, UNKNOWN = range(6)

# Default_Ignorable_Code_Point of DerivedCoreProperties.txt, which unicodedata does not have.
IGNORABLE = [
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
]
# Conjoining vowels and final consonants of Hangul join the consonant before them.
JOINING = [(0x1160, 0x11FF), (0xD7B0, 0xD7FB)]
# Terminals do not agree on the width of these: 1 by East Asian Width, 2 by several C libraries.
DISPUTED = [(0x3248, 0x324F), (0x4DC0, 0x4DFF)]


def within(code, ranges):
    return any(low <= code <= high for low, high in ranges)


def kind(code):
    char = chr(code)
    category = unicodedata.category(char)
    if code in (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85) or category in ("Zl", "Zp"):
        return SPACE
    if category in ("Cc", "Cf", "Cs") or within(code, IGNORABLE):
        return DROP
    if category in ("Cn", "Co") or within(code, DISPUTED):
        return UNKNOWN
    if category in ("Mn", "Me") or within(code, JOINING):
        return MARK
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return WIDE
    return SPACE if category == "Zs" else NARROW


runs = []
for code in range(0x110000):
    k = kind(code)
    if not runs or runs[-1][1] != k:
        runs.append((code, k))

print("""// Written by Tests/CanvasTests/generate-character-table.py; do not edit.

/// What `Frame.put` does with every character of Unicode %s.
enum CharacterTable {
  /// Start of each run of characters treated alike, times 8, plus the `CharacterKind`; ascending.
  static let runs: [UInt32] = [""" % unicodedata.unidata_version)
line = "   "
for code, k in runs:
    item = " 0x%X," % (code << 3 | k)
    if len(line) + len(item) > 100:
        print(line)
        line = "   "
    line += item
print(line)
print("  ]\n}")
