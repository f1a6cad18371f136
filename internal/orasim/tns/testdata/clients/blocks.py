"""Runs blocks of PL/SQL by python-oracledb in thin mode at the engine behind ADDRESS, and prints "ok NAME" or "not ok NAME: why" a case."""
import datetime
import decimal
import os
import sys
import traceback

import oracledb

cases = []


def test(f):
    cases.append((f.__name__.replace("_", " "), f))
    return f


def fails(text, f, *args, **kw):
    try:
        f(*args, **kw)
    except oracledb.Error as e:
        assert text in str(e), f"{e}, want {text}"
        return e.args[0]
    raise AssertionError("no error, want " + text)


def eq(got, want):
    assert got == want, f"got {str(got)[:300]}, want {str(want)[:300]}"


@test
def scalars_out(c, cur):
    kinds = [
        (oracledb.DB_TYPE_NUMBER, "12345678901234567890.5", decimal.Decimal("12345678901234567890.5")),
        (oracledb.DB_TYPE_VARCHAR, "'grüße 😀'", "grüße 😀"),
        (oracledb.DB_TYPE_NVARCHAR, "'國'", "國"),
        (oracledb.DB_TYPE_DATE, "DATE '2024-02-29'", datetime.datetime(2024, 2, 29)),
        (oracledb.DB_TYPE_TIMESTAMP, "TIMESTAMP '2024-02-29 13:14:15.123456'", datetime.datetime(2024, 2, 29, 13, 14, 15, 123456)),
        (oracledb.DB_TYPE_RAW, "HEXTORAW('00FF')", b"\0\xff"),
        (oracledb.DB_TYPE_BINARY_DOUBLE, "1.5", 1.5),
        (oracledb.DB_TYPE_INTERVAL_DS, "INTERVAL '1 2:3:4' DAY TO SECOND", datetime.timedelta(days=1, hours=2, minutes=3, seconds=4)),
        (oracledb.DB_TYPE_BOOLEAN, "1 < 2", True),
        (oracledb.DB_TYPE_VARCHAR, "NULL", None),
    ]
    for kind, text, want in kinds:
        v = cur.var(decimal.Decimal) if kind == oracledb.DB_TYPE_NUMBER else cur.var(kind, 200)
        cur.execute(f"BEGIN :x := {text}; END;", x=v)
        eq(v.getvalue(), want)


@test
def in_out_and_again(c, cur):
    n, s = cur.var(int), cur.var(str, 40)
    for i in range(3):
        n.setvalue(0, i)
        s.setvalue(0, "ab")
        cur.execute("DECLARE k NUMBER := :a; BEGIN :n := :n * 2 + k; :s := :s || :n; END;", a=100, n=n, s=s)
        eq((n.getvalue(), s.getvalue()), (100 + 2 * i, f"ab{100 + 2 * i}"))
    b = cur.var(bool)
    b.setvalue(0, False)
    cur.execute("BEGIN IF NOT :b THEN :b := TRUE; END IF; END;", b=b)
    eq(b.getvalue(), True)


@test
def lobs(c, cur):
    out, back = cur.var(oracledb.DB_TYPE_CLOB), cur.var(oracledb.DB_TYPE_BLOB)
    cur.execute("""
        DECLARE t CLOB;
        BEGIN
          DBMS_LOB.CREATETEMPORARY(t, TRUE);
          FOR i IN 1 .. 1000 LOOP DBMS_LOB.WRITEAPPEND(t, 40, RPAD('line ' || i, 40)); END LOOP;
          :c := t || ' ' || :d;
          :b := HEXTORAW('0102');
        END;""", c=out, b=back, d="end")
    text = out.getvalue().read()
    eq((len(text), text[-4:], back.getvalue().read()), (40004, " end", b"\x01\x02"))
    n = cur.var(int)
    lob = c.createlob(oracledb.DB_TYPE_CLOB)
    lob.write("x" * 50000)
    cur.execute("BEGIN :n := DBMS_LOB.GETLENGTH(:c); END;", n=n, c=lob)
    eq(n.getvalue(), 50000)


