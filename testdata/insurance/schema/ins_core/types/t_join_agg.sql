-- 自定义聚合: 去重后用顿号连接
CREATE OR REPLACE TYPE ins_core.t_join_agg AS OBJECT
(
  items t_string_tab,
  STATIC FUNCTION ODCIAggregateInitialize (sctx IN OUT t_join_agg) RETURN NUMBER,
  MEMBER FUNCTION ODCIAggregateIterate (self IN OUT t_join_agg, value IN VARCHAR2) RETURN NUMBER,
  MEMBER FUNCTION ODCIAggregateTerminate (self IN t_join_agg, returnvalue OUT VARCHAR2, flags IN NUMBER) RETURN NUMBER,
  MEMBER FUNCTION ODCIAggregateMerge (self IN OUT t_join_agg, ctx2 IN t_join_agg) RETURN NUMBER
);
/
