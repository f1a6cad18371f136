package com.example.insurance;

import org.apache.ibatis.annotations.*;

public interface ClaimMapper {
    @Select("SELECT claim_no, NVL(handler_id, 'nobody') AS handler FROM ins_claim.claim WHERE claim_id = #{id}")
    Object find(long id);

    @Select({"<script>", "SELECT COUNT(*) FROM ins_claim.claim",
        "<where><if test='status != null'>AND status = #{status}</if></where>", "</script>"})
    int count(String status);

    @Update({"UPDATE ins_claim.claim SET updated_at = SYSTIMESTAMP", "WHERE claim_id = #{id}"})
    int touch(long id);

    @SelectProvider(type = Object.class, method = "make")
    Object made();
}
