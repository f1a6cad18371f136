BEGIN
  FOR t IN (SELECT 'POLICY' AS table_name FROM dual UNION ALL
            SELECT 'PROPOSAL' FROM dual UNION ALL
            SELECT 'QUOTATION' FROM dual)
  LOOP
    DBMS_RLS.ADD_POLICY(
      object_schema   => 'INS_CORE',
      object_name     => t.table_name,
      policy_name     => 'BRANCH_' || t.table_name,
      function_schema => 'INS_CORE',
      policy_function => 'PKG_SECURITY.BRANCH_PREDICATE',
      statement_types => 'SELECT,UPDATE,DELETE',
      update_check    => TRUE,
      policy_type     => DBMS_RLS.CONTEXT_SENSITIVE);
  END LOOP;
END;
/
