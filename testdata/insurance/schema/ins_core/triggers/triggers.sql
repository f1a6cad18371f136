CREATE OR REPLACE TRIGGER ins_core.trg_party_biu
BEFORE INSERT OR UPDATE ON ins_core.party
FOR EACH ROW
BEGIN
  IF INSERTING THEN
    IF :new.party_id IS NULL THEN
      SELECT seq_party.NEXTVAL INTO :new.party_id FROM dual;
    END IF;
    :new.created_by := NVL(:new.created_by, pkg_context.get_user);
  END IF;
  :new.id_no := UPPER(TRIM(:new.id_no));
  :new.updated_at := SYSTIMESTAMP;
END;
/

CREATE OR REPLACE TRIGGER ins_core.trg_policy_bu
BEFORE UPDATE OF status, sum_insured, annual_premium ON ins_core.policy
REFERENCING OLD AS o NEW AS n
FOR EACH ROW
WHEN (o.status <> n.status OR n.sum_insured <> o.sum_insured)
DECLARE
  l_text VARCHAR2(200);
BEGIN
  :n.updated_at := SYSTIMESTAMP;
  IF :o.status IN ('SU', 'CA', 'MA', 'DC') AND :n.status = 'IF' THEN
    RAISE_APPLICATION_ERROR(-20201, '保单 ' || :o.policy_no || ' 已终止, 不能恢复');
  END IF;
  l_text := :o.status || '->' || :n.status || ' SI ' || :o.sum_insured || '->' || :n.sum_insured;
  pkg_log.info('TRG_POLICY_BU', l_text, :n.policy_id);
END trg_policy_bu;
/

-- 复合触发器: 收集变动保单, 语句结束后统一写统计 (避免变异表)
CREATE OR REPLACE TRIGGER ins_core.trg_policy_stat
FOR INSERT OR UPDATE OF status ON ins_core.policy
COMPOUND TRIGGER
  TYPE t_key IS RECORD (branch_code policy.branch_code%TYPE, product_code policy.product_code%TYPE, delta PLS_INTEGER, premium NUMBER);
  TYPE t_keys IS TABLE OF t_key INDEX BY VARCHAR2(30);
  g_keys t_keys;

  PROCEDURE add_key(p_branch VARCHAR2, p_product VARCHAR2, p_delta PLS_INTEGER, p_premium NUMBER)
  IS
    l_k VARCHAR2(30) := p_branch || '|' || p_product;
  BEGIN
    IF NOT g_keys.EXISTS(l_k) THEN
      g_keys(l_k).branch_code := p_branch;
      g_keys(l_k).product_code := p_product;
      g_keys(l_k).delta := 0;
      g_keys(l_k).premium := 0;
    END IF;
    g_keys(l_k).delta := g_keys(l_k).delta + p_delta;
    g_keys(l_k).premium := g_keys(l_k).premium + p_premium;
  END add_key;

  BEFORE STATEMENT IS
  BEGIN
    g_keys.DELETE;
  END BEFORE STATEMENT;

  AFTER EACH ROW IS
  BEGIN
    IF INSERTING THEN
      add_key(:NEW.branch_code, :NEW.product_code, 1, :NEW.annual_premium);
    ELSIF :NEW.status = 'CA' AND :OLD.status <> 'CA' THEN
      add_key(:NEW.branch_code, :NEW.product_code, -1, -:NEW.annual_premium);
    END IF;
  END AFTER EACH ROW;

  AFTER STATEMENT IS
    l_k VARCHAR2(30) := g_keys.FIRST;
  BEGIN
    WHILE l_k IS NOT NULL LOOP
      MERGE INTO policy_stat_daily s
      USING (SELECT TRUNC(SYSDATE) AS d FROM dual) x
         ON (s.stat_date = x.d AND s.branch_code = g_keys(l_k).branch_code AND s.product_code = g_keys(l_k).product_code)
       WHEN MATCHED THEN UPDATE SET s.new_count = s.new_count + g_keys(l_k).delta, s.new_premium = s.new_premium + g_keys(l_k).premium
       WHEN NOT MATCHED THEN INSERT (stat_date, branch_code, product_code, new_count, new_premium)
            VALUES (x.d, g_keys(l_k).branch_code, g_keys(l_k).product_code, g_keys(l_k).delta, g_keys(l_k).premium);
      l_k := g_keys.NEXT(l_k);
    END LOOP;
  END AFTER STATEMENT;
