CREATE OR REPLACE PACKAGE BODY ins_core.pkg_party
AS
  c_module  CONSTANT VARCHAR2(30) := 'PKG_PARTY';
  c_id_card CONSTANT VARCHAR2(2)  := '01';
  c_org     CONSTANT VARCHAR2(2)  := '11';

  TYPE t_int_list IS VARRAY(17) OF PLS_INTEGER;
  g_weights CONSTANT t_int_list := t_int_list(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);

  g_last_party party%ROWTYPE;   -- 最近访问的客户, 界面常连续取同一人

  CURSOR c_active_by_name(cp_name VARCHAR2, cp_max NUMBER DEFAULT 50) RETURN party%ROWTYPE
  IS
    SELECT p.party_id, p.party_type, p.full_name, p.id_type, p.id_no, p.birth_date, p.gender, p.mobile,
           p.email, p.risk_level, p.status, p.merged_into, p.name_search, p.created_by, p.created_at, p.updated_at
      FROM party p
     WHERE p.name_search LIKE UPPER(REPLACE(cp_name, ' ')) || '%'
       AND p.status = 'A'
       AND ROWNUM <= cp_max;

  -- forward
  FUNCTION id_check_char(p_first17 IN VARCHAR2) RETURN VARCHAR2;
  PROCEDURE validate_person(p_person IN OUT NOCOPY t_person);

  ------------------------------------------------------------------
  -- 证件
  ------------------------------------------------------------------
  FUNCTION upgrade_id_15(p_id_no IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC
  IS
    l_17 VARCHAR2(17);
  BEGIN
    IF LENGTH(p_id_no) <> 15 THEN
      RETURN UPPER(p_id_no);
    END IF;
    l_17 := SUBSTR(p_id_no, 1, 6) || '19' || SUBSTR(p_id_no, 7);
    RETURN l_17 || id_check_char(l_17);
  END upgrade_id_15;

  FUNCTION id_check_char(p_first17 IN VARCHAR2) RETURN VARCHAR2
  IS
    l_sum PLS_INTEGER := 0;
  BEGIN
    FOR i IN 1 .. 17 LOOP
      l_sum := l_sum + SUBSTR(p_first17, i, 1) * g_weights(i);   -- 隐式转换
    END LOOP;
    RETURN SUBSTR('10X98765432', MOD(l_sum, 11) + 1, 1);
  END id_check_char;

  FUNCTION is_valid_id_card(p_id_no IN VARCHAR2) RETURN BOOLEAN DETERMINISTIC
  IS
    l_no   VARCHAR2(18);
    l_date DATE;
  BEGIN
    IF p_id_no IS NULL THEN
      RETURN FALSE;
    END IF;
    IF NOT REGEXP_LIKE(p_id_no, '^(\d{15}|\d{17}[0-9Xx])$') THEN
      RETURN FALSE;
    END IF;
    l_no := upgrade_id_15(p_id_no);
    BEGIN
      l_date := TO_DATE(SUBSTR(l_no, 7, 8), 'YYYYMMDD');
    EXCEPTION
      WHEN OTHERS THEN
        RETURN FALSE;   -- 日期段非法
    END;
    IF l_date > SYSDATE OR l_date < pkg_const.c_epoch THEN
      RETURN FALSE;
    END IF;
    RETURN SUBSTR(l_no, 18, 1) = id_check_char(SUBSTR(l_no, 1, 17));
  END is_valid_id_card;

  FUNCTION birth_from_id(p_id_no IN VARCHAR2) RETURN DATE DETERMINISTIC
  IS
  BEGIN
    RETURN TO_DATE(SUBSTR(upgrade_id_15(p_id_no), 7, 8), 'YYYYMMDD');
  END birth_from_id;

  FUNCTION gender_from_id(p_id_no IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC
  IS
  BEGIN
    RETURN CASE MOD(TO_NUMBER(SUBSTR(upgrade_id_15(p_id_no), 17, 1)), 2) WHEN 1 THEN 'M' ELSE 'F' END;
  END gender_from_id;

  FUNCTION is_valid_org_code(p_code IN VARCHAR2) RETURN BOOLEAN
  IS
    c_chars CONSTANT VARCHAR2(31) := '0123456789ABCDEFGHJKLMNPQRTUWXY';
    l_sum   PLS_INTEGER := 0;
    l_pos   PLS_INTEGER;
    l_w     PLS_INTEGER := 1;
  BEGIN
    IF p_code IS NULL OR LENGTH(p_code) != 18 THEN
      RETURN FALSE;
    END IF;
    FOR i IN 1 .. 17 LOOP
      l_pos := INSTR(c_chars, SUBSTR(p_code, i, 1)) - 1;
      IF l_pos < 0 THEN
        RETURN FALSE;
      END IF;
      l_sum := l_sum + l_pos * l_w;
      l_w := MOD(l_w * 3, 31);
    END LOOP;
    RETURN SUBSTR(c_chars, MOD(31 - MOD(l_sum, 31), 31) + 1, 1) = SUBSTR(p_code, 18, 1);
  END is_valid_org_code;

  ------------------------------------------------------------------
  -- 建档
  ------------------------------------------------------------------
  PROCEDURE validate_person(p_person IN OUT NOCOPY t_person)
  IS
  BEGIN
    p_person.full_name := TRIM(TO_SINGLE_BYTE(p_person.full_name));
    p_person.id_no := UPPER(TRIM(p_person.id_no));

    IF p_person.full_name IS NULL OR LENGTH(p_person.full_name) < 2 THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '姓名 ' || p_person.full_name);
    END IF;

    IF p_person.id_type = c_id_card THEN
      IF NOT is_valid_id_card(p_person.id_no) THEN
        pkg_err.raise_error(pkg_err.c_invalid_id_no, p_person.id_no);
      END IF;
      p_person.id_no := upgrade_id_15(p_person.id_no);
      p_person.birth_date := NVL(p_person.birth_date, birth_from_id(p_person.id_no));
      p_person.gender := NVL(p_person.gender, gender_from_id(p_person.id_no));
      -- 证件与录入不一致时以证件为准
      IF p_person.birth_date <> birth_from_id(p_person.id_no) THEN
        pkg_log.warn(c_module, '生日与证件不符, 已更正', p_person.id_no);
        p_person.birth_date := birth_from_id(p_person.id_no);
      END IF;
    ELSIF p_person.birth_date IS NULL THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '出生日期');
    END IF;

    IF p_person.mobile IS NOT NULL AND NOT REGEXP_LIKE(p_person.mobile, '^1[3-9]\d{9}$') THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '手机号 ' || p_person.mobile);
    END IF;
  END validate_person;

  FUNCTION create_person(p_person IN t_person) RETURN t_party_id
  IS
    l_person   t_person := p_person;
    l_existing t_party_id;
    l_id       t_party_id;
  BEGIN
    validate_person(l_person);

    IF is_blacklisted(l_person.id_type, l_person.id_no) THEN
      pkg_err.raise_error(pkg_err.c_party_blacklisted, l_person.full_name);
    END IF;

    l_existing := find_by_id(l_person.id_type, l_person.id_no);
    IF l_existing IS NOT NULL THEN
      pkg_err.raise_error(pkg_err.c_party_duplicate, l_person.id_no, l_existing);
    END IF;

    INSERT INTO party (party_id, party_type, full_name, id_type, id_no, birth_date, gender, mobile, email, created_by)
    VALUES (seq_party.NEXTVAL, 'P', l_person.full_name, l_person.id_type, l_person.id_no,
            l_person.birth_date, l_person.gender, l_person.mobile, LOWER(l_person.email), pkg_context.get_user)
    RETURNING party_id INTO l_id;

    IF l_person.mobile IS NOT NULL THEN
      add_phone(l_id, l_person.mobile);
    END IF;
    RETURN l_id;
  EXCEPTION
    WHEN DUP_VAL_ON_INDEX THEN
      -- 并发建档: 取已有
      l_existing := find_by_id(l_person.id_type, l_person.id_no);
      IF l_existing IS NULL THEN
        RAISE;
      END IF;
      RETURN l_existing;
  END create_person;

  FUNCTION create_person(p_full_name IN VARCHAR2, p_id_no IN VARCHAR2, p_mobile IN VARCHAR2 DEFAULT NULL) RETURN t_party_id
  IS
    l_person t_person;
  BEGIN
    l_person.full_name := p_full_name;
    l_person.id_no     := p_id_no;
    l_person.mobile    := p_mobile;
    RETURN create_person(l_person);
  END create_person;

  FUNCTION create_organisation(p_full_name IN VARCHAR2, p_id_no IN VARCHAR2, p_mobile IN VARCHAR2 DEFAULT NULL) RETURN t_party_id
  IS
    l_id t_party_id;
  BEGIN
    IF NOT is_valid_org_code(p_id_no) THEN
      pkg_err.raise_error(pkg_err.c_invalid_id_no, p_id_no);
    END IF;
    l_id := find_by_id(c_org, p_id_no);
    IF l_id IS NOT NULL THEN
      RETURN l_id;
    END IF;
    l_id := seq_party.NEXTVAL;
    INSERT INTO party (party_id, party_type, full_name, id_type, id_no, mobile, created_by)
    VALUES (l_id, 'O', TRIM(p_full_name), c_org, p_id_no, p_mobile, pkg_context.get_user);
    RETURN l_id;
  END create_organisation;

  PROCEDURE lock_party(p_party_id IN t_party_id)
  IS
    l_dummy party.party_id%TYPE;
  BEGIN
    SELECT party_id INTO l_dummy FROM party WHERE party_id = p_party_id FOR UPDATE WAIT 5;
  EXCEPTION
    WHEN pkg_err.e_row_locked THEN
      pkg_err.raise_error(pkg_err.c_resource_busy, 'PARTY ' || p_party_id);
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_party_not_found, p_party_id);
  END lock_party;

  PROCEDURE update_party(p_row IN party%ROWTYPE)
  IS
  BEGIN
    lock_party(p_row.party_id);
    UPDATE party
       SET full_name  = p_row.full_name,
           mobile     = p_row.mobile,
           email      = LOWER(p_row.email),
           gender     = p_row.gender,
           birth_date = p_row.birth_date,
           risk_level = NVL(p_row.risk_level, risk_level),
           updated_at = SYSTIMESTAMP
     WHERE party_id = p_row.party_id;
    g_last_party := NULL;
  END update_party;

  PROCEDURE update_mobile(p_party_id IN t_party_id, p_mobile IN VARCHAR2)
  IS
    l_old party.mobile%TYPE;
  BEGIN
    SELECT mobile INTO l_old FROM party WHERE party_id = p_party_id FOR UPDATE NOWAIT;
    -- '' 与 NULL 等价, 相当于删除手机号
    IF NVL(l_old, '-') = NVL(p_mobile, '-') THEN
      RETURN;
    END IF;
    UPDATE party SET mobile = p_mobile, updated_at = SYSTIMESTAMP WHERE party_id = p_party_id;
    IF p_mobile IS NOT NULL THEN
      add_phone(p_party_id, p_mobile);
    END IF;
    IF g_last_party.party_id = p_party_id THEN
      g_last_party := NULL;
    END IF;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_party_not_found, TO_CHAR(p_party_id));
    WHEN pkg_err.e_row_locked THEN
      pkg_err.raise_error(pkg_err.c_resource_busy, TO_CHAR(p_party_id));
  END update_mobile;

  PROCEDURE set_status(p_party_id IN t_party_id, p_status IN party.status%TYPE, p_reason IN VARCHAR2 DEFAULT NULL)
  IS
    l_open PLS_INTEGER;
  BEGIN
    lock_party(p_party_id);
    IF p_status = 'D' THEN
      SELECT COUNT(*)
        INTO l_open
        FROM policy
       WHERE insured_id = p_party_id
         AND status = pkg_const.c_pol_inforce;
      IF l_open > 0 THEN
        pkg_log.warn(c_module, '客户注销但仍有 ' || l_open || ' 张有效保单, 原因: ' || p_reason, p_party_id);
      END IF;
    END IF;
    UPDATE party SET status = p_status WHERE party_id = p_party_id;
  END set_status;

  ------------------------------------------------------------------
  -- 查询
  ------------------------------------------------------------------
  FUNCTION get_party(p_party_id IN t_party_id) RETURN party%ROWTYPE
  IS
  BEGIN
    IF g_last_party.party_id = p_party_id THEN
      RETURN g_last_party;
    END IF;
    SELECT * INTO g_last_party FROM party WHERE party_id = p_party_id;
    -- 已合并的客户顺着走到最终客户
    IF g_last_party.status = 'M' AND g_last_party.merged_into IS NOT NULL THEN
      RETURN get_party(g_last_party.merged_into);
    END IF;
    RETURN g_last_party;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      g_last_party := NULL;
      pkg_err.raise_error(pkg_err.c_party_not_found, p_party_id);
  END get_party;

  FUNCTION find_by_id(p_id_type IN VARCHAR2, p_id_no IN VARCHAR2) RETURN t_party_id
  IS
    l_id t_party_id;
  BEGIN
    SELECT MAX(NVL(merged_into, party_id))
      INTO l_id
      FROM party
     WHERE id_type = p_id_type
       AND id_no = p_id_no
       AND status != 'D';
    RETURN l_id;
  END find_by_id;

  PROCEDURE search(p_name IN VARCHAR2, p_mobile IN VARCHAR2, p_page IN PLS_INTEGER, p_page_size IN PLS_INTEGER,
                   p_total OUT NUMBER, p_result OUT SYS_REFCURSOR)
  IS
    l_where VARCHAR2(1000) := ' WHERE status = ''A''';
    l_sql   VARCHAR2(4000);
    l_from  PLS_INTEGER := (p_page - 1) * p_page_size + 1;
    l_to    PLS_INTEGER := p_page * p_page_size;
  BEGIN
    IF p_name IS NOT NULL THEN
      l_where := l_where || ' AND name_search LIKE UPPER(:name) || ''%''';
    ELSE
      l_where := l_where || ' AND (1 = 1 OR :name IS NULL)';
    END IF;
    IF p_mobile IS NOT NULL THEN
      l_where := l_where || ' AND mobile = :mobile';
    ELSE
      l_where := l_where || ' AND (1 = 1 OR :mobile IS NULL)';
    END IF;

    EXECUTE IMMEDIATE 'SELECT COUNT(*) FROM party' || l_where INTO p_total USING p_name, p_mobile;

    -- 老式分页: 三层 ROWNUM
    l_sql := 'SELECT * FROM (SELECT a.*, ROWNUM rn FROM ('
             || 'SELECT party_id, full_name, id_type, id_no, mobile, risk_level FROM party'
             || l_where || ' ORDER BY full_name, party_id) a WHERE ROWNUM <= :hi) WHERE rn >= :lo';
    OPEN p_result FOR l_sql USING p_name, p_mobile, l_to, l_from;
  END search;

  FUNCTION open_by_ids(p_ids IN t_number_tab) RETURN rc_party
  IS
    l_cur rc_party;
  BEGIN
    OPEN l_cur FOR
      SELECT p.party_id, p.party_type, p.full_name, p.id_type, p.id_no, p.birth_date, p.gender, p.mobile,
             p.email, p.risk_level, p.status, p.merged_into, p.name_search, p.created_by, p.created_at, p.updated_at
        FROM party p
       WHERE p.party_id IN (SELECT /*+ CARDINALITY(t 20) */ t.column_value FROM TABLE(p_ids) t)
       ORDER BY p.party_id;
    RETURN l_cur;
  END open_by_ids;

  FUNCTION display_name(p_party_id IN t_party_id) RETURN VARCHAR2
  IS
    l_row party%ROWTYPE := get_party(p_party_id);
  BEGIN
    RETURN l_row.full_name
           || CASE
                WHEN l_row.party_type = 'O' THEN ''
                WHEN l_row.gender = 'M' THEN '先生'
                WHEN l_row.gender = 'F' THEN '女士'
              END;
  END display_name;

  FUNCTION masked_name(p_name IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC
  IS
  BEGIN
    RETURN CASE
             WHEN p_name IS NULL THEN NULL
             WHEN LENGTH(p_name) = 2 THEN SUBSTR(p_name, 1, 1) || '*'
             ELSE SUBSTR(p_name, 1, 1) || RPAD('*', LENGTH(p_name) - 2, '*') || SUBSTR(p_name, -1)
           END;
  END masked_name;

  FUNCTION masked_id(p_id_no IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC
  IS
  BEGIN
    RETURN REGEXP_REPLACE(p_id_no, '^(.{6}).*(.{4})$', '\1********\2');
  END masked_id;

  FUNCTION masked_mobile(p_mobile IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC
  IS
  BEGIN
    RETURN SUBSTR(p_mobile, 1, 3) || CASE WHEN p_mobile IS NOT NULL THEN '****' END || SUBSTR(p_mobile, 8);
  END masked_mobile;

  ------------------------------------------------------------------
  -- 地址, 联系方式
  ------------------------------------------------------------------
  PROCEDURE set_address(p_party_id IN t_party_id, p_addr_type IN VARCHAR2, p_address IN t_address)
  IS
    l_address t_address := p_address;
  BEGIN
    l_address.normalise();
    IF l_address.is_complete() = 'N' THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '地址不完整: ' || l_address.full_text());
    END IF;

    UPDATE party_address
       SET valid_to = TRUNC(SYSDATE) - 1
     WHERE party_id = p_party_id
       AND addr_type = p_addr_type
       AND valid_to IS NULL;

    INSERT INTO party_address (party_id, addr_type, address)
    VALUES (p_party_id, p_addr_type, l_address);
  END set_address;

  FUNCTION current_address(p_party_id IN t_party_id, p_addr_type IN VARCHAR2 DEFAULT 'HM') RETURN t_address
  IS
    l_address t_address;
  BEGIN
    SELECT a.address
      INTO l_address
      FROM (SELECT pa.address
              FROM party_address pa
             WHERE pa.party_id = p_party_id
               AND pa.addr_type = p_addr_type
               AND SYSDATE BETWEEN pa.valid_from AND NVL(pa.valid_to, SYSDATE)
             ORDER BY pa.valid_from DESC, pa.address_id DESC) a
     WHERE ROWNUM = 1;
    RETURN l_address;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN NULL;
  END current_address;

  PROCEDURE add_phone(p_party_id IN t_party_id, p_phone IN VARCHAR2)
  IS
    l_phones t_phone_list;
  BEGIN
    BEGIN
      SELECT phones INTO l_phones FROM party_contact WHERE party_id = p_party_id FOR UPDATE;
    EXCEPTION
      WHEN NO_DATA_FOUND THEN
        INSERT INTO party_contact (party_id, phones, tags)
        VALUES (p_party_id, t_phone_list(p_phone), t_string_tab());
        RETURN;
    END;

    IF l_phones IS NULL THEN
      l_phones := t_phone_list();
    END IF;
    FOR i IN 1 .. l_phones.COUNT LOOP
      IF l_phones(i) = p_phone THEN
        RETURN;
      END IF;
    END LOOP;

    IF l_phones.COUNT = l_phones.LIMIT THEN
      -- 满 5 个: 丢掉最早的
      FOR i IN 1 .. l_phones.COUNT - 1 LOOP
        l_phones(i) := l_phones(i + 1);
      END LOOP;
    ELSE
      l_phones.EXTEND;
    END IF;
    l_phones(l_phones.LAST) := p_phone;
    UPDATE party_contact SET phones = l_phones WHERE party_id = p_party_id;
  END add_phone;

  PROCEDURE add_tags(p_party_id IN t_party_id, p_tags IN t_string_tab)
  IS
    l_tags t_string_tab;
  BEGIN
    SELECT tags INTO l_tags FROM party_contact WHERE party_id = p_party_id;
    l_tags := SET(l_tags MULTISET UNION DISTINCT p_tags);
    UPDATE party_contact SET tags = l_tags WHERE party_id = p_party_id;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      INSERT INTO party_contact (party_id, phones, tags) VALUES (p_party_id, t_phone_list(), p_tags);
  END add_tags;

  PROCEDURE remove_tags(p_party_id IN t_party_id, p_tags IN t_string_tab)
  IS
    l_tags t_string_tab;
  BEGIN
    SELECT tags INTO l_tags FROM party_contact WHERE party_id = p_party_id FOR UPDATE;
    IF l_tags IS NOT EMPTY AND CARDINALITY(l_tags MULTISET INTERSECT p_tags) > 0 THEN
      l_tags := l_tags MULTISET EXCEPT p_tags;
      UPDATE party_contact SET tags = l_tags WHERE party_id = p_party_id;
    END IF;
  END remove_tags;

  FUNCTION has_tag(p_party_id IN t_party_id, p_tag IN VARCHAR2) RETURN VARCHAR2
  IS
    l_found VARCHAR2(1);
  BEGIN
    SELECT CASE WHEN p_tag MEMBER OF c.tags THEN 'Y' ELSE 'N' END
      INTO l_found
      FROM party_contact c
     WHERE c.party_id = p_party_id;
    RETURN l_found;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN RETURN 'N';
  END has_tag;

  ------------------------------------------------------------------
  -- 账户
  ------------------------------------------------------------------
  FUNCTION luhn_ok(p_no IN VARCHAR2) RETURN BOOLEAN
  IS
    l_sum PLS_INTEGER := 0;
    l_d   PLS_INTEGER;
    l_alt BOOLEAN := FALSE;
  BEGIN
    FOR i IN REVERSE 1 .. LENGTH(p_no) LOOP
      l_d := TO_NUMBER(SUBSTR(p_no, i, 1));
      IF l_alt THEN
        l_d := l_d * 2;
        IF l_d > 9 THEN
          l_d := l_d - 9;
        END IF;
      END IF;
      l_sum := l_sum + l_d;
      l_alt := NOT l_alt;
    END LOOP;
    RETURN MOD(l_sum, 10) = 0;
  END luhn_ok;

  FUNCTION add_bank_account(p_party_id IN t_party_id, p_bank_code IN VARCHAR2, p_account_no IN VARCHAR2, p_default IN VARCHAR2 DEFAULT 'N') RETURN NUMBER
  IS
    l_party   party%ROWTYPE := get_party(p_party_id);
    l_acct_id party_bank_account.account_id%TYPE;
    l_no      party_bank_account.account_no%TYPE := REGEXP_REPLACE(p_account_no, '[^0-9]');
  BEGIN
    IF l_party.party_type = 'P' AND NOT luhn_ok(l_no) THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '银行卡号 ' || p_account_no);
    END IF;
    IF p_default = 'Y' THEN
      UPDATE party_bank_account SET default_flag = 'N' WHERE party_id = p_party_id AND default_flag = 'Y';
    END IF;
    INSERT INTO party_bank_account (party_id, bank_code, account_no, account_name, default_flag, sign_date)
    VALUES (p_party_id, p_bank_code, l_no, l_party.full_name, p_default, TRUNC(SYSDATE))
    RETURNING account_id INTO l_acct_id;
    RETURN l_acct_id;
  END add_bank_account;

  FUNCTION default_account(p_party_id IN t_party_id) RETURN party_bank_account%ROWTYPE
  IS
    CURSOR c_acct IS
      SELECT *
        FROM party_bank_account
       WHERE party_id = p_party_id
         AND status = 'A'
       ORDER BY DECODE(default_flag, 'Y', 0, 1), account_id DESC;
    l_row c_acct%ROWTYPE;
  BEGIN
    OPEN c_acct;
    FETCH c_acct INTO l_row;
    IF c_acct%NOTFOUND THEN
      l_row := NULL;
    END IF;
    CLOSE c_acct;
    RETURN l_row;
  END default_account;

  ------------------------------------------------------------------
  -- 关系
  ------------------------------------------------------------------
  PROCEDURE relate(p_party_id IN t_party_id, p_related_id IN t_party_id, p_relation IN VARCHAR2)
  IS
    l_inverse VARCHAR2(2);
  BEGIN
    -- 配偶01 父母02 子女03 兄弟姐妹04 雇主05 雇员06
    l_inverse := CASE p_relation WHEN '02' THEN '03' WHEN '03' THEN '02' WHEN '05' THEN '06' WHEN '06' THEN '05' ELSE p_relation END;
    INSERT ALL
      INTO party_relation (party_id, related_id, relation_code, since_date) VALUES (a_id, b_id, rel, SYSDATE)
      INTO party_relation (party_id, related_id, relation_code, since_date) VALUES (b_id, a_id, inv, SYSDATE)
    SELECT p_party_id a_id, p_related_id b_id, p_relation rel, l_inverse inv FROM dual;
  EXCEPTION
    WHEN DUP_VAL_ON_INDEX THEN
      NULL;
  END relate;

  FUNCTION family_ids(p_party_id IN t_party_id, p_depth IN PLS_INTEGER DEFAULT 2) RETURN t_number_tab
  IS
    l_ids t_number_tab;
  BEGIN
    SELECT DISTINCT related_id
      BULK COLLECT INTO l_ids
      FROM party_relation
     WHERE relation_code IN ('01', '02', '03', '04')
       AND related_id <> p_party_id
     START WITH party_id = p_party_id
   CONNECT BY NOCYCLE PRIOR related_id = party_id
          AND LEVEL <= p_depth;
    RETURN l_ids;
  END family_ids;

  ------------------------------------------------------------------
  -- 合规
  ------------------------------------------------------------------
  FUNCTION is_blacklisted(p_id_type IN VARCHAR2, p_id_no IN VARCHAR2) RETURN BOOLEAN
  IS
    l_n PLS_INTEGER;
  BEGIN
    SELECT COUNT(*)
      INTO l_n
      FROM party_blacklist
     WHERE id_type = p_id_type
       AND id_no = UPPER(p_id_no)
       AND (removed_on IS NULL OR removed_on > SYSDATE)
       AND ROWNUM = 1;
    RETURN l_n > 0;
  END is_blacklisted;

  FUNCTION assess_risk_level(p_party_id IN t_party_id) RETURN PLS_INTEGER
  IS
    l_party   party%ROWTYPE := get_party(p_party_id);
    l_points  PLS_INTEGER := 0;
    l_premium NUMBER;
    l_count   PLS_INTEGER;
    l_cancel  PLS_INTEGER;
  BEGIN
    IF is_blacklisted(l_party.id_type, l_party.id_no) THEN
      RETURN 5;
    END IF;

    SELECT COUNT(*),
           NVL(SUM(CASE pay_mode WHEN 'S' THEN annual_premium * 1.5 ELSE annual_premium END), 0),
           COUNT(CASE WHEN status = 'SU' AND updated_at > SYSTIMESTAMP - INTERVAL '180' DAY THEN 1 END)
      INTO l_count, l_premium, l_cancel
      FROM policy
     WHERE holder_id = p_party_id
       AND issue_date >= ADD_MONTHS(TRUNC(SYSDATE), -36);

    CASE
      WHEN l_premium >= 2000000 THEN l_points := l_points + 40;
      WHEN l_premium >= 500000 THEN l_points := l_points + 20;
      WHEN l_premium >= 200000 THEN l_points := l_points + 10;
      ELSE NULL;
    END CASE;

    l_points := l_points + LEAST(l_cancel * 15, 45);
    IF l_count > 10 THEN
      l_points := l_points + 10;
    END IF;
    CASE l_party.id_type
      WHEN '02' THEN l_points := l_points + 10;
      WHEN '04' THEN l_points := l_points + 5;
      ELSE NULL;
    END CASE;

    RETURN CASE
             WHEN l_points >= 80 THEN 5
             WHEN l_points >= 50 THEN 4
             WHEN l_points >= 25 THEN 3
             WHEN l_points >= 10 THEN 2
             ELSE 1
           END;
  END assess_risk_level;

  PROCEDURE refresh_risk_levels(p_commit_every IN PLS_INTEGER DEFAULT 1000)
  IS
    l_done  PLS_INTEGER := 0;
    l_level PLS_INTEGER;
    l_errs  PLS_INTEGER := 0;
  BEGIN
    FOR r IN (SELECT p.party_id, p.risk_level
                FROM party p
               WHERE p.status = 'A'
                 AND EXISTS (SELECT 1 FROM policy k WHERE k.holder_id = p.party_id))
    LOOP
      BEGIN
        l_level := assess_risk_level(r.party_id);
        CONTINUE WHEN l_level = NVL(r.risk_level, -1);
        UPDATE party SET risk_level = l_level, updated_at = SYSTIMESTAMP WHERE party_id = r.party_id;
        l_done := l_done + 1;
        IF MOD(l_done, p_commit_every) = 0 THEN
          COMMIT;
        END IF;
      EXCEPTION
        WHEN OTHERS THEN
          l_errs := l_errs + 1;
          pkg_log.error(c_module, 'risk level: ' || SQLERRM, r.party_id);
      END;
    END LOOP;
    COMMIT;
    pkg_log.info(c_module, 'risk levels changed: ' || l_done || ', errors: ' || l_errs);
  END refresh_risk_levels;

  ------------------------------------------------------------------
  -- 查重与合并
  ------------------------------------------------------------------
  FUNCTION find_duplicates(p_party_id IN t_party_id) RETURN t_match_tab PIPELINED
  IS
    l_me    party%ROWTYPE := get_party(p_party_id);
    l_match t_match;
  BEGIN
    FOR r IN (SELECT party_id, full_name, id_no, mobile, birth_date
                FROM party
               WHERE party_id <> p_party_id
                 AND status = 'A'
                 AND (id_no = l_me.id_no
                      OR mobile = l_me.mobile
                      OR (birth_date = l_me.birth_date AND name_search = l_me.name_search)))
    LOOP
      l_match.party_id  := r.party_id;
      l_match.full_name := r.full_name;
      l_match.score := CASE WHEN r.id_no = l_me.id_no THEN 60 ELSE 0 END
                       + CASE WHEN r.mobile = l_me.mobile THEN 20 ELSE 0 END
                       + CASE WHEN r.birth_date = l_me.birth_date THEN 10 ELSE 0 END
                       + ROUND(UTL_MATCH.JARO_WINKLER_SIMILARITY(r.full_name, l_me.full_name) / 10);
      IF l_match.score >= 30 THEN
        PIPE ROW (l_match);
      END IF;
    END LOOP;
    RETURN;
  EXCEPTION
    WHEN NO_DATA_NEEDED THEN
      NULL;
  END find_duplicates;

  PROCEDURE merge_parties(p_keep_id IN t_party_id, p_remove_id IN t_party_id, p_reason IN VARCHAR2)
  IS
    l_image CLOB;
    l_keep  party%ROWTYPE;
    l_gone  party%ROWTYPE;

    TYPE t_ref IS RECORD (table_name VARCHAR2(30), column_name VARCHAR2(30));
    TYPE t_ref_tab IS TABLE OF t_ref;
    l_refs t_ref_tab := t_ref_tab();

    PROCEDURE add_ref(p_table VARCHAR2, p_column VARCHAR2)
    IS
    BEGIN
      l_refs.EXTEND;
      l_refs(l_refs.LAST).table_name := p_table;
      l_refs(l_refs.LAST).column_name := p_column;
    END add_ref;

    PROCEDURE move_rows(p_ref t_ref)
    IS
    BEGIN
      EXECUTE IMMEDIATE 'UPDATE ' || DBMS_ASSERT.SIMPLE_SQL_NAME(p_ref.table_name)
                        || ' SET ' || DBMS_ASSERT.SIMPLE_SQL_NAME(p_ref.column_name) || ' = :keep'
                        || ' WHERE ' || p_ref.column_name || ' = :gone'
        USING p_keep_id, p_remove_id;
      pkg_log.debug(c_module, p_ref.table_name || ': ' || SQL%ROWCOUNT || ' rows moved', p_remove_id);
    END move_rows;
  BEGIN
    IF p_keep_id = p_remove_id THEN
      RAISE pkg_err.e_invalid_argument;
    END IF;
    SAVEPOINT before_merge;
    lock_party(LEAST(p_keep_id, p_remove_id));
    lock_party(GREATEST(p_keep_id, p_remove_id));
    l_keep := get_party(p_keep_id);
    l_gone := get_party(p_remove_id);

    l_image := 'id=' || l_gone.party_id || ';name=' || l_gone.full_name || ';idno=' || l_gone.id_no
               || ';mobile=' || l_gone.mobile;

    add_ref('POLICY', 'HOLDER_ID');
    add_ref('POLICY', 'INSURED_ID');
    add_ref('PROPOSAL', 'HOLDER_ID');
    add_ref('PROPOSAL', 'INSURED_ID');
    add_ref('QUOTATION', 'PARTY_ID');
    add_ref('PARTY_DOCUMENT', 'PARTY_ID');
    add_ref('PARTY_ADDRESS', 'PARTY_ID');
    FOR i IN l_refs.FIRST .. l_refs.LAST LOOP
      move_rows(l_refs(i));
    END LOOP;

    -- 主键含 party_id 的表: 先删冲突再改
    DELETE FROM policy_party pp
     WHERE pp.party_id = p_remove_id
       AND EXISTS (SELECT NULL
                     FROM policy_party k
                    WHERE k.policy_id = pp.policy_id
                      AND k.role_code = pp.role_code
                      AND k.party_id = p_keep_id);
    UPDATE policy_party SET party_id = p_keep_id WHERE party_id = p_remove_id;

    UPDATE party
       SET mobile = NVL(mobile, l_gone.mobile),
           email  = NVL(email, l_gone.email)
     WHERE party_id = p_keep_id;
    UPDATE party SET status = 'M', merged_into = p_keep_id WHERE party_id = p_remove_id;

    INSERT INTO party_merge_log (kept_id, removed_id, reason, merged_by, before_image)
    VALUES (p_keep_id, p_remove_id, p_reason, pkg_context.get_user, l_image);
    g_last_party := NULL;
  EXCEPTION
    WHEN OTHERS THEN
      ROLLBACK TO SAVEPOINT before_merge;
      pkg_err.reraise(c_module, p_keep_id || '<-' || p_remove_id);
  END merge_parties;

  ------------------------------------------------------------------
  -- 影像
  ------------------------------------------------------------------
  FUNCTION attach_document(p_party_id IN t_party_id, p_doc_type IN VARCHAR2, p_file_name IN VARCHAR2, p_content IN BLOB) RETURN NUMBER
  IS
    l_id    party_document.doc_id%TYPE;
    l_lob   BLOB;
    l_sha1  party_document.sha1%TYPE;
    l_limit NUMBER := pkg_ref_cache.param_number('DOC_MAX_BYTES', 10485760);
  BEGIN
    IF DBMS_LOB.GETLENGTH(p_content) > l_limit THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, p_file_name || ' > ' || l_limit);
    END IF;
    l_sha1 := DBMS_CRYPTO.HASH(p_content, DBMS_CRYPTO.HASH_SH1);

    INSERT INTO party_document (doc_id, party_id, doc_type, file_name, mime_type, content, sha1)
    VALUES (seq_document.NEXTVAL, p_party_id, UPPER(p_doc_type), p_file_name,
            DECODE(LOWER(SUBSTR(p_file_name, INSTR(p_file_name, '.', -1) + 1)),
                   'pdf', 'application/pdf', 'png', 'image/png', 'tif', 'image/tiff', 'image/jpeg'),
            EMPTY_BLOB(), l_sha1)
    RETURNING doc_id, content INTO l_id, l_lob;

    DBMS_LOB.COPY(l_lob, p_content, DBMS_LOB.GETLENGTH(p_content));
    RETURN l_id;
  END attach_document;
END pkg_party;
/
