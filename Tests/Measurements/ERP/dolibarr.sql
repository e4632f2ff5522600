-- Dolibarr's third parties, and a contact for every tenth of them. The server keeps the dates itself, and
-- none of Dolibarr's indexes holds one.
CREATE TABLE llx_c_country (rowid integer PRIMARY KEY, code varchar(2));
INSERT INTO llx_c_country VALUES (1, 'FR');
CREATE TABLE llx_societe (rowid integer AUTO_INCREMENT PRIMARY KEY, nom varchar(128), name_alias varchar(128),
  entity integer DEFAULT 1, code_client varchar(24), code_fournisseur varchar(24), status tinyint DEFAULT 1,
  client tinyint DEFAULT 0, fournisseur tinyint DEFAULT 0, address varchar(255), zip varchar(25),
  town varchar(50), fk_pays integer DEFAULT 0, phone varchar(20), phone_mobile varchar(20), fax varchar(20),
  email varchar(128), tms timestamp DEFAULT current_timestamp ON UPDATE current_timestamp,
  UNIQUE (code_client, entity));
INSERT INTO llx_societe (rowid, nom, code_client, client, address, zip, town, fk_pays, phone, phone_mobile,
  email, tms)
SELECT seq, CONCAT('Société ', seq), CONCAT('C', seq), 1, CONCAT(seq % 300, ' rue des Tanneurs'), '67000',
  'Strasbourg', 1, CONCAT('+331', LPAD(seq * 48271 % 100000000, 8, '0')),
  CONCAT('+337', LPAD(30000000 + seq * 69621 % 50000000, 8, '0')), CONCAT('c', seq, '@example.com'),
  TIMESTAMP '2026-01-01 00:00:00' + INTERVAL seq SECOND
FROM seq_1_to_100000000 WHERE seq <= @count;
CREATE TABLE llx_socpeople (rowid integer AUTO_INCREMENT PRIMARY KEY, fk_soc integer, entity integer DEFAULT 1,
  lastname varchar(50), firstname varchar(50), address varchar(255), zip varchar(25), town varchar(255),
  fk_pays integer DEFAULT 0, phone varchar(30), phone_perso varchar(30), phone_mobile varchar(30),
  fax varchar(30), email varchar(255), priv smallint DEFAULT 0, statut tinyint DEFAULT 1,
  tms timestamp DEFAULT current_timestamp ON UPDATE current_timestamp, KEY (fk_soc));
INSERT INTO llx_socpeople (rowid, fk_soc, lastname, firstname, phone_mobile, tms)
SELECT seq, seq * 10, CONCAT('Muller ', seq), 'Anne',
  CONCAT('+336', LPAD(seq * 69621 % 100000000, 8, '0')), TIMESTAMP '2026-01-01 00:00:00' + INTERVAL seq SECOND
FROM seq_1_to_100000000 WHERE seq <= @count DIV 10;
ANALYZE TABLE llx_societe, llx_socpeople, llx_c_country;
