CREATE OR REPLACE PACKAGE BODY ins_core.pkg_numbering
AS
  TYPE t_rule_tab IS TABLE OF numbering_rule%ROWTYPE INDEX BY numbering_rule.rule_code%TYPE;
  g_rules t_rule_tab;

  FUNCTION rule_of(p_rule_code IN VARCHAR2) RETURN numbering_rule%ROWTYPE
  IS
    l_rule numbering_rule%ROWTYPE;
  BEGIN
    IF NOT g_rules.EXISTS(p_rule_code) THEN
      SELECT * INTO l_rule FROM numbering_rule WHERE rule_code = p_rule_code;
      g_rules(p_rule_code) := l_rule;
    END IF;
    RETURN g_rules(p_rule_code);
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_parameter_missing, 'NUMBERING_RULE ' || p_rule_code);
  END rule_of;

  -- 取下一流水; 自治事务, 允许跳号, 不允许重号
  FUNCTION next_counter(p_rule_code IN VARCHAR2, p_branch_code IN VARCHAR2, p_period IN VARCHAR2) RETURN NUMBER
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
    l_value numbering_counter.last_value%TYPE;
  BEGIN
    <<retry>>
    UPDATE numbering_counter
       SET last_value = last_value + 1
     WHERE rule_code = p_rule_code
       AND branch_code = p_branch_code
       AND period_key = p_period
    RETURNING last_value INTO l_value;

    IF SQL%ROWCOUNT = 0 THEN
      BEGIN
        INSERT INTO numbering_counter (rule_code, branch_code, period_key, last_value)
        VALUES (p_rule_code, p_branch_code, p_period, 1);
        l_value := 1;
      EXCEPTION
        WHEN DUP_VAL_ON_INDEX THEN
          l_value := NULL;   -- 另一会话刚插入
      END;
      IF l_value IS NULL THEN
        GOTO retry;
      END IF;
    END IF;
    COMMIT;
    RETURN l_value;
  END next_counter;

  FUNCTION check_digit(p_text IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC
  IS
    l_sum  PLS_INTEGER := 0;
    l_char VARCHAR2(1);
  BEGIN
    FOR i IN 1 .. LENGTH(p_text) LOOP
      l_char := SUBSTR(p_text, i, 1);
      l_sum := l_sum + (MOD(i, 7) + 2) * CASE
                                           WHEN l_char BETWEEN '0' AND '9' THEN TO_NUMBER(l_char)
                                           ELSE ASCII(UPPER(l_char)) - 55
                                         END;
    END LOOP;
    RETURN SUBSTR('0123456789X', MOD(l_sum, 11) + 1, 1);
  END check_digit;

  FUNCTION next_no(p_rule_code   IN numbering_rule.rule_code%TYPE,
                   p_branch_code IN branch.branch_code%TYPE DEFAULT NULL,
                   p_date        IN DATE DEFAULT SYSDATE) RETURN VARCHAR2
  IS
    l_rule   numbering_rule%ROWTYPE := rule_of(p_rule_code);
    l_branch branch.branch_code%TYPE := NVL(p_branch_code, pkg_context.get_branch);
    l_period VARCHAR2(8);
    l_no     VARCHAR2(30);
  BEGIN
    l_period := CASE l_rule.reset_cycle
                  WHEN 'Y' THEN TO_CHAR(p_date, 'YYYY')
                  WHEN 'M' THEN TO_CHAR(p_date, 'YYYYMM')
                  WHEN 'D' THEN TO_CHAR(p_date, 'YYYYMMDD')
                  ELSE '-'
                END;
    -- 号码里只有机构前4位, 所以计数也按前4位, 下级机构共用
    l_branch := CASE l_rule.with_branch WHEN 'Y' THEN RPAD(SUBSTR(l_branch, 1, 4), 8, '0') ELSE '*' END;
    l_no := l_rule.prefix
            || CASE WHEN l_rule.with_branch = 'Y' THEN SUBSTR(l_branch, 1, 4) END
            || REPLACE(l_period, '-')
            || LPAD(next_counter(p_rule_code, l_branch, l_period), l_rule.seq_length, '0');
    IF l_rule.with_check = 'Y' THEN
      l_no := l_no || check_digit(l_no);
    END IF;
    RETURN l_no;
  END next_no;

  FUNCTION next_policy_no(p_branch_code IN VARCHAR2, p_lob IN VARCHAR2, p_date IN DATE DEFAULT SYSDATE) RETURN VARCHAR2
  IS
  BEGIN
    RETURN next_no('POL' || p_lob, p_branch_code, p_date);
  END next_policy_no;

  FUNCTION next_proposal_no(p_branch_code IN VARCHAR2) RETURN VARCHAR2
  IS
  BEGIN
    RETURN next_no('PROP', p_branch_code);
  END next_proposal_no;

  FUNCTION next_quote_no(p_branch_code IN VARCHAR2) RETURN VARCHAR2
  IS
  BEGIN
    RETURN next_no('QUOTE', p_branch_code);
  END next_quote_no;

  FUNCTION next_endorsement_no(p_branch_code IN VARCHAR2) RETURN VARCHAR2
  IS
  BEGIN
    RETURN next_no('ENDO', p_branch_code);
  END next_endorsement_no;

  FUNCTION next_claim_no(p_branch_code IN VARCHAR2, p_lob IN VARCHAR2 DEFAULT NULL) RETURN VARCHAR2
  IS
  BEGIN
    RETURN next_no(CASE p_lob WHEN 'HL' THEN 'CLMHL' WHEN 'MT' THEN 'CLMMT' ELSE 'CLM' END, p_branch_code);
  END next_claim_no;

  FUNCTION next_receipt_no(p_branch_code IN VARCHAR2) RETURN VARCHAR2
  IS
  BEGIN
    RETURN next_no('RCPT', p_branch_code);
  END next_receipt_no;

  FUNCTION next_voucher_no(p_branch_code IN VARCHAR2, p_date IN DATE DEFAULT SYSDATE) RETURN VARCHAR2
  IS
  BEGIN
    RETURN next_no('VCHR', p_branch_code, p_date);
  END next_voucher_no;

  FUNCTION is_valid_no(p_no IN VARCHAR2) RETURN BOOLEAN
  IS
  BEGIN
    IF p_no IS NULL OR LENGTH(p_no) < 8 THEN
      RETURN FALSE;
    END IF;
    RETURN check_digit(SUBSTR(p_no, 1, LENGTH(p_no) - 1)) = SUBSTR(p_no, -1);
  END is_valid_no;
END pkg_numbering;
/
