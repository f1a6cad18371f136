-- 运维用: 解除长时间占用的批单
CREATE OR REPLACE PROCEDURE ins_core.p_unlock_policy (p_policy_no VARCHAR2, p_force CHAR := 'N')
AS
  v_id  policy.policy_id%TYPE;
  v_cnt INT := 0;
BEGIN
  v_id := pkg_policy.policy_id_of(p_policy_no);
  IF v_id IS NULL THEN
    pkg_err.raise_error(pkg_err.c_policy_not_found, p_policy_no);
  END IF;
  FOR e IN (SELECT endorsement_id, created_by, apply_date FROM endorsement WHERE policy_id = v_id AND status = 'N')
  LOOP
    IF e.apply_date < TRUNC(SYSDATE) - 7 OR p_force = 'Y' THEN
      pkg_endorsement.reject(e.endorsement_id, '超时自动撤销');
      v_cnt := v_cnt + 1;
    END IF;
  END LOOP;
  DBMS_OUTPUT.PUT_LINE(v_cnt || ' endorsement(s) rejected');
  COMMIT;
END;
/
