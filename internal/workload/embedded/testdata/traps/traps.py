def f(c, n):
    c.execute("SELECT a1 " \
              "FROM t")
    sql = "SELECT a2 FROM t WHERE 1 = 1"
    if n:
        sql += " AND b = 1"
    else:
        sql += " AND b = 2"
    c.execute(sql)
    c.execute(("SELECT a3 FROM %s "
               "WHERE id = %s") % (n, n))
    log.info("running %s", sql)

def g(c, n):
    if n:
        sql = "SELECT a4 FROM t"
    c.execute(sql)

def h(c, n):
    sql = "SELECT a5 FROM t WHERE 1 = 1"
    if n: sql += " AND b = 3"
    sql += " ORDER BY 1"
    c.execute(sql)
