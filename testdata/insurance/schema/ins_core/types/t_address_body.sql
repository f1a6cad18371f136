CREATE OR REPLACE TYPE BODY ins_core.t_address AS

  CONSTRUCTOR FUNCTION t_address (p_province IN VARCHAR2, p_city IN VARCHAR2, p_street IN VARCHAR2)
    RETURN SELF AS RESULT
  IS
  BEGIN
    self.province := p_province;
    self.city     := p_city;
    self.street   := p_street;
    RETURN;
  END;

  MEMBER FUNCTION full_text RETURN VARCHAR2
  IS
  BEGIN
    -- 直辖市省市同名只写一次
    RETURN province
           || CASE WHEN city <> province OR province IS NULL THEN city END
           || district
           || street
           || CASE WHEN postcode IS NOT NULL THEN ' (' || postcode || ')' END;
  END full_text;

  MEMBER FUNCTION is_complete RETURN VARCHAR2
  IS
  BEGIN
    RETURN CASE WHEN province IS NOT NULL AND city IS NOT NULL AND LENGTH(street) >= 4 THEN 'Y' ELSE 'N' END;
  END is_complete;

  MEMBER PROCEDURE normalise (SELF IN OUT NOCOPY t_address)
  IS
  BEGIN
    SELF.province := TRIM(TO_SINGLE_BYTE(province));
    SELF.city     := TRIM(TO_SINGLE_BYTE(city));
    SELF.district := TRIM(TO_SINGLE_BYTE(district));
    SELF.street   := REGEXP_REPLACE(TRIM(TO_SINGLE_BYTE(street)), '\s{2,}', ' ');
    IF NOT REGEXP_LIKE(postcode, '^\d{6}$') THEN
      SELF.postcode := NULL;
    END IF;
  END normalise;

  MAP MEMBER FUNCTION sort_key RETURN VARCHAR2
  IS
  BEGIN
    RETURN RPAD(NVL(province, ' '), 30) || RPAD(NVL(city, ' '), 30) || RPAD(NVL(district, ' '), 30) || street;
  END sort_key;

  STATIC FUNCTION from_text (p_text IN VARCHAR2) RETURN t_address
  IS
    l_address t_address := t_address(NULL, NULL, NULL, NULL, NULL);
    l_rest    VARCHAR2(400 CHAR) := TRIM(p_text);
  BEGIN
    l_address.province := REGEXP_SUBSTR(l_rest, '^.{2,7}?(省|自治区|市)');
    l_rest := SUBSTR(l_rest, NVL(LENGTH(l_address.province), 0) + 1);
    l_address.city := NVL(REGEXP_SUBSTR(l_rest, '^.{2,8}?(市|州|盟)'), l_address.province);
    IF l_address.city <> l_address.province OR l_address.province IS NULL THEN
      l_rest := SUBSTR(l_rest, NVL(LENGTH(l_address.city), 0) + 1);
    END IF;
    l_address.district := REGEXP_SUBSTR(l_rest, '^.{1,8}?(区|县|旗)');
    l_address.street := SUBSTR(l_rest, NVL(LENGTH(l_address.district), 0) + 1);
    RETURN l_address;
  END from_text;
END;
/
