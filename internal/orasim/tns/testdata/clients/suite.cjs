// Runs node-oracledb in thin mode against the server at ADDRESS, and prints "ok NAME" or "not ok NAME: why" a case.
'use strict';
const assert = require('node:assert/strict');
const path = require('node:path');
const oracledb = require(path.join(process.env.ORACLEDB, 'node_modules', 'oracledb'));

const connectString = process.env.ADDRESS + '/demo';
const login = { user: 'scott', password: 'tiger', connectString };
const bigText = '0123456789 ä 😀 abcdefgh\n'.repeat(15000);
const bigData = Buffer.alloc(1 << 20);
for (let i = 0; i < bigData.length; i++) bigData[i] = i * 7;

const cases = [];
const test = (name, run) => cases.push({ name, run });
const withConnection = (run) => async () => {
  const c = await oracledb.getConnection(login);
  try {
    await run(c);
  } finally {
    await c.close();
  }
};

async function fails(promise, code) {
  await assert.rejects(promise, (e) => {
    assert.ok(e.message.includes(code), `${e.message} (${e.code}), want ${code}`);
    return true;
  });
}

test('version', withConnection(async (c) => {
  assert.equal(c.oracleServerVersionString, '19.3.0.0.0');
  assert.equal(oracledb.thin, true);
}));

test('small packets', async () => {
  const [host, port] = process.env.ADDRESS.split(':');
  for (const sdu of [512, 1024, 65535]) {
    const c = await oracledb.getConnection({
      ...login, connectString: `(DESCRIPTION=(SDU=${sdu})(ADDRESS=(PROTOCOL=tcp)(HOST=${host})(PORT=${port}))(CONNECT_DATA=(SERVICE_NAME=demo)))`,
    });
    const r = await c.execute('select * from generate 500');
    assert.equal(r.rows.length, 500);
    const l = await c.execute('select * from lobs', [], { fetchInfo: { C: { type: oracledb.STRING } } });
    assert.equal(l.rows[0][1], bigText);
    const echo = await c.execute('select :1 from dual', ['ö'.repeat(10000)]);
    assert.equal(echo.rows[0][0], 'ö'.repeat(10000));
    await c.close();
  }
});

test('refused', async () => {
  await fails(oracledb.getConnection({ ...login, password: 'wrong' }), 'ORA-01017');
  await fails(oracledb.getConnection({ ...login, user: 'nobody' }), 'ORA-01017');
  await fails(oracledb.getConnection({ ...login, user: 'locked' }), 'ORA-28000');
  await fails(oracledb.getConnection({ ...login, connectString: process.env.ADDRESS + '/other' }), 'NJS-518');
});

test('long descriptor', async () => {
  const [host, port] = process.env.ADDRESS.split(':');
  const c = await oracledb.getConnection({
    ...login,
    connectString: `(DESCRIPTION=(ADDRESS=(PROTOCOL=tcp)(HOST=${host})(PORT=${port}))(CONNECT_DATA=(SERVICE_NAME=demo)(CID=(PROGRAM=${'x'.repeat(400)}))))`,
  });
  await c.ping();
  await c.close();
});

test('TCPS', async () => {
  const c = await oracledb.getConnection({
    ...login, connectString: 'tcps://' + process.env.TCPS + '/demo', walletLocation: process.env.WALLET, sslServerDNMatch: false,
  });
  const r = await c.execute('select * from generate 300');
  assert.equal(r.rows.length, 300);
  await c.close();
});

// The client speaks UTF-8, the database ZHS16GBK: what it has no place for becomes a question mark.
test('another character set', async () => {
  const c = await oracledb.getConnection({ ...login, connectString: process.env.GBK + '/demo' });
  let r = await c.execute('select :1 from dual', ['中文 a']);
  assert.equal(r.rows[0][0], '中文 a');
  r = await c.execute('select :1 from dual', ['😀']);
  assert.equal(r.rows[0][0], '?');
  await fails(c.execute('select * from nope'), 'ORA-00942');
  await c.close();
});

