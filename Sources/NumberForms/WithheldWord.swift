// The launcher has these files in itself.
#if !hasFeature(Embedded)
  import TextForms
#endif

/// The words that telephone systems put where the number of a withheld caller would stand.
///
///     OUT-OF-AREA   Appel masqué   Numéro non communiqué   keine Rufnummer   Номер не определён   番号非通知
///
/// They are read word by word, without case and accents: a word that says it (`masqué`), or a denial with a word for
/// what is missing (`non communiqué`, `no caller id`), and beside them only words for a call and its number. One
/// word more, as in `Private Bank`, is a name. Written together they are read alike (`NoCallerID`), and so they are
/// behind the digits that a telephone system puts before every caller (`+33anonymous`).
public enum WithheldWord {
  /// What a word says.
  private enum Sense {
    /// That there is no number.
    static let withheld = 1
    /// That something is not there.
    static let denial = 2
    /// What would be there, or that it is: says it behind a denial only.
    static let thing = 4
    /// That this is a call, and of what kind.
    static let call = 8
    /// Nothing that matters here, but that people are called so.
    static let vague = 16
  }

  /// Whether the text says that there is no number: by its words, as a sentinel (``Sentinel``), or by nothing
  /// but separators.
  public static func matches(_ text: String) -> Bool { matches(Array(text.utf8)[...]) }

  static func matches(_ bytes: Bytes) -> Bool {
    guard bytes.count <= longest else { return false }
    let text = bytes.text
    if isMask(text) { return true }
    guard let words = words(text) else {
      return Sentinel.matches(text) || isBehindPrefix(bytes)
    }
    guard !words.isEmpty else { return text.unicodeScalars.allSatisfy(isBlank) }
    let together = Array(words.joined())[...]
    if together.isOne(of: alone) || says(Sense.withheld, together) { return true }
    guard let said = senses(of: words) else { return false }
    return said & Sense.withheld != 0 || said & Sense.denial != 0 && said & Sense.thing != 0
  }

  /// Whether the words tell of a call and nothing of who makes it: `Incoming call from`, `WIRELESS CALLER`, `Tél.`.
  static func isAboutCalls(_ bytes: Bytes) -> Bool {
    guard bytes.count <= longest, let words = words(bytes.text), !words.isEmpty else {
      return false
    }
    let isSaid = { (said: Int?) in said.map { $0 & Sense.vague == 0 } ?? false }
    return isSaid(sense(of: Array(words.joined())[...])) || isSaid(senses(of: words))
  }

  private static let longest = 96

  /// The same behind a few digits.
  private static func isBehindPrefix(_ bytes: Bytes) -> Bool {
    let digits = bytes.drop { $0 == UInt8(ascii: "+") }
    let rest = digits.drop { $0.isDigit }
    guard digits.count - rest.count <= 4, rest.first?.isLetter == true, rest.count > 4,
      let words = words(rest.text)
    else { return false }
    return says(Sense.withheld, Array(words.joined())[...])
  }

  private static func says(_ wanted: Int, _ word: Bytes) -> Bool {
    (sense(of: word) ?? 0) & wanted != 0
  }

  private static func senses(of words: [[UInt8]]) -> Int? {
    var senses = 0
    for word in words {
      guard let said = sense(of: word[...]) else { return nil }
      senses |= said
    }
    return senses
  }

  /// What a word says: one of the known ones, or several written together (`nocallerid`), of which the last
  /// alone may have an ending; nil when it is another word.
  private static func sense(of word: Bytes, isPart: Bool = false, depth: Int = 4) -> Int? {
    guard depth > 0 else { return nil }
    for (list, sense) in [
      (withheld, Sense.withheld), (things, Sense.thing), (denials, Sense.denial),
      (calls, Sense.call), (vague, Sense.vague),
    ] {
      var found: Int?
      list.forEachWord { known in
        guard found == nil, word.first == known.first, word.starts(with: known) else { return }
        let rest = word.dropFirst(known.count)
        // Short ones are in many names, and have no endings; a sign of China is a word.
        let canBePart =
          known.count > 3 || known.first.map { $0 > 0x7F } == true
          || known.isOne(of: shortParts)
        if rest.isEmpty ? !isPart || canBePart : known.count > 4 && rest.isOne(of: endings) {
          found = sense
        } else if canBePart, let said = self.sense(of: rest, isPart: true, depth: depth - 1) {
          found = said | sense
        }
      }
      if let found { return found }
    }
    return nil
  }

