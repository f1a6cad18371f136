-- DBMS_CRYPTO, DBMS_OBFUSCATION_TOOLKIT and DBMS_RANDOM. PL/SQL Packages and Types Reference 19c.

-- _digest(bytes, algorithm)
-- for: DBMS_CRYPTO.HASH: by PostgreSQL itself where it can, MD4 and SHA-1 by pgcrypto
CREATE OR REPLACE FUNCTION landfall._digest(b bytea, algorithm text) RETURNS bytea
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  r bytea;
BEGIN
  CASE algorithm
    WHEN 'md5' THEN RETURN pg_catalog.decode(pg_catalog.md5(b), 'hex');
    WHEN 'sha256' THEN RETURN pg_catalog.sha256(b);
    WHEN 'sha384' THEN RETURN pg_catalog.sha384(b);
    WHEN 'sha512' THEN RETURN pg_catalog.sha512(b);
    ELSE
      EXECUTE 'SELECT ' || landfall._extension('pgcrypto') || 'digest($1, $2)' INTO r USING b, algorithm;
      RETURN r;
  END CASE;
END $$;

-- dbms_crypto_hash(source, type)
-- for: DBMS_CRYPTO.HASH: 1 MD4, 2 MD5, 3 SHA-1, 4 SHA-256, 5 SHA-384, 6 SHA-512 of a RAW, BLOB or CLOB (in UTF-8)
-- note: MD4 and SHA-1 need the extension pgcrypto (MD4 an OpenSSL that has it); the others do not.
CREATE OR REPLACE FUNCTION landfall.dbms_crypto_hash(src bytea, typ integer) RETURNS bytea
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF typ NOT BETWEEN 1 AND 6 THEN
    RAISE EXCEPTION 'ORA-28817: PL/SQL function returned an error: hash type %', typ USING ERRCODE = landfall.sqlstate(-28817);
  END IF;
  RETURN landfall._digest(src, (ARRAY['md4', 'md5', 'sha1', 'sha256', 'sha384', 'sha512'])[typ]);
END $$;
CREATE OR REPLACE FUNCTION landfall.dbms_crypto_hash(src text, typ integer) RETURNS bytea
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.dbms_crypto_hash(pg_catalog.convert_to(src, 'UTF8'), typ) $$;

-- dbms_crypto_mac(source, type, key)
-- for: DBMS_CRYPTO.MAC: HMAC (RFC 2104) with 1 MD5, 2 SHA-1, 3 SHA-256, 4 SHA-384, 5 SHA-512
-- note: SHA-1 needs the extension pgcrypto.
CREATE OR REPLACE FUNCTION landfall.dbms_crypto_mac(src bytea, typ integer, key bytea) RETURNS bytea
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  algorithm text := (ARRAY['md5', 'sha1', 'sha256', 'sha384', 'sha512'])[typ];
  block integer := CASE WHEN typ >= 4 THEN 128 ELSE 64 END;
  inner_pad bytea;
  outer_pad bytea;
BEGIN
  IF algorithm IS NULL THEN
    RAISE EXCEPTION 'ORA-28817: PL/SQL function returned an error: MAC type %', typ USING ERRCODE = landfall.sqlstate(-28817);
  END IF;
  IF pg_catalog.length(key) > block THEN
    key := landfall._digest(key, algorithm);
  END IF;
  inner_pad := landfall._raw_bits(pg_catalog.decode(pg_catalog.repeat('36', block), 'hex'), key, '#');
  outer_pad := landfall._raw_bits(pg_catalog.decode(pg_catalog.repeat('5c', block), 'hex'), key, '#');
  RETURN landfall._digest(outer_pad || landfall._digest(inner_pad || src, algorithm), algorithm);
END $$;
CREATE OR REPLACE FUNCTION landfall.dbms_crypto_mac(src text, typ integer, key bytea) RETURNS bytea
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.dbms_crypto_mac(pg_catalog.convert_to(src, 'UTF8'), typ, key) $$;

