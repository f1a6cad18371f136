"""Runs python-oracledb in thin mode against the server at ADDRESS, and prints "ok NAME" or "not ok NAME: why" a case."""
import datetime
import decimal
import json
import os
import sys
import threading
import traceback

import oracledb

DSN = os.environ["ADDRESS"] + "/demo"
BIG_TEXT = "0123456789 ä 😀 abcdefgh\n" * 15000
BIG_DATA = bytes(i * 7 & 255 for i in range(1 << 20))
OLD = tuple(int(x) for x in oracledb.__version__.split(".")[:2]) < (2, 0)
cases = []


def test(f):
    cases.append((f.__name__.replace("_", " "), f))
    return f


def connect(**args):
    return oracledb.connect(**{"user": "scott", "password": "tiger", "dsn": DSN, **args})


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
def version():
    with connect() as c:
        eq(c.version, "19.3.0.0.0")
        assert c.thin


@test
def refused():
    fails("ORA-01017", connect, password="wrong")
    fails("ORA-01017", connect, user="nobody")
    fails("ORA-28000", connect, user="locked")
    fails("DPY-6001", connect, dsn=os.environ["ADDRESS"] + "/other")


@test
def long_descriptor():
    host, port = os.environ["ADDRESS"].split(":")
    dsn = (f"(DESCRIPTION=(ADDRESS=(PROTOCOL=tcp)(HOST={host})(PORT={port}))(CONNECT_DATA=(SERVICE_NAME=demo)"
           f"(CID=(PROGRAM={'x' * 200}))))")
    with connect(dsn=dsn) as c:
        c.ping()


@test
def TCPS():
    with connect(dsn="tcps://" + os.environ["TCPS"] + "/demo", wallet_location=os.environ["WALLET"], ssl_server_dn_match=False) as c:
        with c.cursor() as cur:
            cur.execute("select * from generate 300")
            eq(len(cur.fetchall()), 300)


@test
def another_character_set():
    """The client speaks UTF-8, the database ZHS16GBK: what it has no place for becomes a question mark."""
    with connect(dsn=os.environ["GBK"] + "/demo") as c, c.cursor() as cur:
        for value, want in (("中文 a", "中文 a"), ("😀", "?")):
            cur.execute("select :1 from dual", [value])
            eq(cur.fetchall(), [(want,)])
        fails("ORA-00942", cur.execute, "select * from nope")


@test
def character_sets_of_databases():
    """Databases of other character sets, over the engine: what they keep of a text, by bind and in the statement."""
    mixed = "aé€ß中😀"
    for s in json.loads(os.environ["SETS"]):
        with connect(dsn=s["address"] + "/demo") as c, c.cursor() as cur:
            if s["name"] == "ZHS32GB18030":
                cur.execute("create table texts (k number, v varchar2(40), n nvarchar2(20), c clob)")
            n = cur.var(oracledb.DB_TYPE_NVARCHAR)
            n.setvalue(0, mixed)
            lob = c.createlob(oracledb.DB_TYPE_CLOB)
            lob.write(mixed)
            cur.execute("insert into texts values (1, :1, :2, :3)", [mixed, n, lob])
            if not OLD:  # 1.2.1 says how many characters a statement has, where the server wants bytes
                cur.execute(f"insert into texts values (2, '{mixed}', n'中', '{mixed}')")
            cur.execute("select v, n, c, lengthb(v), length(v), value from texts, nls_database_parameters where parameter = :1 order by k", ["NLS_CHARACTERSET"])
            rows = [(v, n, c.read(), *more) for v, n, c, *more in cur]
            eq(rows[0][1], mixed)
            for v, _, lob, *more in rows:
                eq((s["name"], v, lob, *more), (s["name"], s["want"], s["want"], s["bytes"], s["chars"], s["name"]))
            region = "select timestamp '2024-07-01 12:00:00 Asia/Shanghai' from dual"
            if not OLD:  # 1.2.1 takes the number of the region for an offset
                fails("DPY-3022", cur.execute, region)
            fails("ORA-009", cur.execute, "select nope from texts" if OLD else "select 没有 from texts")


