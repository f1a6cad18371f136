package gen

import "strings"

// suppliedTypes are types of supplied packages that something stands for (PL/SQL Packages and Types Reference 19c, each
// package's section "Data Structures"): a type of PostgreSQL, of orafce, or of the support schema.
//
// A type is here although no member of its package has a counterpart: what declares a variable of it is created, and
// the calls raise their findings.
var suppliedTypes = map[string]string{
	"UTL_FILE.FILE_TYPE": "utl_file.file_type", "DBMS_ID": "varchar", "DBMS_QUOTED_ID": "varchar", "DBMS_STANDARD.DBMS_ID": "varchar",
	"UTL_TCP.CONNECTION": "landfall.utl_tcp_connection", "UTL_HTTP.REQ": "landfall.utl_http_req", "UTL_HTTP.RESP": "landfall.utl_http_resp",
	"UTL_SMTP.CONNECTION": "landfall.utl_smtp_connection", "UTL_SMTP.REPLY": "landfall.utl_smtp_reply",
	"UTL_HTTP.REQUEST_CONTEXT_KEY": "integer",
	"DBMS_XMLGEN.CTXHANDLE":        "numeric", "DBMS_XMLGEN.CTXTYPE": "numeric", "DBMS_XMLSAVE.CTXTYPE": "numeric", "DBMS_XMLQUERY.CTXTYPE": "numeric",
	"DBMS_XMLSTORE.CTXTYPE": "numeric", "DBMS_XMLSTORE.CTXHANDLE": "numeric",
	"URITYPE": "text", "HTTPURITYPE": "text", "DBURITYPE": "text", "XDBURITYPE": "text", // the address; rule special-type tells of the methods
}

// xmldomHandle is what stands for the records of DBMS_XMLDOM, DBMS_XMLPARSER and DBMS_XSLPROCESSOR: a handle of a node, which
// code does not look into (RECORD (ID RAW(12))).
const xmldomHandle = "bytea"

// suppliedTypeOf finds what stands for a type of a supplied package, by its folded name without SYS.
func suppliedTypeOf(name string) (string, bool) {
	if t, ok := suppliedTypes[name]; ok {
		return t, true
	}
	pkg, _, _ := strings.Cut(name, ".")
	switch pkg {
	case "DBMS_XMLDOM", "XMLDOM", "DBMS_XMLPARSER", "XMLPARSER", "DBMS_XSLPROCESSOR", "XSLPROCESSOR":
		return xmldomHandle, true
	}
	return "", false
}
