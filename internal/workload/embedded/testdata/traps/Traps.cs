class Traps {
  void f(int id) {
    ctx.Database.ExecuteSqlRaw("DELETE a1 WHERE id = {0}", id);
    var sb = new StringBuilder(); sb.AppendLine("SELECT a2"); sb.AppendFormat("FROM t WHERE id = {0}", id); run(sb.ToString());
    sb.Clear(); sb.Append("SELECT a3 FROM t");
    string u = string.Format("SELECT a4 FROM {0}", tab);
    string c = string.Concat("SELECT a5 ", "FROM t");
  }
}
