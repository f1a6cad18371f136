// Runs blocks of PL/SQL by node-oracledb in thin mode at the engine behind ADDRESS, and prints "ok NAME" or "not ok NAME: why" a case.
'use strict';
const assert = require('node:assert/strict');
const path = require('node:path');
const oracledb = require(path.join(process.env.ORACLEDB, 'node_modules', 'oracledb'));

const login = { user: 'scott', password: 'tiger', connectString: process.env.ADDRESS + '/demo' };
const out = (type, more = {}) => ({ dir: oracledb.BIND_OUT, type, ...more });
const cases = [];
const test = (name, run) => cases.push({ name, run });

async function fails(promise, text) {
  let found;
  await assert.rejects(promise, (e) => {
    assert.ok(e.message.includes(text), `${e.message} (${e.code}), want ${text}`);
    found = e;
    return true;
  });
  return found;
}

test('scalars out', async (c) => {
  const r = await c.execute(`BEGIN
      :n := 12.5; :s := 'grüße 😀'; :d := DATE '2024-02-29'; :r := HEXTORAW('00FF'); :b := 1 < 2; :z := NULL; :nv := '國';
    END;`, {
    n: out(oracledb.NUMBER), s: out(oracledb.STRING, { maxSize: 40 }), d: out(oracledb.DATE), r: out(oracledb.BUFFER, { maxSize: 10 }),
    b: out(oracledb.DB_TYPE_BOOLEAN), z: out(oracledb.STRING), nv: out(oracledb.DB_TYPE_NVARCHAR, { maxSize: 10 }),
  });
  assert.deepEqual(r.outBinds, {
    n: 12.5, s: 'grüße 😀', d: new Date('2024-02-29T00:00:00Z'), r: Buffer.from([0, 255]), b: true, z: null, nv: '國',
  });
});

test('in, out and again', async (c) => {
  for (let i = 0; i < 3; i++) {
    const r = await c.execute('DECLARE k NUMBER := :a; BEGIN :n := :n * 2 + k; :s := :s || :n; END;', {
      a: 100, n: { dir: oracledb.BIND_INOUT, type: oracledb.NUMBER, val: i }, s: { dir: oracledb.BIND_INOUT, val: 'ab', maxSize: 40 },
    });
    assert.deepEqual(r.outBinds, { n: 100 + 2 * i, s: `ab${100 + 2 * i}` });
  }
});

test('nested cursors', async (c) => {
  const text = 'SELECT x.id, CURSOR(SELECT id, name FROM emp e WHERE e.id BETWEEN x.id AND x.id + :n ORDER BY id) c FROM emp x WHERE x.id <= 3 ORDER BY x.id';
  const want = [1, 2, 3].map((k) => [k, [k, k + 1].map((i) => [i, `name ${i}`])]);
  for (let i = 0; i < 2; i++) {
    const r = await c.execute(text, [1]);
    assert.deepEqual(r.metaData.map((m) => m.dbType), [oracledb.DB_TYPE_NUMBER, oracledb.DB_TYPE_CURSOR]);
    assert.deepEqual(r.rows, want); // the driver reads them itself
    const s = await c.execute(text, [1], { resultSet: true });
    const got = [];
    for (let row = await s.resultSet.getRow(); row; row = await s.resultSet.getRow()) {
      got.push([row[0], await row[1].getRows()]);
      await row[1].close();
    }
    await s.resultSet.close();
    assert.deepEqual(got, want);
  }
  const deep = await c.execute('SELECT CURSOR(SELECT x.id, CURSOR(SELECT id FROM emp WHERE id = x.id + 1) FROM emp x WHERE x.id < 3 ORDER BY 1) FROM dual');
  assert.deepEqual(deep.rows, [[[[1, [[2]]], [2, [[3]]]]]]);
  await fails(c.execute('SELECT * FROM (SELECT CURSOR(SELECT 1 FROM dual) FROM dual)'), 'ORA-22902');
});

test('multiset operators', async (c) => {
  const r = await c.execute("select words_t('a', 'b', 'b') multiset except words_t('b'), cardinality(set(words_t('a', 'a'))) from dual where words_t('a') submultiset of words_t('b', 'a')");
  assert.deepEqual([[...r.rows[0][0]], r.rows[0][1]], [['a', 'b'], 1]);
});