  /// Whether it says nothing at all: what fields are filled with that must not be empty.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    " \u{A0}\u{202F}\t-_./()<>[]{}?+\"\u{2013}\u{2014}\u{2026}".unicodeScalars.contains(scalar)
  }

  /// Whether it is one mark several times over, which stands for digits that are not shown: `XXXXXXXXXX`, `****`.
  private static func isMask(_ text: String) -> Bool {
    var (first, count) = (Unicode.Scalar?.none, 0)
    for scalar in text.unicodeScalars where scalar != " " {
      guard "xX*?#".unicodeScalars.contains(scalar), first == nil || first == scalar else {
        return false
      }
      first = scalar
      count += 1
    }
    return count > 2
  }

  /// The words in small letters without accents; nil when there is a digit.
  private static func words(_ text: String) -> [[UInt8]]? {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    for scalar in text.unicodeScalars {
      if scalar.properties.isAlphabetic, scalar != "º" {
        word += scalar.plainLetter.utf8
      } else if DialCharacters.digit(scalar) != nil {
        return nil
      } else if !("\u{300}"..."\u{36F}").contains(scalar), !word.isEmpty {
        words.append(word)
        word = []
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}

// MARK: - The words

extension WithheldWord {
  /// What says it only when nothing stands beside it: the codes of analogue caller identification (ETSI
  /// EN 300 659-3: private, out of area), what programs print for nothing, the users that Asterisk and FreeSWITCH
  /// send when they have no number.
  private static let alone: StaticString = """
    p o na nc nil null none false empty vide asterisk freeswitch invalid undefined nan objectobject prive aucun \
    aucune nessuno ninguno kein keine clir coin coincall coinphone international internationalcall listerouge \
    horszone identiterefusee prohibited presentationprohibited nocid unspecified
    """

  /// Words, each of which may end in one of ``endings``.
  private static let withheld: StaticString = """
    anonym anonim anonymni anonymt anonyym anonimow anoniem privacy withheld unknown unavail unavailable unlisted \
    unidentified unassigned private privat privatni privad prive restricted restreint reserve riservat reservad \
    blocked hidden secret segret confidential confidentiel confidencial masque cache inconnu indisponible \
    indisponivel desconocid desconegut desconhecid desconecid ezezagun panjohur assente ocult restringid restrit \
    bloquead sconosciut nascost oscurat unbekannt unbek unterdruckt unterdrueckt unterdruckung verborgen geheim \
    gesperrt outofarea suppressed payphone phonebooth cabine cabina publiphone onbekend afgeschermd onderdrukt \
    zastrzezony prywatny ukryty nieznany skjult hemmelig hemmeligt ukendt ukjent okand okant dolt hemligt skyddat \
    tuntematon piilotettu estetty utajen salattu salainen yksityinen skryte skryty neznam neznamy neznan soukrom \
    sukromn gizli ozel bilinmeyen bilinmiyor kisitlanmis rejtett titkos ismeretlen necunoscut ascuns restrictionat \
    skriveni nepoznat tundmatu varjatud slaptas nezinam slepts telefonzelle munztelefon muenztelefon \
    munzfernsprecher неизвестн неизвестен скрыт скрит аноним анонимн частн невідом прихован анонімн непознат αποκρυψ \
    αγνωστ ανωνυμ απορρητ خاص خاصة مجهول محجوب مخفي חסוי חסויה חסום 非通知 匿名 不明 未知 私人 隐藏 隱藏 pribadi tersembunyi \
    binafsi rieng ẩn nezinom skrit leyninumer ناشناس خصوصی ไมทราบหมายเลข ไมแสดงหมายเลข ไมทราบ สวนตัว अजञात निजी 公衆電話 \
    表示圏外 通知不可 通知不可能 제한 익명 알수없음 비공개
    """
  private static let denials: StaticString = """
    no non not pas sans ohne kein keine keiner nicht senza sin without aucun nessun ningun geen niet nao sem brak \
    utan uden uten ei tidak khong bez не без غير بدون לא なし 없음 无 無 不 yok χωρισ невозможно
    """
  private static let things: StaticString = """
    number numero nummer rufnummer rufnummern telefonnummer id cid cli callerid name nom naam identite identity \
    identidad identita clid clip cnam ani 번호 号码 號碼 来电 來電 diketahui ubermittlung uebermittlung weergave αναγνωριση \
    определить מזוהה identification identificacion identificacao info information available verfugbar verfuegbar \
    beschikbaar disponible disponibile disponivel communique transmis identifie identificad identificat identificar \
    affiche attribue provided specified known present presentation ubermittelt uebermittelt angezeigt angabe bekannt \
    bekend comunicat comunicad mostrad mostrat shown displayed found fourni renseigne trasmess valid numer numeru \
    numeris numru cislo stevilka numara numar numur szam broj telefonszam dikenal xac định номер определен број \
    αριθμοσ αριθμου номера معروف متاح رقم الرقم 番号 정보 ידוע מספר 显示 顯示 主叫
    """
  private static let calls: StaticString = """
    call caller calling called appel appelant correspondant telephone telephonique telefon telefonic phone tel anruf \
    anrufer teilnehmer llamada llamante ligacao chamador chiamata chiamante abonne beller oproep chamada dzwoniacy \
    polaczenie samtal opkald anrop hovor volajici hivo hivas arayan apel κληση абонент вызов مكالمة שיחה 発信者 ユーザー \
    发送方 設定 oppringer namba 발신자 발신번호 표시 incoming inbound outgoing outbound entrant eingehend external extern \
    international invalid wireless cellular cellphone mobile tollfree landline portable gsm permanent nomor số tư \
    شماره नंबर voip clcc agi nmbr nr n num f from von da by de du des d l of est is ist es
    """
  private static let vague: StaticString = """
    person utente user party public publique pubblic offentlich oeffentlich out area zone par
    """
  private static let endings: StaticString = """
    e s es ee ees owy er en em o a i os as ous us ый ая ое о а ий ій οσ η ο υ
    """
  /// The short words that are written together with others: short ones are in many names.
  private static let shortParts: StaticString = "no not non id of out"
}
