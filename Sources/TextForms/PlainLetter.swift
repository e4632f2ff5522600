extension Unicode.Scalar {
  /// The letter in small, without the accents of Europe's languages: `e` of `É`, `l` of `Ł`, `ss` of `ß`. What is no letter
  /// stays as it is.
  package var plainLetter: String {
    if isASCII {
      let isCapital = ("A"..."Z").contains(self)
      return String(Character(isCapital ? Unicode.Scalar(UInt8(ascii: self) | 0x20) : self))
    }
    let small = properties.lowercaseMapping.unicodeScalars.first ?? self
    let plain: Unicode.Scalar
    switch small {
    case "à"..."å", "ą", "ă", "ā": plain = "a"
    case "ç", "ć", "č": plain = "c"
    case "ď": plain = "d"
    case "è"..."ë", "ę", "ě", "ē", "ė": plain = "e"
    case "ğ": plain = "g"
    case "ì"..."ï", "ı", "ī", "į": plain = "i"
    case "ł", "ľ": plain = "l"
    case "ñ", "ň", "ń": plain = "n"
    case "ò"..."ö", "ø", "ő": plain = "o"
    case "ř": plain = "r"
    case "ś", "š", "ş", "ș": plain = "s"
    case "ß": return "ss"
    case "ť", "ț": plain = "t"
    case "ù"..."ü", "ů", "ű", "ū", "ų": plain = "u"
    case "ý": plain = "y"
    case "ź", "ż", "ž": plain = "z"
    case "ё": plain = "е"
    case "ά": plain = "α"
    case "έ": plain = "ε"
    case "ή": plain = "η"
    case "ί": plain = "ι"
    case "ό": plain = "ο"
    case "ύ": plain = "υ"
    case "ώ": plain = "ω"
    case "ς": plain = "σ"
    default: plain = small
    }
    return String(Character(plain))
  }
}
