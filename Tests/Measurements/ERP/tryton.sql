-- Tryton's parties, with an address, an e-mail address and two numbers each; every second one has a sale.
-- The indexes are those that Tryton makes: none of them holds a date.
CREATE TABLE country_country (id integer PRIMARY KEY, code varchar(2));
INSERT INTO country_country VALUES (1, 'FR');
CREATE TABLE party_party (id integer PRIMARY KEY, code varchar UNIQUE NOT NULL, name varchar, active boolean,
  replaced_by integer, create_date timestamp(6), write_date timestamp(6));
INSERT INTO party_party
SELECT i, 'C' || i, 'Société ' || i, true, NULL, timestamp '2026-01-01' + i * interval '1 second', NULL
FROM generate_series(1, :count) i;
CREATE TABLE party_address (id integer PRIMARY KEY, party integer, street text, postal_code varchar,
  city varchar, country integer, sequence integer, active boolean, create_date timestamp(6),
  write_date timestamp(6));
INSERT INTO party_address
SELECT i, i, i % 300 || ' rue des Tanneurs', '67000', 'Strasbourg', 1, NULL, true,
  timestamp '2026-01-01' + i * interval '1 second', NULL
FROM generate_series(1, :count) i;
CREATE TABLE party_contact_mechanism (id integer PRIMARY KEY, party integer, type varchar, value varchar,
  value_compact varchar, name varchar, sequence integer, active boolean, create_date timestamp(6),
  write_date timestamp(6));
INSERT INTO party_contact_mechanism
SELECT i * 3 + m, i, (ARRAY['phone', 'mobile', 'email'])[m + 1], value, replace(value, ' ', ''), NULL, NULL,
  true, timestamp '2026-01-01' + i * interval '1 second', NULL
FROM generate_series(1, :count) i, generate_series(0, 2) m, LATERAL (SELECT CASE m
  WHEN 0 THEN '+33 1 ' || to_char(i::bigint * 48271 % 100000000, 'FM00 00 00 00')
  WHEN 1 THEN '+33 7 ' || to_char(30000000 + i::bigint * 69621 % 50000000, 'FM00 00 00 00')
  ELSE 'c' || i || '@example.com' END AS value) v;
CREATE TABLE sale_sale (id integer PRIMARY KEY, party integer, state varchar);
INSERT INTO sale_sale SELECT i, i * 2, 'done' FROM generate_series(1, :count / 2) i;
CREATE TABLE purchase_purchase (id integer PRIMARY KEY, party integer, state varchar);
CREATE TABLE account_invoice (id integer PRIMARY KEY, party integer, type varchar, state varchar);
CREATE TABLE party_category (id integer PRIMARY KEY, name varchar);
CREATE TABLE party_category_rel (id integer PRIMARY KEY, party integer, category integer);
CREATE TABLE party_relation (id integer PRIMARY KEY, from_ integer, "to" integer, type integer);
CREATE INDEX ON party_address (party);
CREATE INDEX ON party_contact_mechanism (party);
CREATE INDEX ON sale_sale (party);
CREATE INDEX ON purchase_purchase (party);
CREATE INDEX ON account_invoice (party);
CREATE INDEX ON party_category_rel (party);
CREATE INDEX ON party_relation (from_);
