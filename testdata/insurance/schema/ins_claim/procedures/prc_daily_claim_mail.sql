CREATE OR REPLACE PROCEDURE ins_claim.prc_daily_claim_mail
IS
  l_text VARCHAR2(4000);
  l_id   NUMBER;
  l_mgr  NUMBER := 1;
BEGIN
  SELECT LISTAGG(s.line, CHR(10)) WITHIN GROUP (ORDER BY s.branch_code)
    INTO l_text
    FROM (SELECT c.branch_code, c.branch_code || ': ' || COUNT(*) || ' 件, ' || TO_CHAR(SUM(c.estimated_amount), 'FM999,999,999,990') AS line
            FROM claim c
           WHERE c.report_date >= TRUNC(SYSDATE) - 1
             AND c.report_date < TRUNC(SYSDATE)
           GROUP BY c.branch_code) s;
  IF l_text IS NULL THEN
    RETURN;
  END IF;
  pkg_notify.set_var('BODY', SUBSTR(l_text, 1, 1000));
  l_id := pkg_notify.enqueue('CLM_DAILY', l_mgr, 'MAIL');
END prc_daily_claim_mail;
/
