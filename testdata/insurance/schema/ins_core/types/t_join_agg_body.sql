CREATE OR REPLACE TYPE BODY ins_core.t_join_agg IS
  STATIC FUNCTION ODCIAggregateInitialize (sctx IN OUT t_join_agg) RETURN NUMBER IS
  BEGIN
    sctx := t_join_agg(t_string_tab());
    RETURN ODCIConst.Success;
  END;

  MEMBER FUNCTION ODCIAggregateIterate (self IN OUT t_join_agg, value IN VARCHAR2) RETURN NUMBER IS
  BEGIN
    IF value IS NOT NULL AND value NOT MEMBER OF self.items THEN
      self.items.EXTEND;
      self.items(self.items.LAST) := value;
    END IF;
    RETURN ODCIConst.Success;
  END;

  MEMBER FUNCTION ODCIAggregateTerminate (self IN t_join_agg, returnvalue OUT VARCHAR2, flags IN NUMBER) RETURN NUMBER IS
  BEGIN
    FOR i IN 1 .. self.items.COUNT LOOP
      returnvalue := returnvalue || CASE WHEN i > 1 THEN '、' END || self.items(i);
    END LOOP;
    RETURN ODCIConst.Success;
  END;

  MEMBER FUNCTION ODCIAggregateMerge (self IN OUT t_join_agg, ctx2 IN t_join_agg) RETURN NUMBER IS
  BEGIN
    self.items := self.items MULTISET UNION DISTINCT ctx2.items;
    RETURN ODCIConst.Success;
  END;
END;
/
