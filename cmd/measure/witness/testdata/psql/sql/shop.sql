--
-- a suite of our own in the form of pg_regress
--
SET NLS_DATE_FORMAT = 'YYYY-MM-DD';
CREATE TABLE item (id NUMBER, name VARCHAR2(10), day DATE, price NUMBER(8,2));

INSERT INTO item VALUES (1, 'nut', '2024-02-29', 2.5); INSERT INTO item VALUES (2, NULL, '2024-03-01', .75);
SELECT * FROM item ORDER BY id;
SELECT name || 'x', price * 2 FROM item;
SELECT NVL(name, 'none') FROM item WHERE id = 2;
SELECT name FROM item WHERE id = 99;
SELECT 'two
lines' AS text FROM dual;
SELECT nosuch FROM item;
SELECT price::text FROM item;
\d item
CREATE FUNCTION dear(p NUMBER) RETURN NUMBER IS
BEGIN
  RETURN p * 10;
END;
/
SELECT dear(price) FROM item ORDER BY 1;
CREATE FUNCTION old_form() RETURNS NUMBER AS $$
DECLARE
  n NUMBER := 3;
BEGIN
  RAISE NOTICE 'n is %', n;
  RETURN n;
END
$$ LANGUAGE plisql;
/
SELECT old_form() FROM dual;
CREATE TABLE other (a nosuch::type);
SELECT * FROM other;
SELECT 1 + 1 FROM dual;
