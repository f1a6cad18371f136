<?php
// the claims of a policy
$sql = 'SELECT claim_no, NVL(close_reason, \'open\') FROM ins_claim.claim';
$sql .= " WHERE policy_no = :no AND status <> '90'";
$s = oci_parse($conn, $sql);
$t = oci_parse($conn, "SELECT SYSDATE FROM $schema.policy WHERE ROWNUM = 1");
$u = oci_parse($conn, <<<'SQL'
SELECT claim_no FROM ins_claim.claim
 WHERE report_date > SYSDATE - 7
SQL);
