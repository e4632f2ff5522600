extension SampleERP {
  /// ERPs that are on SQL Server, in the part of its language that MariaDB has too.
  static let onSQLServer = [sage100, divalto, weavy]

  private static let sage100 = SampleERP(
    profile: "sage100",
    tables: """
      CREATE TABLE F_COMPTET (CT_Num varchar(17) PRIMARY KEY, CT_Intitule varchar(69), CT_Type smallint,
        CT_Adresse varchar(35), CT_CodePostal varchar(9), CT_Ville varchar(35), CT_Pays varchar(35),
        CT_Telephone varchar(21), CT_Telecopie varchar(21), CT_EMail varchar(69), CT_Sommeil smallint,
        CT_Prospect smallint, cbModification datetime);
      CREATE TABLE F_CONTACTT (CT_No int, CT_Num varchar(17), CT_Nom varchar(35), CT_Prenom varchar(35),
        CT_Telephone varchar(21), CT_TelPortable varchar(21), CT_Telecopie varchar(21),
        CT_EMail varchar(69), cbModification datetime);
      INSERT INTO F_COMPTET VALUES
        ('DUPONT', 'Café Dupont', 0, '1 rue du Port', '68000', 'Colmar', 'FRANCE', '03.53.01.00.01',
          '', '', 0, 0, '2026-11-22 10:00:00'),
        ('WEBER', 'Weber GmbH', 1, '', '', 'Kehl', 'Allemagne', '030 1234567', NULL, NULL, 0, 0,
          '2026-11-22 10:00:00'),
        ('PROS', 'Prospect SA', 0, '', '', '', '', '0353010003/0353010004', NULL, '', 0, 1, NULL),
        ('DORT', 'Dormant', 0, '', '', '', '', '0353010005', '', '', 1, 0, '2026-11-22 10:00:00'),
        ('EMPL', 'Salarié', 2, '', '', '', '', '0353010006', '', '', 0, 0, '2026-11-22 10:00:00'),
        ('VIDE', NULL, 0, '', '', '', '', '0353010007', '', '', 0, 0, '0000-00-00 00:00:00');
      INSERT INTO F_CONTACTT VALUES
        (1, 'DUPONT', 'Dupont', 'Marie', NULL, '06 39 98 00 01', '', '', '2026-11-23 10:00:00'),
        (2, 'DORT', 'Parti', 'Luc', '0353010008', '', '', '', '2026-11-22 10:00:00'),
        (3, 'NIX', 'Seule', NULL, '0353010009', '', '', '', '2026-11-22 10:00:00');
      """, encoding: "latin1",
    known: [
      ("0353010001", "Café Dupont"), ("0639980001", "Café Dupont/Marie Dupont"),
      ("+49301234567", "Weber GmbH"), ("0353010003", "Prospect SA"), ("0353010004", "Prospect SA"),
      ("0353010005", ""), ("0353010006", ""), ("0353010008", "Luc Parti"), ("0353010009", "Seule"),
    ])

  private static let divalto = SampleERP(
    profile: "divalto",
    tables: """
      CREATE TABLE Client (CE1 char(1), DOS char(8), TIERS char(20), NOM char(40), ADR char(40),
        CPOSTAL char(10), VIL char(32), PAY char(3), TEL char(20), TELGSM char(20), FAX char(20),
        GATE char(20), EMAIL char(80), HSDT date, USERCRDH datetime, USERMODH datetime);
      CREATE TABLE FOU (CE1 char(1), DOS char(8), TIERS char(20), NOM char(40), TEL char(20));
      CREATE TABLE PRO LIKE Client;
      CREATE TABLE T2 (DOS char(8), TIERS char(20), CONTACT char(8), TICOD char(1), NOM char(40),
        PRENOM char(40), TEL char(20), TELPORT char(20), EMAIL char(80), USERCRDH datetime,
        USERMODH datetime);
      CREATE TABLE T013 (DOS char(8), PAY char(3), CODEISO char(2));
      INSERT INTO T013 VALUES ('1', 'F', 'FR'), ('2', 'F', 'FR'), ('1', 'D', 'DE');
      INSERT INTO Client VALUES
        ('3', '1', 'C0001', 'Café Dupont', '1 rue', '68000', 'Colmar', 'F', '03.53.01.00.01', '', '',
          '0353010010', '', NULL, '2026-11-22 10:00:00', NULL),
        ('3', '2', 'C0001', 'Other dossier', '', '', '', 'F', '0353010002', '', '', '', '',
          '0000-00-00', '2026-11-22 10:00:00', '2026-11-22 11:00:00'),
        ('3', '1', 'C0003', 'Closed', '', '', '', 'F', '0353010005', '', '', '', '', '2020-01-01',
          '2026-11-22 10:00:00', NULL),
        ('3', '1', 'C0004', 'Weber', '', '', '', 'D', '030 1234567', NULL, NULL, NULL, NULL, NULL,
          NULL, NULL),
        ('3', '1', 'C0006', 'To be closed', '', '', '', 'F', '0353010008', '', '', '', '', '2999-01-01',
          NULL, NULL),
        ('9', '1', 'C0005', 'No customer', '', '', '', 'F', '0353010009', '', '', '', '', NULL, NULL,
          NULL);
      INSERT INTO FOU VALUES ('4', '1', 'F0001', 'Supplier', '0353010003');
      INSERT INTO PRO VALUES ('2', '1', 'P0001', 'Prospect', '', '', '', 'F', '0353010004',
        '0639980002', '', '', '', NULL, '2026-11-22 10:00:00', NULL);
      INSERT INTO T2 VALUES
        ('1', 'C0001', '1', 'C', 'Dupont', 'Marie', '', '0639980001', '', '2026-11-22 10:00:00',
          '2026-11-23 10:00:00'),
        ('1', 'F0001', '1', 'F', 'Weber', NULL, '0353010006', NULL, '', NULL, NULL),
        ('1', 'X', '1', 'C', 'Seule', 'Eve', '0353010007', '', '', NULL, NULL);
      """, encoding: "latin1", columns: ["dossiers": "'1'", "phone2": "t.GATE"],
    known: [
      ("0353010001", "Café Dupont"), ("0353010010", "Café Dupont"), ("0353010002", ""),
      ("0639980001", "Café Dupont/Marie Dupont"), ("0353010005", ""), ("+49301234567", "Weber"),
      ("0353010009", ""), ("0353010003", "Supplier"), ("0639980002", "Prospect"),
      ("0353010008", "To be closed"), ("0353010006", "Supplier/Weber"), ("0353010007", "Eve Seule"),
    ])

  private static let weavy = SampleERP(
    profile: "weavy",
    tables: """
      CREATE TABLE sw_data_customer (customer_ID int PRIMARY KEY, codecustomer varchar(40),
        name varchar(255), address1 varchar(255), postalCode varchar(20), city varchar(80),
        phoneNumber varchar(64), mobilePhoneNumber varchar(64), faxNumber varchar(64),
        email varchar(255), generictype_ID_country varchar(40), closedDate datetime);
      CREATE TABLE sw_data_customercontact (customercontact_ID int PRIMARY KEY, customer_ID int,
        lastName varchar(80), firstName varchar(80), phoneNumber varchar(64),
        mobilePhoneNumber varchar(64), faxNumber varchar(64), email varchar(255), closedDate datetime);
      INSERT INTO sw_data_customer VALUES
        (1, 'C1', 'Café Dupont', '1 rue', '68000', 'Colmar', '03 53 01 00 01', NULL, NULL, NULL,
          'COUNTRY-FR', NULL),
        (2, 'C2', 'Closed', '', '', '', '0353010005', '', '', '', 'COUNTRY-FR', '2020-01-01'),
        (3, 'C3', 'Weber', '', '', 'Kehl', '030 1234567', '', '', '', 'COUNTRY-DE', '0000-00-00');
      INSERT INTO sw_data_customercontact VALUES
        (1, 1, 'Dupont', 'Marie', NULL, '0639980001', '', '', NULL),
        (2, 2, 'Gone', 'Luc', '0353010006', '', '', '', NULL),
        (3, 1, 'Left', NULL, '0353010007', '', '', '', '2021-01-01'),
        (4, 1, 'Leaves', NULL, '0353010008', '', '', '', '2999-01-01');
      """,
    known: [
      ("0353010001", "Café Dupont"), ("0639980001", "Café Dupont/Marie Dupont"),
      ("0353010005", ""), ("0353010006", "Luc Gone"), ("0353010007", ""),
      ("0353010008", "Café Dupont/Leaves"),
      ("+49301234567", "Weber"),
    ])
}
