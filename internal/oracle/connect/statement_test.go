package connect

import (
	"errors"
	"testing"
)

func TestCheck(t *testing.T) {
	allowed := []string{
		"SELECT * FROM t",
		"with q as (select 1 a from dual) select a from q",
		"select /*+ parallel(4) */ a, dbms_lob.getlength(c), sys.dbms_lob.substr(c, 10, 1) from s.t as of scn :1 where rowid between :2 and :3",
		"select t.x.getclobval(), nvl(f, 0), count(*) over (partition by a) from t",
		"select value(x).getclobval() from x",
		"select dbms_metadata.get_ddl('TABLE', 'T', 'S') from dual",
		"select dbms_flashback.get_system_change_number from dual",
		"select * from table(dbms_xplan.display_cursor(null, null))",
		"select c.column_value from t, table(t.nested) c",
		"alter session set nls_date_format = 'YYYY' time_zone = '+00:00'",
		"alter session set current_schema = app", "alter session set container = pdb1",
		"set transaction read only", "commit", "rollback",
		"begin dbms_application_info.set_module(:1, :2); end;",
		"begin dbms_metadata.set_transform_param(dbms_metadata.session_transform, 'STORAGE', false); dbms_application_info.set_action('x'); end;",
		"begin sys.dbms_logmnr.start_logmnr(startscn => :1, options => dbms_logmnr.dict_from_online_catalog + dbms_logmnr.committed_data_only); end;",
	}
	for _, sql := range allowed {
		if err := Check(sql); err != nil {
			t.Errorf("%v", err)
		}
	}
	refused := []string{
		"", " ", "-- nothing",
		"delete from t", "insert into t values (1)", "update t set a = 1", "merge into t using u on (t.a = u.a) when matched then update set b = 1",
		"select * from t for update", "select * from t for update of a nowait", "select * from (select * from t) for update skip locked",
		"select seq.nextval from dual", "select a, (select s.seq.nextval from dual) from t",
		"with function f return number is begin delete from t; return 1; end; select f from dual",
		"select pkg.f(1) from dual", "select app.pkg.f(1) from dual", "select f@link(1) from dual", "select * from table(app.pipe(1))",
		"select utl_http.request('http://x') from dual", "select dbms_xmlquery.getxml('x') from dual",
		"select obj.save() from t obj", "select f(1).save() from dual",
		"create table t (a number)", "drop table t", "truncate table t", "alter table t move", "alter system switch logfile", "grant select on t to u", "lock table t in share mode",
		"alter session set events '10046 trace name context forever'", "alter session enable parallel dml", "alter session close database link x", "alter session set sql_trace = true",
		"set transaction read write", "set transaction isolation level serializable", "set role dba", "savepoint a", "commit force '1.2.3'", "rollback force '1.2.3'",
		"call p()", "explain plan for select 1 from dual", "analyze table t compute statistics",
		"begin null; end;", "begin delete from t; end;", "begin p; end;", "begin dbms_session.sleep(1); end;", "begin execute immediate 'drop table t'; end;",
		"begin dbms_application_info.set_module(f(1), ''); end;", "begin dbms_application_info.set_module((select 1 from dual), ''); end;",
		"begin dbms_application_info.set_module('a', 'b'); exception when others then delete from t; end;",
		"declare x number := f(1); begin dbms_application_info.set_module('a', 'b'); end;",
		"begin if 1 = 1 then dbms_application_info.set_module('a', 'b'); end if; end;",
		"select 1 from dual; select 2 from dual", "select 1 from dual; drop table t", "select 1 from dual\n/\ndrop table t",
		"select * from &t", "select * frm t", "selec 1",
	}
	for _, sql := range refused {
		if err := Check(sql); !errors.Is(err, ErrRefused) {
			t.Errorf("allowed: %s (%v)", sql, err)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("select f(x).y(1) from t")
	f.Add("begin dbms_application_info.set_module(:1, :2); end;")
	f.Fuzz(func(_ *testing.T, sql string) { _ = Check(sql) })
}