def decimals(cursor, *args):
    # the arguments changed between releases: a metadata object, or name, type ...
    kind = args[0].type_code if len(args) == 1 else args[1]
    if kind == oracledb.DB_TYPE_NUMBER:
        return cursor.var(decimal.Decimal, arraysize=cursor.arraysize)


@test
def scalars():
    with connect() as c, c.cursor() as cur:
        cur.outputtypehandler = decimals
        cur.execute("select * from scalars")
        eq([d[0] for d in cur.description], ["ID", "N", "P", "V", "C", "NV", "D", "TS", "TZ", "R", "RID", "BF", "BD"])
        eq([d[1] for d in cur.description], [
            oracledb.DB_TYPE_NUMBER, oracledb.DB_TYPE_NUMBER, oracledb.DB_TYPE_NUMBER, oracledb.DB_TYPE_VARCHAR,
            oracledb.DB_TYPE_CHAR, oracledb.DB_TYPE_NVARCHAR, oracledb.DB_TYPE_DATE, oracledb.DB_TYPE_TIMESTAMP,
            oracledb.DB_TYPE_TIMESTAMP_TZ, oracledb.DB_TYPE_RAW, oracledb.DB_TYPE_ROWID, oracledb.DB_TYPE_BINARY_FLOAT,
            oracledb.DB_TYPE_BINARY_DOUBLE])
        eq([(d[4], d[5], d[6]) for d in cur.description[:3]], [(10, 0, False), (0, -127, True), (12, 2, True)])
        one, two, three, nulls = cur.fetchall()
        D = decimal.Decimal
        eq(one[1], D("12345678901234567890123456789012345678"))
        eq(two[1], D("1e125"))
        eq(three[1], D("-0.00000000012"))
        eq([one[2], two[2], three[2]], [D("-12.5"), D("9999999999.99"), D(0)])
        eq(one[3], "grüße 😀")
        eq(two[3], "ä" * 16383 + "x")
        eq(one[4], "ab        ")
        eq(one[5], "國 😀")
        eq([one[6], two[6], three[6]], [datetime.datetime(2024, 2, 29, 13, 14, 15), datetime.datetime(1, 1, 1),
                                        datetime.datetime(9999, 12, 31, 23, 59, 59)])
        eq(one[7], datetime.datetime(2024, 2, 29, 13, 14, 15, 123456))
        assert one[8].replace(tzinfo=None) in (datetime.datetime(2024, 2, 29, 13, 14, 15, 123456),
                                               datetime.datetime(2024, 2, 29, 7, 44, 15, 123456)), one[8]
        eq(one[9], b"\0\1\xff")
        eq(len(three[9]), 2000)
        eq(one[10], "AAAR3sAAEAAAATSAAH")
        eq([one[11], one[12], two[11], two[12], three[11], three[12]], [1.5, -2.25, -0.5, 1e300, 0, 0])
        eq(list(nulls[1:]), [None] * 12)


@test
def intervals():
    if OLD:
        return  # refuses INTERVAL YEAR TO MONTH
    with connect() as c, c.cursor() as cur:
        cur.execute("select * from intervals")
        one, two, nulls = cur.fetchall()
        eq(tuple(one[1]), (1, 2))
        eq(tuple(two[1]), (-1, -2))
        eq(one[2], datetime.timedelta(days=3, hours=4, minutes=5, seconds=6.7))
        eq(two[2], -datetime.timedelta(days=3, hours=4, minutes=5, seconds=6.7))
        eq(one[3], datetime.datetime(2024, 5, 6, 7, 8, 9, 123456))
        eq(one[4], "AAAR3sAAEAAAATSAAH")
        eq(list(nulls[1:]), [None] * 4)


@test
def longs():
    with connect() as c, c.cursor() as cur:
        cur.execute("select * from longs")
        eq(cur.fetchall(), [(1, "long ä " * 5000, b"\0\xff" * 20000), (2, None, None), (3, "x", b"\1")])