-- _cipher(type)
-- for: DBMS_CRYPTO's block cipher suites as pgcrypto names them; padding with zeros is done by the caller
CREATE OR REPLACE FUNCTION landfall._cipher(typ integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  algorithm text := CASE typ & 255 WHEN 1 THEN 'des' WHEN 3 THEN '3des' WHEN 6 THEN 'aes' WHEN 7 THEN 'aes' WHEN 8 THEN 'aes' END;
  chain text := CASE typ & 3840 WHEN 256 THEN 'cbc' WHEN 768 THEN 'ecb' END;
  pad text := CASE typ & 61440 WHEN 4096 THEN 'pkcs' WHEN 8192 THEN 'none' WHEN 12288 THEN 'none' END;
BEGIN
  IF algorithm IS NULL OR chain IS NULL OR pad IS NULL THEN
    RAISE EXCEPTION 'DBMS_CRYPTO cipher suite % is not there: pgcrypto has AES, DES, 3DES with CBC or ECB', typ USING ERRCODE = 'feature_not_supported';
  END IF;
  RETURN algorithm || '-' || chain || '/pad:' || pad;
END $$;

-- dbms_crypto_encrypt(source, type, key [, iv])
-- for: DBMS_CRYPTO.ENCRYPT: AES, DES, 3DES with CBC or ECB and PKCS5, zero or no padding; a CLOB in UTF-8
-- note: Other ciphers and chain modes (RC4, CFB, OFB, GCM) raise feature_not_supported. Keys are not derived: 16, 24 or 32 bytes for AES.
-- needs: pgcrypto
CREATE OR REPLACE FUNCTION landfall.dbms_crypto_encrypt(src bytea, typ integer, key bytea, iv bytea DEFAULT NULL) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  r bytea;
  block integer := CASE WHEN typ & 255 >= 6 THEN 16 ELSE 8 END;
BEGIN
  IF src IS NULL OR key IS NULL THEN
    RAISE EXCEPTION 'ORA-28233: source data or key is NULL' USING ERRCODE = landfall.sqlstate(-28233);
  ELSIF pg_catalog.length(key) <> (CASE typ & 255 WHEN 1 THEN 8 WHEN 3 THEN 24 WHEN 6 THEN 16 WHEN 7 THEN 24 WHEN 8 THEN 32 ELSE pg_catalog.length(key) END) THEN
    RAISE EXCEPTION 'ORA-28234: key length too short or wrong: % bytes', pg_catalog.length(key) USING ERRCODE = landfall.sqlstate(-28234);
  END IF;
  IF typ & 61440 = 12288 THEN
    src := src || pg_catalog.decode(pg_catalog.repeat('00', (block - pg_catalog.length(src) % block) % block), 'hex');
  END IF;
  EXECUTE 'SELECT ' || landfall._extension('pgcrypto') || 'encrypt_iv($1, $2, $3, $4)' INTO r
    USING src, key, coalesce(iv, pg_catalog.decode(pg_catalog.repeat('00', block), 'hex')), landfall._cipher(typ);
  RETURN r;
END $$;
CREATE OR REPLACE FUNCTION landfall.dbms_crypto_encrypt(src text, typ integer, key bytea, iv bytea DEFAULT NULL) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT landfall.dbms_crypto_encrypt(pg_catalog.convert_to(src, 'UTF8'), typ, key, iv) $$;

-- dbms_crypto_decrypt(source, type, key [, iv])
-- for: DBMS_CRYPTO.DECRYPT: as for dbms_crypto_encrypt
-- note: Zero padding is not taken off, as in Oracle.
-- needs: pgcrypto
CREATE OR REPLACE FUNCTION landfall.dbms_crypto_decrypt(src bytea, typ integer, key bytea, iv bytea DEFAULT NULL) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  r bytea;
BEGIN
  IF src IS NULL OR key IS NULL THEN
    RAISE EXCEPTION 'ORA-28233: source data or key is NULL' USING ERRCODE = landfall.sqlstate(-28233);
  END IF;
  EXECUTE 'SELECT ' || landfall._extension('pgcrypto') || 'decrypt_iv($1, $2, $3, $4)' INTO r
    USING src, key, coalesce(iv, pg_catalog.decode(pg_catalog.repeat('00', CASE WHEN typ & 255 >= 6 THEN 16 ELSE 8 END), 'hex')), landfall._cipher(typ);
  RETURN r;
END $$;

-- dbms_crypto_randombytes(number)
-- for: DBMS_CRYPTO.RANDOMBYTES
-- note: From the server's source of random UUIDs, hashed: needs no extension.
CREATE OR REPLACE FUNCTION landfall.dbms_crypto_randombytes(number_bytes integer) RETURNS bytea
LANGUAGE sql VOLATILE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.substr(pg_catalog.string_agg(pg_catalog.sha256(pg_catalog.uuid_send(pg_catalog.gen_random_uuid()) || pg_catalog.uuid_send(pg_catalog.gen_random_uuid())), '\x'), 1, number_bytes)
  FROM pg_catalog.generate_series(0, (number_bytes - 1) / 32) AS i $$;

-- dbms_crypto_randominteger()
-- for: DBMS_CRYPTO.RANDOMINTEGER: any BINARY_INTEGER
CREATE OR REPLACE FUNCTION landfall.dbms_crypto_randominteger() RETURNS integer
LANGUAGE sql VOLATILE PARALLEL SAFE AS $$ SELECT ('x' || pg_catalog.encode(landfall.dbms_crypto_randombytes(4), 'hex'))::bit(32)::integer $$;

-- dbms_crypto_randomnumber()
-- for: DBMS_CRYPTO.RANDOMNUMBER: an integer from 0 to 2^128 - 1
CREATE OR REPLACE FUNCTION landfall.dbms_crypto_randomnumber() RETURNS numeric
LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT pg_catalog.sum(pg_catalog.get_byte(b, i)::numeric * pg_catalog.round(pg_catalog.power(256::numeric, i)))
  FROM (SELECT landfall.dbms_crypto_randombytes(16)) AS r(b), pg_catalog.generate_series(0, 15) AS i $$;

-- dbms_obfuscation_toolkit_md5(input)
-- for: DBMS_OBFUSCATION_TOOLKIT.MD5
-- note: For a text Oracle gives the 16 bytes as a VARCHAR2, which no PostgreSQL text can hold: here they are bytea in both forms; UTL_RAW.CAST_TO_RAW of it is the same bytes.
CREATE OR REPLACE FUNCTION landfall.dbms_obfuscation_toolkit_md5(input bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.decode(pg_catalog.md5(input), 'hex') $$;
CREATE OR REPLACE FUNCTION landfall.dbms_obfuscation_toolkit_md5(input_string text) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.decode(pg_catalog.md5(pg_catalog.convert_to(input_string, 'UTF8')), 'hex') $$;

-- dbms_random_value([low, high])
-- for: DBMS_RANDOM.VALUE: 38 digits from 0, or from low, up to but without 1 or high
-- note: PostgreSQL's generator: other numbers than Oracle's for a seed.
CREATE OR REPLACE FUNCTION landfall.dbms_random_value() RETURNS numeric
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN (pg_catalog.floor(pg_catalog.random() * 10000000000000)::numeric * 10000000000000 + pg_catalog.floor(pg_catalog.random() * 10000000000000)::numeric) * 1e-26
    + pg_catalog.floor(pg_catalog.random() * 1000000000000)::numeric * 1e-38;
END $$;
CREATE OR REPLACE FUNCTION landfall.dbms_random_value(low numeric, high numeric) RETURNS numeric
LANGUAGE sql VOLATILE STRICT AS $$ SELECT low + landfall.dbms_random_value() * (high - low) $$;

-- dbms_random_string(kind, length)
-- for: DBMS_RANDOM.STRING: u upper, l lower, a letters of both, x upper and digits, p printable; anything else is u
CREATE OR REPLACE FUNCTION landfall.dbms_random_string(opt text, len numeric) RETURNS text
LANGUAGE sql VOLATILE STRICT AS $$
  SELECT pg_catalog.string_agg(pg_catalog.substr(s, 1 + pg_catalog.floor(pg_catalog.random() * pg_catalog.length(s))::integer, 1), '')
  FROM (SELECT CASE pg_catalog.lower(opt) WHEN 'l' THEN 'abcdefghijklmnopqrstuvwxyz' WHEN 'a' THEN 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
      WHEN 'x' THEN 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
      WHEN 'p' THEN ' !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~'
      ELSE 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' END) AS a(s), pg_catalog.generate_series(1, pg_catalog.trunc(len)::integer) $$;

-- dbms_random_normal()
-- for: DBMS_RANDOM.NORMAL: normal distribution, by the method of Box and Muller
CREATE OR REPLACE FUNCTION landfall.dbms_random_normal() RETURNS numeric
LANGUAGE sql VOLATILE AS $$ SELECT (pg_catalog.sqrt(-2 * pg_catalog.ln(1 - pg_catalog.random())) * pg_catalog.cos(2 * pg_catalog.pi() * pg_catalog.random()))::numeric $$;

-- dbms_random_random()
-- for: DBMS_RANDOM.RANDOM: any integer of 32 bits
CREATE OR REPLACE FUNCTION landfall.dbms_random_random() RETURNS integer
LANGUAGE sql VOLATILE AS $$ SELECT (pg_catalog.floor(pg_catalog.random() * 4294967296) - 2147483648)::integer $$;

-- dbms_random_seed(number or text)
-- for: DBMS_RANDOM.SEED: the same numbers again in this session
CREATE OR REPLACE PROCEDURE landfall.dbms_random_seed(val integer)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_catalog.setseed((val % 1000003)::double precision / 1000003);
END $$;
CREATE OR REPLACE PROCEDURE landfall.dbms_random_seed(val text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_catalog.setseed((pg_catalog.hashtextextended(val, 0) % 1000003)::double precision / 1000003);
END $$;

-- dbms_random_initialize(number)
-- for: DBMS_RANDOM.INITIALIZE: as SEED
CREATE OR REPLACE PROCEDURE landfall.dbms_random_initialize(val integer)
LANGUAGE plpgsql AS $$
BEGIN
  CALL landfall.dbms_random_seed(val);
END $$;

-- dbms_random_terminate()
-- for: DBMS_RANDOM.TERMINATE: nothing to do
CREATE OR REPLACE PROCEDURE landfall.dbms_random_terminate()
LANGUAGE plpgsql AS $$
BEGIN
  NULL;
END $$;
