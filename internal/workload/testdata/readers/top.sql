-- the day's heaviest
-- id=W1 schema=ins_core module=policy executions=10 elapsed_ms=25 binds=:b1:VARCHAR2:'a'
SELECT * FROM policy WHERE policy_no = :b1;

-- id=W2 executions=ten
DELETE FROM tmp;
BEGIN pkg.run(:b1); END;
/
PROMPT done
SELECT FROM;