test('LOBs', async (c) => {
  const r = await c.execute("BEGIN :c := RPAD('x', 30000, 'y') || :t; :b := HEXTORAW('0102'); :s := LENGTH(:t); END;", {
    c: out(oracledb.CLOB), b: out(oracledb.BLOB), t: 'z'.repeat(100), s: out(oracledb.NUMBER),
  });
  const text = await r.outBinds.c.getData();
  assert.equal(text.length, 30100);
  assert.deepEqual(await r.outBinds.b.getData(), Buffer.from([1, 2]));
  assert.equal(r.outBinds.s, 100);
});

test('REF CURSORs', async (c) => {
  for (let i = 0; i < 2; i++) {
    const r = await c.execute('BEGIN OPEN :c FOR SELECT id, name FROM emp WHERE id > :k ORDER BY id; END;', { c: out(oracledb.CURSOR), k: 298 - i });
    assert.deepEqual((await r.outBinds.c.getRows()).slice(-2), [[299, 'name 299'], [300, 'name 300']]);
    await r.outBinds.c.close();
  }
  const first = await c.execute('BEGIN OPEN :c FOR SELECT id FROM emp ORDER BY id; END;', { c: out(oracledb.CURSOR, { prefetchRows: 0 }) });
  const passed = await c.execute('DECLARE r SYS_REFCURSOR := :c; BEGIN FETCH r INTO :n; FETCH r INTO :n; END;', { c: first.outBinds.c, n: out(oracledb.NUMBER) });
  assert.equal(passed.outBinds.n, 2);
  const i = await c.execute('DECLARE c SYS_REFCURSOR; BEGIN OPEN c FOR SELECT 1 FROM dual; DBMS_SQL.RETURN_RESULT(c); END;');
  assert.deepEqual(i.implicitResults, [[[1]]]);
});

test('arrays', async (c) => {
  const r = await c.execute(`DECLARE
      TYPE nums IS TABLE OF NUMBER INDEX BY BINARY_INTEGER;
      a nums := :a;
      b DBMS_OUTPUT.CHARARR;
    BEGIN
      FOR i IN 1 .. a.COUNT LOOP b(i) := 'n' || a(a.COUNT + 1 - i); END LOOP;
      :b := b;
    END;`, {
    a: { type: oracledb.NUMBER, val: [1, 2, 3], maxArraySize: 3 }, b: out(oracledb.STRING, { maxArraySize: 10, maxSize: 30 }),
  });
  assert.deepEqual(r.outBinds.b, ['n3', 'n2', 'n1']);
  await fails(c.execute('DECLARE t DBMS_SQL.NUMBER_TABLE; BEGIN FOR i IN 1 .. 3 LOOP t(i) := i; END LOOP; :b := t; END;', { b: out(oracledb.NUMBER, { maxArraySize: 2 }) }), 'ORA-06513');
});

test('output', async (c) => {
  await c.execute('BEGIN DBMS_OUTPUT.ENABLE(NULL); END;');
  await c.execute("BEGIN FOR i IN 1 .. 5 LOOP DBMS_OUTPUT.PUT_LINE('line ' || i); END LOOP; END;");
  const r = await c.execute('BEGIN DBMS_OUTPUT.GET_LINES(:l, :n); END;', {
    l: out(oracledb.STRING, { maxArraySize: 100, maxSize: 200 }), n: { dir: oracledb.BIND_INOUT, type: oracledb.NUMBER, val: 100 },
  });
  assert.deepEqual(r.outBinds, { l: ['line 1', 'line 2', 'line 3', 'line 4', 'line 5'], n: 5 });
  const one = await c.execute('BEGIN DBMS_OUTPUT.GET_LINE(:l, :s); END;', { l: out(oracledb.STRING, { maxSize: 32767 }), s: out(oracledb.NUMBER) });
  assert.deepEqual(one.outBinds, { l: null, s: 1 });
});

