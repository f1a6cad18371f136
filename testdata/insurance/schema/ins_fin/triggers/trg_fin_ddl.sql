CREATE OR REPLACE TRIGGER ins_fin.trg_fin_ddl
AFTER DDL ON ins_fin.SCHEMA
DECLARE
  l_list ORA_NAME_LIST_T;
  l_n    PLS_INTEGER;
  l_text CLOB;
BEGIN
  l_n := ORA_SQL_TXT(l_list);
  FOR i IN 1 .. NVL(l_n, 0) LOOP
    l_text := l_text || l_list(i);
  END LOOP;
  INSERT INTO audit_ddl_event (sys_event, obj_owner, obj_name, obj_type, login_user, sql_text)
  VALUES (ORA_SYSEVENT, ORA_DICT_OBJ_OWNER, ORA_DICT_OBJ_NAME, ORA_DICT_OBJ_TYPE, ORA_LOGIN_USER, l_text);
END;
/
