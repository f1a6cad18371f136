using Oracle.ManagedDataAccess.Client;

class Premium {
    void Run(OracleConnection c, string order) {
        var sum = new OracleCommand(@"SELECT NVL(SUM(annual_premium), 0) AS ""Total""
              FROM ins_core.policy WHERE branch_code = :branch", c);
        var list = new OracleCommand($"SELECT policy_no FROM ins_core.policy WHERE status = 'IF' ORDER BY {order}", c);
        sum.CommandText = "UPDATE ins_core.policy SET remark = \"NO\" || 'C:\\tmp' WHERE policy_id = :id";
    }
}