@test
def LOBs_inline():
    oracledb.defaults.fetch_lobs = False
    try:
        with connect() as c, c.cursor() as cur:
            for _ in range(2):
                cur.execute("select * from lobs")
                rows = cur.fetchall()
                eq(rows[0], (1, BIG_TEXT, BIG_DATA, "國 😀"))
                eq(rows[1], (2, None, None, None))
                eq(rows[2], (3, "short", b"\1\2\3", "n"))
    finally:
        oracledb.defaults.fetch_lobs = True


@test
def LOBs_by_locator():
    with connect() as c, c.cursor() as cur:
        for _ in range(2):
            cur.execute("select * from lobs")
            rows = cur.fetchall()
            eq(rows[0][1].size(), len(BIG_TEXT.encode("utf-16-be")) // 2)
            eq(rows[0][1].read(), BIG_TEXT)
            eq(rows[0][1].read(5, 8), BIG_TEXT[4:12])
            eq(rows[0][2].read(), BIG_DATA)
            eq(rows[0][3].read(), "國 😀")
            eq(rows[1][1:], (None, None, None))


@test
def LOBs_switched():
    """The same statement by locator and then inline, on one connection. Release 1.2 keeps to what the statement began with."""
    with connect() as c:
        for lobs in (True, False, True, False):
            oracledb.defaults.fetch_lobs = lobs
            try:
                with c.cursor() as cur:
                    cur.execute("select * from lobs")
                    rows = cur.fetchall()
                    eq(rows[0][1].read() if hasattr(rows[0][1], "read") else rows[0][1], BIG_TEXT)
            finally:
                oracledb.defaults.fetch_lobs = True


@test
def XMLTYPE():
    if OLD:
        return
    with connect() as c, c.cursor() as cur:
        cur.execute("select doc from xml")
        rows = [(i, v.read() if hasattr(v, "read") else v) for i, v in cur.fetchall()]
        eq(rows, [(1, "<a>ä</a>"), (2, "<b>" + "long ä " * 1000 + "</b>"), (3, None)])


@test
def binds():
    with connect() as c, c.cursor() as cur:
        at = datetime.datetime(2024, 2, 29, 13, 14, 15, 123456)
        for i, value in enumerate((42, -1.5, 0, decimal.Decimal("1e100"), "grüße 😀", None, b"\0\1\2", at, "x" * 20000,
                      datetime.timedelta(days=-3, hours=4))):
            # a text of its own each: the types of a statement's columns are taken from its first execution by some releases
            cur.execute(f"select :b{i} from dual", [value])
            got = cur.fetchall()[0][0]
            if isinstance(value, datetime.datetime) and got != value:
                value = value.replace(microsecond=0)  # bound as a DATE
            eq(got, value)
        cur.execute("select :s from dual", [""])
        eq(cur.fetchall(), [(None,)])
        cur.setinputsizes(oracledb.DB_TYPE_NVARCHAR)
        cur.execute("select :t from dual", ["國 😀"])
        eq(cur.fetchall(), [("國 😀",)])
        cur.setinputsizes(oracledb.DB_TYPE_BINARY_DOUBLE)
        cur.execute("select :u from dual", [1.5])
        eq(cur.fetchall(), [(1.5,)])
        cur.execute("select :a, :b, :a from dual", {"a": "x", "b": "y"})
        eq(cur.fetchall(), [("x", "y", "x")])


@test
def DML():
    with connect() as c, c.cursor() as cur:
        cur.execute("delete from t")
        c.commit()
        cur.execute("insert into t (id, name) values (:1, :2)", [1, "one"])
        eq(cur.rowcount, 1)
        eq(cur.lastrowid, "AAAAABAACAAAAADAAB")
        c.rollback()
        cur.execute("select id, name from t order by id")
        eq(cur.fetchall(), [])
        c.autocommit = True
        cur.execute("insert into t (id, name) values (:1, :2)", [1, "one"])
        c.autocommit = False
        c.rollback()
        for i in range(10, 15):
            cur.execute("insert into t (id, name) values (:1, :2)", [i, "again"])
        c.commit()
        cur.execute("select id, name from t order by id")
        eq(len(cur.fetchall()), 6)
        cur.execute("insert into t (id, name) values (:1, :2)", [20, "ö" * 135000])
        cur.execute("select id, name from t order by id")
        eq(len(cur.fetchall()), 7)
        c.rollback()


@test
def array_DML():
    with connect() as c, c.cursor() as cur:
        cur.execute("delete from t")
        cur.executemany("insert into t (id, name) values (:1, :2)", [(i, f"name {i}") for i in range(1000)], arraydmlrowcounts=True)
        eq(cur.rowcount, 1000)
        eq(cur.getarraydmlrowcounts(), [1] * 1000)
        cur.executemany("update t set name = :1 where id >= :2", [("a", 990), ("b", 2000), ("c", 999)], arraydmlrowcounts=True)
        eq(cur.getarraydmlrowcounts(), [10, 0, 1])
        cur.executemany("insert into t (id, name) values (:1, :2)", [(1, "x"), (2001, "x"), (-5, "x"), (2002, "x")],
                        batcherrors=True, arraydmlrowcounts=True)
        eq([(e.code, e.offset) for e in cur.getbatcherrors()], [(1, 0), (2290, 2)])
        eq(cur.rowcount, 2)
        e = fails("ORA-00001", cur.executemany, "insert into t (id, name) values (:1, :2)", [(3001, "x"), (1, "x"), (3002, "x")])
        eq(e.code, 1)
        eq(cur.rowcount, 1)
        c.commit()


@test
def RETURNING():
    with connect() as c, c.cursor() as cur:
        cur.execute("delete from t")
        num, name = cur.var(int), cur.var(str)
        for i in range(1, 4):
            cur.execute("insert into t (id, name) values (:a, :b) returning id, name into :x, :y", {"a": i, "b": "back", "x": num, "y": name})
            eq(num.getvalue(), [i])
            eq(name.getvalue(), ["back"])
        cur.execute("update t set name = :1 where id >= :2 returning id into :3", ["new", 2, num])
        eq(num.getvalue(), [2, 3])
        c.commit()


@test
def blocks():
    with connect() as c, c.cursor() as cur:
        for i in range(3):
            n, v = cur.var(int), cur.var(str)
            v.setvalue(0, "ab")
            cur.execute("begin twice(:1, :2, :3); end;", [21 + i, n, v])
            eq((n.getvalue(), v.getvalue()), (42 + 2 * i, "abab"))
        a, b = cur.arrayvar(oracledb.NUMBER, [1, 2, 3]), cur.arrayvar(oracledb.NUMBER, 10)
        cur.execute("begin reverse(:1, :2); end;", [a, b])
        eq(b.getvalue(), [3, 2, 1])
        lob = cur.var(oracledb.DB_TYPE_CLOB)
        cur.execute("begin makelob(:1); end;", [lob])
        eq(lob.getvalue().read(), "made by a block 😀")


@test
def REF_CURSOR():
    want = [(1, "one"), (2, "two"), (3, None)]
    with connect() as c, c.cursor() as cur:
        for _ in range(2):
            ref = c.cursor()
            cur.execute("begin open :1 for select 1 from dual; end;", [ref])
            eq(ref.fetchall(), want)
        cur.execute("select * from nested")
        for _, nested in cur.fetchall():
            eq(nested.fetchall(), want)
        cur.execute("begin implicit; end;")
        eq([r.fetchall() for r in cur.getimplicitresults()], [want, want])


@test
def temporary_LOBs():
    with connect() as c, c.cursor() as cur:
        cur.execute("delete from t")
        clob, blob = c.createlob(oracledb.DB_TYPE_CLOB), c.createlob(oracledb.DB_TYPE_BLOB)
        clob.write(BIG_TEXT)
        blob.write(b"data")
        cur.execute("insert into t (id, name) values (:1, :2)", [1, clob])
        cur.execute("insert into t (id, name) values (:1, :2)", [2, blob])
        cur.execute("select id, name from t order by id")
        eq(cur.fetchall(), [(1, BIG_TEXT), (2, "data")])
        c.rollback()


@test
def fetch_sizes():
    with connect() as c, c.cursor() as cur:
        for size in (1, 7, 100, 1000):
            cur.arraysize = cur.prefetchrows = size
            n = 50 if size == 1 else 2500
            cur.execute(f"select * from generate {n}")
            rows = cur.fetchall()
            eq((len(rows), rows[-1][0]), (n, n))
            cur.prefetchrows = 0
            cur.execute(f"select * from generate {n}")
            eq(len(cur.fetchall()), n)


@test
def errors():
    with connect() as c, c.cursor() as cur:
        e = fails("ORA-00942", cur.execute, "select * from nope")
        eq((e.code, e.offset), (942, 14))
        fails("PLS-00201", cur.execute, "begin nope; end;")
        e = fails("ORA-20001", cur.execute, "begin raise; end;")
        assert "ORA-06512" in str(e)
        fails("ORA-01400", cur.execute, "insert into t (id, name) values (:1, :2)", [None, "x"])

        def all_rows():
            cur.execute("select * from fails after 250")
            cur.fetchall()
        fails("ORA-01555", all_rows)
        cur.execute("select :1 from dual", [1])
        eq(cur.fetchall(), [(1,)])


@test
def cancel():
    with connect() as c, c.cursor() as cur:
        def again(n):
            cur.execute("select :1 from dual", [n])
            eq(cur.fetchall(), [(n,)])
        t = threading.Timer(0.3, c.cancel)
        t.start()
        fails("ORA-01013", cur.execute, "select * from sleep")
        again(5)
        if not OLD:  # 1.2 waits for ever when the break comes behind rows in one read
            cur.arraysize = 200000

            def rows():
                cur.execute("select * from generate 50000000")
                while cur.fetchmany():
                    pass
            t = threading.Timer(0.5, c.cancel)
            t.start()
            fails("ORA-01013", rows)
            again(6)
        c.call_timeout = 300
        fails("DPY-4024", cur.execute, "select * from sleep")
        c.call_timeout = 0
        again(7)


@test
def session():
    with connect() as c, c.cursor() as cur:
        c.ping()
        c.module, c.action, c.client_identifier = "my module", "my action", "me"
        c.current_schema = "OTHER"
        cur.execute("begin null; end;")
        cur.parse("select * from scalars")
        eq(len(cur.description), 13)


@test
def what_is_not_served():
    with connect() as c, c.cursor() as cur:
        fails("ORA-03115", c.changepassword, "tiger", "lion")
        if not OLD:
            fails("ORA-03115", c.tpc_begin, c.xid(1, "tx", "branch"))
        cur.execute("select :1 from dual", [1])
        eq(cur.fetchall(), [(1,)])


@test
def LOBs_beside_ROWIDs():
    oracledb.defaults.fetch_lobs = False
    try:
        with connect() as c, c.cursor() as cur:
            cur.execute("select * from lobids")
            eq(cur.fetchall(), [("AAAR3sAAEAAAATSAAH", "text", 1.5, "v")])
    finally:
        oracledb.defaults.fetch_lobs = True


@test
def pool():
    p = oracledb.create_pool(user="scott", password="tiger", dsn=DSN, min=4, max=4)
    done = []

    def work(i):
        with p.acquire() as c, c.cursor() as cur:
            cur.execute("select :1 from dual", [i])
            eq(cur.fetchall(), [(i,)])
            done.append(i)
    threads = [threading.Thread(target=work, args=(i,)) for i in range(12)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    eq(sorted(done), list(range(12)))
    p.close()


def run(name, f):
    problem = []

    def body():
        try:
            f()
        except BaseException:
            problem.append(traceback.format_exc())
    t = threading.Thread(target=body, daemon=True)
    t.start()
    t.join(60)
    if t.is_alive():
        problem.append("no end after 60 s")
    if problem:
        print(f"not ok {name}: " + problem[0][-1500:].replace("\n", " | "), flush=True)
    else:
        print(f"ok {name}", flush=True)
    return not problem


only = os.environ.get("ONLY", "")
results = [run(name, f) for name, f in cases if only in name]
sys.stdout.flush()
os._exit(0 if all(results) else 1)
