-- 高净值客户名单: 会话内私有临时表, 供界面多次翻页
CREATE OR REPLACE PROCEDURE ins_core.p_top_customers
(
  p_min_premium IN  NUMBER,
  p_count       OUT NUMBER,
  p_result      OUT SYS_REFCURSOR
)
AS
  e_exists EXCEPTION;
  PRAGMA EXCEPTION_INIT(e_exists, -955);
BEGIN
  BEGIN
    EXECUTE IMMEDIATE
      'CREATE PRIVATE TEMPORARY TABLE ora$ptt_top_customer
         (party_id NUMBER(12), full_name VARCHAR2(200 CHAR), premium NUMBER(18,2))
       ON COMMIT PRESERVE DEFINITION';
  EXCEPTION
    WHEN e_exists THEN
      EXECUTE IMMEDIATE 'DELETE FROM ora$ptt_top_customer';
  END;

  EXECUTE IMMEDIATE
    'INSERT INTO ora$ptt_top_customer (party_id, full_name, premium)
     SELECT h.party_id, h.full_name, SUM(p.annual_premium)
       FROM policy p, party h
      WHERE h.party_id = p.holder_id AND p.status = ''IF''
      GROUP BY h.party_id, h.full_name
     HAVING SUM(p.annual_premium) >= :m'
    USING p_min_premium;
  p_count := SQL%ROWCOUNT;

  OPEN p_result FOR 'SELECT full_name, premium FROM ora$ptt_top_customer ORDER BY premium DESC';
END p_top_customers;
/
