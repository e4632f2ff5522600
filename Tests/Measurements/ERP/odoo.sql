-- Odoo's partners, with an index on the date of change. Names as PartyFile.swift makes them.
CREATE TABLE res_partner (id integer PRIMARY KEY, name varchar, complete_name varchar, ref varchar,
  phone varchar, mobile varchar, email varchar, street varchar, street2 varchar, zip varchar, city varchar,
  country_id integer, parent_id integer, commercial_partner_id integer, type varchar, active boolean,
  is_company boolean, partner_share boolean, customer_rank integer, supplier_rank integer,
  create_date timestamp, write_date timestamp);
INSERT INTO res_partner
SELECT i, 'Société ' || name, 'Société ' || name, 'C' || i,
  '+33 1 ' || to_char(i::bigint * 48271 % 100000000, 'FM00 00 00 00'),
  '+33 7 ' || to_char(30000000 + i::bigint * 69621 % 50000000, 'FM00 00 00 00'),
  'c' || i || '@example.com', i % 300 || ' rue des Tanneurs', NULL, '67000', 'Strasbourg', 1, NULL, i,
  'contact', true, true, true, 1, 0, '2026-01-01', timestamp '2026-01-01' + i * interval '1 second'
FROM generate_series(1, :count) i, translate(to_char(i, 'FM00000000'), '0123456789',
  CASE i % 2 WHEN 0 THEN 'ABCDEFGHIJ' ELSE 'KLMNOPQRST' END) name;
CREATE INDEX ON res_partner (write_date);
CREATE INDEX ON res_partner (commercial_partner_id);
-- What nobody in peers' queries has, and somebody could.
CREATE INDEX last_digits ON res_partner (right(regexp_replace(phone, '[^0-9]', '', 'g'), 8));
CREATE TABLE res_country (id integer PRIMARY KEY, code varchar(2));
INSERT INTO res_country VALUES (1, 'FR');