// Databases of other character sets, over the engine: what they keep of a text, by bind and in the statement.
test('character sets of databases', async () => {
  const mixed = 'aé€ß中😀';
  for (const set of JSON.parse(process.env.SETS)) {
    const c = await oracledb.getConnection({ ...login, connectString: set.address + '/demo' });
    if (set.name === 'ZHS32GB18030') await c.execute('create table texts (k number, v varchar2(40), n nvarchar2(20), c clob)');
    await c.execute('insert into texts values (1, :1, :2, :3)', [mixed, { val: mixed, type: oracledb.DB_TYPE_NVARCHAR }, { val: mixed, type: oracledb.DB_TYPE_CLOB }]);
    await c.execute(`insert into texts values (2, '${mixed}', n'中', '${mixed}')`);
    const r = await c.execute('select v, n, c, lengthb(v), length(v), value from texts, nls_database_parameters where parameter = :1 order by k',
      ['NLS_CHARACTERSET'], { fetchInfo: { C: { type: oracledb.STRING } } });
    assert.equal(r.rows[0][1], mixed, set.name);
    for (const row of r.rows) assert.deepEqual([row[0], row[2], row[3], row[4], row[5]], [set.want, set.want, set.bytes, set.chars, set.name]);
    await fails(c.execute('select 没有 from texts'), 'ORA-009');
    const z = await c.execute("select timestamp '2024-10-27 02:30:00 Europe/Berlin CEST', timestamp '2024-10-27 02:30:00 Europe/Berlin' from dual");
    assert.deepEqual(z.rows[0].map((d) => d.toISOString()), ['2024-10-27T00:30:00.000Z', '2024-10-27T01:30:00.000Z']); // the zone is lost
    await c.close();
  }
});

const numbersAsText = (m) => (m.dbType === oracledb.DB_TYPE_NUMBER ? { type: oracledb.STRING } : undefined);