test('errors', async (c) => {
  const e = await fails(c.execute('BEGIN t_missing := 5; END;'), 'PLS-00201');
  assert.deepEqual([e.errorNum, e.offset], [6550, 6]);
  await fails(c.execute('DECLARE n NUMBER;\nBEGIN\n  SELECT id INTO n FROM emp WHERE id = 0;\nEND;'), 'ORA-06512: at line 3');
  await fails(c.execute("BEGIN RAISE_APPLICATION_ERROR(-20101, 'mine'); END;"), 'ORA-20101: mine');
  await fails(c.execute("BEGIN :s := 'abcdef'; END;", { s: out(oracledb.STRING, { maxSize: 3 }) }), 'ORA-06502');
  await fails(c.execute("BEGIN dbms_pipe.purge('x'); END;"), 'ORA-03001');
});

test('application context', async (c) => {
  c.appContext('CLIENTCONTEXT', [{ color: 'blue' }, { shape: 'round' }]);
  const r = await c.execute("SELECT SYS_CONTEXT('CLIENTCONTEXT', 'color'), SYS_CONTEXT('CLIENTCONTEXT', 'SHAPE') FROM dual");
  assert.deepEqual(r.rows, [['blue', 'round']]);
  const d = await oracledb.getConnection({ ...login, appContext: [['CLIENTCONTEXT', 'a', '1'], ['CLIENTCONTEXT', 'b', '2']] });
  const q = await d.execute("SELECT SYS_CONTEXT('CLIENTCONTEXT', 'a') || SYS_CONTEXT('CLIENTCONTEXT', 'B') FROM dual");
  assert.deepEqual(q.rows, [['12']]);
  await d.close();
  c.clearAppContext('CLIENTCONTEXT');
  const s = await c.execute("SELECT SYS_CONTEXT('CLIENTCONTEXT', 'color') FROM dual");
  assert.deepEqual(s.rows, [[null]]);
});

test('objects', async (c) => {
  const Person = await c.getDbObjectClass('PERSON_T');
  const p = new Person({
    NAME: 'grüße', HOME: { STREET: 'Elm', NR: 7.5, SINCE: new Date('2024-02-29T00:00:00Z') }, HOMES: [{ NR: 1 }, { STREET: 'Oak' }], WORDS: ['國', null, 'x'.repeat(20)],
    PHOTO: Buffer.alloc(300, 0xfe),
  });
  await c.execute('insert into people values (1, :p)', { p });
  const { rows, metaData } = await c.execute('select who from people where id = 1');
  const [[got]] = rows;
  assert.equal(metaData[0].dbTypeName, 'SCOTT.PERSON_T');
  assert.deepEqual([got.NAME, got.HOME.STREET, got.HOME.NR, got.HOME.SINCE], ['grüße', 'Elm', 7.5, new Date('2024-02-29T00:00:00Z')]);
  assert.deepEqual([...got.HOMES].map((x) => [x.STREET, x.NR]), [[null, 1], ['Oak', null]]);
  assert.deepEqual([...got.WORDS], ['國', null, 'x'.repeat(20)]);
  assert.deepEqual(got.PHOTO, p.PHOTO);
  await fails(c.execute("select noted_t('a', null) from dual").then((r) => r.rows[0][0].NOTE), 'NJS-089'); // the driver knows no LOBs in objects
  await fails(c.getDbObjectClass('NO_SUCH'), 'NJS-');
  await c.rollback();
});

test('objects in blocks', async (c) => {
  const Place = await c.getDbObjectClass('PLACE_T');
  const Words = await c.getDbObjectClass('WORDS_T');
  const r = await c.execute('DECLARE p place_t := :at; w words_t := :w; BEGIN p.nr := p.nr + 1; :o := p; w.EXTEND; w(2) := p.street; :w := w; END;', {
    at: new Place({ STREET: 'Elm', NR: 7 }), o: { dir: oracledb.BIND_OUT, type: Place }, w: { dir: oracledb.BIND_INOUT, type: Words, val: new Words(['a']) },
  });
  assert.deepEqual([r.outBinds.o.STREET, r.outBinds.o.NR, [...r.outBinds.w]], ['Elm', 8, ['a', 'Elm']]);
});

