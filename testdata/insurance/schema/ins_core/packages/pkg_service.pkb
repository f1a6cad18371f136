CREATE OR REPLACE PACKAGE BODY ins_core.pkg_service
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_SERVICE';

  FUNCTION due_of(p_type IN VARCHAR2) RETURN DATE
  IS
  BEGIN
    -- 投诉 3 个工作日, 回访须在犹豫期内, 咨询次日
    RETURN pkg_util_date.add_business_days(SYSDATE, CASE p_type WHEN 'CP' THEN 3 WHEN 'CB' THEN 8 ELSE 1 END);
  END due_of;

  FUNCTION open_request(p_party_id IN NUMBER, p_type IN VARCHAR2, p_content IN VARCHAR2, p_policy_id IN NUMBER DEFAULT NULL) RETURN service_request.request_id%TYPE
  IS
    l_id  service_request.request_id%TYPE;
    l_due DATE := due_of(p_type);
  BEGIN
    INSERT INTO service_request (party_id, policy_id, request_type, content, due_at, priority)
    VALUES (p_party_id, p_policy_id, p_type, p_content, l_due, DECODE(p_type, 'CP', 1, 3))
    RETURNING request_id INTO l_id;
    RETURN l_id;
  END open_request;

  PROCEDURE create_callbacks(p_date IN DATE DEFAULT TRUNC(SYSDATE) - 1, p_created OUT PLS_INTEGER)
  IS
    l_due DATE := due_of('CB');
  BEGIN
    INSERT INTO service_request (party_id, policy_id, request_type, content, due_at)
    SELECT p.holder_id, p.policy_id, 'CB', '新单回访 ' || p.policy_no, l_due
      FROM policy p
      JOIN product d ON d.product_code = p.product_code
     WHERE p.issue_date = p_date
       AND d.line_of_business IN ('LF', 'HL')
       AND d.term_type IN ('Y', 'L')
       AND NOT EXISTS (SELECT 1 FROM service_request s WHERE s.policy_id = p.policy_id AND s.request_type = 'CB');
    p_created := SQL%ROWCOUNT;
  END create_callbacks;

  -- 轮流分配给坐席; 高优先级先分
  PROCEDURE assign_requests(p_handlers IN t_string_tab)
  IS
    TYPE t_ids IS TABLE OF service_request.request_id%TYPE INDEX BY PLS_INTEGER;
    TYPE t_pointers IS TABLE OF PLS_INTEGER INDEX BY PLS_INTEGER;
    TYPE t_names IS TABLE OF VARCHAR2(30) INDEX BY PLS_INTEGER;
    l_ids      t_ids;
    l_names    t_names;
    l_pointers t_pointers;
  BEGIN
    IF p_handlers IS NULL OR p_handlers.COUNT = 0 THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '坐席名单为空');
    END IF;
    SELECT request_id BULK COLLECT INTO l_ids
      FROM service_request
     WHERE status = 'O' AND handler IS NULL
     ORDER BY priority, due_at;
    FOR i IN 1 .. l_ids.COUNT LOOP
      l_names(i) := p_handlers(MOD(i - 1, p_handlers.COUNT) + 1);
      IF l_names(i) IS NOT NULL THEN
        l_pointers(l_pointers.COUNT + 1) := i;
      END IF;
    END LOOP;
    FORALL i IN VALUES OF l_pointers
      UPDATE service_request SET handler = l_names(i), status = 'A' WHERE request_id = l_ids(i);
    COMMIT;
  END assign_requests;

  PROCEDURE close_request(p_request_id IN NUMBER, p_answer IN VARCHAR2)
  IS
    l_type service_request.request_type%TYPE;
    l_pol  service_request.policy_id%TYPE;
  BEGIN
    UPDATE service_request
       SET answer = p_answer, closed_at = SYSDATE, status = 'C'
     WHERE request_id = p_request_id
       AND status <> 'C'
    RETURNING request_type, policy_id INTO l_type, l_pol;
    IF SQL%NOTFOUND THEN
      RETURN;
    END IF;
    IF l_type = 'CB' AND l_pol IS NOT NULL THEN
      pkg_policy.append_remark(l_pol, '回访完成: ' || p_answer);
    END IF;
  END close_request;

  PROCEDURE raise_overdue
  IS
  BEGIN
    UPDATE service_request
       SET priority = GREATEST(priority - 1, 1)
     WHERE status IN ('O', 'A')
       AND due_at < SYSDATE;
    pkg_log.info(c_module, '超期工单 ' || SQL%ROWCOUNT);
  END raise_overdue;

  FUNCTION satisfaction(p_from IN DATE, p_to IN DATE) RETURN NUMBER
  IS
    l_pct NUMBER;
  BEGIN
    SELECT ROUND(100 * COUNT(CASE WHEN closed_at <= due_at THEN 1 END) / NULLIF(COUNT(*), 0), 1)
      INTO l_pct
      FROM service_request
     WHERE opened_at >= p_from AND opened_at < p_to + 1;
    RETURN l_pct;
  END satisfaction;
END pkg_service;
/
