CREATE OR REPLACE PUBLIC SYNONYM pkg_log FOR ins_core.pkg_log;
CREATE OR REPLACE PUBLIC SYNONYM pkg_err FOR ins_core.pkg_err;
CREATE OR REPLACE SYNONYM ins_core.customer FOR ins_core.party;
CREATE OR REPLACE SYNONYM ins_core.old_policy FOR lc_cont@oldcore;
CREATE OR REPLACE SYNONYM ins_core.codes FOR ins_core.ref_code;
CREATE OR REPLACE SYNONYM ins_claim.policy FOR ins_core.policy;
CREATE OR REPLACE SYNONYM ins_claim.party FOR ins_core.party;
CREATE OR REPLACE SYNONYM ins_fin.policy FOR ins_core.policy;
CREATE OR REPLACE SYNONYM ins_fin.branch FOR ins_core.branch;
