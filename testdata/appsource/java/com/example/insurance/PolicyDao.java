package com.example.insurance;

import java.sql.*;
import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads and writes policies. "SELECT this FROM comment" is no statement. */
public class PolicyDao {
    private static final String TABLE = "ins_core.policy";
    private static final String BY_NO = "SELECT policy_id, NVL(remark, 'none') FROM " + TABLE + " WHERE policy_no = ?";
    private final JdbcTemplate jdbc;

    PolicyDao(JdbcTemplate jdbc) { this.jdbc = jdbc; }

    // one statement of a constant
    ResultSet find(Connection c, String no) throws SQLException {
        PreparedStatement s = c.prepareStatement(BY_NO);
        s.setString(1, no);
        return s.executeQuery();
    }

    // joined literals, with a quote and a backslash
    int count(String status) {
        return jdbc.queryForObject("SELECT COUNT(*) FROM ins_core.policy p "
            + "WHERE p.status = ? AND p.remark LIKE '%\\_%' ESCAPE '\\' "
            + "AND TRUNC(p.issue_date) = TRUNC(SYSDATE)", Integer.class, status);
    }

    // a text block
    List<String> due(int days) {
        return jdbc.queryForList("""
            SELECT policy_no
              FROM ins_core.policy
             WHERE next_due_date <= SYSDATE + ?
               AND "STATUS" = 'IF'
             ORDER BY next_due_date
            """, String.class, days);
    }

    // a builder, with a part under a condition
    String search(String branch, String order) {
        StringBuilder sql = new StringBuilder("SELECT policy_no, DECODE(pay_mode, 'Y', 'yearly', 'other') AS mode_name ");
        sql.append("FROM ins_core.policy WHERE status <> 'CA' ");
        if (branch != null) {
            sql.append("AND branch_code = ? ");
        }
        sql.append("ORDER BY ").append(order);
        return sql.toString();
    }

    // += in a straight line
    void purge(Connection c, String table) throws SQLException {
        String sql = "DELETE FROM ins_core.policy_history";
        sql += " WHERE changed_at < ADD_MONTHS(SYSDATE, -120)";
        c.createStatement().executeUpdate(sql);
        c.createStatement().executeUpdate("TRUNCATE TABLE " + table);
        CallableStatement call = c.prepareCall("{call ins_core.pkg_policy.append_remark(?, ?)}");
        call.execute();
    }

    void tell(java.util.logging.Logger log) {
        log.info("Select a policy from the list");
        throw new IllegalStateException("Update of policy set aside");
    }

    interface Policies {
        @Query(value = "SELECT * FROM ins_core.policy WHERE holder_id = ?1 AND ROWNUM <= ?2", nativeQuery = true)
        List<Object> ofHolder(long holder, int most);

        @Query("select p from Policy p where p.status = :status")
        List<Object> inJPQL(String status);
    }
}