test('scalars', withConnection(async (c) => {
  const r = await c.execute('select * from scalars', [], { fetchTypeHandler: numbersAsText });
  assert.deepEqual(r.metaData.map((m) => m.name), ['ID', 'N', 'P', 'V', 'C', 'NV', 'D', 'TS', 'TZ', 'R', 'RID', 'BF', 'BD']);
  assert.deepEqual(r.metaData.map((m) => m.dbTypeName), ['NUMBER', 'NUMBER', 'NUMBER', 'VARCHAR2', 'CHAR', 'NVARCHAR2', 'DATE',
    'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'RAW', 'ROWID', 'BINARY_FLOAT', 'BINARY_DOUBLE']);
  assert.deepEqual([r.metaData[1].precision, r.metaData[1].scale], [0, -127]);
  assert.deepEqual([r.metaData[2].precision, r.metaData[2].scale], [12, 2]);
  assert.equal(r.metaData[0].nullable, false);
  assert.equal(r.metaData[7].precision, 9);
  const [one, two, three, nulls] = r.rows;
  assert.equal(one[1], '12345678901234567890123456789012345678');
  assert.equal(two[1], '1' + '0'.repeat(125));
  assert.equal(Number(three[1]), -1.2e-10);
  assert.deepEqual([one[2], two[2], three[2]], ['-12.5', '9999999999.99', '0']);
  assert.equal(one[3], 'grüße 😀');
  assert.equal(two[3], 'ä'.repeat(16383) + 'x');
  assert.equal(one[4], 'ab        ');
  assert.equal(one[5], '國 😀');
  assert.equal(one[6].toISOString(), '2024-02-29T13:14:15.000Z');
  assert.equal(three[6].toISOString(), '9999-12-31T23:59:59.000Z');
  assert.equal(one[7].toISOString(), '2024-02-29T13:14:15.123Z');
  assert.equal(one[8].toISOString(), '2024-02-29T13:14:15.123Z');
  assert.deepEqual(one[9], Buffer.from([0, 1, 255]));
  assert.equal(three[9].length, 2000);
  assert.equal(one[10], 'AAAR3sAAEAAAATSAAH');
  assert.deepEqual([one[11], one[12], two[11], two[12], three[11], three[12]], [1.5, -2.25, -0.5, 1e300, 0, 0]);
  assert.deepEqual(nulls.slice(1), Array(12).fill(null));
}));

test('intervals', withConnection(async (c) => {
  const r = await c.execute('select * from intervals');
  const [one, two, nulls] = r.rows;
  assert.deepEqual([one[1].years, one[1].months], [1, 2]);
  assert.deepEqual([two[1].years, two[1].months], [-1, -2]);
  assert.deepEqual([one[2].days, one[2].hours, one[2].minutes, one[2].seconds, one[2].fseconds], [3, 4, 5, 6, 700000000]);
  assert.deepEqual([two[2].days, two[2].hours, two[2].minutes, two[2].seconds, two[2].fseconds], [-3, -4, -5, -6, -700000000]);
  assert.equal(one[3].toISOString(), '2024-05-06T07:08:09.123Z');
  assert.equal(one[4], 'AAAR3sAAEAAAATSAAH');
  assert.deepEqual(nulls.slice(1), [null, null, null, null]);
}));

test('longs', withConnection(async (c) => {
  const r = await c.execute('select * from longs');
  assert.deepEqual(r.rows[0], [1, 'long ä '.repeat(5000), Buffer.alloc(40000, Buffer.from([0, 255]))]);
  assert.deepEqual(r.rows[1], [2, null, null]);
  assert.deepEqual(r.rows[2], [3, 'x', Buffer.from([1])]);
}));

test('LOBs inline', withConnection(async (c) => {
  const handler = (m) => {
    if (m.dbType === oracledb.DB_TYPE_CLOB || m.dbType === oracledb.DB_TYPE_NCLOB) return { type: oracledb.STRING };
    if (m.dbType === oracledb.DB_TYPE_BLOB) return { type: oracledb.BUFFER };
  };
  for (let i = 0; i < 2; i++) {
    const r = await c.execute('select * from lobs', [], { fetchTypeHandler: handler });
    assert.equal(r.rows[0][1], bigText);
    assert.ok(bigData.equals(r.rows[0][2]));
    assert.equal(r.rows[0][3], '國 😀');
    assert.deepEqual(r.rows[1].slice(1), [null, null, null]);
    assert.deepEqual(r.rows[2].slice(1), ['short', Buffer.from([1, 2, 3]), 'n']);
  }
}));

test('LOBs by locator', withConnection(async (c) => {
  for (let i = 0; i < 2; i++) {
    const r = await c.execute('select * from lobs');
    const [, clob, blob, nclob] = r.rows[0];
    assert.equal(clob.length, [...bigText].reduce((n, ch) => n + ch.length, 0));
    assert.equal(blob.length, bigData.length);
    assert.equal(await clob.getData(), bigText);
    assert.ok(bigData.equals(await blob.getData()));
    assert.equal(await nclob.getData(), '國 😀');
    let streamed = '';
    clob.setEncoding('utf8');
    for await (const piece of clob) streamed += piece;
    assert.equal(streamed, bigText);
    assert.deepEqual(r.rows[1].slice(1), [null, null, null]);
  }
}));

test('XMLTYPE', withConnection(async (c) => {
  const r = await c.execute('select doc from xml');
  assert.equal(r.rows[0][1], '<a>ä</a>');
  const second = r.rows[1][1];
  assert.equal(typeof second === 'string' ? second : await second.getData(), '<b>' + 'long ä '.repeat(1000) + '</b>');
  assert.deepEqual(r.rows[2], [3, null]);
}));

test('binds', withConnection(async (c) => {
  const at = new Date(Date.UTC(2024, 1, 29, 13, 14, 15, 123));
  for (const [bind, want] of [
    [42, 42], [-1.5, -1.5], [0, 0], [1e100, 1e100], ['grüße 😀', 'grüße 😀'], ['', null], [null, null],
    [{ val: '國 😀', type: oracledb.DB_TYPE_NVARCHAR }, '國 😀'],
    [Buffer.from([0, 1, 2]), Buffer.from([0, 1, 2])], [at, at],
    [{ val: at, type: oracledb.DB_TYPE_TIMESTAMP_TZ }, at],
    [{ val: 1.5, type: oracledb.DB_TYPE_BINARY_DOUBLE }, 1.5],
    [{ val: -1.5, type: oracledb.DB_TYPE_BINARY_FLOAT }, -1.5],
    [{ val: new oracledb.IntervalYM({ years: -1, months: -2 }), type: oracledb.DB_TYPE_INTERVAL_YM }, new oracledb.IntervalYM({ years: -1, months: -2 })],
    ['x'.repeat(20000), 'x'.repeat(20000)],
  ]) {
    const r = await c.execute('select :1 from dual', [bind]);
    assert.deepEqual(r.rows, [[want]]);
  }
  const r = await c.execute('select :a, :b, :a from dual', { a: 'x', b: 'y' });
  assert.deepEqual(r.rows, [['x', 'y', 'x']]);
}));

test('DML', withConnection(async (c) => {
  await c.execute('delete from t');
  await c.commit();
  let r = await c.execute('insert into t (id, name) values (:1, :2)', [1, 'one']);
  assert.equal(r.rowsAffected, 1);
  assert.equal(r.lastRowid, 'AAAAABAACAAAAADAAB');
  assert.equal(c.transactionInProgress, true);
  await c.rollback();
  assert.equal(c.transactionInProgress, false);
  r = await c.execute('select id, name from t order by id');
  assert.deepEqual(r.rows, []);
  await c.execute('insert into t (id, name) values (:1, :2)', [1, 'one'], { autoCommit: true });
  await c.rollback();
  r = await c.execute('select id, name from t order by id');
  assert.deepEqual(r.rows, [[1, 'one']]);
  for (let i = 10; i < 15; i++) {
    r = await c.execute('insert into t (id, name) values (:1, :2)', [i, 'again']);
    assert.equal(r.rowsAffected, 1);
  }
  await c.commit();
  const long = 'ö'.repeat(135000);
  await c.execute('insert into t (id, name) values (:1, :2)', [20, { val: long, type: oracledb.STRING, maxSize: 300000 }]);
  r = await c.execute('select id, name from t order by id');
  assert.equal(r.rows.length, 7);
  await c.rollback();
  r = await c.execute('create or replace procedure broken is begin x; end;');
  assert.ok(r.warning);
}));

test('array DML', withConnection(async (c) => {
  await c.execute('delete from t');
  const rows = Array.from({ length: 1000 }, (_, i) => [i, 'name ' + i]);
  let r = await c.executeMany('insert into t (id, name) values (:1, :2)', rows, { dmlRowCounts: true });
  assert.equal(r.rowsAffected, 1000);
  assert.deepEqual(r.dmlRowCounts, Array(1000).fill(1));
  r = await c.executeMany('update t set name = :1 where id >= :2', [['a', 990], ['b', 2000], ['c', 999]], { dmlRowCounts: true });
  assert.deepEqual(r.dmlRowCounts, [10, 0, 1]);
  r = await c.executeMany('insert into t (id, name) values (:1, :2)', [[1, 'x'], [2001, 'x'], [-5, 'x'], [2002, 'x']], { batchErrors: true, dmlRowCounts: true });
  assert.equal(r.rowsAffected, 2);
  assert.deepEqual(r.batchErrors.map((e) => [e.offset, e.message.split(':')[0]]), [[0, 'ORA-00001'], [2, 'ORA-02290']]);
  await fails(c.executeMany('insert into t (id, name) values (:1, :2)', [[3001, 'x'], [1, 'x'], [3002, 'x']]), 'ORA-00001');
  await c.commit();
}));

test('RETURNING', withConnection(async (c) => {
  await c.execute('delete from t');
  const out = { id: { dir: oracledb.BIND_OUT, type: oracledb.NUMBER }, name: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 40 } };
  for (let i = 1; i < 4; i++) {
    const r = await c.execute('insert into t (id, name) values (:a, :b) returning id, name into :id, :name', { a: i, b: 'back', ...out });
    assert.deepEqual(r.outBinds, { id: [i], name: ['back'] });
  }
  let r = await c.execute('update t set name = :n where id >= :i returning id into :id', { n: 'new', i: 2, id: out.id });
  assert.deepEqual(r.outBinds.id, [2, 3]);
  r = await c.execute('update t set name = :n where id >= :i returning id into :id', { n: 'new', i: 99, id: out.id });
  assert.deepEqual(r.outBinds.id, []);
  r = await c.executeMany('insert into t (id, name) values (:a, :b) returning id, name into :id, :name',
    [{ a: 10, b: 'x' }, { a: 11, b: 'y' }], { bindDefs: { a: { type: oracledb.NUMBER }, b: { type: oracledb.STRING, maxSize: 10 }, ...out } });
  assert.deepEqual(r.outBinds, [{ id: [10], name: ['x'] }, { id: [11], name: ['y'] }]);
  await c.commit();
}));

test('blocks', withConnection(async (c) => {
  for (let i = 0; i < 3; i++) {
    const r = await c.execute('begin twice(:a, :b, :c); end;', {
      a: 21 + i, b: { dir: oracledb.BIND_OUT, type: oracledb.NUMBER }, c: { dir: oracledb.BIND_INOUT, val: 'ab', maxSize: 20 },
    });
    assert.deepEqual(r.outBinds, { b: 42 + 2 * i, c: 'abab' });
  }
  const r = await c.execute('begin reverse(:a, :b); end;', {
    a: { type: oracledb.NUMBER, val: [1, 2, 3], maxArraySize: 3 }, b: { type: oracledb.NUMBER, dir: oracledb.BIND_OUT, maxArraySize: 10 },
  });
  assert.deepEqual(r.outBinds.b, [3, 2, 1]);
  const l = await c.execute('begin makelob(:a); end;', { a: { type: oracledb.CLOB, dir: oracledb.BIND_OUT } });
  assert.equal(await l.outBinds.a.getData(), 'made by a block 😀');
}));

test('REF CURSOR', withConnection(async (c) => {
  const want = [[1, 'one'], [2, 'two'], [3, null]];
  for (let i = 0; i < 2; i++) {
    const r = await c.execute('begin open :1 for select 1 from dual; end;', [{ dir: oracledb.BIND_OUT, type: oracledb.CURSOR }]);
    assert.deepEqual(await r.outBinds[0].getRows(), want);
    await r.outBinds[0].close();
  }
  const n = await c.execute('select * from nested');
  assert.equal(n.rows.length, 2);
  for (const row of n.rows) {
    const rows = row[1].getRows ? await row[1].getRows() : row[1];
    assert.deepEqual(rows, want);
  }
  const i = await c.execute('begin implicit; end;');
  assert.deepEqual(i.implicitResults, [want, want]);
  await fails(c.execute('begin closed :1; end;', [{ dir: oracledb.BIND_OUT, type: oracledb.CURSOR }]), 'NJS-');
}));

test('temporary LOBs', withConnection(async (c) => {
  await c.execute('delete from t');
  const lob = await c.createLob(oracledb.CLOB);
  await new Promise((resolve, reject) => {
    lob.on('error', reject);
    lob.on('finish', resolve);
    lob.end(bigText);
  });
  await c.execute('insert into t (id, name) values (:1, :2)', [1, lob]);
  await lob.close();
  const blob = await c.createLob(oracledb.BLOB);
  await new Promise((resolve, reject) => {
    blob.on('error', reject);
    blob.on('finish', resolve);
    blob.end(Buffer.from('data'));
  });
  await c.execute('insert into t (id, name) values (:1, :2)', [2, blob]);
  await blob.close();
  const r = await c.execute('select id, name from t order by id');
  assert.deepEqual(r.rows, [[1, bigText], [2, 'data']]);
  await c.rollback();
}));

test('fetch sizes', withConnection(async (c) => {
  for (const size of [1, 7, 100, 1000]) {
    const n = size === 1 ? 50 : 2500;
    const r = await c.execute(`select * from generate ${n}`, [], { fetchArraySize: size, prefetchRows: size });
    assert.equal(r.rows.length, n);
    assert.equal(r.rows[n - 1][0], n);
    const none = await c.execute(`select * from generate ${n}`, [], { fetchArraySize: size, prefetchRows: 0 });
    assert.equal(none.rows.length, n);
  }
  const rs = (await c.execute('select * from generate 250', [], { resultSet: true, fetchArraySize: 100 })).resultSet;
  let n = 0;
  for (let row; (row = await rs.getRow());) assert.equal(row[0], ++n);
  assert.equal(n, 250);
  await rs.close();
}));

test('errors', withConnection(async (c) => {
  await assert.rejects(c.execute('select * from nope'), (e) => e.errorNum === 942 && e.offset === 14);
  await assert.rejects(c.execute('begin nope; end;'), (e) => e.errorNum === 6550 && e.message.includes('PLS-00201'));
  await assert.rejects(c.execute('begin raise; end;'), (e) => e.errorNum === 20001 && e.message.includes('ORA-06512'));
  await fails(c.execute('insert into t (id, name) values (:1, :2)', [null, 'x']), 'ORA-01400');
  await fails(c.execute('select * from fails after 250'), 'ORA-01555');
  assert.deepEqual((await c.execute('select :1 from dual', [1])).rows, [[1]]);
}));

test('cancel', withConnection(async (c) => {
  for (const sql of ['select * from sleep', 'select * from generate 50000000']) {
    c.callTimeout = 300;
    await assert.rejects(c.execute(sql, [], { maxRows: 0, fetchArraySize: 100000, prefetchRows: 100000 }), /NJS-123|ORA-01013/);
    c.callTimeout = 0;
    assert.deepEqual((await c.execute('select :1 from dual', [5])).rows, [[5]]);
  }
  const running = c.execute('select * from sleep');
  setTimeout(() => c.break(), 200);
  await fails(running, 'ORA-01013');
  assert.deepEqual((await c.execute('select :1 from dual', [6])).rows, [[6]]);
}));

test('session', withConnection(async (c) => {
  await c.ping();
  c.module = 'my module';
  c.action = 'my action';
  c.clientId = 'me';
  c.currentSchema = 'OTHER';
  await c.execute('begin null; end;');
  const info = await c.getStatementInfo('select * from scalars');
  assert.equal(info.metaData.length, 13);
}));

test('what is not served', withConnection(async (c) => {
  await fails(c.tpcBegin({ formatId: 1, globalTransactionId: 'tx', branchQualifier: 'b' }), 'ORA-03115');
  await fails(c.changePassword('scott', 'tiger', 'lion'), 'ORA-03115');
  await fails(c.execute('select :1 from dual', [{ val: { a: 1 }, type: oracledb.DB_TYPE_JSON }]), 'ORA-03115');
  assert.deepEqual((await c.execute('select :1 from dual', [1])).rows, [[1]]);
}));

test('LOBs beside ROWIDs', withConnection(async (c) => {
  const r = await c.execute('select * from lobids', [], { fetchInfo: { C: { type: oracledb.STRING } } });
  assert.deepEqual(r.rows, [['AAAR3sAAEAAAATSAAH', 'text', 1.5, 'v']]);
}));

test('pool', async () => {
  const pool = await oracledb.createPool({ ...login, poolMin: 4, poolMax: 4, poolIncrement: 0 });
  await Promise.all(Array.from({ length: 20 }, async (_, i) => {
    const c = await pool.getConnection();
    const r = await c.execute('select :1 from dual', [i]);
    assert.deepEqual(r.rows, [[i]]);
    await c.close();
  }));
  await pool.close(0);
});

(async () => {
  let failed = 0;
  for (const { name, run } of cases) {
    if (process.env.ONLY && !name.match(process.env.ONLY)) continue;
    let timer;
    try {
      await Promise.race([run(), new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('no end after 60 s')), 60000); })]);
      console.log('ok ' + name);
    } catch (e) {
      failed++;
      console.log('not ok ' + name + ': ' + String(e && e.stack || e).slice(0, 1500).replaceAll('\n', ' | '));
    }
    clearTimeout(timer);
  }
  process.exit(failed ? 1 : 0);
})();
