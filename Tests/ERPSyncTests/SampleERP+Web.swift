extension SampleERP {
  /// ERPs that are on MariaDB.
  static let onMariaDB = [erpnext, espocrm, suitecrm]
  /// ERPs that are on PostgreSQL.
  static let onPostgreSQL = [erpnext, espocrm, axelor]

  private static let erpnext = SampleERP(
    profile: "erpnext",
    tables: """
      CREATE TABLE `tabCustomer` (name varchar(140) PRIMARY KEY, customer_name varchar(140),
        disabled smallint, mobile_no varchar(140), email_id varchar(140),
        customer_primary_address varchar(140), modified datetime(6));
      CREATE TABLE `tabSupplier` (name varchar(140) PRIMARY KEY, supplier_name varchar(140),
        disabled smallint, modified datetime(6));
      CREATE TABLE `tabLead` (name varchar(140) PRIMARY KEY, lead_name varchar(140),
        company_name varchar(140), phone varchar(140), mobile_no varchar(140),
        whatsapp_no varchar(140), email_id varchar(140), status varchar(140), modified datetime(6));
      CREATE TABLE `tabContact` (name varchar(140) PRIMARY KEY, first_name varchar(140),
        last_name varchar(140), email_id varchar(140), phone varchar(140), mobile_no varchar(140),
        modified datetime(6));
      CREATE TABLE `tabContact Phone` (name varchar(140) PRIMARY KEY, parent varchar(140),
        parenttype varchar(140), phone varchar(140), is_primary_mobile_no smallint);
      CREATE TABLE `tabDynamic Link` (name varchar(140) PRIMARY KEY, parent varchar(140),
        parenttype varchar(140), idx int, link_doctype varchar(140), link_name varchar(140));
      CREATE TABLE `tabAddress` (name varchar(140) PRIMARY KEY, address_line1 varchar(240),
        city varchar(140), pincode varchar(140), country varchar(140), phone varchar(140),
        fax varchar(140), modified datetime(6));
      INSERT INTO `tabCustomer` VALUES
        ('Café', 'Café Dupont', 0, '0639980002', '', 'Billing', '2026-11-22 10:00:00.5'),
        ('Fermé', 'Fermé', 1, '0353010005', NULL, NULL, '2026-11-22 10:00:00');
      INSERT INTO `tabSupplier` VALUES ('Weber', 'Weber GmbH', 0, '2026-11-22 10:00:00');
      INSERT INTO `tabLead` VALUES
        ('L1', 'Prospect SA', 'Prospect SA', '0353010003', NULL, '0639980003', NULL, 'Lead',
          '2026-11-22 10:00:00'),
        ('L2', 'Old', '', '0353010004', NULL, NULL, NULL, 'Converted', '2026-11-22 10:00:00');
      INSERT INTO `tabAddress` VALUES ('Billing', '1 rue du Port', 'Colmar', '68000', 'France',
        '0353010001', NULL, '2026-11-21 10:00:00');
      INSERT INTO `tabContact` VALUES
        ('Marie', 'Marie', 'Dupont', '', '', '0639980001', '2026-11-23 10:00:00'),
        ('Luc', 'Luc', NULL, NULL, '0353010008', NULL, '2026-11-22 10:00:00'),
        ('Eve', 'Eve', 'Seule', NULL, NULL, NULL, '2026-11-22 10:00:00'),
        ('Anna', 'Anna', NULL, NULL, '0353010011', NULL, '2026-11-22 10:00:00');
      INSERT INTO `tabContact Phone` VALUES ('p1', 'Marie', 'Contact', '0639980001', 1),
        ('p2', 'Marie', 'Contact', '03 53 01 00 10', 0), ('p3', 'Eve', 'Contact', '0353010009', 0);
      INSERT INTO `tabDynamic Link` VALUES
        ('d1', 'Marie', 'Contact', 2, 'Supplier', 'Weber'),
        ('d2', 'Marie', 'Contact', 1, 'Customer', 'Café'),
        ('d3', 'Luc', 'Contact', 1, 'Customer', 'Fermé'),
        ('d4', 'Anna', 'Contact', 1, 'Supplier', 'Weber');
      """,
    known: [
      ("0353010001", "Café Dupont"), ("0639980002", "Café Dupont"), ("0353010005", ""),
      ("0639980001", "Café Dupont/Marie Dupont"), ("0353010010", "Café Dupont/Marie Dupont"),
      ("0353010008", "Luc"), ("0353010009", "Eve Seule"), ("0353010011", "Weber GmbH/Anna"),
      ("0353010003", "Prospect SA"), ("0639980003", "Prospect SA"), ("0353010004", ""),
    ])

  private static let espocrm = SampleERP(
    profile: "espocrm",
    tables: """
      CREATE TABLE account (id varchar(24) PRIMARY KEY, name varchar(249), deleted boolean,
        type varchar(255), billing_address_street varchar(255),
        billing_address_postal_code varchar(40), billing_address_city varchar(100),
        billing_address_country varchar(100), modified_at datetime);
      CREATE TABLE contact (id varchar(24) PRIMARY KEY, deleted boolean, first_name varchar(100),
        last_name varchar(100), account_id varchar(24), address_street varchar(255),
        address_postal_code varchar(40), address_city varchar(100), address_country varchar(100),
        modified_at datetime);
      CREATE TABLE `lead` (id varchar(24) PRIMARY KEY, deleted boolean, first_name varchar(100),
        last_name varchar(100), account_name varchar(255), status varchar(255),
        address_street varchar(255), address_postal_code varchar(40), address_city varchar(100),
        address_country varchar(100), modified_at datetime);
      CREATE TABLE phone_number (id varchar(24) PRIMARY KEY, name varchar(36), deleted boolean,
        type varchar(255), `numeric` varchar(36), invalid boolean);
      CREATE TABLE entity_phone_number (id int PRIMARY KEY, entity_id varchar(24),
        phone_number_id varchar(24), entity_type varchar(100), deleted boolean);
      INSERT INTO account VALUES
        ('a1', 'Café Dupont', FALSE, 'Customer', '1 rue', '68000', 'Colmar', 'France',
          '2026-11-22 10:00:00'),
        ('a2', 'Deleted', TRUE, 'Customer', '', '', '', '', '2026-11-22 10:00:00'),
        ('a3', 'Weber GmbH', FALSE, 'Partner', '', '', '', 'Germany', NULL);
      INSERT INTO contact VALUES
        ('c1', FALSE, 'Marie', 'Dupont', 'a1', '', '', '', NULL, '2026-11-23 10:00:00'),
        ('c2', FALSE, NULL, 'Seule', 'a2', '', '', '', NULL, '2026-11-22 10:00:00');
      INSERT INTO `lead` VALUES
        ('l1', FALSE, 'Paul', 'P', 'Prospect SA', 'New', '', '', '', '', '2026-11-22 10:00:00'),
        ('l2', FALSE, 'Old', 'Lead', '', 'Converted', '', '', '', '', '2026-11-22 10:00:00');
      INSERT INTO phone_number VALUES
        ('n1', '+33353010001', FALSE, 'Office', '33353010001', FALSE),
        ('n2', '+33639980001', FALSE, 'Mobile', '33639980001', FALSE),
        ('n3', '+33353010003', FALSE, 'Fax', '33353010003', FALSE),
        ('n4', '+33353010005', FALSE, 'Office', '33353010005', FALSE),
        ('n5', '+33353010006', FALSE, 'Office', '33353010006', TRUE),
        ('n6', '+33353010007', FALSE, 'Other', '33353010007', FALSE),
        ('n7', '030 1234567', FALSE, NULL, NULL, FALSE);
      INSERT INTO entity_phone_number VALUES
        (1, 'a1', 'n1', 'Account', FALSE), (2, 'c1', 'n2', 'Contact', FALSE),
        (3, 'a1', 'n3', 'Account', FALSE), (4, 'a2', 'n4', 'Account', FALSE),
        (5, 'a1', 'n5', 'Account', FALSE), (6, 'c2', 'n6', 'Contact', FALSE),
        (7, 'l1', 'n4', 'Lead', TRUE), (8, 'l1', 'n6', 'Lead', FALSE),
        (9, 'l2', 'n6', 'Lead', FALSE), (10, 'a3', 'n7', 'Account', FALSE);
      """,
    known: [
      ("0353010001", "Café Dupont"), ("0639980001", "Café Dupont/Marie Dupont"),
      ("0353010003", "Café Dupont"), ("0353010005", ""), ("0353010006", ""),
      ("0353010007", "Prospect SA, Paul P + Seule"), ("+49301234567", "Weber GmbH"),
    ])

  private static let suitecrm = SampleERP(
    profile: "suitecrm",
    tables: """
      CREATE TABLE accounts (id char(36) PRIMARY KEY, name varchar(150), date_modified datetime,
        deleted tinyint(1), account_type varchar(50), billing_address_street varchar(150),
        billing_address_city varchar(100), billing_address_postalcode varchar(20),
        billing_address_country varchar(255), phone_office varchar(100), phone_alternate varchar(100),
        phone_fax varchar(100));
      CREATE TABLE contacts (id char(36) PRIMARY KEY, date_modified datetime, deleted tinyint(1),
        first_name varchar(100), last_name varchar(100), primary_address_street varchar(150),
        primary_address_city varchar(100), primary_address_postalcode varchar(20),
        primary_address_country varchar(255), phone_home varchar(100), phone_mobile varchar(100),
        phone_work varchar(100), phone_other varchar(100), phone_fax varchar(100));
      CREATE TABLE leads LIKE contacts;
      ALTER TABLE leads ADD converted tinyint(1), ADD account_name varchar(255);
      CREATE TABLE accounts_contacts (id varchar(36) PRIMARY KEY, contact_id varchar(36),
        account_id varchar(36), date_modified datetime, deleted tinyint(1));
      CREATE TABLE email_addresses (id char(36), email_address varchar(255), deleted tinyint(1));
      CREATE TABLE email_addr_bean_rel (id char(36), email_address_id char(36), bean_id char(36),
        primary_address tinyint(1), deleted tinyint(1));
      CREATE TABLE accounts_cstm (id_c char(36) PRIMARY KEY, gate_c varchar(100));
      INSERT INTO accounts VALUES
        ('a1', 'Café Dupont', '2026-11-22 10:00:00', 0, 'Customer', '', 'Colmar', '68000', 'France',
          '03 53 01 00 01', '0353010002', NULL),
        ('a2', 'Deleted', '0000-00-00 00:00:00', 1, '', '', '', '', '', '0353010005', '', '');
      INSERT INTO contacts VALUES
        ('c1', '2026-11-23 10:00:00', 0, 'Marie', 'Dupont', '', '', '', '', '0353010006',
          '0639980001', NULL, '', ''),
        ('c2', '2026-11-22 10:00:00', 0, NULL, 'Seule', '', '', '', '', '', '', '0353010007', '', '');
      INSERT INTO leads VALUES
        ('l1', '2026-11-22 10:00:00', 0, 'Paul', 'P', '', '', '', '', '', '0639980003', '', '', '', 0,
          'Prospect SA'),
        ('l2', '2026-11-22 10:00:00', 0, '', '', '', '', '', '', '', '0639980004', '', '', '', 1, 'O');
      INSERT INTO accounts_contacts VALUES ('j1', 'c1', 'a1', '2026-11-22 10:00:00', 0),
        ('j2', 'c2', 'a2', '2026-11-22 10:00:00', 0), ('j3', 'c2', 'a1', '2026-11-22 10:00:00', 1);
      INSERT INTO accounts_cstm VALUES ('a1', '0353010009');
      """, columns: ["account_own": "u.gate_c"],
    known: [
      ("0353010001", "Café Dupont"), ("0353010002", "Café Dupont"), ("0353010009", "Café Dupont"),
      ("0353010005", ""), ("0639980001", "Café Dupont/Marie Dupont"),
      ("0353010006", "Café Dupont/Marie Dupont"), ("0353010007", "Seule"),
      ("0639980003", "Prospect SA, Paul P"), ("0639980004", ""),
    ])

  private static let axelor = SampleERP(
    profile: "axelor",
    tables: """
      CREATE TABLE base_country (id bigint PRIMARY KEY, name varchar(255), alpha2code varchar(2));
      CREATE TABLE base_city (id bigint PRIMARY KEY, name varchar(255));
      CREATE TABLE base_address (id bigint PRIMARY KEY, addressl4 varchar(255), zip varchar(255),
        city bigint, addressl7country bigint);
      CREATE TABLE message_email_address (id bigint PRIMARY KEY, address varchar(255));
      CREATE TABLE base_partner (id bigint PRIMARY KEY, archived boolean, created_on datetime,
        updated_on datetime, partner_seq varchar(255), name varchar(255), first_name varchar(255),
        full_name varchar(255), is_customer boolean, is_prospect boolean, is_supplier boolean,
        is_employee boolean, fixed_phone varchar(255), mobile_phone varchar(255),
        main_partner bigint, main_address bigint, email_address bigint);
      INSERT INTO base_country VALUES (1, 'FRANCE', 'FR'), (2, 'ALLEMAGNE', 'DE');
      INSERT INTO base_city VALUES (1, 'Colmar');
      INSERT INTO base_address VALUES (1, '1 rue du Port', '68000', 1, 1), (2, NULL, NULL, NULL, 2);
      INSERT INTO base_partner VALUES
        (1, NULL, '2026-11-22 10:00:00', NULL, 'P0001', 'Café Dupont', NULL, '', TRUE, NULL, NULL,
          NULL, '03.53.01.00.01', NULL, NULL, 1, NULL),
        (2, NULL, '2026-11-22 10:00:00', '2026-11-23 10:00:00', NULL, 'Dupont', 'Marie', '', NULL,
          NULL, NULL, FALSE, NULL, '06 39 98 00 01', 1, NULL, NULL),
        (3, TRUE, '2026-11-22 10:00:00', NULL, 'P0003', 'Archived', NULL, '', TRUE, NULL, NULL, NULL,
          '0353010005', NULL, NULL, NULL, NULL),
        (4, NULL, '2026-11-22 10:00:00', NULL, 'P0004', 'Weber', NULL, '', NULL, NULL, TRUE, NULL,
          '030 1234567', NULL, NULL, 2, NULL),
        (5, NULL, '2026-11-22 10:00:00', NULL, 'P0005', 'Employee', NULL, '', NULL, NULL, NULL, TRUE,
          '0353010006', NULL, NULL, NULL, NULL),
        (6, NULL, '2026-11-22 10:00:00', NULL, NULL, 'Seule', 'Eve', '', NULL, NULL, NULL, FALSE,
          '0353010007 / 0353010008', NULL, NULL, NULL, NULL),
        (7, NULL, NULL, NULL, 'P0007', '', '', 'P0007', NULL, TRUE, NULL, NULL, '0353010009', NULL,
          NULL, NULL, NULL),
        (8, NULL, '2026-11-22 10:00:00', NULL, NULL, 'Rest', 'Ugo', '', NULL, NULL, NULL, FALSE,
          '0353010010', NULL, 3, NULL, NULL);
      """,
    known: [
      ("0353010001", "Café Dupont"), ("0639980001", "Café Dupont/Marie Dupont"),
      ("0353010005", ""), ("+49301234567", "Weber"), ("0353010006", ""),
      ("0353010007", "Eve Seule"), ("0353010008", "Eve Seule"), ("0353010009", "P0007"),
      ("0353010010", "Ugo Rest"),
    ])
}