@test
def ref_cursors(c, cur):
    for i in range(2):
        rc = c.cursor()
        cur.execute("BEGIN OPEN :c FOR SELECT id, name FROM emp WHERE id > :k ORDER BY id; END;", c=rc, k=i)
        eq([d[0] for d in rc.description], ["ID", "NAME"])
        eq(rc.fetchall(), [(k, f"name {k}") for k in range(i + 1, 301)])
    rc = c.cursor()
    cur.execute("""
        DECLARE n NUMBER; s VARCHAR2(20);
        BEGIN
          OPEN :c FOR 'SELECT id, name FROM emp ORDER BY id';
          FETCH :c INTO n, s;
        END;""", c=rc)
    eq(rc.fetchmany(2), [(2, "name 2"), (3, "name 3")])
    cur.execute("DECLARE c SYS_REFCURSOR; BEGIN OPEN c FOR SELECT 1 FROM dual; DBMS_SQL.RETURN_RESULT(c); OPEN c FOR SELECT 2 FROM dual; DBMS_SQL.RETURN_RESULT(c); END;")
    eq([r.fetchall() for r in cur.getimplicitresults()][-1], [(2,)])


@test
def nested_cursors(c, cur):
    text = "SELECT x.id, CURSOR(SELECT id, name FROM emp e WHERE e.id BETWEEN x.id AND x.id + :n ORDER BY id) FROM emp x WHERE x.id <= 3 ORDER BY x.id"
    for _ in range(2):
        cur.execute(text, n=4)
        eq([d[1] for d in cur.description], [oracledb.DB_TYPE_NUMBER, oracledb.DB_TYPE_CURSOR])
        rows = cur.fetchall()
        eq([(k, rc.fetchall()) for k, rc in rows], [(k, [(i, f"name {i}") for i in range(k, k + 5)]) for k in range(1, 4)])
    cur.execute("SELECT CURSOR(SELECT x.id, CURSOR(SELECT id FROM emp WHERE id = x.id + 1) FROM emp x WHERE x.id < 3 ORDER BY 1) FROM dual")
    eq([(k, rc.fetchall()) for k, rc in cur.fetchone()[0]], [(1, [(2,)]), (2, [(3,)])])
    cur.execute("SELECT CURSOR(SELECT id FROM emp) FROM dual")
    rc = cur.fetchone()[0]
    rc.prefetchrows = rc.arraysize = 1
    eq(rc.fetchone(), (1,))
    cur.execute("SELECT CURSOR(SELECT id FROM emp) FROM dual")  # the same cursor again, which closes those of its rows
    fails("ORA-01001", rc.fetchall)
    rc = c.cursor()
    cur.execute("BEGIN OPEN :c FOR SELECT id, CURSOR(SELECT 7 FROM dual) FROM emp WHERE id = 9; END;", c=rc)
    eq([(k, r.fetchall()) for k, r in rc], [(9, [(7,)])])
    for _ in range(3):  # more rows than there may be cursors: each is closed before the next ones come
        cur.arraysize = 100
        cur.execute("SELECT CURSOR(SELECT x.id FROM dual) FROM emp x ORDER BY x.id")
        n = 0
        for (rc,) in cur:
            n += rc.fetchone()[0]
            rc.close()
        eq(n, 300 * 301 // 2)
    fails("ORA-22902", cur.execute, "SELECT 1 FROM dual WHERE CURSOR(SELECT 1 FROM dual) IS NULL")


@test
def arrays(c, cur):
    a, b = cur.arrayvar(oracledb.NUMBER, [1, 2, 3]), cur.arrayvar(oracledb.STRING, 10, 30)
    cur.execute("""
        DECLARE
          TYPE nums IS TABLE OF NUMBER INDEX BY BINARY_INTEGER;
          TYPE texts IS TABLE OF VARCHAR2(30) INDEX BY BINARY_INTEGER;
          PROCEDURE turn(x nums, y OUT texts) IS
          BEGIN
            FOR i IN 1 .. x.COUNT LOOP y(i) := 'n' || x(x.COUNT + 1 - i); END LOOP;
          END;
        BEGIN turn(:a, :b); END;""", a=a, b=b)
    eq(b.getvalue(), ["n3", "n2", "n1"])
    small = cur.arrayvar(oracledb.NUMBER, 2)
    fails("ORA-06513", cur.execute, "DECLARE t DBMS_SQL.NUMBER_TABLE; BEGIN FOR i IN 1 .. 3 LOOP t(i) := i; END LOOP; :b := t; END;", b=small)
    fails("PLS-00418", cur.execute, "DECLARE t DBMS_SQL.VARCHAR2A; BEGIN t := :b; END;", b=small)


@test
def output(c, cur):
    cur.callproc("dbms_output.enable", (None,))
    cur.execute("BEGIN FOR i IN 1 .. 5 LOOP DBMS_OUTPUT.PUT_LINE('line ' || i); END LOOP; DBMS_OUTPUT.PUT_LINE(NULL); END;")
    lines, n = cur.arrayvar(str, 4), cur.var(int)
    n.setvalue(0, 4)
    got = []
    while True:
        cur.callproc("dbms_output.get_lines", (lines, n))
        got += lines.getvalue()[:n.getvalue()]
        if n.getvalue() < 4:
            break
    eq(got, [f"line {i}" for i in range(1, 6)] + [None])
    cur.execute("BEGIN DBMS_OUTPUT.PUT_LINE('one'); END;")
    line, status = cur.var(str), cur.var(int)
    cur.callproc("dbms_output.get_line", (line, status))
    eq((line.getvalue(), status.getvalue()), ("one", 0))
    cur.callproc("dbms_output.get_line", (line, status))
    eq((line.getvalue(), status.getvalue()), (None, 1))


@test
def errors(c, cur):
    e = fails("PLS-00201", cur.execute, "BEGIN t_missing := 5; END;")
    eq((e.code, e.offset), (6550, 6))
    e = fails("ORA-06512: at line 3", cur.execute, "DECLARE n NUMBER;\nBEGIN\n  SELECT id INTO n FROM emp WHERE id = 0;\nEND;")
    eq((e.code, e.offset), (1403, 0))
    e = fails("ORA-20101: mine", cur.execute, "BEGIN RAISE_APPLICATION_ERROR(-20101, 'mine'); END;")
    eq(e.code, 20101)
    fails("ORA-06502", cur.execute, "BEGIN :s := RPAD('x', 50, 'x'); END;", s=cur.var(str, 3))
    fails("ORA-03001", cur.execute, "BEGIN dbms_pipe.purge('x'); END;")
    cur.execute("SELECT COUNT(*) FROM emp")
    eq(cur.fetchone(), (300,))


@test
def transactions(c, cur):
    fails("ORA-00001", cur.execute, "BEGIN INSERT INTO emp VALUES (1000, 'x'); INSERT INTO emp VALUES (1, 'again'); END;")
    cur.execute("SELECT COUNT(*) FROM emp WHERE id = 1000")
    eq(cur.fetchone(), (0,))
    cur.execute("BEGIN INSERT INTO emp VALUES (1000, 'x'); SAVEPOINT s; DELETE FROM emp; ROLLBACK TO s; END;")
    cur.execute("SELECT COUNT(*) FROM emp")
    eq(cur.fetchone(), (301,))
    c.rollback()
    cur.executemany("BEGIN INSERT INTO emp VALUES (:1, :2); END;", [(2000 + i, f"m{i}") for i in range(20)])
    cur.execute("SELECT COUNT(*) FROM emp WHERE id >= 2000")
    eq(cur.fetchone(), (20,))
    c.rollback()


@test
def arrays_of_executions(c, cur):
    var = cur.var(int, arraysize=3)
    for words in (["one", "three", "x"], ["four", "", "seven77"]):
        cur.executemany("BEGIN :1 := NVL(LENGTH(:2), 0); END;", [(var, w) for w in words])
        eq(var.values, [len(w) for w in words])
    e = fails("ORA-01476", cur.executemany, "DECLARE n NUMBER; BEGIN n := 10 / (3 - :1); INSERT INTO emp VALUES (3000 + n, NULL); END;", [(i,) for i in range(6)])
    eq(e.offset, 3)
    cur.execute("SELECT COUNT(*) FROM emp WHERE id > 3000")
    eq(cur.fetchone(), (3,))
    c.rollback()


@test
def parsed_only(c, cur):
    cur.parse("INSERT INTO emp VALUES (4000, 'never')")
    cur.parse("BEGIN :x := 5; END;")
    fails("ORA-01745", cur.parse, "SELECT :ROWID FROM dual")
    cur.execute("SELECT COUNT(*) FROM emp WHERE id = 4000")
    eq(cur.fetchone(), (0,))
    for i in range(2):
        cur.parse("UPDATE emp SET name = :n WHERE id = :i")
        cur.execute("UPDATE emp SET name = :n WHERE id = :i", ["parsed", 1])
        eq(cur.rowcount, 1)
    c.rollback()


@test
def a_clob_returned_as_long(c, cur):
    cur.execute("CREATE TABLE notes (c CLOB)")
    out = cur.var(oracledb.DB_TYPE_LONG)
    cur.execute("INSERT INTO notes VALUES (:a) RETURNING c INTO :b", a="a short one", b=out)
    eq(out.getvalue(), ["a short one"])
    cur.execute("DROP TABLE notes")


@test
def objects(c, cur):
    person, place, places, words = (c.gettype(n) for n in ("PERSON_T", "PLACE_T", "PLACES_T", "WORDS_T"))
    eq([(a.name, a.type, a.precision, a.scale, a.max_size) for a in place.attributes],
       [("STREET", oracledb.DB_TYPE_VARCHAR, None, None, 30), ("NR", oracledb.DB_TYPE_NUMBER, 0, -127, None), ("SINCE", oracledb.DB_TYPE_DATE, None, None, None)])
    p = person.newobject()
    p.NAME = "grüße"
    p.HOME = place.newobject()
    p.HOME.STREET, p.HOME.NR, p.HOME.SINCE = "Elm", decimal.Decimal("7.5"), datetime.datetime(2024, 2, 29)
    p.HOMES = places.newobject([place.newobject(), None])
    p.HOMES.aslist()[0].NR = 1
    p.WORDS = words.newobject(["國", None, "x" * 20])
    p.PHOTO = b"\xfe" * 300
    p.BORN = datetime.datetime(2024, 2, 29, 13, 14, 15, 123456)
    cur.execute("insert into people values (1, :p)", p=p)
    cur.execute("insert into people values (2, :p)", p=cur.var(person))
    cur.execute("select who, id from people order by id")
    (got, _), (none, _) = cur.fetchall()
    eq(none, None)
    eq((got.NAME, got.HOME.STREET, got.HOME.NR, got.HOME.SINCE), (p.NAME, "Elm", 7.5, p.HOME.SINCE))
    eq([x and x.NR for x in got.HOMES.aslist()], [1, None])
    eq(got.WORDS.aslist(), ["國", None, "x" * 20])
    eq((got.PHOTO, got.BORN), (p.PHOTO, p.BORN))
    cur.execute("select p.who.home.nr, (select count(*) from table(p.who.words)) from people p where id = 1")
    eq(cur.fetchone(), (7.5, 3))
    back = cur.var(place)
    cur.execute("update people p set who = who where id = 1 returning p.who.home into :b", b=back)
    eq(back.getvalue()[0].STREET, "Elm")
    cur.execute("update people p set p.who.home.nr = :n, p.who.name = 'Zoe' where id = 1 returning p.who.home into :b", n=41, b=back)
    eq((back.getvalue()[0].NR, back.getvalue()[0].STREET), (41, "Elm"))
    cur.execute("select json_objectagg(key p.who.name value p.who.home.nr) from people p where id = 1")
    eq(cur.fetchone(), ('{"Zoe":41}',))
    cur.execute("select words_t('a', 'b'), place_t(null, null, null) from dual")
    w, q = cur.fetchone()
    eq((w.aslist(), q.STREET), (["a", "b"], None))
    cur.execute("select words_t('a', 'b') multiset union distinct words_t('b', 'c'), cast(collect(n.column_value order by n.column_value desc) as words_t) from table(words_t('x', 'y')) n")
    eq([v.aslist() for v in cur.fetchone()], [["a", "b", "c"], ["y", "x"]])
    cur.execute("select count(*) from table(:w) e where e.column_value member of :w", w=w)
    eq(cur.fetchone(), (2,))
    fails("DPY-2035", c.gettype, "NO_SUCH")
    n = c.gettype("NOTED_T").newobject()
    n.NOTE = c.createlob(oracledb.DB_TYPE_CLOB)
    n.NOTE.write("y" * 40000)
    cur.execute("select :n from dual", n=n)
    n = cur.fetchone()[0]
    eq((len(n.NOTE.read()), n.COPY), (40000, None))
    c.rollback()


@test
def objects_in_blocks(c, cur):
    person, place, places, words = (c.gettype(n) for n in ("PERSON_T", "PLACE_T", "PLACES_T", "WORDS_T"))
    at = place.newobject()
    at.STREET, at.NR = "Elm", 7
    for i in range(2):
        out, both, n = cur.var(place), cur.var(words), cur.var(int)
        both.setvalue(0, words.newobject(["國", "b"]))
        cur.execute("""
            DECLARE p place_t := :at; w words_t := :w;
            BEGIN
              p.nr := p.nr * 2;
              IF p.since IS NULL THEN p.since := DATE '2024-02-29'; END IF;
              w.EXTEND; w(3) := p.street;
              SELECT COUNT(*) INTO :n FROM TABLE(w);
              :o := p; :w := w;
            END;""", at=at, w=both, n=n, o=out)
        o = out.getvalue()
        eq((o.STREET, o.NR, o.SINCE, both.getvalue().aslist(), n.getvalue()), ("Elm", 14, datetime.datetime(2024, 2, 29), ["國", "b", "Elm"], 3))
    who = cur.var(person)
    cur.execute("BEGIN :p := person_t('Zoe', place_t('Oak', 1, NULL), places_t(:at, NULL), NULL, HEXTORAW('00FF'), NULL); END;", p=who, at=at)
    p = who.getvalue()
    eq((p.NAME, p.HOME.STREET, [x and x.STREET for x in p.HOMES.aslist()], p.WORDS, p.PHOTO), ("Zoe", "Oak", ["Elm", None], None, b"\x00\xff"))
    cur.execute("BEGIN :p := NULL; END;", p=who)
    eq(who.getvalue(), None)
    fails("ORA-06532", cur.execute, "DECLARE p places_t := places_t(); BEGIN p.EXTEND(4); END;")


@test
def broken_units(c, cur):
    cur.execute("CREATE OR REPLACE PROCEDURE broken IS\nBEGIN\n  x := ;\nEND;")
    eq(cur.warning.full_code, "DPY-7000")
    cur.execute("SELECT line, position, message_number FROM user_errors WHERE name = 'BROKEN'")
    eq((cur.fetchall(), cur.warning), ([(3, 8, 103)], None))
    cur.execute("CREATE OR REPLACE PROCEDURE broken IS BEGIN NULL; END;")
    eq(cur.warning, None)
    try:
        cur.execute("BEGIN EXECUTE IMMEDIATE 'CREATE OR REPLACE PROCEDURE broken IS BEGIN NULL END;'; END;")
        raise AssertionError("no error")
    except oracledb.Warning as e:  # which the driver makes of ORA-24344
        assert "ORA-24344" in str(e), e
    cur.execute("DROP PROCEDURE broken")


@test
def scrollable(c, cur):
    cur = c.cursor(scrollable=True)
    cur.arraysize = cur.prefetchrows = 7
    cur.execute("SELECT id, name FROM emp WHERE id <= :1 ORDER BY id", [40])
    def at(value, *args, **kw):
        cur.scroll(value, *args, **kw) if value is not None else cur.scroll(*args, **kw)
        return cur.fetchone()[0]
    eq((cur.fetchone()[0], at(30, "absolute"), at(-20), at(None, mode="last"), at(None, mode="first")), (1, 30, 10, 40, 1))
    cur.scroll(38, "absolute")
    eq(([r[0] for r in cur.fetchall()], cur.rowcount), ([38, 39, 40], 40))
    fails("DPY-2063", cur.scroll, 41, "absolute")
    eq((at(2, "absolute"), cur.rowcount), (2, 2))
    cur.execute("SELECT id FROM emp WHERE id > :1", [1000])
    cur.scroll(mode="last")
    eq(cur.fetchone(), None)


@test
def embedded_nulls(c, cur):
    person, place = (c.gettype(x) for x in ("PERSON_T", "PLACE_T"))
    for street, nr in ((None, None), (None, 20), ("Elm", None)):
        p = person.newobject()
        p.HOME = place.newobject()
        p.NAME, p.HOME.STREET, p.HOME.NR = "x", street, nr
        cur.execute("INSERT INTO people (id, who) VALUES (77, :1)", [p])
        cur.execute("SELECT p.who, CASE WHEN p.who.home IS NULL THEN 'null' END, p.who.home.nr FROM people p WHERE id = 77")
        who, null, number = cur.fetchone()
        eq((who.HOME.STREET, who.HOME.NR, null, number), (street, nr, None, nr))
        c.rollback()


@test
def lobs_open_and_close(c, cur):
    for kind in (oracledb.DB_TYPE_CLOB, oracledb.DB_TYPE_BLOB):
        lob = c.createlob(kind)
        lob.write("abc" if kind is oracledb.DB_TYPE_CLOB else b"abc")
        eq(lob.isopen(), False)
        lob.open()
        fails("ORA-22293", lob.open)
        eq(lob.isopen(), True)
        lob.close()
        fails("ORA-22289", lob.close)
        eq(lob.isopen(), False)
        fails("ORA-22926", lob.trim, 4)
        eq(lob.size(), 3)
        lob.trim(2)
        eq(lob.size(), 2)


@test
def returned_too_long(c, cur):
    short = cur.var(str, 1)
    e = fails("DPY-4002", cur.execute, "INSERT INTO emp VALUES (1000, 'a name too long') RETURNING name INTO :1", [short])
    assert "15" in str(e), e
    c.rollback()
    fits = cur.var(str, 15)
    cur.execute("INSERT INTO emp VALUES (1000, 'a name too long') RETURNING name INTO :1", [fits])
    eq(fits.getvalue(), ["a name too long"])
    c.rollback()


@test
def counts_before_an_error(c, cur):
    rows = [(1001, "a"), (1002, "b"), (1, "there"), (1003, "c")]
    fails("ORA-00001", cur.executemany, "INSERT INTO emp VALUES (:1, :2)", rows, arraydmlrowcounts=True)
    eq((cur.rowcount, cur.getarraydmlrowcounts()), (2, [1, 1]))
    c.rollback()


@test
def schemas_and_contexts(c, cur):
    eq(c.current_schema, None)
    cur.execute("CREATE USER other IDENTIFIED BY x")
    cur.execute("ALTER SESSION SET CURRENT_SCHEMA = other")
    eq(c.current_schema, "OTHER")
    c.current_schema = "SCOTT"
    cur.execute("SELECT SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') FROM dual")
    eq(cur.fetchone(), ("SCOTT",))
    c.current_schema = "nobody"
    fails("ORA-01435", cur.execute, "INSERT INTO emp VALUES (1010, 'x')")
    c.current_schema = "SCOTT"  # else the driver asks for the other one again
    cur.execute("SELECT COUNT(*) FROM scott.emp WHERE id = 1010")
    eq(cur.fetchone(), (0,))
    c.set_app_context("NO_NAMESPACE", a="b")
    fails("ORA-28267", c.ping)
    c.ping()
    fails("ORA-01031", cur.execute, "BEGIN DBMS_SESSION.SET_CONTEXT('NO_NAMESPACE', 'a', 'b'); END;")
    cur.execute("SELECT value FROM v$parameter WHERE name = 'open_cursors'")
    eq(cur.fetchone(), (str(c.max_open_cursors),))
    cur.execute("SELECT SYS_CONTEXT('USERENV', 'DB_UNIQUE_NAME') FROM dual")
    eq(cur.fetchone(), (c.db_unique_name,))
    cur.execute("DROP USER other")


@test
def cancel(c, cur):
    c.call_timeout = 300
    try:
        fails("DPY-4024", cur.execute, "BEGIN LOOP NULL; END LOOP; END;")
    except AssertionError as e:
        if "DPI-1067" not in str(e) and "ORA-01013" not in str(e):
            raise
    c.call_timeout = 0
    cur.execute("SELECT 1 FROM dual")
    eq(cur.fetchone(), (1,))


failed = False
for name, f in cases:
    try:
        with oracledb.connect(user="scott", password="tiger", dsn=os.environ["ADDRESS"] + "/demo") as c, c.cursor() as cur:
            f(c, cur)
        print(f"ok {name}", flush=True)
    except BaseException:
        failed = True
        print(f"not ok {name}: " + traceback.format_exc()[-1500:].replace("\n", " | "), flush=True)
sys.exit(1 if failed else 0)