test('broken units', async (c) => {
  const r = await c.execute('CREATE OR REPLACE FUNCTION broken RETURN NUMBER IS BEGIN RETURN 1 END;');
  assert.equal(r.warning.code, 'NJS-700');
  assert.equal((await c.execute("SELECT status FROM user_objects WHERE object_name = 'BROKEN'")).rows[0][0], 'INVALID');
  await c.execute('DROP FUNCTION broken');
});

test('NULL in embedded objects, XMLTYPE, headings', async (c) => {
  const Person = await c.getDbObjectClass('PERSON_T');
  const Place = await c.getDbObjectClass('PLACE_T');
  for (const home of [{}, { NR: 20 }, { STREET: 'Elm' }]) {
    await c.execute('insert into people (id, who) values (78, :1)', [new Person({ NAME: 'x', HOME: new Place(home) })]);
    const { rows: [[who, nr]] } = await c.execute('select p.who, p.who.home.nr from people p where id = 78');
    assert.deepEqual([who.HOME.STREET, who.HOME.NR, nr], [home.STREET ?? null, home.NR ?? null, home.NR ?? null]);
    await c.rollback();
  }
  const x = await c.execute("select xmltype('<a>x</a>') x, 'String Val', 1 +  1, :val from dual", ['v']);
  assert.deepEqual(x.rows, [['<a>x</a>', 'String Val', 2, 'v']]);
  assert.deepEqual(x.metaData.map((m) => m.name), ['X', "'STRINGVAL'", '1+1', ':VAL']);
  await c.execute('alter session set current_schema = scott'); // what it is already
  assert.equal(c.currentSchema, 'SCOTT');
  await c.execute('alter session set current_schema = sys');
  assert.equal(c.currentSchema, 'SYS');
  c.currentSchema = 'nobody';
  await fails(c.execute('select 1 from dual'), 'ORA-01435');
  c.currentSchema = 'SCOTT'; // else the driver asks for the other one again
  await fails(c.execute("insert into scott.emp values (1020, 'long') returning name into :1", [{ dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 1 }]).then(() => c.execute('select 1 from dual')), 'NJS-016');
  await c.rollback();
  await fails(c.getStatementInfo('insert into nowhere values (:1)'), 'ORA-00942');
  await fails(c.getStatementInfo('insert into scott.emp values (:1, :2, :3)'), 'ORA-00913');
});

test('privileges that are not served', async () => {
  for (const privilege of [oracledb.SYSASM, oracledb.SYSBACKUP, oracledb.SYSDG, oracledb.SYSKM, oracledb.SYSRAC]) {
    assert.ok(privilege);
    await fails(oracledb.getConnection({ ...login, privilege }), 'ORA-01031');
  }
});

test('create and drop as suites do', async (c) => {
  await c.execute(`DECLARE e EXCEPTION; PRAGMA EXCEPTION_INIT(e, -942);
    BEGIN
      EXECUTE IMMEDIATE ('DROP TABLE made');
    EXCEPTION WHEN e THEN NULL;
    END;`);
  await c.execute(`BEGIN
      DECLARE e EXCEPTION; PRAGMA EXCEPTION_INIT(e, -00942);
      BEGIN EXECUTE IMMEDIATE('DROP TABLE made PURGE'); EXCEPTION WHEN e THEN NULL; END;
      EXECUTE IMMEDIATE ('CREATE TABLE made (id NUMBER, v VARCHAR2(20))');
    END;`);
  await c.executeMany('BEGIN INSERT INTO made VALUES (:1, :2); END;', [[1, 'a'], [2, 'b']]);
  const r = await c.execute('SELECT COUNT(*) FROM made');
  assert.deepEqual(r.rows, [[2]]);
  await c.execute('DROP TABLE made');
});

(async () => {
  let failed = 0;
  for (const { name, run } of cases) {
    let c;
    try {
      c = await oracledb.getConnection(login);
      await run(c);
      console.log('ok ' + name);
    } catch (e) {
      failed++;
      console.log('not ok ' + name + ': ' + String(e && e.stack || e).slice(0, 1500).replaceAll('\n', ' | '));
    }
    if (c) await c.close();
  }
  process.exit(failed ? 1 : 0);
})();
