CREATE OR REPLACE FUNCTION ins_core.f_split (p_text IN VARCHAR2, p_sep IN VARCHAR2 := ',')
  RETURN t_string_tab
  PIPELINED
IS
  l_start PLS_INTEGER := 1;
  l_end   PLS_INTEGER;
BEGIN
  IF p_text IS NULL THEN
    RETURN;
  END IF;
  LOOP
    l_end := INSTR(p_text, p_sep, l_start);
    EXIT WHEN l_end = 0;
    PIPE ROW (SUBSTR(p_text, l_start, l_end - l_start));
    l_start := l_end + LENGTH(p_sep);
  END LOOP;
  PIPE ROW (SUBSTR(p_text, l_start));
  RETURN;
END f_split;
/