END trg_policy_stat;
/

CREATE OR REPLACE TRIGGER ins_core.trg_v_beneficiary_io
INSTEAD OF INSERT OR UPDATE OR DELETE ON ins_core.v_policy_beneficiary
FOR EACH ROW
BEGIN
  CASE
    WHEN INSERTING THEN
      INSERT INTO policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order)
      VALUES (:NEW.policy_id, :NEW.party_id, 'BE', :NEW.relation_code, :NEW.share_pct, NVL(:NEW.beneficiary_order, 1));
    WHEN UPDATING('SHARE_PCT') OR UPDATING('BENEFICIARY_ORDER') THEN
      UPDATE policy_party
         SET share_pct = :NEW.share_pct, beneficiary_order = :NEW.beneficiary_order
       WHERE policy_id = :OLD.policy_id AND party_id = :OLD.party_id AND role_code = 'BE';
    WHEN DELETING THEN
      UPDATE policy_party SET end_date = TRUNC(SYSDATE)
       WHERE policy_id = :OLD.policy_id AND party_id = :OLD.party_id AND role_code = 'BE';
    ELSE
      RAISE_APPLICATION_ERROR(-20001, '只能修改比例和顺位');
  END CASE;
END;
/

CREATE OR REPLACE TRIGGER ins_core.trg_product_no_delete
BEFORE DELETE ON ins_core.product
BEGIN
  IF TO_CHAR(SYSDATE, 'HH24') NOT BETWEEN '20' AND '23' THEN
    RAISE_APPLICATION_ERROR(-20901, '产品只能在维护窗口 20:00-23:59 删除');
  END IF;
END;
/

CREATE OR REPLACE TRIGGER ins_core.trg_ref_code_as
AFTER INSERT OR UPDATE OR DELETE ON ins_core.ref_code
DECLARE
  PRAGMA AUTONOMOUS_TRANSACTION;
BEGIN
  UPDATE sys_parameter SET param_value = TO_CHAR(SYSTIMESTAMP, 'YYYYMMDDHH24MISSFF6') WHERE param_name = 'REF_CACHE_STAMP';
  COMMIT;
END trg_ref_code_as;
/

CREATE OR REPLACE TRIGGER ins_core.trg_agent_rank_aud
AFTER UPDATE OF agent_rank ON ins_core.agent
FOR EACH ROW
WHEN (NEW.agent_rank <> OLD.agent_rank)
CALL ins_core.p_note_rank_change(:NEW.agent_id, :OLD.agent_rank, :NEW.agent_rank)
/

CREATE OR REPLACE TRIGGER ins_core.trg_ddl_audit
AFTER CREATE OR ALTER OR DROP ON ins_core.SCHEMA
DECLARE
  l_sql   ora_name_list_t;
  l_count PLS_INTEGER;
  l_text  CLOB;
BEGIN
  l_count := ora_sql_txt(l_sql);
  FOR i IN 1 .. NVL(l_count, 0) LOOP
    l_text := l_text || l_sql(i);
  END LOOP;
  INSERT INTO ddl_audit (event_name, object_type, object_owner, object_name, login_user, host, sql_text)
  VALUES (ora_sysevent, ora_dict_obj_type, ora_dict_obj_owner, ora_dict_obj_name, ora_login_user,
          SYS_CONTEXT('USERENV', 'HOST'), l_text);
END;
/

CREATE OR REPLACE TRIGGER ins_core.trg_logon
AFTER LOGON ON DATABASE
WHEN (USER = 'INS_APP')
BEGIN
  EXECUTE IMMEDIATE 'ALTER SESSION SET NLS_DATE_FORMAT = ''YYYY-MM-DD HH24:MI:SS''';
  EXECUTE IMMEDIATE 'ALTER SESSION SET CURRENT_SCHEMA = INS_CORE';
EXCEPTION
  WHEN OTHERS THEN
    NULL;   -- 登录不能失败
END trg_logon;
/

ALTER TRIGGER ins_core.trg_product_no_delete DISABLE;
