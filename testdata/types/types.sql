-- A column of every type that a table can have, for the embedded Oracle with --data edges:N: each column begins with
-- the ends of its type. Object types and BFILE are here too, and stay NULL there.
CREATE TABLE t_number (
  id        NUMBER(10)     CONSTRAINT pk_t_number PRIMARY KEY,
  n         NUMBER,
  n38       NUMBER(38),
  n10_2     NUMBER(10,2),
  n5_m2     NUMBER(5,-2),
  n3_8      NUMBER(3,8),
  i         INTEGER,
  f         FLOAT,
  f63       FLOAT(63),
  r         REAL,
  bf        BINARY_FLOAT,
  bd        BINARY_DOUBLE
);

CREATE TABLE t_text (
  id        NUMBER(10)     CONSTRAINT pk_t_text PRIMARY KEY,
  v1        VARCHAR2(1),
  v40       VARCHAR2(40 BYTE),
  v40c      VARCHAR2(40 CHAR),
  v4000     VARCHAR2(4000 BYTE),
  v32k      VARCHAR2(32767 BYTE),
  c1        CHAR(1),
  c10       CHAR(10),
  c10c      CHAR(10 CHAR),
  nv        NVARCHAR2(100),
  nc        NCHAR(10),
  "Mixed"   VARCHAR2(20 CHAR)
);

CREATE TABLE t_time (
  id        NUMBER(10)     CONSTRAINT pk_t_time PRIMARY KEY,
  d         DATE,
  ts        TIMESTAMP,
  ts0       TIMESTAMP(0),
  ts9       TIMESTAMP(9),
  tz        TIMESTAMP WITH TIME ZONE,
  tz9       TIMESTAMP(9) WITH TIME ZONE,
  ltz       TIMESTAMP WITH LOCAL TIME ZONE,
  ym        INTERVAL YEAR TO MONTH,
  ym9       INTERVAL YEAR(9) TO MONTH,
  ds        INTERVAL DAY TO SECOND,
  ds9       INTERVAL DAY(9) TO SECOND(9)
);

CREATE TABLE t_binary (
  id        NUMBER(10)     CONSTRAINT pk_t_binary PRIMARY KEY,
  r1        RAW(1),
  r2000     RAW(2000),
  b         BLOB,
  c         CLOB,
  nc        NCLOB,
  x         XMLTYPE,
  rid       ROWID,
  bf        BFILE
);

-- a table has one LONG column at most
CREATE TABLE t_long (
  id        NUMBER(10)     CONSTRAINT pk_t_long PRIMARY KEY,
  l         LONG
);

CREATE TABLE t_long_raw (
  id        NUMBER(10)     CONSTRAINT pk_t_long_raw PRIMARY KEY,
  l         LONG RAW
);

CREATE TABLE t_iot (
  a         VARCHAR2(10 CHAR),
  b         NUMBER(6),
  v         VARCHAR2(100 CHAR),
  CONSTRAINT pk_t_iot PRIMARY KEY (a, b)
) ORGANIZATION INDEX;

CREATE TABLE t_parts (
  id        NUMBER(10)     CONSTRAINT pk_t_parts PRIMARY KEY,
  d         DATE           NOT NULL,
  k         VARCHAR2(2)    NOT NULL CONSTRAINT ck_t_parts CHECK (k IN ('A', 'B', 'C')),
  c         CLOB
) PARTITION BY RANGE (d) SUBPARTITION BY LIST (k)
  SUBPARTITION TEMPLATE (SUBPARTITION a VALUES ('A'), SUBPARTITION rest VALUES (DEFAULT))
  (PARTITION old VALUES LESS THAN (DATE '2017-01-01'), PARTITION young VALUES LESS THAN (MAXVALUE));
