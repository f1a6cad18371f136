"""Daily report. SELECT in a docstring FROM nowhere is no statement that runs."""
import oracledb

BASE = "SELECT branch_code, NVL(SUM(annual_premium), 0) FROM ins_core.policy "

def run(cursor, day, branch, table):
    cursor.execute(BASE + "WHERE issue_date = :day GROUP BY branch_code", day=day)
    cursor.execute(
        'SELECT policy_no FROM ins_core.policy '
        "WHERE branch_code = :branch AND status <> 'CA' AND issue_date > SYSDATE - 1", branch=branch)
    cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE ROWNUM <= 10")
    sql = """
        MERGE INTO ins_core.policy_stat_daily d
        USING (SELECT :day AS stat_date, :branch AS branch_code FROM dual) s
           ON (d.stat_date = s.stat_date AND d.branch_code = s.branch_code)
         WHEN MATCHED THEN UPDATE SET d.new_count = NVL(d.new_count, 0) + 1
    """
    cursor.execute(sql, day=day, branch=branch)
    print("Select something from the menu")
