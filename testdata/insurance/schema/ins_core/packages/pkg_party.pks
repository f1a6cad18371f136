CREATE OR REPLACE PACKAGE ins_core.pkg_party
AS
  /**************************************************************
   * 客户管理
   * 2012-03-05  L.Chen    初版
   * 2014-08-19  W.Zhang   客户合并
   * 2018-01-22  J.Liu     反洗钱风险等级
   * 2021-06-30  H.Wang    个人信息保护: 脱敏
   **************************************************************/
  SUBTYPE t_party_id IS party.party_id%TYPE;

  TYPE t_person IS RECORD
  (
    full_name  party.full_name%TYPE,
    id_type    party.id_type%TYPE   := '01',
    id_no      party.id_no%TYPE,
    birth_date party.birth_date%TYPE,
    gender     party.gender%TYPE,
    mobile     party.mobile%TYPE,
    email      party.email%TYPE
  );

  TYPE t_match IS RECORD
  (
    party_id  t_party_id,
    full_name party.full_name%TYPE,
    score     NUMBER
  );
  TYPE t_match_tab IS TABLE OF t_match;
  TYPE t_party_tab IS TABLE OF party%ROWTYPE INDEX BY PLS_INTEGER;
  TYPE rc_party IS REF CURSOR RETURN party%ROWTYPE;

  CURSOR c_active_by_name(cp_name VARCHAR2, cp_max NUMBER DEFAULT 50) RETURN party%ROWTYPE;

  -- 证件
  FUNCTION is_valid_id_card(p_id_no IN VARCHAR2) RETURN BOOLEAN DETERMINISTIC;
  FUNCTION birth_from_id(p_id_no IN VARCHAR2) RETURN DATE DETERMINISTIC;
  FUNCTION gender_from_id(p_id_no IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC;
  FUNCTION upgrade_id_15(p_id_no IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC;
  FUNCTION is_valid_org_code(p_code IN VARCHAR2) RETURN BOOLEAN;

  -- 建档与维护
  FUNCTION create_person(p_person IN t_person) RETURN t_party_id;
  FUNCTION create_person(p_full_name IN VARCHAR2, p_id_no IN VARCHAR2, p_mobile IN VARCHAR2 DEFAULT NULL) RETURN t_party_id;
  FUNCTION create_organisation(p_full_name IN VARCHAR2, p_id_no IN VARCHAR2, p_mobile IN VARCHAR2 DEFAULT NULL) RETURN t_party_id;
  PROCEDURE update_party(p_row IN party%ROWTYPE);
  PROCEDURE update_mobile(p_party_id IN t_party_id, p_mobile IN VARCHAR2);
  PROCEDURE set_status(p_party_id IN t_party_id, p_status IN party.status%TYPE, p_reason IN VARCHAR2 DEFAULT NULL);

  -- 查询
  FUNCTION get_party(p_party_id IN t_party_id) RETURN party%ROWTYPE;
  FUNCTION find_by_id(p_id_type IN VARCHAR2, p_id_no IN VARCHAR2) RETURN t_party_id;
  PROCEDURE search(p_name IN VARCHAR2, p_mobile IN VARCHAR2, p_page IN PLS_INTEGER, p_page_size IN PLS_INTEGER,
                   p_total OUT NUMBER, p_result OUT SYS_REFCURSOR);
  FUNCTION open_by_ids(p_ids IN t_number_tab) RETURN rc_party;
  FUNCTION display_name(p_party_id IN t_party_id) RETURN VARCHAR2;
  FUNCTION masked_name(p_name IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC;
  FUNCTION masked_id(p_id_no IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC;
  FUNCTION masked_mobile(p_mobile IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC;

  -- 地址, 联系方式
  PROCEDURE set_address(p_party_id IN t_party_id, p_addr_type IN VARCHAR2, p_address IN t_address);
  FUNCTION current_address(p_party_id IN t_party_id, p_addr_type IN VARCHAR2 DEFAULT 'HM') RETURN t_address;
  PROCEDURE add_phone(p_party_id IN t_party_id, p_phone IN VARCHAR2);
  PROCEDURE add_tags(p_party_id IN t_party_id, p_tags IN t_string_tab);
  PROCEDURE remove_tags(p_party_id IN t_party_id, p_tags IN t_string_tab);
  FUNCTION has_tag(p_party_id IN t_party_id, p_tag IN VARCHAR2) RETURN VARCHAR2;

  -- 账户
  FUNCTION add_bank_account(p_party_id IN t_party_id, p_bank_code IN VARCHAR2, p_account_no IN VARCHAR2, p_default IN VARCHAR2 DEFAULT 'N') RETURN NUMBER;
  FUNCTION default_account(p_party_id IN t_party_id) RETURN party_bank_account%ROWTYPE;

  -- 关系
  PROCEDURE relate(p_party_id IN t_party_id, p_related_id IN t_party_id, p_relation IN VARCHAR2);
  FUNCTION family_ids(p_party_id IN t_party_id, p_depth IN PLS_INTEGER DEFAULT 2) RETURN t_number_tab;

  -- 合规
  FUNCTION is_blacklisted(p_id_type IN VARCHAR2, p_id_no IN VARCHAR2) RETURN BOOLEAN;
  FUNCTION assess_risk_level(p_party_id IN t_party_id) RETURN PLS_INTEGER;
  PROCEDURE refresh_risk_levels(p_commit_every IN PLS_INTEGER DEFAULT 1000);

  -- 查重与合并
  FUNCTION find_duplicates(p_party_id IN t_party_id) RETURN t_match_tab PIPELINED;
  PROCEDURE merge_parties(p_keep_id IN t_party_id, p_remove_id IN t_party_id, p_reason IN VARCHAR2);

  -- 影像
  FUNCTION attach_document(p_party_id IN t_party_id, p_doc_type IN VARCHAR2, p_file_name IN VARCHAR2, p_content IN BLOB) RETURN NUMBER;
END pkg_party;
/
