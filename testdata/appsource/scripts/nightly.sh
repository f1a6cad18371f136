#!/bin/sh
# closes what is old; sqlplus <<EOF in a comment is none
sqlplus -s "$LOGIN" <<EOF
SET PAGESIZE 0
WHENEVER SQLERROR EXIT FAILURE
UPDATE ins_claim.claim SET status = '90' WHERE report_date < ADD_MONTHS(SYSDATE, -$MONTHS);
SELECT COUNT(*) FROM ins_claim.${TABLE};
COMMIT;
EXIT
EOF
sqlplus -s / <<'END'
BEGIN
  ins_core.pkg_report.fill_daily(TRUNC(SYSDATE));
END;
/
END
echo "SELECT 1 FROM dual;" | sqlplus -s "$LOGIN"
