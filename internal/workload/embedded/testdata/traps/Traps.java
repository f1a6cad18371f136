class Traps {
  void logged(Connection c, String t) {
    String sql = "SELECT a1 FROM t";
    c.prepareStatement(sql);
    log.debug(sql);
    String whole = "SELECT a2 FROM " + t + " WHERE id = 1";
    log.debug("running: " + whole);
    throw new IllegalStateException("failed: " + whole);
  }
  void tables(String t, String cols) {
    run("SELECT COUNT(*) FROM " + t);
    run("DELETE FROM " + t);
    run("SELECT " + cols + " FROM b1");
    run("SELECT " + (f ? "id" : "name") + " FROM b2 WHERE id = ?");
    run("SELECT " + (String) cols + " FROM b3");
    run(x + (f ? "SELECT c1 FROM t" : "SELECT c2 FROM t"));
    String j = String.join(" ", "SELECT b4", "FROM t");
    run("SELECT b5".concat(" FROM t WHERE ROWNUM < 5"));
  }
  void builder(boolean f) {
    StringBuilder sb = new StringBuilder("SELECT d1 FROM t");
    run(sb.toString());
    sb.setLength(0);
    sb.append("SELECT d2 FROM t");
    run(sb.toString());
    StringBuilder in = new StringBuilder("SELECT d3 FROM t WHERE id IN (");
    for (int i = 0; i < n; i++) { if (i > 0) in.append(","); in.append("?"); }
    in.append(")");
    StringBuilder pre = new StringBuilder("FROM t WHERE d4 = 1");
    pre.insert(0, "SELECT d4 ");
    StringBuilder comma = new StringBuilder("INSERT INTO d5 VALUES (1, ");
    comma.setLength(comma.length() - 2);
    comma.append(")");
  }
  void unbraced(boolean f) {
    String sql = "SELECT e1 FROM t WHERE 1 = 1";
    if (f) sql += " AND e1 = 2";
    run(sql);
    String late;
    if (f) { late = "SELECT e2 FROM t"; } else { late = "SELECT e3 FROM t"; }
    late += " ORDER BY 1";
  }
  @Query(nativeQuery = true, value = "SELECT f1 FROM t", countQuery = "SELECT COUNT(f2) FROM t") T f();
  @Formula("NVL(f3, 0) + 1") int f3;
  @Where(clause = "deleted = 0") int f4;
  @OrderBy("name") int f5;
  String action = "UPDATE";
  String prose = "Select a file from the list";
  String capital = "Select g1, g2 From Emp Where Id = 1";
}
